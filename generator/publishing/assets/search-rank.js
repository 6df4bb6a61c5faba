/* Ranks the documents of an index for what somebody typed or pasted: the one order of the box, the terminal and the tests. */

/**
 * @typedef {object} SearchHit
 * @property {string} id
 * @property {string} part where to open it; empty at its top
 * @property {string} type
 * @property {string} title
 * @property {string} address from the top of the site
 * @property {string} why the sign or the words that were found
 * @property {SearchReason} reason what `why` is
 * @property {[number, number][]} marks the stretches of `why` that were searched for
 * @property {string} danger what it is the first thing to do about; empty for an ordinary result
 * @property {number} score
 * @property {SearchCard} card
 */

/** @typedef {"id" | "symptom" | "alias" | "phrase" | "text" | "danger"} SearchReason */

/**
 * @typedef {object} SearchCard what a result shows
 * @property {string} id
 * @property {string} kind
 * @property {string} type
 * @property {string} title
 * @property {string} address
 * @property {string} version
 * @property {string} [status]
 * @property {string} [severity]
 * @property {boolean} [urgent] whether somebody is paged first
 * @property {string} [first] the time for a first answer
 * @property {string[]} [languages]
 * @property {{ reviewed?: string, reviewBy?: string, staleFrom?: string }} [dates]
 * @property {string} [queue]
 * @property {string} [when]
 * @property {string[]} [notWhen]
 * @property {Record<string, string>} [names] the titles of what its texts name by ids
 * @property {[string, string][]} signs
 * @property {[string, string, string][]} parts
 */

/**
 * @typedef {object} SearchAnswer
 * @property {SearchHit[]} hits the dangers first
 * @property {boolean} isSure whether the first of them is likely to be what was looked for
 * @property {number} total how many documents fit
 * @property {number[]} documents the numbers of those that fit, best first, whatever was wished for
 * @property {number} words how many words were read
 * @property {SearchHit[]} otherwise where nothing is sure, what the vocabulary says to do
 */

/**
 * @typedef {object} SearchWishes
 * @property {number} [limit]
 * @property {boolean} [isTyping] the last word may be the beginning of one
 * @property {(document: number) => boolean} [fits] which documents may be among the results
 */

/** @typedef {(text: string, wishes?: SearchWishes) => Promise<SearchAnswer>} SearchRanker */

