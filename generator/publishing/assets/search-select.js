/* Which result is selected: the one that Enter opens. It is marked, shown in short, and walked by keys. */

/**
 * @typedef {object} SearchSelection
 * @property {(hits: SearchHit[]) => void} show what the rows of the box are of, in their order
 * @property {(place: number) => void} focus
 */

(() => {
  "use strict";

  const ROW = "a.pb-hit";
  const LINKS = `${ROW}, .pb-hit-parts a`;

  /** @type {(dialog: HTMLElement, box: HTMLTextAreaElement, peek: HTMLElement, settle: () => Promise<void>) => SearchSelection} */
  playbook.searchSelection = (dialog, box, peek, settle) => {
    const { all } = playbook.page;
    const look = playbook.searchResults;
    /** @type {SearchHit[]} */
    let shown = [];

    const links = () => all(LINKS, dialog);
    const rowOf = (/** @type {Element} */ link) =>
      (link.closest(".pb-hit-parts")?.parentElement ?? link.closest("li"))?.querySelector(ROW) ?? null;

    /** @type {(link: Element | undefined) => void} */
    const select = (link) => {
      const row = link && rowOf(link);
      for (const old of all(".pb-chosen", dialog)) {
        old.classList.remove("pb-chosen");
      }
      row?.classList.add("pb-chosen");
      const hit = row ? shown[all(ROW, dialog).indexOf(/** @type {HTMLElement} */ (row))] : undefined;
      peek.hidden = !hit;
      peek.replaceChildren(...(hit ? look.preview(hit, link?.getAttribute("data-part") ?? hit.part) : []));
      peek.scrollTop = 0;
    };

    /** @type {(step: number) => void} */
    const move = (step) => {
      const some = links();
      const at = some.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      if (at + step < 0) {
        box.focus();
      } else {
        some[Math.min(some.length - 1, at + step)]?.focus();
      }
    };

    /** @type {(link: Element) => void} */
    const openParts = (link) => {
      const item = link.closest("li");
      const hit = shown[all(ROW, dialog).indexOf(/** @type {HTMLElement} */ (link))];
      if (item && hit && link.ariaExpanded === "false") {
        item.append(look.parts(hit));
        link.ariaExpanded = "true";
      }
      /** @type {HTMLElement | null} */ (item?.querySelector(".pb-hit-parts a"))?.focus();
    };

    /** @type {(link: Element) => void} */
    const closeParts = (link) => {
      const row = /** @type {HTMLElement | null} */ (rowOf(link));
      row?.focus();
      if (row?.ariaExpanded === "true") {
        row.ariaExpanded = "false";
        row.parentElement?.querySelector(".pb-hit-parts")?.remove();
      }
    };

    /** @type {Record<string, (link: Element) => void>} */
    const MOVES = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => links()[0]?.focus(),
      End: () => links().at(-1)?.focus(),
      ArrowRight: (link) => (link.matches(ROW) ? openParts(link) : move(1)),
      ArrowLeft: closeParts,
    };

    dialog.addEventListener("keydown", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (target === box) {
        const isAtEnd = box.selectionStart === box.value.length;
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          settle().then(() => links()[0]?.click()); // results of half a word may still be there
        } else if (event.key === "ArrowDown" && (isAtEnd || !box.value.includes("\n"))) {
          event.preventDefault();
          move(1);
        }
      } else if (target.matches(LINKS) && MOVES[event.key] && isPlain) {
        event.preventDefault();
        MOVES[event.key](target);
      } else if (target.matches("a") && event.key.length === 1 && isPlain && event.key !== " ") {
        box.focus();
      }
    });
    dialog.addEventListener("focusin", ({ target }) => {
      if (target === box) {
        select(links()[0]); // which Enter opens from here
      } else if (target instanceof HTMLAnchorElement && rowOf(target)) {
        select(target);
      }
    });

    return {
      show: (hits) => {
        shown = hits;
        select(links()[0]);
      },
      focus: (place) => all(ROW, dialog)[place]?.focus(),
    };
  };
})();
