/* How well each document fits the words of a search: by its best sign, and by all that it says. */

/**
 * @typedef {object} SearchScore
 * @property {number} value up to about 1
 * @property {number} together the share of what was asked that is found close together: in a few of its parts
 * @property {number} sign the number of the document's sign that fits best; -1 if there is none
 */

/** @typedef {(words: SearchWord[], slots: SearchSlot[]) => Promise<Map<number, SearchScore>>} SearchScorer */

(() => {
  "use strict";

  const STEPS = 63;
  const NOWHERE = [0, 0, 0, 0, 0]; // the groups of parts
  const SENTENCE = 18; // words
  const ONE_SENTENCE = 10; // words that say something
  const FULL = 20; // the rarity of the words of a sentence that says as much as any

  // Found by trying on queries whose right answers were known: benchmarks/search.
  const [SIGN, SECOND, TEXT] = [0.42, 0.22, 0.41];
  const [NEXT, THIRD] = [0.3, 0.1];

  /* Who names a type wants one of that type: "letter for a member whose page was closed". */
  const ASKED = 0.9;
  const TYPED = 30; // words; a longer text was pasted
  /** @type {Record<string, Set<string>>} */
  const TYPES = {
    macro: new Set(
      `letter letters mail mails email emails reply replies template templates macro macros wording word carta cartas respuesta
      plantilla correo brief briefe schreiben vorlage antwort modelo resposta`.split(/\s+/),
    ),
    policy: new Set(
      `policy policies rule rules regla reglas politica regel regeln richtlinie richtlinien regra regras`.split(/\s+/),
    ),
    decision_tree: new Set(`tree trees arbol baum entscheidungsbaum arvore`.split(/\s+/)),
  };

  /** @type {(manifest: SearchManifest, look: SearchTerms["look"]) => SearchScorer} */
  playbook.searchScore = (manifest, look) => {
    const starts = [0];
    for (const count of playbook.searchCode.read(manifest.signs)) {
      starts.push(starts[starts.length - 1] + count);
    }
    const ranges = manifest.kinds.map(([, first]) => first);
    /** @type {(words: SearchWord[]) => (document: number) => number} */
    const prominence = (words) => {
      const isNamed = (/** @type {string} */ kind) =>
        words.length < TYPED && words.some(({ text }) => TYPES[kind]?.has(text));
      const kinds = manifest.kinds.map(([kind, , usual]) => Math.max(usual, isNamed(kind) ? ASKED : 0));
      return (document) => kinds[playbook.searchPlace(ranges, document)];
    };

    /** @type {(list: number[], width: number, take: (number: number, weight: number, more: number) => void) => void} */
    const walk = (list, width, take) => {
      let number = 0;
      for (let at = 0; at < list.length; at += width) {
        number += list[at];
        take(number, list[at + 1] / STEPS, list[at + 2]);
      }
    };

    /**
     * @typedef {object} SearchFit
     * @property {number} text
     * @property {number} sign
     * @property {number} second
     * @property {number[]} groups the share of what was asked that each group of parts holds
     * @property {number} best the number of the best sign; -1 if there is none
     */

    /** @type {(slots: SearchSlot[]) => Promise<Map<number, SearchFit>>} */
    const fit = async (slots) => {
      const whole = slots.reduce((sum, slot) => sum + slot.rarity, 0) || 1;
      const most = Math.max(...slots.map((slot) => slot.rarity), 1);
      const spoken = slots.reduce((sum, slot) => sum + Math.min(1, (3 * slot.rarity) / most), 0) || 1;
      /** @type {Map<number, SearchFit>} */
      const found = new Map();
      /** @type {Map<number, [number, number]>} */
      const signs = new Map();
      for (const slot of slots) {
        /** @type {Map<number, number>} */
        const texts = new Map();
        /** @type {Map<number, number[]>} */
        const places = new Map();
        /** @type {Map<number, [number, number]>} */
        const shares = new Map();
        for (const [term, fits] of slot.terms) {
          const entry = await look(term);
          walk(entry?.documents ?? [], 3, (document, weight, groups) => {
            texts.set(document, Math.max(texts.get(document) ?? 0, fits * weight));
            const before = places.get(document) ?? NOWHERE;
            places.set(
              document,
              before.map((most, group) => (groups & (1 << group) ? Math.max(most, fits) : most)),
            );
          });
          walk(entry?.signs ?? [], 2, (sign, share) => {
            const [before, best] = shares.get(sign) ?? [0, 0];
            const here = slot.word.pieces.length ? before + fits * share : Math.max(before, fits * share);
            shares.set(sign, [here, Math.max(best, fits)]);
          });
        }
        const says = Math.min(1, (3 * slot.rarity) / most);
        for (const [document, weight] of texts) {
          const one = found.get(document) ?? { text: 0, sign: 0, second: 0, best: -1, groups: NOWHERE };
          const here = places.get(document) ?? NOWHERE;
          one.groups = one.groups.map((share, group) => share + (here[group] * slot.rarity) / whole);
          one.text += (weight * says) / spoken;
          found.set(document, one);
        }
        for (const [sign, [share, fits]] of shares) {
          const [before, asked] = signs.get(sign) ?? [0, 0];
          signs.set(sign, [before + share, asked + (fits * slot.rarity) / whole]);
        }
      }
      for (const [sign, [share, asked]] of signs) {
        const one = found.get(playbook.searchPlace(starts, sign));
        const value = Math.sqrt(Math.min(1, share) * Math.min(1, asked));
        if (one && value > one.sign) {
          [one.second, one.sign, one.best] = [one.sign, value, sign];
        } else if (one && value > one.second) {
          one.second = value;
        }
      }
      return found;
    };

    /* A long message is read sentence by sentence and as a whole: the best of these decides, others add to it. */
    /** @type {(words: SearchWord[], slots: SearchSlot[]) => SearchSlot[][]} */
    const cut = (words, slots) => {
      if (slots.length <= ONE_SENTENCE) {
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
        const here = [word.text, ...word.pieces].flatMap((text) => byText.get(text) ?? []);
        found[found.length - 1].push(...here.filter((slot) => !found[found.length - 1].includes(slot)));
      }
      return [...found.filter((some) => some.length), slots];
    };

    return async (words, slots) => {
      const before = prominence(words);
      /** @type {Map<number, { values: number[], sign: number, most: number, together: number }>} */
      const all = new Map();
      for (const some of cut(words, slots)) {
        const told = some.reduce((sum, slot) => sum + slot.rarity, 0);
        const counts = some === slots ? 1 : Math.min(1, told / FULL);
        for (const [document, one] of await fit(some)) {
          const old = all.get(document) ?? { values: [], sign: -1, most: 0, together: 0 };
          old.together = some === slots ? Math.max(...one.groups) : 0;
          old.values.push(counts * (SIGN * one.sign + SECOND * one.second + TEXT * one.text));
          if (counts * one.sign > old.most) {
            [old.sign, old.most] = [one.best, counts * one.sign];
          }
          all.set(document, old);
        }
      }
      return new Map(
        [...all].map(([document, { values, sign, together }]) => {
          const [first, next = 0, third = 0] = values.sort((a, b) => b - a);
          return [
            document,
            {
              value: (first + NEXT * next + THIRD * third) * before(document),
              together,
              sign: sign - (sign < 0 ? 0 : starts[document]),
            },
          ];
        }),
      );
    };
  };
})();
