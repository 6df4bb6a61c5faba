/* The keys of a page, in one place: each script adds its own, and `?` shows those that work now. */

/**
 * @typedef {object} PageKey
 * @property {string} key as the browser names it; several that do one thing each, with spaces, are only shown
 * @property {string} does what it does, in a few words
 * @property {(event: KeyboardEvent) => void} [run] left out by scripts that listen by themselves
 * @property {() => boolean} [works] whether it works now; left out where it always does
 * @property {boolean} [opensInEmpty] whether it works in a field in which nothing was typed yet
 */

/**
 * @typedef {object} PageKeys
 * @property {(...keys: PageKey[]) => void} add
 * @property {() => void} show
 * @property {() => boolean} isMidWord whether a key is one of a word that somebody types where nothing can be typed
 */

(() => {
  "use strict";

  const { make } = playbook.page;

  /** @type {PageKey[]} */
  const known = [];
  const works = (/** @type {PageKey} */ one) => one.works?.() ?? true;

  const list = make("dl", {});
  const close = make("button", { type: "button", className: "md-button" }, "Close");
  const dialog = make(
    "dialog",
    { className: "pb-keys md-typeset" },
    make("h2", { id: "_keys" }, "Keys of this page"),
    list,
    make("p", {}, close),
  );
  dialog.setAttribute("aria-labelledby", "_keys");
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) {
      dialog.close();
    }
  });

  const show = () => {
    const rows = known.filter(works).map(({ key, does }) => {
      const caps = key.split(" ").flatMap((one) => [make("kbd", {}, one), " "]);
      return make("div", {}, make("dt", {}, ...caps), make("dd", {}, does));
    });
    list.replaceChildren(...rows);
    if (!dialog.isConnected) {
      document.body.append(dialog);
    }
    dialog.showModal();
  };

  const isEmpty = (/** @type {EventTarget | null} */ field) => /** @type {HTMLInputElement} */ (field).value === "";

  const WORD = 1000; // milliseconds between two keys of a word, at most
  let last = Number.NEGATIVE_INFINITY;
  const isMidWord = () => performance.now() - last < WORD;

  const isAlone = (/** @type {KeyboardEvent} */ event) =>
    !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing);

  // After all others: a key that did something is none of a word.
  window.addEventListener("keydown", (event) => {
    if (/^\p{L}$/u.test(event.key) && isAlone(event) && !event.defaultPrevented && !playbook.isTyping(event.target)) {
      last = performance.now();
    }
  });

  document.addEventListener("keydown", (event) => {
    const isTyping = playbook.isTyping(event.target);
    if (!isAlone(event) || document.querySelector("dialog[open]") || (!isTyping && isMidWord())) {
      return;
    }
    const isMeant = (/** @type {PageKey} */ one) =>
      one.key === (event.key.length === 1 ? event.key.toLowerCase() : event.key) &&
      (!isTyping || (one.opensInEmpty === true && isEmpty(event.target)));
    const found = known.find((one) => one.run && isMeant(one) && works(one));
    if (found) {
      event.preventDefault();
      found.run?.(event);
    }
  });

  playbook.keys = {
    add: (...keys) => {
      known.push(...keys);
    },
    show,
    isMidWord,
  };
  playbook.keys.add({ key: "?", does: "the keys of this page", run: show });
})();
