/* What the box remembers, in this browser alone: recent searches, and those that led nowhere. */

/**
 * @typedef {object} MissedSearch
 * @property {string} text
 * @property {string} day
 * @property {"nothing found" | "nothing opened"} how
 */

/**
 * @typedef {object} SearchMemory
 * @property {() => string[]} recent newest first
 * @property {(text: string) => void} keep
 * @property {() => MissedSearch[]} missed oldest first
 * @property {(text: string, how: MissedSearch["how"]) => void} miss
 * @property {() => void} forget
 * @property {() => string} list the missed searches as lines, for `playbook import queries`
 */

(() => {
  "use strict";

  const [RECENT, MISSED] = ["playbook-recent", "playbook-missed"];
  const [MOST_RECENT, MOST_MISSED] = [6, 200];
  const LONGEST = 100; // a longer text is a member's message, which is nobody's to keep

  /* Storage may be forbidden, full, or hold what another version wrote. */
  /** @type {(name: string) => any[]} */
  const read = (name) => {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };
  /** @type {(name: string, value: unknown[]) => void} */
  const write = (name, value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // then it is not remembered
    }
  };
  const level = (/** @type {string} */ text) => text.replace(/\s+/g, " ").trim();

  playbook.searchMemory = {
    recent: () => read(RECENT).filter((one) => typeof one === "string"),
    keep: (text) => {
      const kept = level(text);
      if (kept && kept.length <= LONGEST) {
        write(RECENT, [kept, ...read(RECENT).filter((one) => one !== kept)].slice(0, MOST_RECENT));
      }
    },
    missed: () => read(MISSED).filter((one) => typeof one?.text === "string"),
    miss: (text, how) => {
      const kept = level(text);
      if (kept.length > 2 && kept.length <= LONGEST) {
        const others = read(MISSED).filter((one) => one?.text !== kept);
        write(MISSED, [...others, { text: kept, day: playbook.days.day(new Date()), how }].slice(-MOST_MISSED));
      }
    },
    forget: () => {
      write(MISSED, []);
      write(RECENT, []);
    },
    list: () =>
      playbook.searchMemory
        .missed()
        .map(({ day, how, text }) => `${day}\t${how}\t${text}`)
        .join("\n"),
  };
})();
