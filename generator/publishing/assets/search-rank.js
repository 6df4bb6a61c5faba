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

/** @typedef {"id" | "symptom" | "alias" | "phrase" | "text" | "danger" | "title"} SearchReason */

/**
 * @typedef {object} SearchCard what a result shows
 * @property {string} id
 * @property {string} kind
 * @property {string} type
 * @property {string} title
 * @property {string} address
 * @property {string} [status]
 * @property {string} [severity]
 * @property {string} [first] the time for a first answer
 * @property {string[]} [languages]
 * @property {{ reviewed?: string, reviewBy?: string, staleFrom?: string }} [dates]
 * @property {string} [queue]
 * @property {string} [version]
 * @property {string} [when]
 * @property {string[]} [notWhen]
 * @property {[string, string][]} signs
 * @property {[string, string, string][]} parts
 */

/**
 * @typedef {object} SearchAnswer
 * @property {SearchHit[]} hits the dangers first
 * @property {number} total how many documents fit
 * @property {number[]} documents the numbers of those that fit, best first, whatever was wished for
 * @property {SearchHit[]} near where nothing fits, what comes nearest
 * @property {SearchHit[]} otherwise where nothing fits, what the vocabulary says to do
 * @property {number} words how many words were read
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

  const SECTION = 7; // its place in the list of tiers
  const LONGEST = 10_000;
  const SHORT = 14;
  const SENTENCE = 18;
  const MOST_WORDS = 16;
  const SYNONYM = 0.7;
  const PIECE = 0.6;
  const SPLIT = 0.7;
  const BEGINNING = 0.55;
  const SLIP = [1, 0.85, 0.65];
  const STEPS = 63;

  const W = (globalThis.W ??= { urgent: 1, pair: 0.5, top: 16, sure: 0.2, faint2: 0.26, faint: 0.25, unknown: 0.8, pshare: 0.5, qpow: 0.9, mass: 20, next: 0.3, third: 0.1 });
  const WEIGHTS = globalThis.WEIGHTS ??= { sign: 0.47, second: 0.14, body: 0.41, part: 0.3, sure: 0.0, close: 0.4 };
  /** @type {Record<string, number>} */
  const KINDS = globalThis.KINDS ??= { sop: 1, decision_tree: 0.72, macro: 0.66, policy: 0.85, page: 0.5 };
  /** @type {Record<string, number>} */
  const STATUS = { draft: 0.7, deprecated: 0.5 };

  /**
   * @typedef {object} SearchSlot a word that was typed, and what it may stand for
   * @property {SearchWord} word
   * @property {Map<string, number>} terms with how well each of them fits
   * @property {number} rarity
   */

  /**
   * @typedef {object} SearchEntry what the index has of a term
   * @property {number} often the number of documents
   * @property {number[]} documents pairs of a step and a weight
   * @property {number[]} signs
   */

  /** @type {(manifest: SearchManifest, load: (piece: string) => Promise<any>) => SearchRanker} */
  playbook.searchRank = (manifest, load) => {
    const { split, key, stem, terms, isSmall, isFaint, language, slips } = playbook.searchWords;
    const { read, hash, unpack } = playbook.searchCode;

    const common = unpack(manifest.common);
    const classes = new Map(read(manifest.classes).map((value, at) => [common[at], value / 4]));
    const findDangers = playbook.searchDanger(manifest.dangers);
    const urgent = new Set(manifest.dangers.flatMap(({ first }) => first));
    const starts = [0];
    for (const count of read(manifest.signs)) {
      starts.push(starts[starts.length - 1] + count);
    }

    /** @type {(list: { length: number, at: (place: number) => number | string | undefined }, value: number | string) => number} */
    const before = (list, value) => {
      let [low, high] = [0, list.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (/** @type {number | string} */ (list.at(middle)) <= value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low - 1;
    };
    /** @type {(document: number) => string} */
    const kindOf = (document) => manifest.kinds[before(manifest.kinds.map(([, first]) => first), document)]?.[0] ?? "";
    /** @type {(often: number) => number} */
    const rarity = (often) => Math.log(1 + (manifest.documents - often + 0.5) / (often + 0.5));

    /** @type {Map<string, [string, string][]>} members of a group by each of them, with their language */
    const groups = new Map();
    for (const [locale, all] of Object.entries(manifest.synonyms)) {
      for (const members of all) {
        for (const member of members) {
          groups.set(key(member), members.map((other) => [other, locale.split("-")[0]]));
        }
      }
    }

    /** @type {(term: string) => Promise<Record<string, string>>} */
    const pieceOf = (term) => load(`w${Math.max(0, before(manifest.bounds, term))}`);

    /** @type {Map<string, SearchEntry | null>} */
    const entries = new Map();
    /** @type {(term: string) => Promise<SearchEntry | null>} */
    const look = async (term) => {
      const known = entries.get(term);
      if (known !== undefined) {
        return known;
      }
      const piece = await pieceOf(term);
      const text = Object.hasOwn(piece, term) ? piece[term] : null;
      let entry = null;
      if (text !== null) {
        const [often, documents, signs] = text.split("|");
        entry = { often: Number(often), documents: read(documents), signs: read(signs) };
      }
      entries.set(term, entry);
      return entry;
    };

    /** @type {(text: string) => Promise<[number, number, string][]>} */
    const lookUp = async (text) => {
      const name = `=${hash(key(text.replace(/@[\d.]+\s*$/, "")))}`;
      const piece = await pieceOf(name);
      return Object.hasOwn(piece, name) ? JSON.parse(piece[name]) : [];
    };

    /** @type {(word: SearchWord) => Map<string, number>} */
    const variants = (word) => {
      const found = new Map(manifest.languages.map((name) => [stem(word.text, name), 1]));
      found.set(word.text, 1);
      for (const piece of word.pieces.filter((one) => one.length > 1)) {
        for (const name of manifest.languages) {
          const made = stem(piece, name);
          found.set(made, Math.max(found.get(made) ?? 0, PIECE));
        }
      }
      return found;
    };

    /** @type {(slot: SearchSlot, term: string, weight: number) => void} */
    const offer = (slot, term, weight) => {
      slot.terms.set(term, Math.max(slot.terms.get(term) ?? 0, weight));
    };

    /* Of another way to say it, the rarest word stands for all. */
    /** @type {(words: SearchWord[], slots: Map<SearchWord, SearchSlot>) => void} */
    const addSynonyms = (words, slots) => {
      for (let length = 1; length <= 3; length++) {
        for (let at = 0; at + length <= words.length; at++) {
          const some = words.slice(at, at + length);
          const group = groups.get(some.map((word) => word.text).join(" "));
          for (const [member, name] of group ?? []) {
            const known = terms(member, name).filter((term) => classes.has(term));
            const best = known.sort((a, b) => (classes.get(b) ?? 0) - (classes.get(a) ?? 0))[0];
            for (const word of best ? some : []) {
              const slot = slots.get(word);
              if (slot) {
                offer(slot, best, SYNONYM);
              }
            }
          }
        }
      }
    };

    /** @type {(words: SearchWord[], slots: Map<SearchWord, SearchSlot>) => void} */
    const addJoined = (words, slots) => {
      for (const [at, word] of words.slice(1).entries()) {
        const joined = words[at].text + word.text;
        for (const name of manifest.languages) {
          const term = stem(joined, name);
          for (const one of classes.has(term) ? [words[at], word] : []) {
            const slot = slots.get(one);
            if (slot) {
              offer(slot, term, 1);
            }
          }
        }
      }
    };

    /** @type {(text: string) => string | undefined} the word of a sign that it is, but for a slip if it is long */
    const findKnown = (text) => {
      const mine = manifest.languages.map((name) => stem(text, name));
      return mine.find((term) => classes.has(term)) ?? (text.length < 6 ? undefined : common.find((term) => term.length > 4 && slips(mine[0], term, 1) <= 1));
    };

    /** @type {(slot: SearchSlot, near: string[]) => void} */
    const forgive = (slot, near) => {
      const { text } = slot.word;
      const most = text.length < 4 || /\d/.test(text) ? 0 : text.length < 8 ? 1 : 2;
      const mine = [...new Set(manifest.languages.map((name) => stem(text, name)))];
      /** @type {[string, number][]} */
      const found = [];
      for (const term of most ? [...common, ...near] : []) {
        if (Math.abs(term.length - text.length) <= most + 3 && term[0] !== "=") {
          const least = Math.min(...[...mine, text].map((one) => slips(one, term, most)));
          if (least <= most && term.length > 2) {
            found.push([term, least]);
          }
        }
      }
      const fewest = Math.min(...found.map(([, many]) => many));
      const best = found.filter(([, many]) => many === fewest);
      for (const [term, many] of best.sort(([a], [b]) => (classes.get(a) ?? 9) - (classes.get(b) ?? 9)).slice(0, 6)) {
        offer(slot, term, SLIP[many]);
      }
      for (let at = 3; at <= text.length - 3; at++) {
        const [left, right] = [text.slice(0, at), text.slice(at)].map(findKnown);
        if (left && right) {
          offer(slot, left, SPLIT);
          offer(slot, right, SPLIT);
        }
      }
    };

    /** @type {(slot: SearchSlot, near: string[]) => void} */
    const extend = (slot, near) => {
      for (const text of [slot.word.text, ...slot.word.pieces.slice(-1)].filter((one) => one.length > 1)) {
        const rest = common.slice(before(common, text) + 1, before(common, text) + 200);
        for (const term of [...rest, ...near].filter((one) => one.startsWith(text)).slice(0, 24)) {
          offer(slot, term, slot.word.pieces.length && text === slot.word.text ? 1 : BEGINNING);
        }
      }
    };

    /** @type {(words: SearchWord[], isTyping: boolean) => Promise<SearchSlot[]>} */
    const makeSlots = async (words, isTyping) => {
      const spoken = language(words, manifest.languages);
      const telling = words.filter((word) => !isSmall(word.text, spoken));
      /** @type {Map<SearchWord, SearchSlot>} */
      const slots = new Map();
      for (const word of telling.length ? telling : words) {
        if (![...slots.keys()].some((other) => other.text === word.text)) {
          slots.set(word, { word, terms: variants(word), rarity: 0, weight: 1 });
        }
      }
      const isLong = slots.size > SHORT;
      if (isLong) {
        const worth = (/** @type {SearchSlot} */ slot) => Math.max(...[...slot.terms.keys()].map((term) => classes.get(term) ?? 0));
        const best = [...slots].sort(([, a], [, b]) => worth(b) - worth(a)).slice(MOST_WORDS);
        for (const [word, slot] of slots) {
          if (!worth(slot) || best.some(([other]) => other === word)) {
            slots.delete(word);
          }
        }
      }
      addJoined(words, slots);
      addSynonyms(words, slots);
      const last = words[words.length - 1];
      await Promise.all(
        [...slots.values()].map(async (slot) => {
          const found = await Promise.all([...slot.terms.keys()].map(look));
          const isTyped = isTyping && slot.word === last && slot.word.text.length > 1;
          if (isTyped || (!isLong && !found.some(Boolean))) {
            const near = Object.keys(await pieceOf(slot.word.text)).filter((term) => !classes.has(term));
            if (isTyped) {
              extend(slot, near);
            }
            if (!found.some(Boolean) && ![...slot.terms.values()].includes(BEGINNING)) {
              forgive(slot, near);
            }
          }
          const rare = await Promise.all(
            [...slot.terms].map(async ([term, weight]) => {
              const entry = await look(term);
              return entry ? weight * rarity(entry.often) : 0;
            }),
          );
          slot.weight = isFaint(slot.word.text, spoken) ? W.faint2 : 1;
          slot.rarity = (Math.max(...rare) || rarity(0) * W.unknown) * (isFaint(slot.word.text, spoken) ? W.faint : 1);
        }),
      );
      return [...slots.values()];
    };

    /**
     * @typedef {object} SearchScore
     * @property {number} sign
     * @property {number} second
     * @property {number} body
     * @property {number} best the number of the best sign; -1 if there is none
     */

    /** @type {(slots: SearchSlot[]) => Promise<Map<number, SearchScore>>} */
    const score = async (slots) => {
      const whole = slots.reduce((sum, slot) => sum + slot.rarity, 0) || 1;
      const spoken = slots.reduce((sum, slot) => sum + slot.weight, 0) || 1;
      /** @type {Map<number, number>} */
      const bodies = new Map();
      /** @type {Map<number, [number, number]>} */
      const signs = new Map();
      for (const slot of slots) {
        /** @type {Map<number, number>} */
        const mine = new Map();
        /** @type {Map<number, [number, number]>} */
        const shown = new Map();
        for (const [term, weight] of slot.terms) {
          const entry = await look(term);
          let document = 0;
          for (let at = 0; entry && at < entry.documents.length; at += 2) {
            document += entry.documents[at];
            mine.set(document, Math.max(mine.get(document) ?? 0, (weight * entry.documents[at + 1]) / STEPS));
          }
          let sign = 0;
          for (let at = 0; entry && at < entry.signs.length; at += 2) {
            sign += entry.signs[at];
            const share = (weight * entry.signs[at + 1]) / STEPS;
            const old = shown.get(sign);
            if (!old || old[0] < share) {
              shown.set(sign, [share, weight]);
            }
          }
        }
        for (const [document, value] of mine) {
          bodies.set(document, (bodies.get(document) ?? 0) + (value * slot.weight) / spoken);
        }
        for (const [sign, [share, weight]] of shown) {
          const old = signs.get(sign) ?? [0, 0];
          signs.set(sign, [old[0] + share, old[1] + (weight * slot.rarity) / whole]);
        }
      }
      /** @type {Map<number, SearchScore>} */
      const found = new Map([...bodies].map(([document, body]) => [document, { sign: 0, second: 0, body, best: -1 }]));
      for (const [sign, [share, asked]] of signs) {
        const one = found.get(before(starts, sign));
        const value = Math.min(1, share) ** W.pshare * Math.min(1, asked) ** W.qpow;
        if (one && value > one.sign) {
          [one.second, one.sign, one.best] = [one.sign, value, sign];
        } else if (one && value > one.second) {
          one.second = value;
        }
      }
      return found;
    };

    /* A long message is read sentence by sentence: its best sentence decides, and others add to it. */
    /** @type {(words: SearchWord[], slots: SearchSlot[]) => SearchSlot[][]} */
    const cutSentences = (words, slots) => {
      if (slots.length <= SHORT - 4) {
        return [slots];
      }
      const byText = new Map(slots.map((slot) => [slot.word.text, slot]));
      /** @type {SearchSlot[][]} */
      const found = [];
      let [size, last] = [SENTENCE, 0];
      for (const word of words) {
        if (size >= SENTENCE || word.at > last + 1) {
          found.push([]);
          size = 0;
        }
        [size, last] = [size + 1, word.at];
        const slot = byText.get(word.text);
        if (slot && !found[found.length - 1].includes(slot)) {
          found[found.length - 1].push(slot);
        }
      }
      return [...found.filter((some) => some.length), slots];
    };

    /** @type {(words: SearchWord[], slots: SearchSlot[]) => Promise<Map<number, [number, number]>>} */
    const rankAll = async (words, slots) => {
      /** @type {Map<number, [number[], number, number]>} */
      const all = new Map();
      for (const some of cutSentences(words, slots)) {
        const mass = Math.min(1, some.reduce((sum, slot) => sum + slot.rarity, 0) / W.mass);
        const weight = some === slots ? 1 : mass;
        for (const [document, one] of await score(some)) {
          const value = weight * (WEIGHTS.sign * one.sign + WEIGHTS.second * one.second + WEIGHTS.body * one.body);
          const old = all.get(document) ?? [[], -1, 0];
          old[0].push(value);
          if (weight * one.sign > old[2]) {
            [old[1], old[2]] = [one.best, weight * one.sign];
          }
          all.set(document, old);
        }
      }
      return new Map(
        [...all].map(([document, [values, best]]) => {
          const [first, next = 0, third = 0] = values.sort((a, b) => b - a);
          return [document, [(first + W.next * next + W.third * third) * (KINDS[kindOf(document)] ?? 0.8) * (urgent.has(document) ? W.urgent : 1), best]];
        }),
      );
    };

    /** @type {Map<SearchCard, Set<string>[]>} */
    const partTerms = new Map();
    /** @type {(card: SearchCard) => Set<string>[]} */
    const termsOf = (card) => {
      let found = partTerms.get(card);
      if (!found) {
        found = card.parts.map(([, title, text]) => { const l = manifest.languages.slice(0, 1).flatMap((name) => terms(`${title}\n${text}`, name)); return new Set([...l, ...l.slice(1).map((t, i) => `${l[i]} ${t}`)]); });
        partTerms.set(card, found);
      }
      return found;
    };

    /** @type {(card: SearchCard, slots: SearchSlot[]) => [number, number]} the number of the best part, and its share of the words */
    const choosePart = (card, slots) => {
      const whole = slots.reduce((sum, slot) => sum + slot.rarity, 0) || 1;
      let [best, most] = [-1, 0];
      for (const [at, held] of termsOf(card).entries()) {
        const share = slots.reduce((sum, slot) => {
          const weights = [...slot.terms].filter(([term]) => held.has(term)).map(([, weight]) => weight);
          return sum + slot.rarity * Math.max(0, ...weights);
        }, 0);
        let pairs = 0;
        for (const [i, slot] of slots.slice(1).entries()) {
          const a = [...slots[i].terms].filter(([, w]) => w > 0.8).map(([t]) => t), b = [...slot.terms].filter(([, w]) => w > 0.8).map(([t]) => t);
          pairs += a.some((x) => b.some((y) => held.has(`${x} ${y}`))) ? 1 : 0;
        }
        const value = (share / whole) * (1 - W.pair) + (W.pair * pairs) / Math.max(1, slots.length - 1);
        if (value > most + 1e-9) {
          [best, most] = [at, value];
        }
      }
      return [best, most];
    };

    /** @type {(text: string, slots: SearchSlot[]) => [number, number][]} */
    const mark = (text, slots) => {
      const wanted = new Set(slots.flatMap((slot) => [...slot.terms.keys()]));
      const isWanted = (/** @type {string} */ word) => manifest.languages.some((name) => wanted.has(stem(word, name)));
      return split(text)
        .filter((word) => [word.text, ...word.pieces].some(isWanted))
        .map((word) => [word.from, word.to]);
    };

    /* A stretch of a text around most of the words in it. */
    /** @type {(text: string, slots: SearchSlot[]) => string} */
    const cutOut = (text, slots) => {
      const flat = text.replace(/\s+/g, " ").trim();
      const marks = mark(flat, slots);
      const WIDTH = 160;
      let [start, most] = [0, 0];
      for (const [from] of marks) {
        const inside = marks.filter(([one]) => one >= from && one < from + WIDTH - 40).length;
        if (inside > most) {
          [start, most] = [from, inside];
        }
      }
      const sentence = Math.max(flat.lastIndexOf(". ", start), flat.lastIndexOf(": ", start));
      const begin = start - sentence < 60 ? sentence + (sentence < 0 ? 1 : 2) : flat.lastIndexOf(" ", Math.max(0, start - 30)) + 1;
      const end = begin + WIDTH >= flat.length ? flat.length : Math.max(flat.lastIndexOf(" ", begin + WIDTH), begin + 40);
      return `${begin > 0 && begin !== sentence + 2 ? "… " : ""}${flat.slice(begin, end)}${end < flat.length ? " …" : ""}`;
    };

    /** @type {(card: SearchCard, values: Partial<SearchHit>) => SearchHit} */
    const makeHit = (card, values) => ({
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

    /** @type {(document: number, value: number, sign: number, slots: SearchSlot[], part: string | null) => Promise<SearchHit>} */
    const explain = async (document, value, sign, slots, part) => {
      /** @type {SearchCard} */
      const card = await load(`d${document}`);
      const [at, share] = choosePart(card, slots);
      const [kind, text] = sign < 0 ? ["", ""] : (card.signs[sign - starts[document]] ?? ["", ""]);
      const signShare = sign < 0 ? 0 : mark(text, slots).length / Math.max(1, slots.length);
      const scored = (value + WEIGHTS.part * Math.max(0, share - W.sure)) * (STATUS[card.status ?? ""] ?? 1);
      if (part !== null) {
        return makeHit(card, { part, why: part || card.id, reason: "id", score: scored });
      }
      if (kind && (signShare >= share || at < 0) && kind !== "id" && kind !== "title") {
        return makeHit(card, { why: text, reason: /** @type {SearchReason} */ (kind), marks: mark(text, slots), score: scored });
      }
      const [name, title, words] = card.parts[at] ?? ["", "", ""];
      const why = cutOut(words || title, slots);
      return makeHit(card, { part: share > 0.5 ? name : "", why, marks: mark(why, slots), score: scored });
    };

    /** @type {(text: string, fits: (document: number) => boolean) => Promise<SearchHit[]>} */
    const warn = async (text, fits) => {
      /** @type {SearchHit[]} */
      const hits = [];
      for (const { danger, from, to } of findDangers(text)) {
        const quoted = text.slice(from, to).replace(/\s+/g, " ");
        for (const number of danger.first.filter(fits)) {
          const card = await load(`d${number}`);
          if (!hits.some((hit) => hit.id === card.id)) {
            hits.push(makeHit(card, { why: quoted, reason: "danger", marks: [[0, quoted.length]], danger: danger.name, score: 2 }));
          }
        }
      }
      return hits;
    };

    /** @type {(text: string) => Promise<Map<number, [number, string]>>} */
    const nameAll = async (text) => {
      const exact = await lookUp(text);
      const inside = (text.length < 400 ? text.match(/[\w-]+(#[\w-]+)?/g) ?? [] : []).filter((one) => /[#-]/.test(one) && one !== text.trim());
      const named = (await Promise.all(inside.slice(0, 4).map(lookUp))).flat().filter(([, tier]) => tier < 4);
      return new Map([...named, ...exact].map(([document, tier, part]) => [document, [tier, part]]));
    };

    return async (typed, { limit = 20, isTyping = false, fits = () => true } = {}) => {
      const text = typed.slice(0, LONGEST);
      const words = split(text);
      const dangers = await warn(text, fits);
      if (!words.length) {
        return { hits: dangers, total: 0, documents: [], words: 0, near: [], otherwise: [] };
      }
      const named = await nameAll(text);
      const slots = await makeSlots(words, isTyping && /[\p{L}\p{N}]$/u.test(text) && words.length < 40);
      const ranked = await rankAll(words, slots);
      for (const [document, [tier]] of named) {
        const [value, sign] = ranked.get(document) ?? [0, -1];
        ranked.set(document, [tier === SECTION ? value + 0.2 : 2 + value * 0.01 + (8 - tier) / 8, sign]);
      }
      const order = [...ranked].sort(([a, [x]], [b, [y]]) => y - x || a - b);
      const top = order[0]?.[1][0] ?? 0;
      const enough = Math.max(WEIGHTS.sure, WEIGHTS.close * Math.min(1, top));
      const good = order.filter(([, [value]]) => value >= enough);
      const fitting = good.filter(([document]) => fits(document));
      /** @type {(some: [number, [number, number]][]) => Promise<SearchHit[]>} */
      const tell = (some) => Promise.all(some.map(([document, [value, sign]]) => explain(document, value, sign, slots, named.get(document)?.[1] ?? null)));
      const hits = await tell(fitting.slice(0, Math.max(limit, W.top)));
      const sorted = hits.map((hit, at) => /** @type {const} */ ([hit, at])).sort(([a, x], [b, y]) => b.score - a.score || x - y);
      const shown = [...dangers, ...sorted.map(([hit]) => hit).filter((hit) => !dangers.some((one) => one.id === hit.id))];
      globalThis.FEAT = [slots.length, slots.filter((s) => s.rarity > 0 && s.weight === 1).length, slots, sorted[0]?.[0]];
      const isLost = !shown.length;
      return {
        hits: shown.slice(0, limit),
        total: fitting.length,
        documents: good.map(([document]) => document),
        words: words.length,
        near: isLost ? await tell(order.slice(0, 3)) : [],
        otherwise: isLost ? await tell(manifest.otherwise.map((document) => [document, [0, -1]])) : [],
      };
    };
  };
})();
