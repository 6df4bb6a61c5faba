/* The large field of a page that begins with the search: what is typed or pasted into it goes on in the box. */

(() => {
  "use strict";

  const { all, make } = playbook.page;

  for (const host of all("[data-pb-ask]")) {
    const box = make("textarea", {
      rows: 1,
      autocomplete: "off",
      spellcheck: false,
      placeholder: matchMedia("(max-width: 30rem)").matches
        ? "Words, an id, a message"
        : "Words of the case, an id, or the whole message",
      value: host.dataset.pbAsk === "data-pb-ask" ? "" : (host.dataset.pbAsk ?? ""),
    });
    box.setAttribute("aria-label", "Search");
    box.setAttribute("aria-keyshortcuts", "/");
    box.setAttribute("aria-haspopup", "dialog");

    let isPasted = false;
    const open = () => {
      playbook.search.show({ text: box.value, isPasted });
      box.value = box.defaultValue;
    };
    box.addEventListener("input", (event) => {
      isPasted = playbook.isPaste(event);
      // A word that is composed from several keys, as in Japanese, is finished here.
      if (!(event instanceof InputEvent && event.isComposing)) {
        open();
      }
    });
    box.addEventListener("compositionend", open);
    box.addEventListener("click", open);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        open();
      }
    });
    box.defaultValue = box.value;
    const keys = make("button", { type: "button" }, make("kbd", {}, "?"), " all keys");
    keys.addEventListener("click", playbook.keys.show);
    host.replaceChildren(
      make("div", { className: "pb-ask-field" }, box, make("kbd", { ariaHidden: "true" }, "/")),
      make("p", {}, make("span", {}, "What you type stays in this browser."), " ", keys),
    );
    host.hidden = false;
  }
})();
