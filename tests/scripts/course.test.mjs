/* What a course keeps, draws, opens and brings back, without a page. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const scripts = ["kept/ts-fsrs.js", "course-digest.js", "course-state.js", "course-draw.js", "course-again.js"];
const { courseDigest, courseState, courseDraw, courseAgain } = load(...scripts);
const published = new URL("../../.cache/node/node_modules/ts-fsrs/dist/index.umd.js", import.meta.url);

test("hashes are those of everybody's SHA-256", () => {
  for (const size of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length: size }, (_, n) => (n * 31) % 256);
    const wanted = createHash("sha256").update(bytes).digest("hex");
    assert.equal(Buffer.from(courseDigest.sha256(bytes)).toString("hex"), wanted, `${size} bytes`);
  }
});

/** @type {(groups: number, critical?: number[], limits?: [number, number][][]) => any} */
const moduleOf = (groups, critical = [], limits = []) => ({
  title: "M",
  taught: true,
  lessons: Array.from({ length: 40 }, () => ({ activity: "read", title: "P", page: "p.html", minutes: 1 })),
  asks: Math.min(5, Math.max(1, Math.floor(groups / 2))),
  topics: Array.from({ length: groups }, (_, n) => `tree-${n}`),
  sizes: Array.from({ length: groups }, () => 3),
  critical,
  limits,
});

test("the second try asks about other cases", () => {
  for (const [groups, critical] of /** @type {[number, number[]][]} */ ([
    [20, [0, 1, 2, 3, 4, 5]],
    [10, []],
    [10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [4, [3, 1]],
    [2, []],
  ])) {
    const module = moduleOf(groups, critical);
    for (const seed of [1, 7, 2 ** 31 - 1]) {
      const [first, second] = [0, 1].map((attempt) => courseDraw.draw(module, 3, seed, attempt));
      const cases = [...first, ...second].map(({ group }) => group);
      assert.equal(first.length, module.asks);
      assert.equal(new Set(cases).size, cases.length, `${groups} cases, seed ${seed}`);
    }
  }
});

test("each draw has cases that must be right, and no case twice", () => {
  const module = moduleOf(20, [0, 5, 9, 12]);
  for (let attempt = 0; attempt < 12; attempt++) {
    const groups = courseDraw.draw(module, 1, 99, attempt).map(({ group }) => group);
    assert.equal(new Set(groups).size, groups.length);
    assert.equal(groups.filter((group) => module.critical.includes(group)).length, 2);
  }
});

test("another trainee has other questions, the same one the same", () => {
  const module = moduleOf(20);
  const drawn = (/** @type {number} */ seed) => JSON.stringify(courseDraw.draw(module, 1, seed, 0));
  assert.equal(drawn(5), drawn(5));
  assert.ok(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(drawn)).size > 6);
});

/* Limits of a module: each with pairs of the groups on its two sides. */
/** @type {[string, number, number[], [number, number][][]][]} */
const LIMITED = [
  ["a limit", 20, [], [[[0, 1]]]],
  [
    "a limit with cases for every try",
    20,
    [2, 9],
    [
      [
        [0, 1],
        [2, 3],
        [4, 5],
        [6, 7],
      ],
    ],
  ],
  [
    "three limits in a row",
    20,
    [0, 7, 8, 9, 10, 11],
    [
      [
        [0, 1],
        [4, 5],
      ],
      [[1, 2]],
      [
        [2, 3],
        [5, 6],
      ],
    ],
  ],
  ["more limits than tries", 20, [], Array.from({ length: 7 }, (_, n) => [[2 * n, 2 * n + 1]])],
  ["sides that must be right", 10, [0, 1, 2, 3], [[[0, 1]], [[2, 3]]]],
  ["a check of two", 4, [], [[[0, 1]]]],
];
const SEEDS = [1, 7, 99, 12345, 2 ** 31 - 1];
/** @type {(module: any, seed: number, attempt: number) => number[]} */
const groupsOf = (module, seed, attempt) =>
  courseDraw.draw(module, 1, seed, attempt).map((/** @type {any} */ { group }) => group);
/** @type {(drawn: number[], limit: [number, number][]) => [number, number] | undefined} */
const heldPair = (drawn, limit) => limit.find((pair) => pair.every((group) => drawn.includes(group)));

for (const [what, groups, critical, limits] of LIMITED) {
  test(`${what}: the first draw has both sides of one, and twice as many as there are limits have all`, () => {
    const module = moduleOf(groups, critical, limits);
    for (const seed of SEEDS) {
      const tries = Array.from({ length: 2 * limits.length }, (_, attempt) => groupsOf(module, seed, attempt));
      assert.ok(limits.some((limit) => heldPair(tries[0], limit)));
      for (const limit of limits) {
        assert.ok(
          tries.some((drawn) => heldPair(drawn, limit)),
          `seed ${seed}`,
        );
      }
      assert.ok(tries.every((drawn) => drawn.length === module.asks && new Set(drawn).size === drawn.length));
      const grave = Math.min(critical.length, Math.ceil(module.asks / 3));
      assert.ok(tries.every((drawn) => drawn.filter((group) => critical.includes(group)).length >= grave));
      const [first, second] = tries;
      const again = first.filter((group) => second.includes(group));
      assert.ok(again.length <= Math.max(0, 2 * grave - critical.length), "only cases that must be right, if few are");
      assert.ok(again.every((group) => critical.includes(group)));
    }
  });
}

