/* Finds words of danger in what was typed: those of the vocabulary, by its rules, and none that look alike. */

/**
 * @typedef {object} DangerWords
 * @property {string} word of the vocabulary
 * @property {string} name what it is called
 * @property {number[]} first the numbers of the documents that come first, in their order
 * @property {Record<string, string>} phrases by language: with `|` between them, spaces between their words and `/` between
 *   the words of which one is enough, all as stems
 * @property {Record<string, string>} unless by language
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

  /** @type {(phrase: string, language: string) => string} */
  const compile = (phrase, language) => {
    const { split, stem } = playbook.searchWords;
    return phrase
      .split(/\s+/)
      .flatMap((slot) => {
        const choices = slot.split("/").map(split);
        const isPairs = choices.length === 1; // of the characters of a language without spaces
        return isPairs ? choices[0].map((word) => [word]) : [choices.flat()];
      })
      .map((choices) => [...new Set(choices.map((word) => stem(word.text, language)))].join("/"))
      .filter(Boolean)
      .join(" ");
  };

  playbook.searchDangerPack = (phrases) =>
    Object.fromEntries(
      Object.entries(phrases).map(([locale, some]) => {
        const language = locale.split("-")[0];
        return [language, [...new Set(some.map((phrase) => compile(phrase, language)))].filter(Boolean).join("|")];
      }),
    );

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
        for (const [language, phrases] of Object.entries(texts)) {
          languages.add(language);
          for (const phrase of phrases.split("|").filter(Boolean)) {
            const slots = phrase.split(" ").map((slot) => slot.split("/"));
            for (const word of slots[0]) {
              const list = byFirst.get(word) ?? [];
              list.push({ danger, isNone, slots });
              byFirst.set(word, list);
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
