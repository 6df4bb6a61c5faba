/* Finds the object by which a learning system is spoken to, wherever it launched the course. */

(() => {
  "use strict";

  const MOST = 50; // windows around each other; some systems have been seen to give a window as its own parent

  /** What a window of another origin, or of a sandbox, answers with an error. @type {<T>(look: () => T) => T | null} */
  const look = (ask) => {
    try {
      return ask() ?? null;
    } catch {
      return null;
    }
  };

  /** This window and those around it, from the inside out. @type {(from: Window | null) => Window[]} */
  const around = (from) => {
    const found = /** @type {Window[]} */ ([]);
    for (let at = from; at && !found.includes(at) && found.length < MOST; ) {
      found.push(at);
      const inner = at;
      at = look(() => inner.parent);
    }
    return found;
  };

  /* This window, those around it, and those that opened it: the nearest first. */
  const list = () => {
    const near = around(window);
    const openers = near.map((one) => look(() => /** @type {Window | null} */ (one.opener))).reverse();
    const further = openers.flatMap((one) => around(one));
    // The opener of an opener: a list of courses that opened a player that opened this.
    const furthest = further.flatMap((one) => around(look(() => /** @type {Window | null} */ (one.opener))));
    return [...near, ...further, ...furthest];
  };

  /** @type {PlaybookSession["findApi"]} */
  const find = (name) => {
    for (const one of list()) {
      const api = look(() => /** @type {any} */ (one)[name]);
      if (api && look(() => typeof api) !== "string") {
        return api;
      }
    }
    return null;
  };

  playbookSession.findApi = find;
  playbookSession.mayAppear = () => list().some((one) => one !== window && look(() => ({ told: one.name })) !== null);
})();
