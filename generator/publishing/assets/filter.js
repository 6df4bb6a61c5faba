/* The filter of long lists: by what a row shows, and by its signs. A page reads the same without it. */

(() => {
  "use strict";

  const { all, make, one } = playbook.page;

  /** @type {(text: string) => string} */
  const level = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** @type {(item: HTMLElement) => string} */
  const shown = (item) => {
    const copy = /** @type {HTMLElement} */ (item.cloneNode(true));
    for (const extra of all(".pb-unseen", copy)) {
      extra.remove();
    }
    return level(copy.textContent);
  };

  const rows = () =>
    all(".pb-list > ul > li").map((item) => {
      const signs = (all("[data-signs]", item)[0]?.dataset.signs ?? "").split(" · ").filter(Boolean);
      const text = shown(item);
      return { item, text, signs, whole: level([text, ...signs].join("\n")) };
    });

  /* Why a row is there although it shows nothing of what was typed. */
  /** @type {(row: ReturnType<typeof rows>[number], words: string[]) => void} */
  const explain = ({ item, text, signs }, words) => {
    for (const old of all(".pb-row-why", item)) {
      old.remove();
    }
    const hidden = item.hidden ? [] : words.filter((word) => !text.includes(word));
    const count = (/** @type {string} */ sign) => hidden.filter((word) => level(sign).includes(word)).length;
    const [best] = hidden.length ? [...signs].sort((a, b) => count(b) - count(a)) : [];
    if (best) {
      item.append(make("span", { className: "pb-row-why" }, `“${best}”`));
    }
  };

  /* A heading goes with its list. */
  const fold = () => {
    for (const list of all(".pb-list")) {
      const heading = /** @type {HTMLElement | null} */ (list.previousElementSibling);
      list.hidden = !list.querySelector("li:not([hidden])");
      if (heading?.matches("h2, h3")) {
        heading.hidden = list.hidden;
      }
    }
  };

  for (const filter of all(".pb-filter")) {
    const input = /** @type {HTMLInputElement} */ (one("[data-pb-filter]", filter));
    /** @type {ReturnType<typeof rows> | undefined} */
    let known;
    const search = make("button", { type: "button", hidden: true }, "Search everything for it");
    search.addEventListener("click", () => playbook.search.show({ text: input.value, isPasted }));
    one(".pb-count", filter).after(" ", search);
    let isPasted = false;
    filter.hidden = false;
    const sift = () => {
      known ??= rows();
      const words = level(input.value).split(/\s+/).filter(Boolean);
      for (const row of known) {
        row.item.hidden = !words.every((word) => row.whole.includes(word));
        explain(row, words);
      }
      fold();
      const many = known.filter((row) => !row.item.hidden).length;
      one(".pb-count", filter).textContent = words.length ? `${many} found` : "";
      search.hidden = words.length === 0 || many > 0;
    };
    input.addEventListener("input", (event) => {
      isPasted = input.value !== "" && (isPasted || playbook.isPaste(event));
      sift();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !search.hidden && !event.isComposing) {
        search.click();
      }
    });
    window.addEventListener("pageshow", () => {
      if (input.value) {
        sift(); // what was typed is there again after Back
      }
    });
  }
})();
