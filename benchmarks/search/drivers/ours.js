/* Our search, on a page of the site. */
globalThis.bench = {
  start: async () => {},
  ask: async (text) => {
    const { hits, isSure } = await playbook.search.ask(text, { limit: 8, isTyping: true });
    const shown = hits.map(({ id, part }) => id + (part ? `#${part}` : ""));
    return { shown, isSure, dangers: hits.filter((hit) => hit.danger).map(({ id }) => id) };
  },
};
