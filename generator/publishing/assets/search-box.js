/* The box: what was typed, what comes first because somebody may be in danger, the results, and what narrows them down. */

/**
 * @typedef {object} SearchState
 * @property {string} text
 * @property {boolean} isPasted
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
  const STILL = 500; // ms without a key, after which who hears the page is told: each key would be read out

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
  const said = make("p", { className: "pb-search-said" });
  const told = make("p", { className: "pb-unseen", role: "status" });
  const first = make("section", { className: "pb-search-first", hidden: true });
  first.setAttribute("aria-label", "Danger first");
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

  /** @type {SearchState} */
  const state = { text: "", isPasted: false, chosen: {} };
  const narrow = playbook.searchNarrow(state, () => void search(false));
  const list = make("div", { className: "pb-search-list" }, first, narrow.types, narrow.more, none, results);
  const dialog = make(
    "dialog",
    { className: "pb-search" },
    make("div", { className: "pb-search-box" }, icon("⌕"), box, close),
    said,
    told,
    make("div", { className: "pb-search-main" }, list, peek),
    keys,
  );
  dialog.setAttribute("aria-label", "Search");
  document.body.append(dialog);

  /** @type {SearchAnswer | null} */
  let answer = null;
  /** @type {SearchFacets | null} */
  let known = null;
  let asked = 0;
  let limit = PAGE;
  let before = "";
  let hasOpened = false;

  /** @type {(text: string) => void} */
  const type = (text) => {
    box.value = text;
    box.dispatchEvent(new Event("input"));
    box.focus();
  };
  const nothing = playbook.searchNothing(type, () => {
    none.replaceChildren(...(answer ? nothing.sure(answer, state.text) : nothing.typed()));
    box.focus();
  });
  const selection = playbook.searchSelection(dialog, box, peek, async () => {
    if (dialog.dataset.answered !== box.value) {
      await search(true);
    }
  });

  let telling = 0;
  /** @type {(words: string, after?: string) => void} */
  const tell = (words, after = "") => {
    said.textContent = words;
    clearTimeout(telling);
    telling = window.setTimeout(() => {
      told.textContent = `${words}${after}`;
    }, STILL);
  };

  /* What may be kept: a message is its member's, who pasted it or not, and nobody else's to find in this browser. */
  const keepable = () => (!state.isPasted && memory.mayKeep(state.text) ? state.text : "");

  /* The address keeps the search, in the part that no server gets; what may not be there is kept until the tab is closed. */
  const keepAddress = () => {
    const kept = new URLSearchParams();
    if (keepable()) {
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
    state.text = kept.get("q") ?? memory.held();
    state.isPasted = !kept.has("q");
    state.chosen = {};
    for (const [field, name] of kept) {
      if (field !== "q") {
        state.chosen[field] = [...(state.chosen[field] ?? []), name];
      }
    }
  };

  const grow = () => {
    const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(box);
    box.rows = 1;
    const high = box.scrollHeight - Number.parseFloat(paddingBlockStart) - Number.parseFloat(paddingBlockEnd);
    box.rows = Math.min(4, Math.max(1, Math.round(high / Number.parseFloat(lineHeight))));
  };

  /** @type {(hits: SearchHit[]) => void} */
  const showDangers = (hits) => {
    first.hidden = !hits.length;
    const rows = make("ul", {}, ...hits.map(look.warning));
    first.replaceChildren(make("h2", {}, "Somebody may be in danger. This comes first."), rows);
  };

  /** @type {(total: number) => string} */
  const count = (total) => (total === 1 ? "1 result" : `${total} results`);

  /** @type {(found: SearchAnswer) => void} */
  const show = (found) => {
    const hits = found.hits.slice(0, limit);
    const dangers = hits.filter((hit) => hit.danger);
    const others = hits.filter((hit) => !hit.danger);
    showDangers(dangers);
    results.replaceChildren(...others.map(look.row));
    if (found.hits.length > limit) {
      const further = make("button", { type: "button", className: "pb-search-further" }, "Show more results");
      further.addEventListener("click", async () => {
        limit += 2 * PAGE;
        await search(false);
        selection.focus(hits.length);
      });
      results.append(make("li", {}, further));
    }
    results.hidden = !results.childElementCount;
    none.replaceChildren(...(found.isSure ? [] : nothing.sure(found, state.text)));
    selection.show(hits);
    list.scrollTop = limit === PAGE ? 0 : list.scrollTop;
    const read = found.words > 12 ? `Read ${found.words} words. ` : "";
    const lack = door.isIncomplete ? " A piece of the index could not be loaded: reload the page for all results." : "";
    const danger = dangers.length ? `Somebody may be in danger: ${dangers.length} first. ` : "";
    const sum = found.isSure ? `${danger}${count(found.total)}` : "No clear result";
    tell(`${read}${sum}. Nothing leaves this browser.${lack}`, hits.length ? ` Enter opens ${hits[0].title}.` : "");
  };

  /** @type {(isTyping: boolean) => Promise<void>} */
  const search = async (isTyping) => {
    const mine = ++asked;
    keepAddress();
    if (!state.text.trim()) {
      answer = null;
      showDangers([]);
      results.replaceChildren();
      narrow.show(known, []);
      selection.show([]);
      none.replaceChildren(...nothing.typed());
      tell("What you type stays in this browser.");
      dialog.dataset.answered = state.text;
      return;
    }
    try {
      const found = await door.ask(state.text, { limit: limit + 1, isTyping, facets: state.chosen });
      if (mine !== asked) {
        return;
      }
      answer = found;
      show(found);
      dialog.dataset.answered = state.text;
      known ??= playbook.searchFacets(await door.load("facets"), new Date());
      if (mine === asked) {
        narrow.show(known, found.documents);
      }
    } catch (error) {
      tell("A part of the search could not be loaded. Reload the page, and search again.");
      console.warn(error);
    }
  };

  /* A search that found nothing, or of whose results none was opened, is what authors should know. */
  const remember = () => {
    if (keepable().trim() && answer && !hasOpened) {
      memory.miss(state.text, answer.isSure ? "nothing opened" : "nothing found");
    }
  };

  dialog.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (link) {
      hasOpened = true;
      memory.keep(keepable());
      memory.hold(keepable() ? "" : state.text);
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
  box.addEventListener("input", (event) => {
    state.text = box.value;
    state.isPasted = Boolean(state.text) && (state.isPasted || playbook.isPaste(event));
    hasOpened = false;
    limit = PAGE;
    grow();
    clearTimeout(timer);
    timer = window.setTimeout(() => search(true), WAIT);
  });

  /* With a case goes what was searched for in it. */
  let hadCase = false;
  playbook.case.listen((file) => {
    if (hadCase && !file) {
      [state.text, state.isPasted, answer] = ["", false, null];
    }
    hadCase = file !== null;
  });

  playbook.searchBox = (text, isPasted = false) => {
    if (dialog.open) {
      return;
    }
    const isKept = location.hash.startsWith("#find");
    before = isKept ? "" : location.hash;
    if (isKept) {
      readAddress();
    }
    if (text !== undefined) {
      [state.text, state.isPasted] = [text, isPasted];
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
