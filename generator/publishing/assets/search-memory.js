/* What the box remembers, in this browser alone: recent searches, and those that led nowhere. What was searched for in a
   case is kept in its tab, and goes with it. */

/**
 * @typedef {object} MissedSearch
 * @property {string} text
 * @property {string} day
 * @property {"nothing found" | "nothing opened"} how
 */

/**
 * @typedef {object} SearchMemory
 * @property {(text: string) => boolean} mayKeep whether it says of nobody who it is, as far as can be seen
 * @property {() => string[]} recent newest first
 * @property {(text: string) => void} keep
 * @property {() => MissedSearch[]} missed oldest first
 * @property {(text: string, how: MissedSearch["how"]) => void} miss
 * @property {() => void} forgetRecent
 * @property {() => void} forgetMissed
 * @property {() => string} list the missed searches as lines, for `playbook import queries`
 * @property {(text: string) => void} hold keeps a text for whoever comes back to the results, until the tab is closed
 * @property {() => string} held
 */

(() => {
  "use strict";

  const { name: TAB, root } = playbook.searchTab;
  const [RECENT, MISSED] = [`playbook-recent ${root}`, `playbook-missed ${root}`];
  const [MOST_RECENT, MOST_MISSED] = [6, 200];
  const LONGEST = 100; // a longer text is a member's message, which is nobody's to keep
  const PERSONAL = /@|(?:\d[\s().+/-]*){6}/; // an address, a telephone number, the number of a case or a card

  /** @typedef {{ recent: string[], missed: MissedSearch[], held: string }} Tab */

  /* Storage may be forbidden, full, or hold what another version wrote. */
  /** @type {(storage: () => Storage, name: string) => any} */
  const read = (storage, name) => {
    try {
      return JSON.parse(storage().getItem(name) ?? "null");
    } catch {
      return null;
    }
  };
  /** @type {(storage: () => Storage, name: string, value: unknown) => void} */
  const write = (storage, name, value) => {
    try {
      storage().setItem(name, JSON.stringify(value));
    } catch {
      // then it is not remembered
    }
  };
  const browser = () => localStorage;
  const tab = () => sessionStorage;

  const texts = (/** @type {any} */ list) => (Array.isArray(list) ? list : []).filter((one) => typeof one === "string");
  const misses = (/** @type {any} */ list) =>
    (Array.isArray(list) ? list : []).filter((one) => typeof one?.text === "string");
  /** @type {() => Tab} */
  const readTab = () => {
    const { recent, missed, held } = read(tab, TAB) ?? {};
    return { recent: texts(recent), missed: misses(missed), held: typeof held === "string" ? held : "" };
  };
  const inCase = () => playbook.case.get() !== null;

  const level = (/** @type {string} */ text) => text.replace(/\s+/g, " ").trim();

  /** @type {SearchMemory} */
  const memory = {
    mayKeep: (text) => level(text).length <= LONGEST && !PERSONAL.test(text),
    recent: () => [...new Set([...readTab().recent, ...texts(read(browser, RECENT))])].slice(0, MOST_RECENT),
    keep: (text) => {
      const kept = level(text);
      /** @type {(others: string[]) => string[]} */
      const add = (others) => [kept, ...others.filter((one) => one !== kept)].slice(0, MOST_RECENT);
      if (kept && inCase()) {
        write(tab, TAB, { ...readTab(), recent: add(readTab().recent) });
      } else if (kept) {
        write(browser, RECENT, add(texts(read(browser, RECENT))));
      }
    },
    missed: () => [...misses(read(browser, MISSED)), ...readTab().missed],
    miss: (text, how) => {
      const kept = level(text);
      /** @type {(others: MissedSearch[]) => MissedSearch[]} */
      const add = (others) =>
        [...others.filter((one) => one.text !== kept), { text: kept, day: playbook.days.day(new Date()), how }].slice(
          -MOST_MISSED,
        );
      if (kept.length > 2 && inCase()) {
        write(tab, TAB, { ...readTab(), missed: add(readTab().missed) });
      } else if (kept.length > 2) {
        write(browser, MISSED, add(misses(read(browser, MISSED))));
      }
    },
    forgetRecent: () => {
      write(browser, RECENT, []);
      write(tab, TAB, { ...readTab(), recent: [] });
    },
    forgetMissed: () => {
      write(browser, MISSED, []);
      write(tab, TAB, { ...readTab(), missed: [] });
    },
    list: () =>
      memory
        .missed()
        .map(({ day, how, text }) => `${day}\t${how}\t${text}`)
        .join("\n"),
    hold: (text) => write(tab, TAB, { ...readTab(), held: text }),
    held: () => readTab().held,
  };
  playbook.searchMemory = memory;
})();
