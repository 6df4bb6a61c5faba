/* What a course keeps, draws, opens and brings back, without a page. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const scripts = [
  ...["kept/ts-fsrs.js", "course-digest.js", "course-state.js", "course-draw.js", "course-again.js"],
  ...["course-route.js", "course-marks.js"],
];
const { courseDigest, courseState, courseDraw, courseAgain, courseRoute, courseMarks } = load(...scripts);
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

/** @type {(module: any, seed: number, tries: number) => number[][]} */
const triesOf = (module, seed, tries) =>
  Array.from({ length: tries }, (_, attempt) => courseDraw.draw(module, 3, seed, attempt).map(({ group }) => group));

const BANKS = /** @type {[groups: number, critical: number[]][]} */ ([
  [40, [0, 1, 2, 3, 4, 5]],
  [20, [0, 1, 2, 3, 4, 5]],
  [20, [7, 12]],
  [17, [1, 3, 4, 6]],
  [9, [0, 1, 2, 3, 4, 5, 6]],
  [10, []],
  [10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [4, [3, 1]],
  [2, []],
]);
for (const [groups, critical] of BANKS) {
  test(`no case of ${groups}, ${critical.length} of them critical, is asked again while there are others`, () => {
    const module = moduleOf(groups, critical);
    const tries = Math.floor(groups / module.asks);
    for (const seed of [1, 7, 2 ** 31 - 1]) {
      const asked = triesOf(module, seed, tries);
      const grave = asked.map((one) => one.filter((group) => critical.includes(group)).length);
      // Nobody passes without a case that must be right: where all of them were asked, one comes again.
      const again = asked.filter((_, n) => critical.length && n >= critical.length).length;
      assert.ok(asked.every((one) => one.length === module.asks && new Set(one).size === module.asks));
      assert.ok(!critical.length || grave.every((many) => many >= 1), `critical cases in each try: ${grave}`);
      assert.ok(new Set(asked.flat()).size >= module.asks * tries - again, `seed ${seed}: ${asked.join(" | ")}`);
      const [first, second] = asked;
      assert.ok(critical.length === 1 || !second || first.every((group) => !second.includes(group)));
    }
  });
}

test("a case that must be right and has no other is asked about in another way", () => {
  const module = moduleOf(10, [4]);
  const variants = [0, 1, 2].map(
    (attempt) => courseDraw.draw(module, 1, 5, attempt).find(({ group }) => group === 4)?.variant,
  );
  assert.deepEqual([...variants].sort(), [0, 1, 2]);
});

test("after all cases were asked, each of them comes again", () => {
  const module = moduleOf(10, [0]);
  const times = Array.from({ length: 10 }, () => 0);
  for (const group of triesOf(module, 11, 40).flat()) {
    times[group] += 1;
  }
  const others = times.slice(1);
  assert.ok(Math.max(...others) < 2 * Math.min(...others), `${times}`);
});

test("what comes back is the case that went wrong, until it is right; then others of the decision", () => {
  const module = { ...moduleOf(6), topics: ["a", "a", "a", "b", "b", "c"] };
  const one = (/** @type {string} */ topic, /** @type {number} */ group, /** @type {boolean} */ isWrong) =>
    [1, 2, 3, 4].map((day) => courseDraw.one(module, topic, { group, isWrong }, 9, day));
  assert.ok(one("a", 1, true).every((picked) => picked?.group === 1 && picked.variant === 0));
  assert.ok(one("a", 1, false).every((picked) => picked && [0, 2].includes(picked.group)));
  assert.ok(
    one("c", 5, false).every((picked) => picked?.group === 5),
    "the only case of its decision",
  );
  assert.ok(
    one("b", 1, true).every((picked) => picked && [3, 4].includes(picked.group)),
    "a case of another decision",
  );
  assert.equal(one("nothing", 0, true)[0], null);
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
      const grave = Math.min(critical.length, 1);
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
  modules: Array.from({ length: 25 }, () => moduleOf(40)),
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
        { day: 20000 + m + n, stability: 36500, difficulty: 10, group: m * 40 + n, isWrong: n % 2 === 0 },
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
  const found = courseState.read(PLAN, "a|module-1|zz|9999:0.0:0.0 x:y 1:0.01:|zzz.1.1.1 0.0.0.0|0|%E6");
  assert.deepEqual([...found.checks.keys()], [1]);
  assert.equal(found.cards.size, 0);
});

test("what was wrong comes back, later each time that it is right", () => {
  assert.equal(courseAgain.rate(undefined, true, 100, 0), null);
  let card = courseAgain.rate(undefined, false, 100, 3);
  assert.ok(card);
  assert.equal(courseAgain.due(card), 101);
  let last = 1;
  for (let n = 0; n < 4; n++) {
    card = courseAgain.rate(card, true, courseAgain.due(/** @type {any} */ (card)), 8);
    assert.deepEqual([card?.group, card?.isWrong], [3, false]);
    const wait = courseAgain.due(/** @type {any} */ (card)) - /** @type {any} */ (card).day;
    assert.ok(wait > last, `${wait} days after ${last}`);
    last = wait;
  }
  card = courseAgain.rate(card, false, courseAgain.due(/** @type {any} */ (card)), 8);
  assert.deepEqual([card?.group, card?.isWrong], [8, true]);
  assert.ok(courseAgain.due(/** @type {any} */ (card)) - /** @type {any} */ (card).day < last);
});

test("a card that was written and read comes back on the same day", () => {
  const card = courseAgain.rate(undefined, false, 20000, 2 * 40 + 3);
  const progress = { ...full(), cards: new Map([["tree-3-of-2", /** @type {any} */ (card)]]) };
  const [kept] = courseState.read(PLAN, courseState.write(PLAN, progress)).cards.values();
  assert.equal(courseAgain.due(kept), courseAgain.due(/** @type {any} */ (card)));
});

test("of what comes back today, what is still wrong comes first", () => {
  const at = (/** @type {number} */ day, /** @type {boolean} */ isWrong) => ({
    day,
    stability: 1,
    difficulty: 5,
    group: 0,
    isWrong,
  });
  const cards = new Map([
    ["right long ago", at(10, false)],
    ["wrong today", at(99, true)],
    ["wrong", at(90, true)],
    ["wrong long ago", at(20, true)],
  ]);
  assert.deepEqual(courseAgain.today(cards, 99), ["wrong long ago", "wrong", "right long ago"]);
});

const SMALL = {
  ...PLAN,
  modules: [
    { ...moduleOf(0), title: "First", lessons: [{ activity: "read", title: "A", page: "a.html", minutes: 60 }] },
    {
      ...moduleOf(4),
      title: "Second",
      lessons: [
        { activity: "read", title: "B", page: "b.html", minutes: 20 },
        { activity: "practise", title: "B", page: "b.html", minutes: 6, cases: ["x"] },
        { activity: "compose", title: "C", page: "c.html", minutes: 4, scenario: "S" },
        { activity: "check", title: "Check", minutes: 10 },
      ],
    },
    {
      ...moduleOf(0),
      title: "Keep",
      taught: false,
      lessons: [{ activity: "read", title: "D", page: "d.html", minutes: 9 }],
    },
  ],
};
const route = courseRoute(/** @type {any} */ (SMALL));

const PLACES = /** @type {[place: string, name: string, back: string, next: string][]} */ ([
  ["start", "Start", "", "module-1"],
  ["module-1", "First", "start", "lesson-1-1"],
  ["lesson-1-1", "A", "module-1", "module-2"],
  ["lesson-2-2", "Practise: B", "lesson-2-1", "lesson-2-3"],
  ["lesson-2-3", "Write: C", "lesson-2-2", "lesson-2-4"],
  ["lesson-2-4", "Check of module 2", "lesson-2-3", "module-3"],
  ["module-3", "Keep", "lesson-2-4", "end"],
  ["end", "Finish and sign", "module-3", ""],
]);
for (const [place, name, back, next] of PLACES) {
  test(`${place} is called ${name}, after ${back || "nothing"} and before ${next || "nothing"}`, () => {
    assert.ok(route.isKnown(place));
    assert.equal(route.nameOf(place), name);
    assert.deepEqual(route.around(place, "start"), { back, next });
  });
}

test("an address that is none is unknown, whatever is in it", () => {
  for (const name of [
    "",
    "x",
    "lesson-9-9",
    "lesson-3-1",
    "module-4",
    "page-",
    "page-%E6",
    "constructor",
    "__proto__",
  ]) {
    assert.equal(route.isKnown(name), false, name);
    assert.equal(route.nameOf(name), name === "lesson-3-1" ? "D" : "Start", name);
  }
});

test("a page beside the course leads back; a link to the page that one came from leads there", () => {
  const beside = route.beside("d.html#part");
  assert.equal(route.pageOf(beside), "d.html#part");
  assert.deepEqual(route.around(beside, "lesson-2-1"), { back: "lesson-2-1", next: "" });
  assert.equal(route.follow("b.html#x", "lesson-2-1"), "lesson-2-1");
  assert.equal(route.follow("a.html", "lesson-2-1"), route.beside("a.html"));
  assert.equal(route.known("d.html#part")?.title, "D");
});

test("what is done is counted in minutes, and a check is done while a try of it is enough", () => {
  const marks = courseMarks(/** @type {any} */ (SMALL));
  const progress = courseState.read(/** @type {any} */ (SMALL), "");
  assert.deepEqual([marks.tally(progress).percent, marks.tally(progress).left], [0, 100]);
  assert.ok(marks.finish(progress, 1, 1));
  assert.equal(marks.finish(progress, 1, 1), false);
  const half = marks.tally(progress);
  assert.deepEqual(
    [half.percent, half.left, half.modules[0]],
    [60, 40, { lessons: [true], percent: 100, isDone: true }],
  );
  assert.deepEqual(half.modules[2], { lessons: [false], percent: 0, isDone: false });
  const answered = { number: 0, answers: [{ place: 0, isRight: true }] };
  progress.checks.set(2, { now: answered, best: answered });
  marks.settle(progress, () => true);
  assert.ok(marks.isDone(progress, 2, 4));
  marks.settle(progress, () => false);
  assert.equal(marks.isDone(progress, 2, 4), false);
  assert.deepEqual([0, 59, 60, 125].map(marks.spell), ["0 min", "59 min", "1 h", "2 h 05"]);
});

test("the library that is kept here is the one that was published", {
  skip: !existsSync(published) && !process.env.CI && "npm did not get it",
}, () => {
  const kept = readFileSync(new URL("../../generator/publishing/assets/kept/ts-fsrs.js", import.meta.url), "utf8");
  const code = readFileSync(published, "utf8").replace(/\/\/# sourceMappingURL.*/, "");
  assert.ok(kept.includes(code.trim()));
});
