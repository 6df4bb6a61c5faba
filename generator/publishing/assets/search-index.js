/* Makes the index of the search: from what each document says, the pieces that a page loads when a word needs them. */

/**
 * @typedef {object} SearchRecord what a document has for the search; publishing/search/records.py writes it
 * @property {string} id
 * @property {string} kind the name of its type
 * @property {number} prominence how much before others it comes, up to 1
 * @property {string} language
 * @property {[SearchKeyTier, string, string][]} keys texts that name it as they stand, each with the part that it names
 * @property {[string, string, string][]} signs what a case looks like: what kind of text, its language, the text
 * @property {string} summary
 * @property {[string, string, string, string, number][]} parts the id, title, language, words and weight of each
 * @property {Record<string, string[]>} facets the words by which it can be chosen
 * @property {Record<string, any>} card what a result shows of it
 */

/** @typedef {"id" | "alias" | "former" | "part" | "symptom" | "title" | "phrase" | "section"} SearchKeyTier */

/**
 * @typedef {object} SearchManifest what has to be known before a word is looked up
 * @property {number} documents
 * @property {string[]} languages
 * @property {[string, number, number][]} kinds each with the number of its first document, and how prominent it is
 * @property {string} signs the number of signs of each document
 * @property {string[]} bounds the first term of each piece of words, in order
 * @property {string} common the words of signs and titles, each without what it begins with like the one before
 * @property {string} classes how rare each of them is
 * @property {Record<string, string[][]>} synonyms by language
 * @property {DangerIndex} dangers
 * @property {number[]} otherwise the documents for whoever finds nothing
 * @property {string} whom whom they may ask
 * @property {string} ids the address of the page of all ids
 * @property {string} [version] of the index, in the addresses of its pieces
 */

/**
 * @typedef {object} SearchSettings
 * @property {Record<string, string[][]>} synonyms
 * @property {{ word: string, name: string, first: string[], phrases: Record<string, string[]>, unless: Record<string, string[]> }[]} dangers
 * @property {string[]} otherwise ids
 * @property {string} whom
 * @property {string} ids
 * @property {Record<string, { label: string, names: [string, string][] }>} facets
 */

/**
 * @typedef {object} SearchCode numbers and lists as short texts, which need no escapes
 * @property {(numbers: number[]) => string} write
 * @property {(text: string) => number[]} read
 * @property {(text: string) => string} hash of a key
 * @property {(words: string[]) => string} pack sorted words
 * @property {(packed: string) => string[]} unpack
 */

/**
 * @typedef {object} SearchIndexMaker
 * @property {(records: SearchRecord[]) => void} add in the order of their types
 * @property {(settings: SearchSettings) => number} finish gives the number of pieces
 * @property {(from: number, to: number) => [string, string][]} pieces the names and texts of some; the first is the manifest
 */

