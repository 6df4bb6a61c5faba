/* SHA-256 of texts, and what a check keeps sealed: systems are reached without https too, where browsers offer no digest. */

/**
 * @typedef {object} SealedQuestion as training/course/seal.py writes it
 * @property {string} id
 * @property {string} kind
 * @property {boolean} critical
 * @property {string} scenario
 * @property {string} ask
 * @property {string[]} options
 * @property {string} salt
 * @property {string} right
 * @property {string} told
 */

/**
 * @typedef {object} OpenedQuestion what an answer reveals
 * @property {number} right the place of the right option
 * @property {string[]} why of each option
 * @property {([number, string] | null)[]} part of each option: where it parts from the way, and by which answer
 * @property {[string, string][]} path what was asked and answered on the way
 * @property {[string, string][]} read what to read again, each with its address, which may be empty
 */

/**
 * @typedef {object} CourseDigest
 * @property {(bytes: Uint8Array) => Uint8Array} sha256
 * @property {(question: SealedQuestion) => OpenedQuestion}
 *   open throws where none of the options is the right one
 */

(() => {
  "use strict";

  const WORDS = 64;
  const utf8 = new TextEncoder();

  /* FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
  const primes = /** @type {number[]} */ ([]);
  for (let number = 2; primes.length < WORDS; number++) {
    if (primes.every((prime) => number % prime)) {
      primes.push(number);
    }
  }
  /** @type {(root: number) => number} */
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  const ROUND = primes.map((prime) => fraction(Math.cbrt(prime)));
  const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

  /** @type {(word: number, by: number) => number} */
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  /** @type {(state: number[], block: DataView, at: number) => number[]} */
  const mix = (state, block, at) => {
    const words = Array.from({ length: 16 }, (_, n) => block.getInt32(at + 4 * n));
    for (let n = 16; n < WORDS; n++) {
      const [low, high] = [words[n - 15], words[n - 2]];
      const small = turn(low, 7) ^ turn(low, 18) ^ (low >>> 3);
      const large = turn(high, 17) ^ turn(high, 19) ^ (high >>> 10);
      words.push((words[n - 16] + small + words[n - 7] + large) | 0);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < WORDS; n++) {
      const choose = (e & f) ^ (~e & g);
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choose + ROUND[n] + words[n]) | 0;
      const most = (a & b) ^ (a & c) ^ (b & c);
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + most) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((word, n) => (word + state[n]) | 0);
  };

  /** @type {CourseDigest["sha256"]} */
  const sha256 = (bytes) => {
    const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, bytes.length << 3);
    let state = START;
    for (let at = 0; at < padded.length; at += 64) {
      state = mix(state, view, at);
    }
    const found = new DataView(new ArrayBuffer(32));
    state.forEach((word, n) => {
      found.setInt32(4 * n, word);
    });
    return new Uint8Array(found.buffer);
  };

  /** @type {(question: SealedQuestion, purpose: string, text: string) => Uint8Array} */
  const hash = ({ salt }, purpose, text) => sha256(utf8.encode(`${salt}\n${purpose}\n${text}`));

  /** @type {(bytes: Uint8Array) => string} */
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** @type {CourseDigest["open"]} */
  const open = (question) => {
    const right = question.options.findIndex((text) => hex(hash(question, "right", text)).startsWith(question.right));
    if (right < 0) {
      throw new Error(`no option of ${question.id} is the right one`);
    }
    const key = hash(question, "told", question.options[right]);
    const sealed = Uint8Array.from(atob(question.told), (sign) => sign.charCodeAt(0));
    for (let block = 0; block * 32 < sealed.length; block++) {
      const number = new Uint8Array(4);
      new DataView(number.buffer).setUint32(0, block);
      const pad = sha256(Uint8Array.from([...key, ...number]));
      for (let n = 0; n < 32 && block * 32 + n < sealed.length; n++) {
        sealed[block * 32 + n] ^= pad[n];
      }
    }
    return { right, ...JSON.parse(new TextDecoder().decode(sealed)) };
  };

  playbook.courseDigest = { sha256, open };
})();
