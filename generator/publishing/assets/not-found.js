/* The page for addresses that do not exist: the nearest id, and the search with the words of the address. */

(() => {
  "use strict";

  const { all, make } = playbook.page;

  const LONGEST = 100; // signs of an address that are looked at

  // Bare MkDocs writes this page without us.
  const [title] = all("article h1");
  const [host] = all("[data-pb-lost]");
  if (!host && title?.textContent?.trim() !== "404 - Not found") {
    return;
  }

  /** @type {(text: string) => string} */
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // a sign of percent that stands for itself
    }
  };

  /* The names in the address, last first; a page may be a folder or a file. */
  const names = location.pathname
    .split("/")
    .map((part) => decode(part.replace(/(?:^index)?\.\w{2,5}$/, "")).slice(0, LONGEST))
    .filter(Boolean)
    .reverse();
  const words = (names[0] ?? "").replace(/[\s_./+-]+/g, " ").trim();

  const place = host ?? make("div", {});
  if (!host) {
    title.after(place);
  }
  for (const box of all("[data-pb-ask] textarea")) {
    /** @type {HTMLTextAreaElement} */ (box).value = words;
    /** @type {HTMLTextAreaElement} */ (box).defaultValue = words;
  }

  /* The page of all ids is the list: it has former ones too, and only what these readers may see. */
  /** @type {(address: string) => Promise<Map<string, { id: string, address: string }> | null>} */
  const readIds = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) {
      return null;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const known = new Map();
    for (const item of all("[data-pb-ids] > ul > li", page)) {
      const [link] = all("a", item);
      const [id, ...former] = all("code", item).map((code) => code.textContent);
      const to = new URL(link.getAttribute("href") ?? "", answer.url).href;
      const found = { id, address: to };
      for (const name of [id, ...former]) {
        known.set(name, known.get(name) ?? found);
      }
    }
    return known;
  };

  const suggest = async () => {
    const { root } = playbook.search;
    const known = (await readIds(`${root}ids/`)) ?? (await readIds(`${root}ids.html`));
    if (!known) {
      return;
    }
    const name = names.map((one) => playbook.nearest(one, [...known.keys()])).find(Boolean) ?? "";
    const found = known.get(name);
    if (!found) {
      return;
    }
    const link = make("a", { href: found.address + location.hash }, make("code", {}, found.id));
    const formerly = name === found.id ? "." : `, formerly ${name}.`;
    place.prepend(make("p", { className: "pb-nearest", role: "status" }, "Did you mean ", link, formerly));
  };

  suggest().catch((error) => console.warn(error));
})();
