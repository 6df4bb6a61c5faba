/* Draws the questions of a check: the same for the same trainee and try, others on the next try. */

/**
 * @typedef {object} CourseDraw
 * @property {(module: CourseModule, number: number, seed: number, attempt: number) => { group: number, variant: number }[]}
 *   draw of a module with its number; attempts count from 0
 * @property {(module: CourseModule, topic: string, seed: number, day: number) => { group: number, variant: number } | null}
 *   one a question about a decision, another on another day
 */

(() => {
  "use strict";

  /* Mulberry32, a generator of 32 bits: quick, and even enough to draw cases. */
  /** @type {(...from: number[]) => () => number} */
  const random = (...from) => {
    let state = from.reduce((mixed, one) => Math.imul(mixed ^ one, 0x9e3779b1) ^ (mixed >>> 15), 0x2545f491);
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  };

  /** @type {<One>(some: One[], next: () => number) => One[]} */
  const shuffle = (some, next) => {
    const mixed = [...some];
    for (let n = mixed.length - 1; n > 0; n--) {
      const other = Math.floor(next() * (n + 1));
      [mixed[n], mixed[other]] = [mixed[other], mixed[n]];
    }
    return mixed;
  };

  /* The next few of a list that begins again at its end. */
  /** @type {<One>(some: One[], from: number, many: number) => One[]} */
  const take = (some, from, many) => Array.from({ length: many }, (_, n) => some[(from + n) % some.length]);

  /* What is decided is asked half of the time. */
  /** @type {(size: number, next: () => number) => number} */
  const choose = (size, next) => (next() < 0.5 ? 0 : Math.floor(next() * size));

  /** @type {CourseDraw["draw"]} */
  const draw = ({ asks, sizes, critical }, number, seed, attempt) => {
    const others = sizes.map((_, group) => group).filter((group) => !critical.includes(group));
    const grave = Math.min(critical.length, Math.max(Math.ceil(asks / 3), asks - others.length));
    const drawn = [
      ...take(shuffle(critical, random(seed, number, 1)), attempt * grave, grave),
      ...take(shuffle(others, random(seed, number, 2)), attempt * (asks - grave), asks - grave),
    ];
    const next = random(seed, number, 3, attempt);
    return shuffle(drawn, next).map((group) => ({ group, variant: choose(sizes[group], next) }));
  };

  /** @type {CourseDraw["one"]} */
  const one = ({ topics, sizes }, topic, seed, day) => {
    const groups = topics.map((_, group) => group).filter((group) => topics[group] === topic);
    if (!groups.length) {
      return null;
    }
    const next = random(seed, day, 4);
    const group = groups[Math.floor(next() * groups.length)];
    return { group, variant: choose(sizes[group], next) };
  };

  playbook.courseDraw = { draw, one };
})();
