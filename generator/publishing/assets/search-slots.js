/* What each word of a search may stand for: its stems, other spellings and words for it, and what it was meant to be. */

/**
 * @typedef {object} SearchSlot a word that was typed, and what it may stand for
 * @property {SearchWord} word
 * @property {Map<string, number>} terms with how well each of them fits, up to 1
 * @property {number} rarity how much the word tells, from 0
 */

/**
 * @typedef {object} SearchEntry what the index has of a term
 * @property {number} often the number of documents
 * @property {number[]} documents pairs of a step and a weight
 * @property {number[]} signs pairs of a step and a share
 */

/**
 * @typedef {object} SearchTerms
 * @property {(term: string) => Promise<SearchEntry | null>} look
 * @property {(text: string) => Promise<[number, number, string][]>} lookUp the documents that a text names, each with its tier
 *   and the part
 * @property {(words: SearchWord[], isTyping: boolean) => Promise<SearchSlot[]>} slots
 * @property {(term: string) => boolean} isWord whether signs or titles have it
 */

(() => {
  "use strict";

  const SENTENCE = 10; // words that say something
  const LONG = 28; // words that say something; of a longer text, those are enough that say the most
  const MOST_WORDS = 20;
  const FAINT = 0.25;
  const UNKNOWN = 0.8;
  const SYNONYM = 0.7;
  const PIECE = 0.6;
  const SPLIT = 0.7;
  const BEGINNING = 0.55;
  const SLIP = [1, 0.85, 0.65];
  const FORGIVING = 8; // letters of a word with hyphens that may have slips as a whole
  const CLASSES = 4; // steps of a class of rarity

  /** @type {(list: { length: number, [place: number]: number | string }, value: number | string) => number} */
  playbook.searchPlace = (list, value) => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  };

  /** @type {(manifest: SearchManifest, load: (piece: string) => Promise<any>) => SearchTerms} */
  playbook.searchTerms = (manifest, load) => {
    const { key, stem, terms, isSmall, isFaint, language, slips, irregular } = playbook.searchWords;
    const { read, hash, unpack } = playbook.searchCode;
    const { languages, bounds, documents } = manifest;

    const common = unpack(manifest.common);
    const classes = new Map(read(manifest.classes).map((value, at) => [common[at], value / CLASSES]));
    const stemAll = (/** @type {string} */ word) => [...new Set(languages.map((name) => stem(word, name)))];
    const rarity = (/** @type {number} */ often) => Math.log(1 + (documents - often + 0.5) / (often + 0.5));

    /** @type {Map<string, [string, string][]>} the members of a group by each of them, with their language */
    const groups = new Map();
    for (const [locale, all] of Object.entries(manifest.synonyms)) {
      for (const members of all) {
        for (const member of members) {
          const others = members.map((other) => /** @type {[string, string]} */ ([other, locale.split("-")[0]]));
          groups.set(key(member), [...(groups.get(key(member)) ?? []), ...others]);
        }
      }
    }

    /* An index of nothing has no piece: a reader may see no document yet. */
    /** @type {(term: string) => Promise<Record<string, string>>} */
    const pieceOf = async (term) => (bounds.length ? load(`w${Math.max(0, playbook.searchPlace(bounds, term))}`) : {});

    /** @type {Map<string, SearchEntry | null>} */
    const entries = new Map();
    /** @type {SearchTerms["look"]} */
    const look = async (term) => {
      const known = entries.get(term);
      if (known !== undefined) {
        return known;
      }
      const piece = await pieceOf(term);
      let entry = null;
      if (Object.hasOwn(piece, term)) {
        const [often, inDocuments, inSigns] = piece[term].split("|");
        entry = { often: Number(often), documents: read(inDocuments), signs: read(inSigns) };
      }
      entries.set(term, entry);
      return entry;
    };

    /* A citation names its policy in any version. */
    /** @type {SearchTerms["lookUp"]} */
    const lookUp = async (text) => {
      const name = `=${hash(key(text.replace(/@[\d.]+\s*$/, "")))}`;
      const piece = await pieceOf(name);
      return Object.hasOwn(piece, name) ? JSON.parse(piece[name]) : [];
    };

    /** @type {(slot: SearchSlot, term: string, fit: number) => void} */
    const offer = (slot, term, fit) => {
      slot.terms.set(term, Math.max(slot.terms.get(term) ?? 0, fit));
    };

    /** @type {(word: SearchWord) => SearchSlot} */
    const begin = (word) => {
      const slot = { word, terms: new Map(), rarity: 0 };
      for (const term of [...stemAll(word.text), word.text]) {
        offer(slot, term, 1);
      }
      for (const piece of word.pieces.filter((one) => one.length > 1)) {
        for (const term of stemAll(piece)) {
          offer(slot, term, PIECE);
        }
      }
      return slot;
    };

    /* "log in" is also "login". */
    /** @type {(words: SearchWord[], slots: Map<SearchWord, SearchSlot>) => void} */
    const join = (words, slots) => {
      for (const [at, word] of words.slice(1).entries()) {
        const pair = [words[at], word];
        if (pair.some(({ text }) => text.length < 2)) {
          continue; // "a page" is no other word
        }
        for (const term of stemAll(pair.map(({ text }) => text).join("")).filter((one) => classes.has(one))) {
          for (const slot of pair.flatMap((one) => slots.get(one) ?? [])) {
            offer(slot, term, 1);
          }
        }
      }
    };

    /* Of another way to say it, the rarest word stands for all. */
    /** @type {(words: SearchWord[], slots: Map<SearchWord, SearchSlot>) => void} */
    const addSynonyms = (words, slots) => {
      for (let length = 1; length <= 3; length++) {
        for (let at = 0; at + length <= words.length; at++) {
          const some = words.slice(at, at + length);
          for (const [member, name] of groups.get(some.map((word) => word.text).join(" ")) ?? []) {
            const known = terms(member, name).filter((term) => classes.has(term));
            const [rarest] = known.sort((a, b) => (classes.get(b) ?? 0) - (classes.get(a) ?? 0));
            for (const slot of rarest ? some.flatMap((word) => slots.get(word) ?? []) : []) {
              offer(slot, rarest, SYNONYM);
            }
          }
        }
      }
    };

    /** @type {(text: string) => string | undefined} a word of a sign, but for a slip if it is long */
    const findKnown = (text) => {
      const mine = stemAll(text);
      const near = (/** @type {string} */ term) => term.length > 4 && slips(mine[0], term, 1) <= 1;
      return mine.find((term) => classes.has(term)) ?? (text.length < 6 ? undefined : common.find(near));
    };

    /* A word that nobody wrote is one with a slip, or two without the space between them. */
    /** @type {(slot: SearchSlot, near: string[]) => void} */
    const forgive = (slot, near) => {
      const { text } = slot.word;
      const most = text.length < 4 || /\d/.test(text) ? 0 : text.length < 8 ? 1 : 2;
      const mine = [...new Set([...stemAll(text), text])];
      /** @type {[string, number][]} */
      const found = [];
      for (const term of most ? [...common, ...near] : []) {
        if (term.length > 2 && Math.abs(term.length - text.length) <= most + 3) {
          const fewest = Math.min(...mine.map((one) => slips(one, term, most)));
          if (fewest <= most) {
            found.push([term, fewest]);
          }
        }
      }
      for (const [form, base] of most ? irregular : []) {
        const many = slips(text, form, 1);
        if (many <= 1 && form.length > 3) {
          found.push([base, many]);
        }
      }
      const fewest = Math.min(...found.map(([, many]) => many));
      const best = found.filter(([, many]) => many === fewest);
      for (const [term] of best.sort(([a], [b]) => (classes.get(a) ?? 9) - (classes.get(b) ?? 9)).slice(0, 6)) {
        offer(slot, term, SLIP[fewest]);
      }
      for (let at = 3; fewest > 1 && at <= text.length - 3; at++) {
        const [left, right] = [text.slice(0, at), text.slice(at)].map(findKnown);
        if (left && right) {
          offer(slot, left, SPLIT);
          offer(slot, right, SPLIT);
        }
      }
    };

    /* What is written with a hyphen is one word where somebody wrote it so, but for slips: an id is. Within a text it is several. */
    /** @type {(word: SearchWord, isAlone: boolean) => Promise<SearchWord[]>} */
    const part = async (word, isAlone) => {
      const { text } = word;
      const pieces = word.pieces.filter((one) => one.length > 1);
      if (pieces.length < 2 || (await Promise.all(stemAll(text).map(look))).some(Boolean)) {
        return [word];
      }
      const beside = Object.keys(await pieceOf(text)); // in the alphabet
      const isNear = (/** @type {string} */ term) => text.length >= FORGIVING && slips(text, term, 2) <= 2;
      if (common.some(isNear) || beside.some(isNear)) {
        return [{ ...word, pieces: [] }];
      }
      return isAlone ? [word] : pieces.map((one) => ({ ...word, text: one, pieces: [] }));
    };

    /* The word that is being typed may be the beginning of one, an id that of another. */
    /** @type {(slot: SearchSlot, near: string[]) => void} */
    const extend = ({ word, ...slot }, near) => {
      for (const text of [word.text, ...word.pieces.slice(-1)].filter((one) => one.length > 1)) {
        const at = playbook.searchPlace(common, text) + 1;
        const longer = [...common.slice(at, at + 200), ...near].filter((term) => term.startsWith(text));
        for (const term of longer.slice(0, 24)) {
          offer({ word, ...slot }, term, word.pieces.length && text === word.text ? 1 : BEGINNING);
        }
      }
    };

    /** @type {(slot: SearchSlot, isTyped: boolean, isForgiven: boolean) => Promise<void>} */
    const widen = async (slot, isTyped, isForgiven) => {
      const found = await Promise.all([...slot.terms.keys()].map(look));
      const isKnown = found.some(Boolean);
      if (isTyped || (isForgiven && !isKnown)) {
        const piece = Object.keys(await pieceOf(slot.word.text));
        const near = piece.filter((term) => !classes.has(term) && !term.startsWith("="));
        const before = slot.terms.size;
        if (isTyped) {
          extend(slot, near);
        }
        if (!isKnown && slot.terms.size === before) {
          forgive(slot, near);
        }
      }
    };

    /** @type {(slot: SearchSlot, spoken: string, isLong: boolean) => Promise<void>} */
    const weigh = async (slot, spoken, isLong) => {
      const own = await look(stem(slot.word.text, spoken));
      const values = await Promise.all(
        [...slot.terms].map(async ([term, fit]) => {
          const entry = await look(term);
          return entry ? fit * rarity(entry.often) : 0;
        }),
      );
      const most = Math.max(...values);
      // what else it may stand for is often a rare word of another language, and of a few words nobody knows which it is
      const mine = own ? (isLong ? rarity(own.often) : (rarity(own.often) + most) / 2) : most;
      const whole = mine || rarity(0) * UNKNOWN;
      slot.rarity = whole * (isFaint(slot.word.text, spoken) ? FAINT : 1);
    };

    /** @type {(slots: Map<SearchWord, SearchSlot>) => void} */
    const keepTelling = (slots) => {
      const worth = (/** @type {SearchSlot} */ slot) =>
        Math.max(...[...slot.terms.keys()].map((term) => classes.get(term) ?? 0));
      const best = [...slots].sort(([, a], [, b]) => worth(b) - worth(a)).slice(0, MOST_WORDS);
      slots.clear();
      for (const [word, slot] of best.filter(([, one]) => worth(one))) {
        slots.set(word, slot);
      }
    };

    /** @type {SearchTerms["slots"]} */
    const makeSlots = async (typed, isTyping) => {
      const spoken = language(typed, languages);
      const words = (await Promise.all(typed.map((word) => part(word, typed.length === 1)))).flat();
      const telling = words.filter((word) => !isSmall(word.text, spoken));
      const last = words[words.length - 1];
      /** @type {Map<string, SearchWord>} */
      const once = new Map();
      for (const word of telling.length ? telling : words) {
        once.set(word.text, word);
      }
      const slots = new Map([...once.values()].map((word) => [word, begin(word)]));
      const isLong = slots.size > LONG;
      if (isLong) {
        keepTelling(slots);
      }
      join(words, slots);
      addSynonyms(words, slots);
      await Promise.all(
        [...slots.values()].map(async (slot) => {
          await widen(slot, isTyping && slot.word === last && last.text.length > 1, !isLong);
          await weigh(slot, spoken, slots.size > SENTENCE);
        }),
      );
      return [...slots.values()].sort((a, b) => a.word.at - b.word.at);
    };

    return { look, lookUp, slots: makeSlots, isWord: (term) => classes.has(term) };
  };
})();
