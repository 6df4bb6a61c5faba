/* The door to the search on every page: a button in the header, the key `/`, and a function for those who embed it. */

/**
 * @typedef {object} SearchResult what `playbookSearch` promises, best first
 * @property {string} id
 * @property {string} part
 * @property {string} type
 * @property {string} title
 * @property {string} address
 * @property {string} why
 */

/**
 * @typedef {object} SearchDoor
 * @property {string} root the address of the top of the site
 * @property {string} ids the address of the page of all ids, from the top
 * @property {string} whom whom to ask where nothing is found
 * @property {string[]} languages of the documents and their phrases, that of the documents first
 * @property {(piece: string) => Promise<any>} load
 * @property {() => Promise<any>} versions the version of each document, by queue and id
 * @property {(text: string, wishes?: SearchWishes & { facets?: Record<string, string[]> }) => Promise<SearchAnswer>} ask
 * @property {(begun?: SearchBegun) => void} show opens the box, with what was begun elsewhere; says on the page where it fails
 * @property {boolean} isIncomplete whether a piece of the index could not be loaded
 */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const assets = here.slice(0, here.lastIndexOf("/") + 1);
  const root = assets.slice(0, assets.lastIndexOf("/", assets.length - 2) + 1);
  const query = here.includes("?") ? here.slice(here.indexOf("?")) : "";

  /** @type {(address: string) => Promise<void>} */
  const run = (address) =>
    new Promise((done, failed) => {
      const script = make("script", { src: address, async: false });
      script.addEventListener("load", () => done());
      script.addEventListener("error", () => failed(new Error(`${address} could not be loaded`)));
      document.head.append(script);
    });

  /* Pieces are scripts, because a page that was opened as a file may load nothing else. Each hands over its value here. */
  /** @type {Map<string, any>} */
  const taken = new Map();
  playbook.searchTake = (name, value) => {
    taken.set(name, value);
  };
  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();
  let folder = "";
  /** @type {(name: string) => Promise<any>} */
  const load = (name) => {
    let piece = asked.get(name);
    if (!piece) {
      piece = run(`${root}search/${name === "index" ? "" : folder}${name}.js`).then(() => taken.get(name));
      piece.catch(() => asked.delete(name));
      asked.set(name, piece);
    }
    return piece;
  };
  /* Without a piece of words or phrases there are fewer results, and the box says so. */
  /** @type {Record<string, any>} */
  const INSTEAD = { w: {}, x: { words: "", slots: "", phrases: [] } };
  /** @type {(name: string) => Promise<any>} */
  const loadOrMiss = (name) =>
    load(name).catch((error) => {
      door.isIncomplete = true;
      const [, kind] = name.match(/^([a-z])\d+$/) ?? [];
      if (kind in INSTEAD) {
        return INSTEAD[kind];
      }
      throw error;
    });

  /** @type {Promise<SearchRanker> | undefined} */
  let ranker;
  let isReady = false;
  const prepare = async () => {
    const style = make("link", { rel: "stylesheet", href: `${assets}search.css${query}` });
    document.head.append(style);
    const [manifest] = await Promise.all([load("index"), run(`${assets}finder.js${query}`)]);
    folder = `${manifest.version}/`;
    [door.ids, door.whom, door.languages] = [manifest.ids, manifest.whom, manifest.languages];
    isReady = true;
    return playbook.searchRank(manifest, loadOrMiss);
  };
  const ready = () => {
    ranker ??= prepare();
    ranker.catch(() => {
      ranker = undefined;
    });
    return ranker;
  };

  /** @type {SearchDoor} */
  const door = {
    root,
    ids: "",
    whom: "",
    languages: [],
    load: loadOrMiss,
    isIncomplete: false,
    versions: () => run(`${assets}versions.js`).then(() => taken.get("versions")),
    ask: async (text, { facets = {}, ...wishes } = {}) => {
      const rank = await ready();
      const chosen = Object.entries(facets).filter(([, names]) => names.length);
      if (!chosen.length) {
        return rank(text, wishes);
      }
      const known = playbook.searchFacets(await loadOrMiss("facets"), new Date());
      return rank(text, { ...wishes, fits: (document) => known.fits(document, Object.fromEntries(chosen)) });
    },
    show: async (begun) => {
      if (isReady) {
        playbook.searchBox(begun?.text, begun?.isPasted);
        return;
      }
      const soon = playbook.searchSoon(begun);
      try {
        await ready();
      } catch (error) {
        await soon.take();
        sorry(error);
        return;
      }
      const typed = await soon.take();
      if (typed) {
        playbook.searchBox(typed.text || undefined, typed.isPasted);
      }
    },
  };
  playbook.search = door;

  Object.assign(window, {
    /** @type {(text: string, wishes?: { facets?: Record<string, string[]>, limit?: number }) => Promise<SearchResult[]>} */
    playbookSearch: async (text, wishes = {}) => {
      const { hits } = await door.ask(text, wishes);
      return hits.map(({ id, part, type, title, address, why }) => ({ id, part, type, title, address, why }));
    },
  });

  const sorry = (/** @type {unknown} */ error) => {
    const said = make(
      "p",
      { className: "pb-search-sorry", role: "alert" },
      "The search could not be loaded. Reload the page, or look through ",
    );
    const ids = document.querySelector('nav a[href$="ids/"], nav a[href$="ids.html"]');
    said.append(make("a", { href: ids instanceof HTMLAnchorElement ? ids.href : root }, "all ids"), ".");
    document.querySelector(".md-content__inner")?.prepend(said);
    console.warn(error);
  };
  const open = () => door.show();

  /* Material's own search, where an engine brings it along, gives way. */
  for (const old of all('.md-search, label[for="__search"].md-header__button')) {
    old.remove();
  }
  const button = make("button", { type: "button", className: "pb-find" });
  button.append(make("span", {}, "Search"), make("kbd", {}, "/"));
  button.setAttribute("aria-label", "Search");
  button.setAttribute("aria-keyshortcuts", "/");
  button.addEventListener("click", open);
  const header = document.querySelector(".md-header__inner");
  header?.insertBefore(button, header.querySelector(".md-header__option, .md-header__source"));

  playbook.keys.add({ key: "/", does: "search", run: open, opensInEmpty: true });
  if (location.hash.startsWith("#find")) {
    open();
  }
})();
