/* The case of this tab: kept for as long as the tab is open, shared with the tree or letter that is open inside a step.
   Nothing of it is sent; it goes into an address only where somebody copies its link. */

/**
 * @typedef {object} CaseDoor
 * @property {() => CaseFile | null} get
 * @property {() => void} begin
 * @property {(change: CaseChange) => void} change does nothing where no case is open
 * @property {(file: CaseFile) => void} replace
 * @property {() => void} clear
 * @property {(heard: (file: CaseFile | null) => void) => void} listen calls at once, and after each change
 * @property {(left: (before: string) => void) => void} onOther calls when the case is another one than before, or none, or the
 *   first; before all who listen, with the key of the one before: what was typed or opened for one is not there for the next
 * @property {string} target whom a message between a page and what is open in it is for
 * @property {boolean} isInside whether this page is open inside a step of another
 * @property {(message: { playbook: string, [name: string]: unknown }) => void} post to the page in whose step this one is open
 * @property {() => boolean} mayFocus whether what is open here may take the focus: never from whoever types elsewhere
 * @property {() => boolean} isKept whether a reload finds the case again
 * @property {(frame: HTMLIFrameElement) => void} share lets the page in a frame work on this case
 * @property {(frame: HTMLIFrameElement) => void} unshare
 */

(() => {
  "use strict";

  const files = playbook.caseFiles;
  const KEPT = `playbook-case ${new URL(playbook.search.root).pathname}`;
  const isInside = window.name === "pb-inside" && window.parent !== window;
  const target = location.protocol === "file:" ? "*" : location.origin;

  /** @type {((file: CaseFile | null) => void)[]} */
  const listeners = [];
  /** @type {((before: string) => void)[]} */
  const leaving = [];
  /** @type {Set<HTMLIFrameElement>} */
  const frames = new Set();
  /** @type {CaseFile | null} */
  let file = null;
  let isKept = true;
  let owner = "";

  const readKept = () => {
    try {
      file = files.read(sessionStorage.getItem(KEPT));
    } catch {
      isKept = false;
    }
  };

  const keep = () => {
    try {
      if (file) {
        sessionStorage.setItem(KEPT, JSON.stringify(file));
      } else {
        sessionStorage.removeItem(KEPT);
      }
      isKept = true;
    } catch {
      isKept = false; // full or forbidden: it is there until the page is left
    }
  };

  const tell = () => {
    const before = owner;
    owner = file?.key ?? "";
    for (const left of owner === before ? [] : leaving) {
      left(before);
    }
    for (const heard of listeners) {
      heard(file);
    }
    for (const frame of frames) {
      frame.contentWindow?.postMessage({ playbook: "case", file: JSON.stringify(file) }, target);
    }
  };

  /** @type {(next: CaseFile | null) => void} */
  const set = (next) => {
    file = next;
    keep();
    tell();
  };

  /** @type {CaseDoor["post"]} */
  const post = (message) => window.parent.postMessage(message, target);

  /** @type {CaseDoor["change"]} */
  const change = (wanted) => {
    if (!file) {
      return;
    }
    if (isInside) {
      post({ playbook: "change", change: wanted });
    } else {
      set(files.apply(file, wanted));
    }
  };

  const mayFocus = () =>
    !document.querySelector("dialog[open]") &&
    (isInside ? document.hasFocus() : !playbook.isTyping(document.activeElement));

  /* A message counts if it comes from a frame that we made, or from the page that made this one. */
  window.addEventListener("message", ({ source, data }) => {
    if (isInside && source === window.parent && data?.playbook === "case") {
      file = files.read(data.file);
      tell();
    }
    const frame = [...frames].find((one) => one.contentWindow === source);
    if (frame && data?.playbook === "hello") {
      frame.contentWindow?.postMessage({ playbook: "case", file: JSON.stringify(file) }, target);
    } else if (frame && data?.playbook === "height") {
      frame.style.height = `${Math.min(20_000, Math.max(0, Number(data.height) || 0))}px`;
      frame.classList.add("pb-shown");
    } else if (frame && data?.playbook === "open") {
      const detail = { href: String(data.href), name: String(data.name) };
      frame.dispatchEvent(new CustomEvent("pb-open", { detail }));
    } else if (frame && data?.playbook === "follow") {
      window.dispatchEvent(new CustomEvent("pb-follow", { detail: String(data.hash) }));
    } else if (frame && data?.playbook === "key") {
      window.focus();
      frame.dispatchEvent(new KeyboardEvent("keydown", { key: String(data.key), bubbles: true, cancelable: true }));
    } else if (frame && data?.playbook === "change" && file) {
      const checked = files.read(JSON.stringify(files.apply(file, data.change ?? {})));
      set(checked ?? file);
    }
  });

  if (isInside) {
    post({ playbook: "hello" });
  } else {
    readKept();
    owner = /** @type {CaseFile | null} */ (file)?.key ?? "";
    // A page to which one goes back is as it was left: in between, the case may have been cleared on another.
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted && isKept) {
        readKept();
        tell();
      }
    });
  }

  playbook.case = {
    get: () => file,
    begin: () => set(files.begin(new Date())),
    change,
    replace: set,
    clear: () => set(null),
    listen: (heard) => {
      listeners.push(heard);
      heard(file);
    },
    onOther: (left) => leaving.push(left),
    target,
    isInside,
    post,
    mayFocus,
    isKept: () => isKept,
    share: (frame) => frames.add(frame),
    unshare: (frame) => frames.delete(frame),
  };
})();
