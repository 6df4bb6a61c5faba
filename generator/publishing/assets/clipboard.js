/* Puts the forms of a text into the clipboard, each by its type, by whichever way the browser leaves open. */

/** @typedef {{ type: "text/plain" | "text/html", words: string }} Form */

/**
 * @typedef {object} ClipboardWays
 * @property {(forms: Form[], select: () => void) => Promise<void>} put
 *   `select` selects something on the page, which is needed where the clipboard is closed to scripts
 * @property {(text: string, name: string, host: HTMLElement) => Promise<boolean>} putText
 *   whether it was copied; what cannot be copied in any way stays selected in `host`, to be copied by hand
 */

(() => {
  "use strict";

  /* What is selected is copied, with our forms in its place. */
  /** @type {ClipboardWays["put"]} */
  const bySelection = async (forms, select) => {
    const fill = (/** @type {ClipboardEvent} */ event) => {
      for (const { type, words } of forms) {
        event.clipboardData?.setData(type, words);
      }
      event.preventDefault();
    };
    select();
    document.addEventListener("copy", fill, { once: true });
    const isDone = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    if (!isDone) {
      throw new Error("no clipboard");
    }
  };

  /** @type {ClipboardWays["put"]} */
  const put = (forms, select) => {
    const otherwise = () => bySelection(forms, select);
    if (!navigator.clipboard || !window.ClipboardItem) {
      return otherwise();
    }
    const blobs = forms.map(({ type, words }) => [type, new Blob([words], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]).catch(otherwise);
  };

  /** @type {ClipboardWays["putText"]} */
  const putText = async (text, name, host) => {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const shown = playbook.page.make("textarea", { value: text, readOnly: true, ariaLabel: name });
    try {
      await put([{ type: "text/plain", words: text }], () => {
        host.replaceChildren(shown);
        shown.select();
      });
    } catch {
      return false;
    }
    if (shown.isConnected) {
      focused?.focus({ preventScroll: true });
    }
    host.replaceChildren();
    return true;
  };

  playbook.clipboard = { put, putText };
})();
