/* What this browser keeps of the documents of this site: those that were starred, and those that were read last. */

/**
 * @typedef {object} ShelfItem
 * @property {string} id
 * @property {string} title
 * @property {string} type
 * @property {string} [severity]
 * @property {boolean} [isUrgent] whether somebody is paged before anything is read
 * @property {string} address from the top of the site
 */

/**
 * @typedef {object} Shelf
 * @property {() => ShelfItem[]} starred newest first
 * @property {() => ShelfItem[]} recent newest first
 * @property {(id: string) => boolean} isStarred
 * @property {(item: ShelfItem, isOn: boolean) => boolean} star whether the browser kept it
 * @property {(item: ShelfItem, formerly: string[]) => boolean} visit puts it on top, and brings up to date what is starred
 * @property {() => boolean} forget leaves nothing that was read; stars stay
 * @property {() => boolean} works whether this browser keeps anything for this site
 * @property {(changed: () => void) => void} follow calls when another tab has changed something
 */

(() => {
  "use strict";

  const MOST_RECENT = 8;
  const MOST_STARRED = 100;

  // Sites below one host, and all packs that are opened from folders, share one storage.
  const site = new URL(playbook.search.root).pathname;
  const [STARRED, RECENT] = [`playbook-starred ${site}`, `playbook-read ${site}`];

  /** @type {(one: any) => boolean} */
  const isItem = (one) => [one?.id, one?.title, one?.type, one?.address].every((text) => typeof text === "string");

  /* Storage may be forbidden, full, or hold what another version wrote. */
  /** @type {(name: string) => ShelfItem[]} */
  const read = (name) => {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(found) ? found.filter(isItem) : [];
    } catch {
      return [];
    }
  };
  /** @type {(name: string, items: ShelfItem[]) => boolean} */
  const write = (name, items) => {
    try {
      localStorage.setItem(name, JSON.stringify(items));
      return true;
    } catch {
      return false;
    }
  };

  playbook.shelf = {
    starred: () => read(STARRED),
    recent: () => read(RECENT),
    isStarred: (id) => read(STARRED).some((one) => one.id === id),
    star: (item, isOn) => {
      const others = read(STARRED).filter((one) => one.id !== item.id);
      return write(STARRED, (isOn ? [item, ...others] : others).slice(0, MOST_STARRED));
    },
    visit: (item, formerly) => {
      const isSame = (/** @type {ShelfItem} */ one) => one.id === item.id || formerly.includes(one.id);
      const starred = read(STARRED);
      const at = starred.findIndex(isSame);
      if (at >= 0) {
        const others = starred.filter((one) => !isSame(one));
        write(STARRED, [...others.slice(0, at), item, ...others.slice(at)]);
      }
      return write(RECENT, [item, ...read(RECENT).filter((one) => !isSame(one))].slice(0, MOST_RECENT));
    },
    forget: () => write(RECENT, []),
    works: () => write(RECENT, read(RECENT)),
    follow: (changed) => {
      window.addEventListener("storage", ({ key }) => {
        if (key === null || key === STARRED || key === RECENT) {
          changed();
        }
      });
      window.addEventListener("pageshow", changed);
    },
  };
})();
