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

  /* How many cases of a try must be right: a third, but no more than leaves some for the tries to come. At least one, even
     if it was asked before: nobody passes without. */
  /** @type {(asks: number, critical: number, freshCritical: number, freshOthers: number) => number} */
  const shareOf = (asks, critical, freshCritical, freshOthers) => {
    const tries = Math.max(1, Math.floor((freshCritical + freshOthers) / asks));
    const spread = Math.min(Math.ceil(asks / 3), Math.ceil(freshCritical / tries));
    const wanted = Math.min(critical, Math.max(1, spread));
    return Math.min(critical, Math.max(wanted, Math.min(freshCritical, asks - freshOthers)));
  };

  /**
   * What the tries so far have asked: by group, and by limit, the number of the last try (from 1), or 0.
   *
   * @typedef {object} CourseSpent
   * @property {number[]} groups
   * @property {number[]} limits
   */

  /* Those first that were asked about longest ago. */
  /** @type {(some: number[], spent: number[]) => number[]} */
  const byAge = (some, spent) => [...some].sort((one, other) => spent[one] - spent[other]);

  /**
   * Both sides of as many limits as half of the check has room for, but of one at least; where there is no room for two
   * questions beside those that must be right, one side, and the other one in the next try. What the try before asked is
   * not asked again, unless a limit would wait for a third try.
   *
   * @type {(module: CourseModule, turn: number[], spent: CourseSpent, attempt: number, grave: number) => [number, number][]}
   */
  const drawSides = ({ asks, critical, limits }, turn, spent, attempt, grave) => {
    /** @type {number[]} */
    const chosen = [];
    /** @type {[number, number][]} */
    const pairs = [];
    const rest = () => Math.max(0, grave - chosen.filter((group) => critical.includes(group)).length);
    for (const limit of byAge(turn, spent.limits)) {
      const last = (/** @type {number[]} */ pair) => Math.max(...pair.map((group) => spent.groups[group]));
      const [pair] = [...limits[limit]].sort((one, other) => last(one) - last(other));
      const fresh = pair.filter((group) => !chosen.includes(group));
      const length = chosen.push(...fresh);
      const isNew = !attempt || last(pair) < attempt || spent.limits[limit] < attempt - 1;
      if (length <= Math.max(2, asks >> 1) && length + rest() <= asks && isNew) {
        spent.limits[limit] = attempt + 1;
        pairs.push(pair);
      } else {
        chosen.length -= fresh.length;
      }
    }
    if (!pairs.length && turn.length) {
      const [limit] = byAge(turn, spent.limits);
      const [side] = byAge(limits[limit].flat(), spent.groups);
      const isFit = asks > grave || critical.includes(side);
      if (isFit && (!attempt || spent.groups[side] < attempt)) {
        spent.limits[limit] = attempt + 1;
        pairs.push([side, side]);
      }
    }
    return pairs;
  };

  /* Sides of a limit do not come right after each other, where others can come between. */
  /** @type {(some: number[], pairs: number[][], next: () => number) => number[]} */
  const mix = (some, pairs, next) => {
    const isClose = (/** @type {number[]} */ mixed) =>
      pairs.some(([one, other]) => Math.abs(mixed.indexOf(one) - mixed.indexOf(other)) === 1);
    let mixed = shuffle(some, next);
    for (let tries = 0; tries < 20 && isClose(mixed); tries++) {
      mixed = shuffle(mixed, next);
    }
    return mixed;
  };

  /** @type {CourseDraw["draw"]} */
  const draw = (module, number, seed, attempt) => {
    const { asks, sizes, critical, limits } = module;
    const order = shuffle([...sizes.keys()], random(seed, number, 1));
    const turn = shuffle([...limits.keys()], random(seed, number, 2));
    const sides = new Set(limits.flat(2));
    const isGrave = (/** @type {number} */ group) => critical.includes(group);
    const spent = { groups: sizes.map(() => 0), limits: limits.map(() => 0) };
    /** @type {Set<number>} */
    let drawn = new Set();
    /** @type {[number, number][]} */
    let pairs = [];
    const times = sizes.map(() => 0); // how often each case was asked in the tries before
    for (let now = 0; now <= attempt; now++) {
      for (const group of drawn) {
        times[group] += 1;
      }
      const unasked = order.filter((group) => times[group] === Math.min(...times));
      const freshCritical = unasked.filter(isGrave).length;
      const grave = shareOf(asks, critical.length, freshCritical, unasked.length - freshCritical);
      pairs = drawSides(module, turn, spent, now, grave);
      drawn = new Set(pairs.flat());
      const fresh = byAge(order, spent.groups).filter((group) => !now || spent.groups[group] < now);
      const fill = [
        ...fresh.filter((group) => !sides.has(group)), // sides are for the tries in which their limit has its turn
        ...fresh,
        ...byAge(order, spent.groups),
      ];
      for (const group of fill.filter(isGrave)) {
        if ([...drawn].filter(isGrave).length < grave) {
          drawn.add(group);
        }
      }
      for (const group of [...fill.filter((one) => !isGrave(one) && fresh.includes(one)), ...fill]) {
        if (drawn.size < asks) {
          drawn.add(group);
        }
      }
      for (const group of drawn) {
        spent.groups[group] = now + 1;
      }
    }
    const next = random(seed, number, 3, attempt);
    const asked = new Set(pairs.flat());
    const held = limits.flat().filter((pair) => pair.every((group) => drawn.has(group)));
    return mix([...drawn], held, next).map((group) => {
      const variant = choose(sizes[group], random(seed, number, 5, group), times[group]);
      return { group, variant: asked.has(group) ? 0 : variant };
    });
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
