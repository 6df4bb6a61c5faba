/* Draws the questions of a check: the same for the same trainee and try, other cases on the next try while there are any. */

/**
 * @typedef {object} CourseDraw
 * @property {(module: CourseModule, number: number, seed: number, attempt: number) => { group: number, variant: number }[]}
 *   draw of a module with its number; attempts count from 0
 * @property {(module: CourseModule, topic: string, wrong: { group: number, isWrong: boolean }, seed: number, day: number) =>
 *   { group: number, variant: number } | null} one a question about a decision: about the case that went wrong as long as it
 *   does, then about others, another on another day
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

  /* What is decided is asked half of the time; a case that comes again is asked about in another way. */
  /** @type {(size: number, next: () => number, times: number) => number} */
  const choose = (size, next, times) => ((next() < 0.5 ? 0 : Math.floor(next() * size)) + times) % size;

  /** @type {(groups: number[], times: number[], many: number) => number[]} */
  const pick = (groups, times, many) =>
    [...groups].sort((one, other) => times[one] - times[other]).slice(0, Math.max(0, many));

  /* How many cases of a try must be right: a third, but no more than leaves some for the tries to come. At least one, even
     if it was asked before: nobody passes without. */
  /** @type {(asks: number, critical: number, freshCritical: number, freshOthers: number) => number} */
  const shareOf = (asks, critical, freshCritical, freshOthers) => {
    const tries = Math.max(1, Math.floor((freshCritical + freshOthers) / asks));
    const spread = Math.min(Math.ceil(asks / 3), Math.ceil(freshCritical / tries));
    const wanted = Math.min(critical, Math.max(1, spread));
    return Math.min(critical, Math.max(wanted, Math.min(freshCritical, asks - freshOthers)));
  };

  /** @type {CourseDraw["draw"]} */
  const draw = ({ asks, sizes, critical }, number, seed, attempt) => {
    const others = sizes.map((_, group) => group).filter((group) => !critical.includes(group));
    const grave = shuffle(critical, random(seed, number, 1));
    const rest = shuffle(others, random(seed, number, 2));
    const times = sizes.map(() => 0); // how often each case was asked in the tries before
    /** @type {number[]} */
    let drawn = [];
    for (let at = 0; at <= attempt; at++) {
      for (const group of drawn) {
        times[group] += 1;
      }
      const round = Math.min(...times);
      const [freshCritical, freshOthers] = [grave, rest].map(
        (some) => some.filter((one) => times[one] === round).length,
      );
      const share = shareOf(asks, grave.length, freshCritical, freshOthers);
      const first = pick(grave, times, share);
      const second = pick(rest, times, asks - first.length);
      const left = grave.filter((one) => !first.includes(one));
      drawn = [...first, ...second, ...pick(left, times, asks - first.length - second.length)];
    }
    return shuffle(drawn, random(seed, number, 3, attempt)).map((group) => ({
      group,
      variant: choose(sizes[group], random(seed, number, 5, group), times[group]),
    }));
  };

  /** @type {CourseDraw["one"]} */
  const one = ({ topics, sizes }, topic, { group: before, isWrong }, seed, day) => {
    const groups = topics.map((_, group) => group).filter((group) => topics[group] === topic);
    if (!groups.length || (isWrong && groups.includes(before))) {
      return groups.length ? { group: before, variant: 0 } : null;
    }
    const next = random(seed, day, 4);
    const others = groups.filter((group) => group !== before);
    const some = others.length ? others : groups;
    const group = some[Math.floor(next() * some.length)];
    return { group, variant: choose(sizes[group], next, 0) };
  };

  playbook.courseDraw = { draw, one };
})();
