/* How the search writes numbers and words in its pieces. */

(() => {
  "use strict";

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
  const HALF = 32;

  /* Five bits a digit, the lowest first; a digit from the upper half says that more follow. */
  /** @type {(numbers: number[]) => string} */
  const write = (numbers) => {
    let text = "";
    for (const number of numbers) {
      let rest = number;
      while (rest >= HALF) {
        text += DIGITS[HALF + (rest % HALF)];
        rest = Math.floor(rest / HALF);
      }
      text += DIGITS[rest];
    }
    return text;
  };

  /** @type {(text: string) => number[]} */
  const read = (text) => {
    const found = [];
    let number = 0;
    let unit = 1;
    for (const digit of text) {
      const value = VALUES.get(digit) ?? 0;
      number += (value % HALF) * unit;
      unit *= HALF;
      if (value < HALF) {
        found.push(number);
        number = 0;
        unit = 1;
      }
    }
    return found;
  };

  /* Two sums of 24 bits, as in FNV: enough to tell a million keys apart. */
  /** @type {(text: string) => string} */
  const hash = (text) => {
    let [one, two] = [0x811c9d, 0x1c9dc5];
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 0x01000193) >>> 0;
      two = Math.imul(two + text.charCodeAt(at), 0x01000193 + 2 * at) >>> 0;
    }
    return (one % 0x1000000).toString(36).padStart(5, "0") + (two % 0x1000000).toString(36).padStart(5, "0");
  };

  /** @type {(words: string[]) => string} */
  const pack = (words) => {
    let before = "";
    return words
      .map((word) => {
        let same = 0;
        while (same < 35 && same < word.length && word[same] === before[same]) {
          same++;
        }
        before = word;
        return same.toString(36) + word.slice(same);
      })
      .join(" ");
  };

  /** @type {(packed: string) => string[]} */
  const unpack = (packed) => {
    let before = "";
    return packed
      .split(" ")
      .filter(Boolean)
      .map((piece) => {
        before = before.slice(0, Number.parseInt(piece[0], 36)) + piece.slice(1);
        return before;
      });
  };

  playbook.searchCode = { write, read, hash, pack, unpack };
})();
