/* Why a document is a result: the sign that was recognised, or the step in which the words are; and where it opens. */

/**
 * @typedef {object} SearchReasons
 * @property {string} part where it opens: the step that has what was asked, where nothing that the document says of itself has
 *   as much of it; who typed what a document is about reads it from the top
 * @property {string} why
 * @property {SearchReason} reason
 * @property {[number, number][]} marks
 * @property {number} held how much of what was asked is in one part, up to 1
 * @property {number} found the number of words that are anywhere in it
 */

/** @typedef {(card: SearchCard, sign: [string, string] | undefined, slots: SearchSlot[]) => SearchReasons} SearchExplainer */

(() => {
  "use strict";

  const PAIRS = 0.5; // what words beside each other count, against all words
  const CLOSE = 0.8; // how well a term must fit to stand beside another
  const IN_PART = 0.4;
  const WIDTH = 160;
  const LEAD = 60;

  const ID = /[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)+/gu;
  const BLANK = /\{\{-?\s*(\w+)[^{}]*\}\}/g;

  playbook.searchTold = ({ names = {} }, words) =>
    words.replace(BLANK, (_, name) => `[${name.replaceAll("_", " ")}]`).replace(ID, (id) => names[id] ?? id);

  /** @type {(languages: string[]) => SearchExplainer} */
  playbook.searchExplain = (languages) => {
    const { split, stem, terms } = playbook.searchWords;

    /** @type {(text: string, language: string) => Set<string>} with each two that are beside each other */
    const gather = (text, language) => {
      const some = terms(text, language);
      return new Set([...some, ...some.slice(1).map((term, at) => `${some[at]} ${term}`)]);
    };

    /** @typedef {{ parts: Set<string>[], signs: Set<string>[], all: Set<string> }} Held */
    /** @type {WeakMap<SearchCard, Held>} */
    const held = new WeakMap();
    /** @type {(card: SearchCard) => Held} */
    const read = (card) => {
      let found = held.get(card);
      if (!found) {
        const parts = card.parts.map(([, title, text]) => gather(`${title}\n${text}`, languages[0]));
        const signs = card.signs.map(
          ([, text]) => new Set(languages.flatMap((language) => [...gather(text, language)])),
        );
        found = { parts, signs, all: new Set([...signs, ...parts].flatMap((some) => [...some])) };
        held.set(card, found);
      }
      return found;
    };

    /** @type {(slots: SearchSlot[]) => [string[], string[]][]} */
    const pair = (slots) => {
      const close = slots.map(({ terms: some }) => [...some].filter(([, fit]) => fit > CLOSE).map(([term]) => term));
      return close.slice(1).map((some, at) => [close[at], some]);
    };

    /** @type {(texts: Set<string>[], slots: SearchSlot[]) => [number, number]} the best text, and how much of what was asked it holds */
    const choose = (texts, slots) => {
      const whole = slots.reduce((sum, slot) => sum + slot.rarity, 0) || 1;
      const pairs = pair(slots);
      let [best, most] = [-1, 0];
      for (const [at, text] of texts.entries()) {
        const words = slots.reduce((sum, slot) => {
          const fits = [...slot.terms].filter(([term]) => text.has(term)).map(([, fit]) => fit);
          return sum + (slot.rarity * Math.max(0, ...fits)) / whole;
        }, 0);
        const beside = pairs.filter(([some, next]) => some.some((a) => next.some((b) => text.has(`${a} ${b}`)))).length;
        const value = words * (1 - PAIRS) + (PAIRS * beside) / Math.max(1, pairs.length);
        if (value > most + 1e-9) {
          [best, most] = [at, value];
        }
      }
      return [best, most];
    };

    /** @type {(text: string, slots: SearchSlot[]) => [number, number][]} */
    const mark = (text, slots) => {
      const wanted = new Set(slots.flatMap((slot) => [...slot.terms.keys()]));
      const isWanted = (/** @type {string} */ word) => languages.some((name) => wanted.has(stem(word, name)));
      return split(text)
        .filter((word) => [word.text, ...word.pieces].some(isWanted))
        .map((word) => [word.from, word.to]);
    };

    /* A stretch of a text, from the beginning of a sentence if it is near, with as many of the words as can be. */
    /** @type {(text: string, slots: SearchSlot[]) => string} */
    const cutOut = (text, slots) => {
      const flat = text.replace(/\s+/g, " ").trim();
      const places = mark(flat, slots).map(([from]) => from);
      let [start, most] = [0, 0];
      for (const from of places) {
        const inside = places.filter((one) => one >= from && one < from + WIDTH - LEAD).length;
        if (inside > most) {
          [start, most] = [from, inside];
        }
      }
      const stop = flat.slice(0, start).search(/[.:!?] [^.:!?]*$/);
      const sentence = stop < 0 ? 0 : stop + 2;
      const isNear = start - sentence < LEAD;
      const begin = isNear ? sentence : flat.lastIndexOf(" ", start - LEAD / 2) + 1;
      const end =
        begin + WIDTH >= flat.length ? flat.length : Math.max(flat.lastIndexOf(" ", begin + WIDTH), begin + LEAD);
      return `${isNear ? "" : "… "}${flat.slice(begin, end)}${end < flat.length ? " …" : ""}`;
    };

    return (card, sign, slots) => {
      const { parts, signs, all } = read(card);
      const [at, share] = choose(parts, slots);
      const found = slots.filter((slot) => [...slot.terms.keys()].some((term) => all.has(term))).length;
      const [kind, text] = sign ?? ["", ""];
      const shown = kind === "title" || kind === "id" ? "" : text;
      const inSign = mark(shown, slots).length / Math.max(1, slots.length);
      if (shown && (inSign >= share || at < 0)) {
        const reason = /** @type {SearchReason} */ (kind);
        return { part: "", why: shown, reason, marks: mark(shown, slots), held: share, found };
      }
      const [part, title, words] = card.parts[at] ?? ["", "", ""];
      const why = cutOut(playbook.searchTold(card, words || title), slots);
      const isNamed = title !== part; // an example has only its id, and is read after what it is an example of
      const isInside = isNamed && share > IN_PART && choose(signs, slots)[1] < share;
      return { part: isInside ? part : "", why, reason: "text", marks: mark(why, slots), held: share, found };
    };
  };
})();
