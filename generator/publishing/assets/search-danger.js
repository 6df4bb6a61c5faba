/* Finds words of danger in what was typed: those of the vocabulary, by its rules, and none that look alike. */

/**
 * @typedef {object} DangerWords
 * @property {string} word of the vocabulary
 * @property {string} name what it is called
 * @property {number[]} first the numbers of the documents that come first, in their order
 * @property {Record<string, string>} phrases by language, packed: of each its length and the numbers of its slots
 * @property {Record<string, string>} unless by language
 */

/**
 * @typedef {object} DangerPacker puts the phrases of all dangers into numbers, as they share most of their words
 * @property {(phrases: Record<string, string[]>) => Record<string, string>} pack
 * @property {() => DangerSlots} slots
 */

/** @typedef {[string, string]} DangerSlots the stems, packed, and for each slot the number of those of which one is enough */

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

  /** @type {(phrase: string, language: string) => string[]} */
  const compile = (phrase, language) => {
    const { split, stem } = playbook.searchWords;
    return phrase
      .split(/\s+/)
      .flatMap((slot) => {
        const choices = slot.split("/").map(split);
        const isPairs = choices.length === 1; // of the characters of a language without spaces
        return isPairs ? choices[0].map((word) => [word]) : [choices.flat()];
      })
      .map((choices) => [...new Set(choices.map((word) => stem(word.text, language)))].sort().join("/"))
      .filter(Boolean);
  };

  playbook.searchDangerPacker = () => {
    /** @type {Map<string, number>} */
    const numbers = new Map();
    /** @type {(slot: string) => number} */
    const number = (slot) => {
      const known = numbers.get(slot) ?? numbers.size;
      numbers.set(slot, known);
      return known;
    };
    /** @type {() => DangerSlots} */
    const slots = () => {
      const all = [...numbers.keys()].map((slot) => slot.split("/"));
      const words = [...new Set(all.flat())].sort();
      const place = new Map(words.map((word, at) => [word, at]));
      const lists = all.flatMap((some) => [some.length, ...some.map((word) => place.get(word) ?? 0)]);
      return [playbook.searchCode.pack(words), playbook.searchCode.write(lists)];
    };
    return {
      pack: (phrases) =>
        Object.fromEntries(
          Object.entries(phrases).map(([locale, some]) => {
            const language = locale.split("-")[0];
            const all = some.map((phrase) => compile(phrase, language)).filter((one) => one.length);
            const made = all.flatMap((one) => [one.length, ...one.map(number)]);
            return [language, playbook.searchCode.write(made)];
          }),
        ),
      slots,
    };
  };

  /** @type {<Known>(packed: string, known: Known[]) => Known[][]} */
  const unpack = (packed, known) => {
    const numbers = playbook.searchCode.read(packed);
    const found = [];
    for (let at = 0; at < numbers.length; at += numbers[at] + 1) {
      found.push(numbers.slice(at + 1, at + 1 + numbers[at]).map((one) => known[one]));
    }
    return found;
  };

  /** @type {(dangers: DangerWords[], slots: DangerSlots) => DangerFinder} */
  playbook.searchDanger = (dangers, [words, lists]) => {
    const choices = unpack(lists, playbook.searchCode.unpack(words));
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
          for (const slots of unpack(phrases, choices)) {
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