(() => {
  "use strict";

  const LONGEST = 10_000; // characters that are read
  const TYPED = 40; // words; a longer text was pasted
  const READ_CLOSELY = 8; // results whose parts are looked at before they are put in order
  const [PART, LEAST_PART] = [0.3, 0.2];
  const CLOSE = 0.4; // of the best score
  const BEGUN = 1; // above what only has the words
  const NAMED = 2; // above every other score
  /** @type {SearchScore} */
  const UNFIT = { value: 0, sign: -1, together: 0 };
  const SECTION = 7; // its place among the tiers of names
  /** @type {Record<string, number>} */
  const STATUS = { draft: 0.7, deprecated: 0.5, retired: 0.5 };
  /** @type {SearchReason[]} */
  const TIERS = ["id", "alias", "id", "id", "symptom", "text", "phrase", "text"];

  /** @type {(manifest: SearchManifest, load: (piece: string) => Promise<any>) => SearchRanker} */
  playbook.searchRank = (manifest, load) => {
    const { split } = playbook.searchWords;
    const terms = playbook.searchTerms(manifest, load);
    const score = playbook.searchScore(manifest, terms.look);
    const explain = playbook.searchExplain(manifest.languages);
    const findDangers = playbook.searchDanger(manifest.dangers, load, terms.isWord);

    /** @type {(card: SearchCard, values: Partial<SearchHit>) => SearchHit} */
    const make = (card, values) => ({
      id: card.id,
      part: "",
      type: card.type,
      title: card.title,
      address: card.address + (values.part ? `#${values.part}` : ""),
      why: "",
      reason: "text",
      marks: [],
      danger: "",
      score: 0,
      card,
      ...values,
    });

    /** @type {(text: string, fits: (document: number) => boolean) => Promise<SearchHit[]>} */
    const warn = async (text, fits) => {
      if ((await terms.lookUp(text)).some(([, tier]) => TIERS[tier] === "id")) {
        return []; // an id has words of danger because its procedure has them: nobody said them
      }
      /** @type {SearchHit[]} */
      const hits = [];
      for (const { danger, from, to } of await findDangers(text)) {
        const why = text.slice(from, to).replace(/\s+/g, " ");
        for (const document of danger.first.filter(fits)) {
          /** @type {SearchCard} */
          const card = await load(`d${document}`);
          if (!hits.some((hit) => hit.id === card.id)) {
            hits.push(
              make(card, { why, reason: "danger", marks: [[0, why.length]], danger: danger.name, score: NAMED }),
            );
          }
        }
      }
      return hits;
    };

    /* What the whole text names, and ids within it. */
    /** @type {(text: string) => Promise<Map<number, { tier: number, part: string }>>} */
    const name = async (text) => {
      const ids = text.length < 400 ? (text.match(/[\p{L}\p{N}_-]+(#[\p{L}\p{N}_-]+)?/gu) ?? []) : [];
      const inside = [...new Set(ids.flatMap((one) => [one, one.replace(/#.*/, "")]))]
        .filter((one) => /.[#-]./.test(one) && one !== text.trim())
        .slice(0, 4);
      const found = (await Promise.all(inside.map(terms.lookUp)))
        .flat()
        .filter(([, tier]) => tier < TIERS.indexOf("symptom"));
      return new Map(
        [...found, ...(await terms.lookUp(text))].map(([document, tier, part]) => [document, { tier, part }]),
      );
    };

    return async (typed, { limit = 20, isTyping = false, fits = () => true } = {}) => {
      const text = typed.slice(0, LONGEST);
      const words = split(text);
      if (!words.length) {
        return { hits: [], isSure: false, total: 0, documents: [], words: 0, otherwise: [] };
      }
      const [dangers, named, slots] = await Promise.all([
        warn(text, fits),
        name(text),
        terms.slots(words, isTyping && /[\p{L}\p{N}]$/u.test(text) && words.length < TYPED),
      ]);
      const scores = await score(words, slots);
      const best = Math.max(0, ...[...scores.values()].map(guess));
      for (const [document, { tier }] of named) {
        const { value, sign } = scores.get(document) ?? UNFIT;
        scores.set(document, { value: tier === SECTION ? value + PART : NAMED - tier / 10, sign, together: 0 });
      }
      const order = [...scores].sort(([a, x], [b, y]) => guess(y) - guess(x) || a - b);
      const good = order.filter(([, one]) => guess(one) >= CLOSE * best);
      const fitting = good.filter(([document]) => fits(document));

      const [begun = " "] =
        text
          .trim()
          .toLowerCase()
          .match(/^[a-z0-9]+(-[a-z0-9]*)+$/) ?? []; // an id, not yet to its end

      /** @type {(document: number, found: SearchScore) => Promise<[SearchHit, number]>} with the number of words that it has */
      const tell = async (document, { value, sign }) => {
        /** @type {SearchCard} */
        const card = await load(`d${document}`);
        const { held, found, ...reasons } = explain(card, sign < 0 ? undefined : card.signs[sign], slots);
        const one = named.get(document);
        const status = STATUS[card.status ?? ""] ?? 1;
        if (one && one.tier !== SECTION) {
          const exact = { reason: TIERS[one.tier], why: text.trim(), part: one.part, score: value * status };
          return [make(card, exact), slots.length];
        }
        const score =
          (value + PART * Math.max(0, held - LEAST_PART) + (card.id.startsWith(begun) ? BEGUN : 0)) * status;
        return [make(card, { ...reasons, part: one ? one.part : reasons.part, score }), found];
      };
      const told = await Promise.all(
        fitting.slice(0, Math.max(limit, READ_CLOSELY)).map(([document, found]) => tell(document, found)),
      );
      const sorted = told.sort(([a], [b]) => b.score - a.score);
      const others = sorted.map(([hit]) => hit).filter((hit) => !dangers.some((one) => one.id === hit.id));
      const isSure =
        dangers.length > 0 || (sorted.length > 0 && isLikely(sorted[0][0].score, sorted[0][1], slots.length));
      const rest = isSure ? [] : manifest.otherwise.map((document) => tell(document, UNFIT));
      return {
        hits: [...dangers, ...others].slice(0, limit),
        isSure,
        total: fitting.length,
        documents: good.map(([document]) => document),
        words: words.length,
        otherwise: (await Promise.all(rest)).map(([hit]) => hit),
      };
    };
  };

  /* What the parts of a document would add is known only once it is read. */
  /** @type {(one: SearchScore) => number} */
  const guess = ({ value, together }) => value + PART * Math.max(0, together - LEAST_PART);

  /* A few words that happen to be there are no answer: where they are all that was asked, or many, it is one. */
  /** @type {(score: number, found: number, asked: number) => boolean} */
  const isLikely = (score, found, asked) =>
    (score >= 0.4 && 2 * found >= asked) || (score >= 0.3 && found >= 3 && found >= 0.3 * asked);
})();
