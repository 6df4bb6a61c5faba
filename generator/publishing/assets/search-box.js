/* The box: what was typed, what comes first because somebody may be in danger, the results, and what narrows them down. */

/**
 * @typedef {object} SearchState
 * @property {string} text
 * @property {Record<string, string[]>} chosen
 */

(() => {
  "use strict";

  const { make } = playbook.page;
  const door = playbook.search;
  const look = playbook.searchResults;
  const memory = playbook.searchMemory;

  const PAGE = 8;
  const WAIT = 10; // ms
  const SHORTEST_KEPT = 200; // characters that may be in the address, which a colleague may be sent

  const icon = (/** @type {string} */ label) => make("span", { className: "pb-icon", ariaHidden: "true" }, label);
  const box = make("textarea", {
    rows: 1,
    autocomplete: "off",
    spellcheck: false,
    placeholder: "Words of the case, an id, or the whole message",
  });
  box.setAttribute("aria-label", "Search");
  box.setAttribute("aria-controls", "pb-search-results");
  const close = make("button", { type: "button" }, "Close");
  const said = make("p", { className: "pb-search-said", role: "status" });
  const first = make("section", { className: "pb-search-first", hidden: true });
  first.setAttribute("aria-label", "Danger first");
  const facets = make("div", { className: "pb-search-facets", role: "group" });
  facets.setAttribute("aria-label", "Narrow down");
  const more = make("div", { className: "pb-search-more", hidden: true });
  const results = make("ol", { className: "pb-search-results", id: "pb-search-results", ariaLabel: "Results" });
  const none = make("div", { className: "pb-search-none" });
  const peek = make("aside", { className: "pb-search-peek", hidden: true, tabIndex: 0 });
  peek.setAttribute("aria-label", "The result in short");
  const keys = make("p", { className: "pb-search-keys" });
  for (const [key, does] of [
    ["↓ ↑", "results"],
    ["→", "its sections"],
    ["Enter", "open"],
    ["Esc", "close"],
  ]) {
    keys.append(make("kbd", {}, key), ` ${does} `);
  }
  const dialog = make(
    "dialog",
    { className: "pb-search" },
    make("div", { className: "pb-search-box" }, icon("⌕"), box, close),
    said,
    first,
    facets,
    more,
    make("div", { className: "pb-search-main" }, make("div", { className: "pb-search-list" }, none, results), peek),
    keys,
  );
  dialog.setAttribute("aria-label", "Search");
  document.body.append(dialog);

  /** @type {SearchState} */
  const state = { text: "", chosen: {} };
  /** @type {SearchAnswer | null} */
  let answer = null;
  /** @type {SearchFacets | null} */
  let known = null;
  let asked = 0;
  let limit = PAGE;
  let before = "";
  let hasOpened = false;

  /* The address keeps the search, in the part that no server gets. A long text is a member's, and stays out of it. */
  const keepAddress = () => {
    const kept = new URLSearchParams();
    if (state.text && state.text.length <= SHORTEST_KEPT) {
      kept.set("q", state.text);
    }
    for (const [field, names] of Object.entries(state.chosen)) {
      for (const name of names) {
        kept.append(field, name);
      }
    }
    history.replaceState(history.state, "", `#find?${kept}`);
  };
  const readAddress = () => {
    const kept = new URLSearchParams(location.hash.replace(/^#find\??/, ""));
    state.text = kept.get("q") ?? "";
    state.chosen = {};
    for (const [field, name] of kept) {
      if (field !== "q") {
        state.chosen[field] = [...(state.chosen[field] ?? []), name];
      }
    }
  };

  const grow = () => {
    box.rows = 1;
    box.rows = Math.min(4, Math.max(1, Math.round(box.scrollHeight / 22)));
  };

  /** @type {(text: string) => void} */
  const type = (text) => {
    box.value = text;
    box.dispatchEvent(new Event("input"));
    box.focus();
  };

  /** @type {(field: string, name: string, count: number) => HTMLButtonElement} */
  const chip = (field, name, count) => {
    const isOn = state.chosen[field]?.includes(name) ?? false;
    const made = make(
      "button",
      { type: "button", ariaPressed: String(isOn) },
      `${known?.label(field, name) ?? name} `,
      make("i", {}, String(count)),
    );
    made.dataset.facet = `${field} ${name}`;
    made.addEventListener("click", () => {
      const others = (state.chosen[field] ?? []).filter((one) => one !== name);
      state.chosen[field] = isOn ? others : [...others, name];
      void search(false);
    });
    return made;
  };

  /** @type {(documents: number[]) => void} */
  const showFacets = (documents) => {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.facet : undefined;
    facets.replaceChildren();
    more.replaceChildren();
    if (!known || !documents.length) {
      return;
    }
    const chosen = Object.values(state.chosen).flat().length;
    const all = make(
      "button",
      { type: "button", ariaPressed: String(!chosen) },
      "All ",
      make("i", {}, String(documents.length)),
    );
    all.addEventListener("click", () => {
      state.chosen = {};
      void search(false);
    });
    facets.append(all);
    for (const [field, label] of known.fields) {
      const counts = known.count(documents, state.chosen, field);
      if (field === "type") {
        facets.append(...counts.map(([name, count]) => chip(field, name, count)));
      } else if (counts.length > 1 || state.chosen[field]?.length) {
        const group = make("fieldset", {}, make("legend", {}, label));
        group.append(...counts.slice(0, 12).map(([name, count]) => chip(field, name, count)));
        more.append(group);
      }
    }
    if (more.childElementCount) {
      const shown = make(
        "button",
        { type: "button", className: "pb-search-widen", ariaExpanded: String(!more.hidden) },
        more.hidden ? "More filters" : "Fewer filters",
      );
      shown.addEventListener("click", () => {
        more.hidden = !more.hidden;
        showFacets(documents);
        /** @type {HTMLElement | null} */ (facets.querySelector(".pb-search-widen"))?.focus();
      });
      facets.append(shown);
    }
    if (focused) {
      const again = [...dialog.querySelectorAll("[data-facet]")].find(
        (one) => /** @type {HTMLElement} */ (one).dataset.facet === focused,
      );
      /** @type {HTMLElement | undefined} */ (again)?.focus();
    }
  };

  /** @type {(hits: SearchHit[]) => void} */
  const showDangers = (hits) => {
    first.hidden = !hits.length;
    const list = make("ul", {});
    list.append(...hits.map(look.warning));
    first.replaceChildren(make("h2", {}, "Somebody may be in danger. This comes first."), list);
  };

  /** @type {(hit: SearchHit | undefined) => void} */
  const showPeek = (hit) => {
    peek.hidden = !hit;
    peek.replaceChildren(...(hit ? look.preview(hit) : []));
  };

  const missed = () => {
    const list = memory.missed();
    if (!list.length) {
      return [];
    }
    const copy = make(
      "button",
      { type: "button" },
      `Copy ${list.length} ${list.length === 1 ? "search that led" : "searches that led"} nowhere`,
    );
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(memory.list());
        copy.textContent = "Copied. Send them to the authors: they make phrases of them.";
      } catch {
        none.append(make("textarea", { className: "pb-search-lines", readOnly: true, value: memory.list(), rows: 5 }));
        copy.textContent = "Copy these lines:";
      }
    });
    const forget = make("button", { type: "button" }, "Forget them and recent searches");
    forget.addEventListener("click", () => {
      memory.forget();
      showNothingTyped();
    });
    return [make("p", {}, copy, " ", forget)];
  };

  const showNothingTyped = () => {
    said.textContent = "What you type stays in this browser.";
    const recent = memory.recent();
    const list = make("ul", { className: "pb-search-recent" });
    for (const text of recent) {
      const again = make("button", { type: "button" }, text);
      again.addEventListener("click", () => type(text));
      list.append(make("li", {}, again));
    }
    none.replaceChildren(...(recent.length ? [make("h2", {}, "Lately"), list] : []), ...missed());
  };

  /** @type {(found: SearchAnswer) => void} */
  const showNothingSure = ({ hits, otherwise }) => {
    const help = make("p", {}, "Nothing here clearly answers this. Try fewer or other words, or look through ");
    help.append(make("a", { href: new URL(door.ids, door.root).href }, "all ids"), ".");
    none.replaceChildren(help);
    if (otherwise.length) {
      const list = make("ul", { className: "pb-search-otherwise" });
      for (const { address, title } of otherwise) {
        list.append(make("li", {}, make("a", { href: look.address(address) }, title)));
      }
      none.append(make("h2", {}, "If no procedure fits"), list);
    }
    if (door.whom) {
      none.append(make("p", {}, `Ask ${door.whom}.`));
    }
    none.append(...missed());
    if (hits.length) {
      none.append(make("h2", {}, "Nearest, though they may not fit"));
    }
  };

  /** @type {(total: number) => string} */
  const count = (total) => (total === 1 ? "1 result" : `${total} results`);

  const show = () => {
    if (!answer) {
      return;
    }
    const dangers = answer.hits.filter((hit) => hit.danger);
    const others = answer.hits.filter((hit) => !hit.danger);
    showDangers(dangers);
    results.replaceChildren(...others.map(look.row));
    results.hidden = !others.length;
    if (answer.total > others.length && others.length >= limit) {
      const further = make("button", { type: "button", className: "pb-search-further" }, "Show more results");
      further.addEventListener("click", () => {
        limit += 2 * PAGE;
        void search(false);
      });
      results.append(make("li", {}, further));
    }
    showPeek(others[0]);
    const read = answer.words > 12 ? `Read ${answer.words} words. ` : "";
    const lack = door.isIncomplete ? " A piece of the index could not be loaded: reload the page for all results." : "";
    if (answer.isSure) {
      none.replaceChildren();
      const danger = dangers.length ? `Somebody may be in danger: ${dangers.length} first. ` : "";
      said.textContent = `${read}${danger}${count(answer.total)}. Nothing leaves this browser.${lack}`;
    } else {
      showNothingSure(answer);
      said.textContent = `${read}No clear result. Nothing leaves this browser.${lack}`;
    }
  };

  /** @type {(isTyping: boolean) => Promise<void>} */
  const search = async (isTyping) => {
    const mine = ++asked;
    keepAddress();
    if (!state.text.trim()) {
      answer = null;
      showDangers([]);
      results.replaceChildren();
      facets.replaceChildren();
      more.replaceChildren();
      showPeek(undefined);
      showNothingTyped();
      dialog.dataset.answered = state.text;
      return;
    }
    try {
      const found = await door.ask(state.text, { limit, isTyping, facets: state.chosen });
      if (mine !== asked) {
        return;
      }
      answer = found;
      show();
      dialog.dataset.answered = state.text;
      known ??= playbook.searchFacets(await door.load("facets"), new Date());
      if (mine === asked) {
        showFacets(found.documents);
      }
    } catch (error) {
      said.textContent = "A part of the search could not be loaded. Reload the page, and search again.";
      console.warn(error);
    }
  };

  /* A search that found nothing, or of whose results none was opened, is what authors should know. */
  const remember = () => {
    if (state.text.trim() && answer && !hasOpened) {
      memory.miss(state.text, answer.isSure ? "nothing opened" : "nothing found");
    }
  };

  const links = () => /** @type {HTMLElement[]} */ ([...dialog.querySelectorAll("a.pb-hit, .pb-hit-parts a")]);

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
    const hit = hitOf(link);
    if (item && hit && !item.querySelector(".pb-hit-parts")) {
      item.append(look.parts(hit));
    }
    /** @type {HTMLElement | null} */ (item?.querySelector(".pb-hit-parts a"))?.focus();
  };

  /** @type {(link: Element) => SearchHit | undefined} */
  const hitOf = (link) => {
    const at = [...results.querySelectorAll("a.pb-hit")].indexOf(link);
    return at < 0 ? undefined : answer?.hits.filter((hit) => !hit.danger)[at];
  };

  /** @type {Record<string, (link: Element) => void>} */
  const MOVES = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => links()[0]?.focus(),
    End: () => links().at(-1)?.focus(),
    ArrowRight: (link) => (link.matches(".pb-hit") ? openParts(link) : move(1)),
    ArrowLeft: (link) => {
      const item = link.closest(".pb-hit-parts")?.closest("li") ?? link.closest("li");
      /** @type {HTMLElement | null | undefined} */ (item?.querySelector("a.pb-hit"))?.focus();
      item?.querySelector(".pb-hit-parts")?.remove();
    },
  };

  dialog.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target === box) {
      const isAtEnd = box.selectionStart === box.value.length;
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        links()[0]?.click();
      } else if (event.key === "ArrowDown" && (isAtEnd || !box.value.includes("\n"))) {
        event.preventDefault();
        move(1);
      }
    } else if (target.matches("a") && MOVES[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      MOVES[event.key](target);
    } else if (
      target.matches("a") &&
      event.key.length === 1 &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      event.key !== " "
    ) {
      box.focus();
    }
  });
  dialog.addEventListener("focusin", (event) => {
    const hit = hitOf(/** @type {Element} */ (event.target));
    if (hit) {
      showPeek(hit);
    }
  });
  dialog.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (link) {
      hasOpened = true;
      memory.keep(state.text);
      // a step of this very page is no new page: the box has to go by itself
      if (
        new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname === location.pathname &&
        !event.ctrlKey &&
        !event.metaKey
      ) {
        before = new URL(/** @type {HTMLAnchorElement} */ (link).href).hash;
        dialog.close();
        event.preventDefault();
        location.hash = before;
      }
    } else if (event.target === dialog) {
      dialog.close();
    }
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    remember();
    history.replaceState(history.state, "", before || location.pathname + location.search);
  });

  let timer = 0;
  box.addEventListener("input", () => {
    state.text = box.value;
    hasOpened = false;
    limit = PAGE;
    grow();
    clearTimeout(timer);
    timer = window.setTimeout(() => search(true), WAIT);
  });

  playbook.searchBox = (text) => {
    if (dialog.open) {
      return;
    }
    const isKept = location.hash.startsWith("#find");
    before = isKept ? "" : location.hash;
    if (isKept) {
      readAddress();
    } else {
      state.text = text ?? state.text;
    }
    hasOpened = false;
    dialog.showModal();
    box.value = state.text;
    box.focus();
    if (text) {
      box.setSelectionRange(text.length, text.length); // somebody is still typing
    } else {
      box.select();
    }
    grow();
    void search(false);
  };
})();
