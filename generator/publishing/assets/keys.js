/* The keys of a page, in one place: each script adds its own, and `?` shows those that work now. */

/**
 * @typedef {object} PageKey
 * @property {string} key as the browser names it; several that do one thing each, with spaces, are only shown
 * @property {string} does what it does, in a few words
 * @property {() => void} [run] left out by scripts that listen by themselves
 * @property {() => boolean} [works] whether it works now; left out where it always does
 * @property {boolean} [opensInEmpty] whether it works in a field in which nothing was typed yet
 */

/**
 * @typedef {object} PageKeys
 * @property {(...keys: PageKey[]) => void} add
 * @property {() => void} show
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

  document.addEventListener("keydown", (event) => {
    const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing);
    if (!isPlain || document.querySelector("dialog[open]")) {
      return;
    }
    const isTyping = playbook.isTyping(event.target);
    const isMeant = (/** @type {PageKey} */ one) =>
      one.key === (event.key.length === 1 ? event.key.toLowerCase() : event.key) &&
      (!isTyping || (one.opensInEmpty === true && isEmpty(event.target)));
    const found = known.find((one) => one.run && isMeant(one) && works(one));
    if (found) {
      event.preventDefault();
      found.run?.();
    }
  });

  playbook.keys = {
    add: (...keys) => {
      known.push(...keys);
    },
    show,
  };
  playbook.keys.add({ key: "?", does: "the keys of this page", run: show });
})();