test("a limit with cases for every try is asked on both sides in every try, by what is decided", () => {
  const [, groups, critical, limits] = LIMITED[1];
  const module = moduleOf(groups, critical, limits);
  for (const seed of SEEDS) {
    for (let attempt = 0; attempt < 9; attempt++) {
      const drawn = courseDraw.draw(module, 1, seed, attempt);
      const pair = heldPair(
        drawn.map((/** @type {any} */ { group }) => group),
        limits[0],
      );
      assert.ok(pair, `try ${attempt}`);
      const sides = drawn.filter((/** @type {any} */ { group }) => pair.includes(group));
      assert.deepEqual(
        sides.map((/** @type {any} */ { variant }) => variant),
        [0, 0],
      );
      const places = pair.map((group) => drawn.findIndex((/** @type {any} */ one) => one.group === group));
      assert.ok(Math.abs(places[0] - places[1]) > 1, "one right after the other tells its answer");
    }
  }
});

test("where a draw has no room for both sides, the next one has the other", () => {
  const module = { ...moduleOf(6, [4, 5], [[[0, 1]]]), asks: 2 };
  for (const seed of SEEDS) {
    const sides = [0, 1].map((attempt) => groupsOf(module, seed, attempt).filter((group) => group < 2));
    assert.deepEqual(sides.flat().sort(), [0, 1], `seed ${seed}`);
    assert.deepEqual(
      sides.map(({ length }) => length),
      [1, 1],
    );
  }
  const least = { ...moduleOf(2, [], [[[0, 1]]]), asks: 1 };
  assert.deepEqual([0, 1].flatMap((attempt) => groupsOf(least, 5, attempt)).sort(), [0, 1]);
});

const PLAN = {
  id: "c",
  version: "1.0",
  mark: 80,
  content: "",
  lasts: 0,
  modules: Array.from({ length: 25 }, () => moduleOf(20)),
};
PLAN.modules.forEach((module, m) => {
  module.topics = module.topics.map((/** @type {string} */ name) => `${name}-of-${m}`);
});

const full = () => ({
  seed: 2 ** 31 - 1,
  place: "lesson-25-40",
  done: new Set(PLAN.modules.flatMap((_, m) => Array.from({ length: 40 }, (_, n) => `${m + 1}.${n + 1}`))),
  checks: new Map(
    PLAN.modules.map((_, m) => {
      const answers = Array.from({ length: 5 }, (_, n) => ({ place: n % 4, isRight: n % 2 === 0 }));
      return [m + 1, { now: { number: 999, answers }, best: { number: 998, answers } }];
    }),
  ),
  cards: new Map(
    PLAN.modules.flatMap(({ topics }, m) =>
      topics.map((/** @type {string} */ topic, /** @type {number} */ n) => [
        topic,
        { day: 20000 + m + n, stability: 36500, difficulty: 10 },
      ]),
    ),
  ),
  signed: 20999,
  name: "日本".repeat(30),
});

test("a course of a thousand pages, each check taken a thousand times, fits into 3,500 signs", () => {
  const text = courseState.write(PLAN, full());
  assert.ok(text.length < 3500, `${text.length}`);
  assert.match(text, /^[ -~]*$/, "signs that no system counts as two");
});

test("what was written is read again", () => {
  const text = courseState.write(PLAN, full());
  const found = courseState.read(PLAN, text);
  assert.equal(courseState.write(PLAN, found), text);
  assert.equal(found.done.size, 1000);
  assert.deepEqual(found.checks.get(25)?.best, full().checks.get(25)?.best);
});

test("what is no progress is a new beginning", () => {
  for (const text of ["", "x", "{}", "|", "1|2|3", "\u0000", "🙂"]) {
    const found = courseState.read(PLAN, text);
    assert.deepEqual([found.place, found.done.size, found.checks.size, found.cards.size], ["", 0, 0, 0], text);
  }
});

test("what is damaged costs no more than itself", () => {
  const found = courseState.read(PLAN, "a|module-1|zz|9999:0.0:0.0 x:y 1:0.01:|zz.1.1.1 0.0.0.0|0|%E6");
  assert.deepEqual([...found.checks.keys()], [1]);
  assert.equal(found.cards.size, 0);
});

test("what was wrong comes back, later each time that it is right", () => {
  assert.equal(courseAgain.rate(undefined, true, 100), null);
  let card = courseAgain.rate(undefined, false, 100);
  assert.ok(card);
  assert.equal(courseAgain.due(card), 101);
  let last = 1;
  for (let n = 0; n < 4; n++) {
    card = courseAgain.rate(card, true, courseAgain.due(/** @type {any} */ (card)));
    const wait = courseAgain.due(/** @type {any} */ (card)) - /** @type {any} */ (card).day;
    assert.ok(wait > last, `${wait} days after ${last}`);
    last = wait;
  }
  card = courseAgain.rate(card, false, courseAgain.due(/** @type {any} */ (card)));
  assert.ok(courseAgain.due(/** @type {any} */ (card)) - /** @type {any} */ (card).day < last);
});

test("a card that was written and read comes back on the same day", () => {
  const card = courseAgain.rate(undefined, false, 20000);
  const progress = { ...full(), cards: new Map([["tree-3-of-2", /** @type {any} */ (card)]]) };
  const [kept] = courseState.read(PLAN, courseState.write(PLAN, progress)).cards.values();
  assert.equal(courseAgain.due(kept), courseAgain.due(/** @type {any} */ (card)));
});

test("the library that is kept here is the one that was published", {
  skip: !existsSync(published) && !process.env.CI && "npm did not get it",
}, () => {
  const kept = readFileSync(new URL("../../generator/publishing/assets/kept/ts-fsrs.js", import.meta.url), "utf8");
  const code = readFileSync(published, "utf8").replace(/\/\/# sourceMappingURL.*/, "");
  assert.ok(kept.includes(code.trim()));
});
