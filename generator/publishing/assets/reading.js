/* What this browser's reader has read: the version of each document, kept in this browser alone, for each site apart. */

/**
 * @typedef {object} Known a document as a page or a list tells of it
 * @property {string} id
 * @property {string} version
 * @property {string} [first] the day of the oldest entry in its history
 * @property {string[]} [formerly] ids that it had
 */

/** @typedef {{ version: string, day: string }} Read the version that was read last, and the reader's day then */

/** @typedef {"" | "changed" | "new"} News */

/**
 * @typedef {object} Reading
 * @property {() => void} begin remembers since when somebody reads here, so that nothing is new on the first day
 * @property {(known: Known) => Read | undefined} find what was read of a document, under any id that it had
 * @property {() => (known: Known) => News} judge what is new, by what is known now
 * @property {(known: Known, before?: Read) => boolean} keep a version as read; `before` is what was known when the page
 *   was opened. Whether the browser keeps it.
 * @property {(known: Known[]) => boolean} keepAll what is changed or new as read
 * @property {() => boolean} forget
 * @property {() => boolean} isKept whether this browser keeps anything
 * @property {(version: string, other: string) => number} compare above 0 if a version is the later one
 * @property {<Entry extends { version: string }>(entries: Entry[], read: string, now: string) => Entry[]} newer the
 *   entries of a history above the version that was read, up to the one of now
 * @property {(change: (event: StorageEvent) => void) => void} onChange calls when another tab has read or forgotten
 * @property {(news: News) => HTMLElement[]} dot
 */

(() => {
  "use strict";

  const VERSION = /^\d{1,9}\.\d{1,9}(\.\d{1,9})?$/;
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const SAID = { changed: "changed since you read it", new: "new since you first read here" };

  const key = () => `playbook-read:${new URL(playbook.search.root).pathname}`;
  const today = () => playbook.days.day(new Date());

  /** @type {Reading["compare"]} */
  const compare = (version, other) => {
    const [some, others] = [version, other].map((one) => one.split(".").map(Number));
    return [0, 1, 2].map((at) => (some[at] ?? 0) - (others[at] ?? 0)).find((difference) => difference) ?? 0;
  };

  /* Storage may be forbidden, full, or hold what another version or site wrote: what cannot be is left out. */
  const load = () => {
    /** @type {{ since: string, read: Map<string, Read> } | undefined} */
    let found;
    try {
      const { since, read } = JSON.parse(localStorage.getItem(key()) ?? "null");
      const sound = Object.entries(read).filter(([, one]) => VERSION.test(one?.[0]) && DAY.test(one[1]));
      found = {
        since: DAY.test(since) ? since : today(),
        read: new Map(sound.map(([id, [version, day]]) => [id, { version, day }])),
      };
    } catch {
      // nothing is known
    }
    return found;
  };
  const loadOrBegin = () => load() ?? { since: today(), read: /** @type {Map<string, Read>} */ (new Map()) };

  /** @type {(state: { since: string, read: Map<string, Read> }) => boolean} */
  const save = ({ since, read }) => {
    try {
      const rows = [...read].map(([id, { version, day }]) => [id, [version, day]]);
      const text = JSON.stringify({ since, read: Object.fromEntries(rows) });
      localStorage.setItem(key(), text);
      return localStorage.getItem(key()) === text;
    } catch {
      return false;
    }
  };

  /** @type {(read: Map<string, Read>, known: Known) => Read | undefined} */
  const look = (read, { id, formerly = [] }) => [id, ...formerly].map((name) => read.get(name)).find((one) => one);

  /** @type {(known: Known, state: { since: string, read: Map<string, Read> }) => News} */
  const compareWith = (known, { since, read }) => {
    const one = look(read, known);
    if (one) {
      return compare(known.version, one.version) > 0 ? "changed" : "";
    }
    return known.first && known.first > since ? "new" : "";
  };

  playbook.reading = {
    begin: () => {
      const state = loadOrBegin();
      const now = today();
      const isAhead = state.since > now; // the clock was
      if (!load() || isAhead) {
        save({ ...state, since: isAhead ? now : state.since });
      }
    },
    find: (known) => look(loadOrBegin().read, known),
    judge: () => {
      const state = loadOrBegin();
      return (known) => compareWith(known, state);
    },
    keep: (known, before) => {
      const state = loadOrBegin();
      const now = look(state.read, known);
      // Another tab has read on meanwhile, and this page is of a day before.
      if (now && now.version !== before?.version && compare(now.version, known.version) > 0) {
        return true;
      }
      for (const old of known.formerly ?? []) {
        state.read.delete(old);
      }
      state.read.set(known.id, { version: known.version, day: today() });
      return save(state);
    },
    keepAll: (all) => {
      const state = loadOrBegin();
      for (const known of all.filter((one) => compareWith(one, state))) {
        state.read.set(known.id, { version: known.version, day: today() });
      }
      return save(state);
    },
    forget: () => {
      try {
        localStorage.removeItem(key());
      } catch {
        return false;
      }
      return save(loadOrBegin());
    },
    isKept: () => save(loadOrBegin()),
    compare,
    newer: (entries, read, now) =>
      entries.filter(({ version }) => compare(version, read) > 0 && compare(version, now) <= 0),
    onChange: (change) =>
      window.addEventListener("storage", (event) => {
        if (event.key === null || event.key === key()) {
          change(event);
        }
      }),
    dot: (news) =>
      news
        ? [
            playbook.page.make(
              "span",
              { className: "pb-dot", role: "img", ariaLabel: SAID[news], title: SAID[news] },
              ...(news === "new" ? ["new"] : []),
            ),
          ]
        : [],
  };
})();
