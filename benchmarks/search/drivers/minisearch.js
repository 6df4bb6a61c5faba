/* MiniSearch with an index that was made before: fuzzy, the last word as a beginning, the texts of a case above others. */
const FIELDS = ["name", "title", "symptoms", "aliases", "phrases", "summary", "text"];
const BOOST = { name: 5, title: 3, symptoms: 5, aliases: 5, phrases: 4, summary: 2, text: 1 };

/* With our words where they are loaded: English stems, small words left out. */
globalThis.searchSettings = () => {
  const settings = { idField: "number", fields: FIELDS, storeFields: ["name"] };
  if (typeof playbook === "undefined") {
    return settings;
  }
  const { split, stem, isSmall } = playbook.searchWords;
  return {
    ...settings,
    tokenize: (text) => split(text).map((word) => word.text),
    processTerm: (word) => (isSmall(word, "en") ? null : stem(word, "en")),
  };
};

globalThis.bench = {
  start: async () => {
    const text = await (await fetch("index.json")).text();
    bench.index = MiniSearch.loadJSON(text, searchSettings());
  },
  ask: async (text) => {
    const prefix = (_, at, all) => at === all.length - 1;
    const hits = bench.index.search(text, { boost: BOOST, fuzzy: 0.2, prefix });
    return { shown: hits.slice(0, 10).map(({ name }) => name), isSure: hits.length > 0, dangers: [] };
  },
};
