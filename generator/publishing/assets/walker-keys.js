/* The keys of a walk: 1 to 9 answer, or begin a value; Backspace goes back, R starts again, C and M copy. They can be turned off. */

/**
 * @typedef {object} Keys
 * @property {<Kind extends HTMLElement>(button: Kind, key: string, shown?: string) => Kind} keyed gives a button a key
 * @property {HTMLInputElement} toggle
 * @property {() => void} offer shows the keys, and tells them to screen readers, where they work
 * @property {() => void} listen
 */

(() => {
  "use strict";

  const KEPT = "playbook-keys";
  const { all, make } = playbook.page;

  const kept = () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  };

  /** @type {(isOn: boolean) => void} */
  const keep = (isOn) => {
    try {
      localStorage.setItem(KEPT, isOn ? "on" : "off");
    } catch {
      // it is only not remembered
    }
  };

  playbook.walkerKeys = (walker) => {
    const toggle = make("input", { type: "checkbox", checked: kept() !== "off" });

    /** @type {Keys["keyed"]} */
    const keyed = (button, key, shown = key) => {
      const cap = make("kbd", { textContent: shown, ariaHidden: "true" });
      button.dataset.key = key;
      button.prepend(cap, " ");
      return button;
    };

    const offer = () => {
      walker.classList.toggle("pb-keyless", !toggle.checked);
      for (const button of all("[data-key]", walker)) {
        button.removeAttribute("aria-keyshortcuts");
        if (toggle.checked) {
          button.setAttribute("aria-keyshortcuts", button.dataset.key ?? "");
        }
      }
    };

    /** @type {(target: HTMLElement) => boolean} */
    const isOurs = (target) => {
      return (
        !playbook.isTyping(target) &&
        (target === document.body || target === document.documentElement || walker.contains(target))
      );
    };

    /** @type {(event: KeyboardEvent) => void} */
    const press = (event) => {
      const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing);
      if (
        !toggle.checked ||
        !isPlain ||
        playbook.keys.isMidWord() ||
        !isOurs(/** @type {HTMLElement} */ (event.target))
      ) {
        return;
      }
      const isMeant = (/** @type {HTMLElement} */ one) => one.dataset.key?.toLowerCase() === event.key.toLowerCase();
      const button = all("[data-key]", walker).find(isMeant);
      const [field] = all(".pb-value", walker);
      if (button) {
        event.preventDefault(); // also where there is nothing to go back from: it is a key, and no word
        button.click();
      } else if (field && /^[-0-9]$/.test(event.key)) {
        field.focus(); // which gets what was typed
      }
    };

    const listen = () => {
      toggle.addEventListener("change", () => {
        offer();
        keep(toggle.checked);
      });
      document.addEventListener("keydown", press);
      const works = () => toggle.checked;
      playbook.keys.add(
        { key: "1–9", does: "answer the question, or begin a value", works },
        { key: "Backspace", does: "back to the question before", works },
        { key: "R", does: "start again", works },
        { key: "C", does: "at a decision: copy the case note as text", works },
        { key: "M", does: "at a decision: copy the case note as Markdown", works },
      );
    };

    return { keyed, toggle, offer, listen };
  };
})();
