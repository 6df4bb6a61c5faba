/* Pagefind, with the ten results of which its own page shows title, address and excerpt. */
globalThis.bench = {
  start: async () => {
    window.pagefind = await import("./pagefind/pagefind.js");
    await window.pagefind.options({ baseUrl: "/" });
    await window.pagefind.init();
  },
  ask: async (text) => {
    const { results } = await window.pagefind.search(text);
    const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    const best = ({ url, sub_results: parts }) =>
      [...parts].sort((a, b) => b.weighted_locations.length - a.weighted_locations.length)[0]?.url ?? url;
    return { shown: pages.map(best), isSure: results.length > 0, dangers: [] };
  },
};
