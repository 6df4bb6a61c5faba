/* Finds words of danger in what was typed: those of the vocabulary, by its rules, and none that look alike. */

/**
 * @typedef {object} DangerWords
 * @property {string} word of the vocabulary
 * @property {string} name what it is called
 * @property {number[]} first the numbers of the documents that come first, in their order
 */

/**
 * @typedef {object} DangerIndex what has to be known before the phrases of a text are loaded
 * @property {DangerWords[]} list
 * @property {[string, string, string][]} keys of each language its stems, packed, without one of which no phrase is there, and of
 *   each stem how many pieces have its phrases, and which
 */

/**
 * @typedef {object} DangerPiece the phrases of some keys
 * @property {string} words the stems of all, packed
 * @property {string} slots for each slot the number of its stems, and those
 * @property {[number, number, string, string][]} phrases the number of the danger, 1 for look-alikes, the language, and of each
 *   phrase its length and the numbers of its slots
 */

/**
 * @typedef {object} DangerFound
 * @property {DangerWords} danger
 * @property {number} from where the words begin in the text
 * @property {number} to where they end
 */

/** @typedef {(text: string) => Promise<DangerFound[]>} DangerFinder each danger once, the first of the list first */

(() => {
  "use strict";

  const PIECE = 1500; // characters of a piece: a text needs a dozen of them
  const BETWEEN = 2;
  const FORGIVING = 5;

  /**
   * @typedef {object} DangerPhrase
   * @property {number} danger
   * @property {boolean} isNone
   * @property {string} language
   * @property {string[][]} slots for each word of the phrase, the words that may stand there, as stems
   */

  /**
   * @typedef {object} DangerMatch
   * @property {DangerPhrase} phrase
   * @property {number} first the number of the first word
   * @property {number} last
   */

  /* What is written with a hyphen is read as it would be without. */
  /** @type {(text: string) => SearchWord[]} */
  const splitAll = (text) => {
    let more = 0;
    return playbook.searchWords.split(text).flatMap((word) => {
      const pieces = word.pieces.filter(Boolean);
      const parts = pieces.length ? pieces : [word.text];
      const before = more;
      more += parts.length - 1;
      return parts.map((part, place) => ({ ...word, text: part, at: word.at + before + place }));
    });
  };

  /** @type {(phrase: string, language: string) => string[][]} */
  const compile = (phrase, language) =>
    phrase
      .split(/\s+/)
      .flatMap((slot) => {
        const choices = slot.split("/");
        const all = choices.map((choice) => splitAll(choice).map((word) => word.text));
        return choices.length === 1 ? all[0].map((word) => [word]) : [all.map((some) => some.join(""))];
      })
      .map((some) => [...new Set(some.map((word) => playbook.searchWords.stem(word, language)))].filter(Boolean).sort())
      .filter((some) => some.length);

  /* A phrase is kept under the one of its words that the fewest phrases have: most texts then need no phrase at all. */
  /** @type {(phrases: DangerPhrase[]) => (phrase: DangerPhrase) => string[]} */
  const chooseKeys = (phrases) => {
    /** @type {Map<string, number>} */
    const often = new Map();
    const count = (/** @type {DangerPhrase} */ { language }, /** @type {string} */ stem) =>
      often.get(`${language} ${stem}`) ?? 0;
    for (const phrase of phrases) {
      for (const stem of phrase.slots.flat()) {
        often.set(`${phrase.language} ${stem}`, count(phrase, stem) + 1);
      }
    }
    return (phrase) => {
      const load = (/** @type {string[]} */ slot) => slot.reduce((sum, stem) => sum + count(phrase, stem), 0);
      return phrase.slots.reduce((best, slot) => (load(slot) < load(best) ? slot : best));
    };
  };

  /** @type {(phrases: DangerPhrase[]) => DangerPiece} */
  const pack = (phrases) => {
    const { pack: packWords, write } = playbook.searchCode;
    const words = [...new Set(phrases.flatMap(({ slots }) => slots.flat()))].sort();
    const numbers = new Map(words.map((word, at) => [word, at]));
    /** @type {Map<string, number>} */
    const slots = new Map();
    /** @type {Map<string, [number, number, string, number[]]>} */
    const lists = new Map();
    for (const { danger, isNone, language, slots: mine } of phrases) {
      const name = `${danger} ${isNone} ${language}`;
      const list = lists.get(name) ?? [danger, Number(isNone), language, []];
      list[3].push(mine.length);
      for (const slot of mine) {
        const number = slots.get(slot.join("/")) ?? slots.size;
        slots.set(slot.join("/"), number);
        list[3].push(number);
      }
      lists.set(name, list);
    }
    const all = [...slots.keys()].map((slot) => slot.split("/").map((word) => numbers.get(word) ?? 0));
    return {
      words: packWords(words),
      slots: write(all.flatMap((some) => [some.length, ...some])),
      phrases: [...lists.values()].map(([danger, isNone, language, list]) => [danger, isNone, language, write(list)]),
    };
  };

  /* Neighbours in the alphabet of keys share a piece, so that a word needs few of them. */
  /** @type {(phrases: DangerPhrase[], keysOf: (phrase: DangerPhrase) => string[]) => DangerPhrase[][]} */
  const cutUp = (phrases, keysOf) => {
    const keyed = phrases.map(
      (phrase) => /** @type {const} */ ([`${phrase.language} ${keysOf(phrase).join("/")}`, phrase]),
    );
    /** @type {DangerPhrase[][]} */
    const found = [];
    let size = PIECE;
    for (const [, phrase] of keyed.sort(([a], [b]) => (a < b ? -1 : Number(a > b)))) {
      if (size >= PIECE) {
        found.push([]);
        size = 0;
      }
      found[found.length - 1].push(phrase);
      size += phrase.slots.reduce((sum, slot) => sum + 4 + 4 * slot.length, 0);
    }
    return found;
  };

  /** @type {(dangers: (DangerWords & { phrases: Record<string, string[]>, unless: Record<string, string[]> })[]) => [DangerIndex, DangerPiece[]]} */
  playbook.searchDangerIndex = (dangers) => {
    const phrases = dangers.flatMap(({ phrases: real, unless }, danger) =>
      [real, unless].flatMap((texts, isNone) =>
        Object.entries(texts).flatMap(([locale, some]) => {
          const language = locale.split("-")[0];
          return some
            .map((text) => ({ danger, isNone: isNone > 0, language, slots: compile(text, language) }))
            .filter(({ slots }) => slots.length);
        }),
      ),
    );
    const keysOf = chooseKeys(phrases);
    const pieces = cutUp(phrases, keysOf);
    /** @type {Map<string, Map<string, Set<number>>>} */
    const places = new Map();
    for (const [at, some] of pieces.entries()) {
      for (const phrase of some) {
        const mine = places.get(phrase.language) ?? new Map();
        places.set(phrase.language, mine);
        for (const stem of keysOf(phrase)) {
          mine.set(stem, (mine.get(stem) ?? new Set()).add(at));
        }
      }
    }
    const { pack: packWords, write } = playbook.searchCode;
    const keys = [...places].map(([language, mine]) => {
      const stems = [...mine.keys()].sort();
      const lists = stems.flatMap((stem) => {
        const some = [...(mine.get(stem) ?? [])];
        return [some.length, ...some];
      });
      return /** @type {[string, string, string]} */ ([language, packWords(stems), write(lists)]);
    });
    return [{ list: dangers.map(({ word, name, first }) => ({ word, name, first })), keys }, pieces.map(pack)];
  };

  /* Lists that each begin with their length. */
  /** @type {(packed: string) => number[][]} */
  const cut = (packed) => {
    const numbers = playbook.searchCode.read(packed);
    const found = [];
    for (let at = 0; at < numbers.length; at += numbers[at] + 1) {
      found.push(numbers.slice(at + 1, at + 1 + numbers[at]));
    }
    return found;
  };

  /** @type {(piece: DangerPiece) => DangerPhrase[]} */
  const unpack = ({ words, slots, phrases }) => {
    const stems = playbook.searchCode.unpack(words);
    const choices = cut(slots).map((some) => some.map((number) => stems[number]));
    return phrases.flatMap(([danger, isNone, language, packed]) =>
      cut(packed).map((mine) => ({
        danger,
        isNone: isNone > 0,
        language,
        slots: mine.map((number) => choices[number]),
      })),
    );
  };

  /* As early as it can be: where the next word of a phrase is found twice, the nearer one is taken. */
  /** @type {(words: SearchWord[], stems: Set<string>[], first: number, slots: string[][]) => number} */
  const follow = (words, stems, first, slots) => {
    let last = first;
    for (const slot of slots.slice(1)) {
      let next = last + 1;
      while (next < words.length && words[next].at - words[last].at <= BETWEEN + 1) {
        if (slot.some((word) => stems[next].has(word))) {
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

  /** @type {(one: DangerMatch, other: DangerMatch) => boolean} */
  const overlaps = (one, other) => other.first <= one.last && one.first <= other.last;
  /** @type {(one: DangerMatch, other: DangerMatch) => boolean} */
  const isLonger = (one, other) => one.phrase.slots.length > other.phrase.slots.length;

  /**
   * @typedef {object} DangerLanguage the phrases of a language that were loaded
   * @property {(phrases: DangerPhrase[]) => void} add
   * @property {(words: SearchWord[]) => DangerMatch[]} match
   */

  /* The stems of a language that a word of the text is, or that it is but for a slip if it is no word. */
  /** @type {(word: string, language: string, known: Iterable<string> & { has: (stem: string) => boolean }, isWord: (stem: string) => boolean) => string[]} */
  const mean = (word, language, known, isWord) => {
    const mine = playbook.searchWords.stem(word, language);
    if (known.has(mine)) {
      return [mine];
    }
    if (word.length < FORGIVING || mine.length < FORGIVING - 1 || isWord(mine)) {
      return [];
    }
    return [...known].filter((one) => one.length >= FORGIVING - 1 && playbook.searchWords.slips(mine, one, 1) <= 1);
  };

  /** @type {(language: string, isWord: (stem: string) => boolean) => DangerLanguage} */
  const startLanguage = (language, isWord) => {
    /** @type {Set<string>} */
    const known = new Set();
    /** @type {Map<string, DangerPhrase[]>} */
    const byFirst = new Map();
    /** @type {Map<string, Set<string>>} */
    const meant = new Map();
    /** @type {(word: string) => Set<string>} */
    const meaning = (word) => {
      const found = meant.get(word) ?? new Set(mean(word, language, known, isWord));
      meant.set(word, found);
      return found;
    };
    return {
      add: (phrases) => {
        meant.clear();
        for (const phrase of phrases) {
          for (const stem of phrase.slots.flat()) {
            known.add(stem);
          }
          for (const stem of phrase.slots[0]) {
            const list = byFirst.get(stem);
            if (list) {
              list.push(phrase);
            } else {
              byFirst.set(stem, [phrase]);
            }
          }
        }
      },
      match: (words) => {
        const stems = words.map((word) => meaning(word.text));
        return words.flatMap((_, first) =>
          [...stems[first]].flatMap((stem) =>
            (byFirst.get(stem) ?? [])
              .map((phrase) => ({ phrase, first, last: follow(words, stems, first, phrase.slots) }))
              .filter(({ last }) => last >= 0),
          ),
        );
      },
    };
  };

  /** @type {(index: DangerIndex, load: (piece: string) => Promise<any>, isWord: (stem: string) => boolean) => DangerFinder} */
  playbook.searchDanger = ({ list, keys }, load, isWord) => {
    const places = keys.map(([language, stems, packed]) => {
      const lists = cut(packed);
      const known = new Map(playbook.searchCode.unpack(stems).map((stem, at) => [stem, lists[at]]));
      return { language, known, stems: new Set(known.keys()) };
    });
    /** @type {Map<string, number[]>} */
    const needed = new Map();
    /** @type {(word: string) => number[]} the pieces that may have phrases with a word */
    const need = (word) => {
      const found =
        needed.get(word) ??
        places.flatMap(({ language, known, stems }) =>
          mean(word, language, stems, isWord).flatMap((stem) => known.get(stem) ?? []),
        );
      needed.set(word, found);
      return found;
    };
    const languages = new Map(keys.map(([language]) => [language, startLanguage(language, isWord)]));
    /** @type {Map<number, Promise<void>>} */
    const opened = new Map();
    /** @type {(at: number) => Promise<void>} */
    const open = (at) => {
      const known =
        opened.get(at) ??
        load(`x${at}`).then((piece) => {
          const phrases = unpack(piece);
          for (const [language, mine] of languages) {
            mine.add(phrases.filter((phrase) => phrase.language === language));
          }
        });
      known.catch(() => opened.delete(at));
      opened.set(at, known);
      return known;
    };

    return async (text) => {
      const words = splitAll(text);
      await Promise.all([...new Set(words.flatMap((word) => need(word.text)))].map(open));
      const matches = [...languages.values()].flatMap((mine) => mine.match(words));
      // of words that mean harm and words that do not, the longer wording knows better: "against my will" is of a
      // testament, "keeps me here against my will" is not
      const none = matches.filter(({ phrase }) => phrase.isNone);
      const real = matches.filter(
        (one) => !one.phrase.isNone && !none.some((other) => overlaps(one, other) && !isLonger(one, other)),
      );
      return list.flatMap((danger, number) => {
        const mine = real.filter(({ phrase }) => phrase.danger === number);
        const longest = mine.reduce(
          (best, one) => (one.phrase.slots.length > best.phrase.slots.length ? one : best),
          mine[0],
        );
        return longest ? [{ danger, from: words[longest.first].from, to: words[longest.last].to }] : [];
      });
    };
  };
})();
