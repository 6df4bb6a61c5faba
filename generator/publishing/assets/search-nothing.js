/* What the box shows where nothing was typed yet, and where nothing clearly answers what was typed. */

/**
 * @typedef {object} SearchNothing
 * @property {() => Node[]} typed what was searched for lately, and what led nowhere
 * @property {(answer: SearchAnswer, text: string) => Node[]} sure
 */

(() => {
  "use strict";

  const { make } = playbook.page;
  const NAMES = new Intl.DisplayNames(["en"], { type: "language" });

  /** @type {(again: (text: string) => void, changed: () => void) => SearchNothing} */
  playbook.searchNothing = (again, changed) => {
    const { search: door, searchMemory: memory, searchResults: look } = playbook;

    /** @type {(words: string, title: string, act: () => void) => HTMLButtonElement} */
    const forgetter = (words, title, act) => {
      const button = make("button", { type: "button", className: "pb-search-forget", title }, words);
      button.setAttribute("aria-label", title);
      button.addEventListener("click", () => {
        act();
        changed();
      });
      return button;
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
      const said = make("p", {}, copy, " ", forgetter("Forget", "Forget what led nowhere", memory.forgetMissed));
      copy.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(memory.list());
          copy.textContent = "Copied. Send them to the authors: they make phrases of them.";
        } catch {
          said.after(make("textarea", { className: "pb-search-lines", readOnly: true, value: memory.list(), rows: 5 }));
          copy.textContent = "Copy these lines:";
        }
      });
      return [said];
    };

    const typed = () => {
      const recent = memory.recent();
      const list = make("ul", { className: "pb-search-recent" });
      for (const text of recent) {
        const button = make("button", { type: "button" }, text);
        button.addEventListener("click", () => again(text));
        list.append(make("li", {}, button));
      }
      const forget = forgetter("Forget", "Forget what was searched for lately", memory.forgetRecent);
      return [...(recent.length ? [make("h2", {}, "Lately ", forget), list] : []), ...missed()];
    };

    /* Words of another language are found where authors wrote some down; who knows that tries words of ours. */
    /** @type {(text: string) => string} */
    const advise = (text) => {
      const { language, split } = playbook.searchWords;
      const [main] = door.languages;
      const spoken = language(split(text), door.languages);
      return spoken && spoken !== main
        ? `Nothing here clearly answers this. It reads like ${NAMES.of(spoken)}, of which the search knows only some ` +
            `words. Say in two or three words of ${NAMES.of(main)} what it is about, or look through `
        : "Nothing here clearly answers this. Try fewer or other words, or look through ";
    };

    /** @type {SearchNothing["sure"]} */
    const sure = ({ hits, otherwise }, text) => {
      const help = make("p", {}, advise(text));
      help.append(make("a", { href: look.address(door.ids) }, "all ids"), ".");
      /** @type {Node[]} */
      const found = [help];
      if (otherwise.length) {
        const list = make("ul", { className: "pb-search-otherwise" });
        for (const { address, title } of otherwise) {
          list.append(make("li", {}, make("a", { href: look.address(address) }, title)));
        }
        found.push(make("h2", {}, "If no procedure fits"), list);
      }
      if (door.whom) {
        found.push(make("p", {}, `Ask ${door.whom}.`));
      }
      found.push(...missed());
      if (hits.length) {
        found.push(make("h2", {}, "Nearest, though they may not fit"));
      }
      return found;
    };

    return { typed, sure };
  };
})();
