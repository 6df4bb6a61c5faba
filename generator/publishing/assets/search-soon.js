/* Where somebody types while the search is being loaded: what is typed before the box is there must not be lost, and its letters
   must not do what they do as keys of a page. */

/**
 * @typedef {object} SearchBegun
 * @property {string} text
 * @property {boolean} isPasted whether any of it was pasted or dropped
 */

/**
 * @typedef {object} SearchSoon
 * @property {() => Promise<SearchBegun | null>} take what was typed until now, with the dialog closed; null if somebody closed it
 */

(() => {
  "use strict";

  const { make } = playbook.page;

  playbook.isPaste = (event) => event instanceof InputEvent && event.inputType.startsWith("insertFrom");

  playbook.searchSoon = (begun = { text: "", isPasted: false }) => {
    let { isPasted } = begun;
    const box = make("textarea", { rows: 1, autocomplete: "off", spellcheck: false, value: begun.text });
    box.setAttribute("aria-label", "Search");
    box.addEventListener("input", (event) => {
      isPasted = Boolean(box.value) && (isPasted || playbook.isPaste(event));
    });
    // Enter is no part of a search: not here, and not the one that opened this.
    box.addEventListener("beforeinput", (event) => {
      if (event.inputType === "insertLineBreak") {
        event.preventDefault();
      }
    });
    const dialog = make("dialog", { className: "pb-search-soon" }, box, make("p", {}, "Loading the search…"));
    dialog.setAttribute("aria-label", "Search");
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog) {
        dialog.close();
      }
    });
    document.body.append(dialog);
    dialog.showModal();
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);

    let isComposing = false;
    box.addEventListener("compositionstart", () => {
      isComposing = true;
    });
    box.addEventListener("compositionend", () => {
      isComposing = false;
    });
    return {
      take: async () => {
        // A word that is being composed from several keys, as in Japanese, is waited for.
        if (isComposing && dialog.open) {
          await new Promise((done) => {
            box.addEventListener("compositionend", done, { once: true });
            dialog.addEventListener("close", done, { once: true });
          });
        }
        const isOpen = dialog.open;
        dialog.close();
        dialog.remove();
        return isOpen ? { text: box.value, isPasted } : null;
      },
    };
  };
})();