(() => {
  "use strict";

  const PIECE = 6000; // characters of a piece of words
  const MOST_DOCUMENTS = 1500;
  const MOST_SIGNS = 2500;
  const MOST_NAMED = 20; // documents with the same words: no more are shown for them
  const MOST_COMMON = 11_000;
  const EXPECTED = 0.3; // how much more often than usual a word must be in a document to tell of it
  const STEPS = 63;
  const PART_GROUPS = 5; // a digit

  /* How much a word counts in each place, and how long such a text usually is. */
  const TITLE = { weight: 3, usual: 6 };
  const SIGNS = { weight: 3.75, usual: 40 };
  const SUMMARY = { weight: 2, usual: 20 };
  const HEADING = { weight: 1.5, usual: 30 };
  const TEXT = { weight: 1, usual: 500 };

  /** @type {(tier: string) => number} */
  const rank = (tier) => ["id", "alias", "former", "part", "symptom", "title", "phrase", "section"].indexOf(tier);

  playbook.searchIndex = () => {
    const { terms, key } = playbook.searchWords;
    const { write, hash, pack } = playbook.searchCode;

    /** @type {SearchRecord[]} */
    const documents = [];
    /** @type {Map<string, [number, number, number][]>} with a bit for each group of parts that has the word */
    const bodies = new Map();
    /** @type {Map<string, [number, number, string][]>} */
    const keys = new Map();
    /** @type {string[][]} */
    const signs = [];
    /** @type {number[]} */
    const counts = [];
    /** @type {string[]} */
    const cards = [];
    /** @type {Set<string>} */
    const languages = new Set();
    /** @type {[string, string][]} */
    let made = [];

    /** @type {(record: SearchRecord) => Map<string, number>} */
    const weigh = (record) => {
      /** @type {Map<string, number>} */
      const found = new Map();
      /** @type {(texts: [string, string, number][], place: { weight: number, usual: number }) => void} */
      const read = (texts, { weight, usual }) => {
        const all = texts.map(([language, text, share]) => /** @type {const} */ ([terms(text, language), share]));
        const length = all.reduce((sum, [some]) => sum + some.length, 0);
        const norm = 0.7 + (0.3 * length) / usual;
        for (const [some, share] of all) {
          for (const term of some) {
            found.set(term, (found.get(term) ?? 0) + (weight * share) / norm);
          }
        }
      };
      const mine = record.language;
      read([[mine, record.keys.find(([tier]) => tier === "title")?.[1] ?? "", 1]], TITLE);
      read(
        record.signs.map(([, language, text]) => [language, text, 1]),
        SIGNS,
      );
      read([[mine, record.summary, 1]], SUMMARY);
      read(
        record.parts.map(([, title, , , weight]) => [mine, title, weight]),
        HEADING,
      );
      read(
        record.parts.map(([, , language, text, weight]) => [language, text, weight]),
        TEXT,
      );
      return found;
    };

    /* In which parts each word is: their groups, as a part of its own for each would make the pieces twice as big. */
    /** @type {(record: SearchRecord) => Map<string, number>} */
    const locate = (record) => {
      /** @type {Map<string, number>} */
      const found = new Map();
      for (const [at, [, title, language, text]] of record.parts.entries()) {
        for (const term of [...terms(title, record.language), ...terms(text, language)]) {
          found.set(term, (found.get(term) ?? 0) | (1 << (at % PART_GROUPS)));
        }
      }
      return found;
    };

    /** @type {(record: SearchRecord) => void} */
    const addOne = (record) => {
      const number = documents.length;
      const groups = locate(record);
      for (const [term, weight] of weigh(record)) {
        const list = bodies.get(term) ?? [];
        list.push([number, weight, groups.get(term) ?? 0]);
        bodies.set(term, list);
      }
      for (const [, language, text] of record.signs) {
        languages.add(language);
        signs.push([...new Set(terms(text, language))]);
      }
      counts.push(record.signs.length);
      for (const [tier, text, part] of record.keys) {
        const name = `=${hash(key(text))}`;
        const list = keys.get(name) ?? [];
        if (list.length < MOST_NAMED && !list.some(([document]) => document === number)) {
          list.push([number, rank(tier), part]);
        }
        keys.set(name, list);
      }
      languages.add(record.language);
      const shown = record.signs.map(([kind, , text]) => [kind, text]);
      const parts = record.parts.map(([id, title, , text]) => [id, title, text]);
      cards.push(JSON.stringify({ id: record.id, kind: record.kind, ...record.card, signs: shown, parts }));
      documents.push({ ...record, keys: [], parts: [], signs: [] });
    };

    /** @type {(df: number) => number} */
    const rarity = (df) => Math.log(1 + (documents.length - df + 0.5) / (df + 0.5));

    /* Of a word that is nearly everywhere, the documents and signs for which it matters most are enough. */
    /** @type {(list: [number, number, ...number[]][], most: number) => string} */
    const writeList = (list, most) => {
      const kept = list.length > most ? [...list].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most) : list;
      let before = 0;
      return write(
        kept
          .sort((a, b) => a[0] - b[0])
          .flatMap(([number, weight, ...rest]) => {
            const step = number - before;
            before = number;
            return [step, Math.max(1, Math.round(weight * STEPS)), ...rest];
          }),
      );
    };

    /** @type {() => Map<string, [number, number][]>} */
    const shareSigns = () => {
      /** @type {Map<string, [number, number][]>} */
      const found = new Map();
      for (const [number, some] of signs.entries()) {
        const weights = some.map((term) => rarity(bodies.get(term)?.length ?? 0));
        const whole = weights.reduce((sum, one) => sum + one, 0) || 1;
        for (const [at, term] of some.entries()) {
          const list = found.get(term) ?? [];
          list.push([number, Math.min(1, weights[at] / whole)]);
          found.set(term, list);
        }
      }
      return found;
    };

    /** @type {() => [string, string][]} */
    const writeTerms = () => {
      const shares = shareSigns();
      const most = Math.log(1 + documents.length / EXPECTED);
      const words = [...bodies].map(([term, raw]) => {
        const usual = raw.reduce((sum, [, weight]) => sum + weight, 0) / documents.length;
        /** @type {[number, number, number][]} */
        const list = raw.map(([number, weight, groups]) => [
          number,
          Math.min(1, Math.log(1 + weight / (EXPECTED * usual)) / most),
          groups,
        ]);
        const texts = [writeList(list, MOST_DOCUMENTS), writeList(shares.get(term) ?? [], MOST_SIGNS)];
        return /** @type {[string, string]} */ ([term, [list.length, ...texts].join("|")]);
      });
      const named = [...keys].map(([name, list]) => /** @type {[string, string]} */ ([name, JSON.stringify(list)]));
      return [...named, ...words].sort(([a], [b]) => (a < b ? -1 : 1));
    };

    /** @type {(lines: [string, string][]) => [string, string][][]} */
    const cut = (lines) => {
      /** @type {[string, string][][]} */
      const found = [];
      let size = PIECE;
      for (const line of lines) {
        if (size >= PIECE) {
          found.push([]);
          size = 0;
        }
        found[found.length - 1].push(line);
        size += line[0].length + line[1].length + 6;
      }
      return found;
    };

    /** @type {() => string[]} */
    const listCommon = () => {
      /** @type {Map<string, number>} */
      const often = new Map();
      for (const term of signs.flat()) {
        often.set(term, (often.get(term) ?? 0) + 1);
      }
      // a rare pair of characters has no slips, and there are thousands of them
      const words = [...often].filter(([term, count]) => term.length > 2 || count > 2);
      const found = words.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_COMMON);
      return found.map(([term]) => term).sort();
    };

    /** @type {() => SearchManifest["kinds"]} */
    const listKinds = () => {
      /** @type {SearchManifest["kinds"]} */
      const found = [];
      for (const [number, { kind, prominence }] of documents.entries()) {
        if (found.at(-1)?.[0] !== kind) {
          found.push([kind, number, prominence]);
        }
      }
      return found;
    };

    const DAY = 86_400_000;
    const START = Date.UTC(2000, 0, 0);
    /** @type {(name: string) => string} */
    const writeDays = (name) =>
      write(
        documents.map(({ card }) =>
          card.dates?.[name] ? Math.max(0, Math.round((Date.parse(card.dates[name]) - START) / DAY)) : 0,
        ),
      );

    /** @type {(facets: SearchSettings["facets"]) => SearchColumns} */
    const writeFacets = (facets) => ({
      fields: Object.fromEntries(
        Object.entries(facets).map(([field, { label, names }]) => {
          const values = documents.map(({ facets: mine }) =>
            (mine[field] ?? []).map((one) => names.findIndex(([name]) => name === one)).filter((one) => one >= 0),
          );
          return [field, { label, names, values: write(values.flatMap((some) => [some.length, ...some])) }];
        }),
      ),
      dates: { reviewed: writeDays("reviewed"), reviewBy: writeDays("reviewBy"), staleFrom: writeDays("staleFrom") },
    });

    return {
      add: (records) => records.forEach(addOne),
      finish: ({ synonyms, dangers, facets, otherwise, whom, ids }) => {
        const numbers = new Map(documents.map(({ id }, number) => [id, number]));
        const number = (/** @type {string[]} */ some) => some.flatMap((id) => numbers.get(id) ?? []);
        const cuts = cut(writeTerms());
        const [index, phrases] = playbook.searchDangerIndex(
          dangers.map((danger) => ({ ...danger, first: number(danger.first) })).filter(({ first }) => first.length),
        );
        const common = listCommon();
        /** @type {SearchManifest} */
        const manifest = {
          documents: documents.length,
          languages: [...languages],
          kinds: listKinds(),
          signs: write(counts),
          bounds: cuts.map(([[term]]) => term),
          common: pack(common),
          classes: write(common.map((term) => Math.round(4 * rarity(bodies.get(term)?.length ?? 0)))),
          synonyms,
          dangers: index,
          otherwise: number(otherwise),
          whom,
          ids,
        };
        made = [
          ["index", JSON.stringify(manifest)],
          ["facets", JSON.stringify(writeFacets(facets))],
          ...cuts.map(
            (lines, at) => /** @type {[string, string]} */ ([`w${at}`, JSON.stringify(Object.fromEntries(lines))]),
          ),
          ...phrases.map((piece, at) => /** @type {[string, string]} */ ([`x${at}`, JSON.stringify(piece)])),
          ...cards.map((card, at) => /** @type {[string, string]} */ ([`d${at}`, card])),
        ];
        return made.length;
      },
      pieces: (from, to) => made.slice(from, to),
    };
  };
})();
