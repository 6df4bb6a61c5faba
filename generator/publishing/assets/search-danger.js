/* Finds words of danger in what was typed: those of the vocabulary, by its rules, and none that look alike. */

/**
 * @typedef {object} DangerWords
 * @property {string} word of the vocabulary
 * @property {string} name what it is called
 * @property {number[]} first the numbers of the documents that come first, in their order
 * @property {Record<string, string[]>} phrases by language
 * @property {Record<string, string[]>} unless by language
 */

/**
 * @typedef {object} DangerFound
 * @property {DangerWords} danger
 * @property {number} from where the words begin in the text
 * @property {number} to where they end
 */

/** @typedef {(text: string) => DangerFound[]} DangerFinder each danger once, the first of the list first */

(() => {
  "use strict";

  const BETWEEN = 2;
  const FORGIVING = 5;

  /**
   * @typedef {object} DangerPhrase
   * @property {DangerWords} danger
   * @property {boolean} isNone
   * @property {string[][]} slots for each word of the phrase, the words that may stand there, as stems
   */

  /**
   * @typedef {object} DangerMatch
   * @property {DangerPhrase} phrase
   * @property {number} first the number of the first word
   * @property {number} last
   */

  /** @type {(text: string, language: string) => string[][]} */
  const compile = (text, language) =>
    text
      .split(/\s+/)
      .flatMap((slot) => {
        const choices = slot.split("/").map((word) => playbook.searchWords.split(word));
        const pairs = choices.length === 1 && choices[0].length > 1;
        return pairs ? choices[0].map((word) => [[word]]) : [choices];
      })
      .map((choices) => choices.flat().map((word) => playbook.searchWords.stem(word.text, language)))
      .filter((slot) => slot.length);

  /** @type {(dangers: DangerWords[]) => DangerFinder} */
  playbook.searchDanger = (dangers) => {
    const { split, stem, slips } = playbook.searchWords;
    /** @type {Map<string, DangerPhrase[]>} */
    const byFirst = new Map();
    const known = new Set();
    const languages = new Set();

    for (const danger of dangers) {
      for (const [isNone, texts] of /** @type {const} */ ([
        [false, danger.phrases],
        [true, danger.unless],
      ])) {
        for (const [locale, phrases] of Object.entries(texts)) {
          const language = locale.split("-")[0];
          languages.add(language);
          for (const phrase of phrases) {
            const slots = compile(phrase, language);
            for (const word of slots[0] ?? []) {
              byFirst.set(word, [...(byFirst.get(word) ?? []), { danger, isNone, slots }]);
            }
            for (const word of slots.flat()) {
              known.add(word);
            }
          }
        }
      }
    }
    const forgiving = [...known].filter((word) => word.length >= FORGIVING - 1);

    /* A word of the text stands for those of the phrases that it is, or that it is but for a slip. */
    /** @type {Map<string, Set<string>>} */
    const meant = new Map();
    /** @type {(word: string) => Set<string>} */
    const meaning = (word) => {
      let found = meant.get(word);
      if (!found) {
        found = new Set([...languages].map((language) => stem(word, language)).filter((one) => known.has(one)));
        if (!found.size && word.length >= FORGIVING) {
          const stems = [...languages].map((language) => stem(word, language));
          found = new Set(
            forgiving.filter((one) => stems.some((mine) => mine.length >= 4 && slips(mine, one, 1) <= 1)),
          );
        }
        meant.set(word, found);
      }
      return found;
    };

    /* As early as it can be: where the next word of a phrase is found twice, the nearer one is taken. */
    /** @type {(words: SearchWord[], meanings: Set<string>[], first: number, slots: string[][]) => number} */
    const follow = (words, meanings, first, slots) => {
      let last = first;
      for (const slot of slots.slice(1)) {
        let next = last + 1;
        while (next < words.length && words[next].at - words[last].at <= BETWEEN + 1) {
          if (slot.some((word) => meanings[next].has(word))) {
            break;
          }
          next++;
        }
        if (next >= words.length || words[next].at - words[last].at > BETWEEN + 1) {
          return -1;
        }
        last = next;
      }
      return last;
    };

    return (text) => {
      const words = split(text);
      const meanings = words.map((word) => meaning(word.text));
      /** @type {DangerMatch[]} */
      const matches = [];
      for (const first of words.keys()) {
        for (const word of meanings[first]) {
          for (const phrase of byFirst.get(word) ?? []) {
            const last = follow(words, meanings, first, phrase.slots);
            if (last >= 0) {
              matches.push({ phrase, first, last });
            }
          }
        }
      }
      const none = matches.filter((match) => match.phrase.isNone);
      const real = matches.filter(
        (match) =>
          !match.phrase.isNone && !none.some((other) => other.first <= match.last && match.first <= other.last),
      );
      return dangers.flatMap((danger) => {
        const mine = real.filter((match) => match.phrase.danger === danger);
        const longest = mine.reduce(
          (best, one) => (one.phrase.slots.length > best.phrase.slots.length ? one : best),
          mine[0],
        );
        return longest ? [{ danger, from: words[longest.first].from, to: words[longest.last].to }] : [];
      });
    };
  };
})();
