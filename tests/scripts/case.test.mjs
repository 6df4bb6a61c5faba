/* When something is due, and a case as it is kept, put into a link and told in a note. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inZone, load } from "./load.mjs";

const { clock, caseFiles } = load("case-note.js", "case-clock.js", "case-file.js");
const CALENDAR = { weekend: [0, 6], closed: ["2026-12-24", "2026-12-25"] };

const DUE = [
  ["15m", "2026-11-25T12:22:00Z", "2026-11-25T12:37:00Z"],
  ["4h", "2026-11-25T22:22:00Z", "2026-11-26T02:22:00Z"],
  ["3d", "2026-12-30T12:00:00Z", "2027-01-02T12:00:00Z"],
  ["2w", "2026-11-25T12:00:00Z", "2026-12-09T12:00:00Z"],
  ["1mo", "2027-01-31T12:00:00Z", "2027-02-28T12:00:00Z"],
  ["3mo", "2026-11-30T12:00:00Z", "2027-02-28T12:00:00Z"],
  ["12mo", "2028-02-29T12:00:00Z", "2029-02-28T12:00:00Z"],
  ["1bd", "2026-11-27T15:00:00Z", "2026-11-30T15:00:00Z"], // a Friday
  ["2bd", "2026-11-28T15:00:00Z", "2026-12-02T00:00:00Z"], // a Saturday: as if it came when Monday began
  ["1bd", "2026-11-27T23:59:00Z", "2026-11-30T23:59:00Z"],
  ["1bd", "2026-11-28T00:01:00Z", "2026-12-01T00:00:00Z"],
  ["1bd", "2026-12-24T09:00:00Z", "2026-12-29T00:00:00Z"], // a day that is closed
  ["1bd", "2026-12-23T15:00:00Z", "2026-12-28T15:00:00Z"], // before two days off and a weekend
];
for (const [limit, from, end] of DUE) {
  test(`${limit} after ${from} is ${end}`, () => {
    assert.equal(clock.due(new Date(from), limit, CALENDAR).getTime(), Date.parse(end));
  });
}

test("what is no time limit has no end", () => {
  for (const limit of ["", "4", "soon", "4 h", "-4h", "4H"]) {
    assert.equal(clock.due(new Date("2026-11-25"), limit, CALENDAR), null, limit);
  }
  assert.equal(clock.due(new Date("nonsense"), "4h", CALENDAR), null);
});

test("where every day is off, a business day does not count for ever", () => {
  const never = { weekend: [0, 1, 2, 3, 4, 5, 6], closed: [] };
  assert.equal(clock.due(new Date("2026-11-25"), "2bd", never).getTime(), Date.parse("2026-11-25"));
});

test("what came later is never due earlier", () => {
  const from = Date.parse("2026-12-18T00:00:00Z"); // across weekends and days that are closed
  for (const limit of ["0bd", "1bd", "2bd", "5bd", "4h", "3d", "2w"]) {
    let [before, at] = [0, from];
    for (let minutes = 0; minutes < 14 * 24 * 60; minutes += 61) {
      const end = clock.due(new Date(from + minutes * 60_000), limit, CALENDAR).getTime();
      assert.ok(
        end >= before,
        `${limit}: what came at ${new Date(from + minutes * 60_000).toISOString()} is due before ${new Date(at).toISOString()}`,
      );
      assert.ok(end >= from + minutes * 60_000, `${limit} is over before it began`);
      [before, at] = [end, before];
    }
  }
});

test("a date that is some business days after a day off is the same in a letter and in the bar", () => {
  assert.equal(clock.dueDay("2026-11-28", "1bd", CALENDAR), "2026-11-30", "a Saturday: to the end of Monday");
  assert.equal(clock.dueDay("2026-11-27", "1bd", CALENDAR), "2026-11-30");
});

test("in the bar a day of this week is told by its name", () => {
  const now = new Date("2026-12-29T13:00:00Z");
  const told = ["2026-12-29T16:22:00Z", "2027-01-03T16:22:00Z", "2026-12-27T16:22:00Z", "2027-01-05T16:22:00Z"];
  assert.deepEqual(
    told.map((end) => clock.until(new Date(end), now)),
    ["16:22 UTC", "Sun 16:22 UTC", "Sun 16:22 UTC", "Tue 5 Jan 2027 16:22 UTC"],
  );
});

const HURRIES = [
  ["2026-11-25T12:00:00Z", "calm"],
  ["2026-11-25T14:39:00Z", "calm"],
  ["2026-11-25T14:40:00Z", "soon"],
  ["2026-11-25T16:00:00Z", "soon"],
  ["2026-11-25T16:01:00Z", "over"],
];
for (const [now, hurry] of HURRIES) {
  test(`of four hours from 12:00, at ${now} it is ${hurry}`, () => {
    const [from, end] = ["2026-11-25T12:00:00Z", "2026-11-25T16:00:00Z"];
    assert.equal(clock.hurry(new Date(from), new Date(end), new Date(now)), hurry);
  });
}

test("the reader's own clock is told beside UTC, with the day if it is another there", (test) => {
  inZone("Europe/Berlin", test);
  assert.equal(clock.here(new Date("2026-11-25T02:10:00Z")), "02:10 UTC, 03:10 here");
  assert.equal(clock.here(new Date("2026-11-25T23:30:00Z")), "23:30 UTC, Thu 26 Nov 00:30 here");
});

test("an arrival is of a year that a case can be of", () => {
  assert.equal(caseFiles.arrival("2026-11-25T02:10"), "2026-11-25T02:10:00Z");
  for (const text of [
    "",
    "112026-11-25T02:10",
    "+112026-11-25T02:10",
    "1999-12-31T23:59",
    "2101-01-01T00:00",
    "0002-01-01T00:00",
  ]) {
    assert.equal(caseFiles.arrival(text), "", text);
  }
});

test("a date in a letter is today, or so long after it", () => {
  assert.equal(clock.dueDay("2026-11-30", "today", CALENDAR), "2026-11-30");
  assert.equal(clock.dueDay("2026-11-30", "14d", CALENDAR), "2026-12-14");
  assert.equal(clock.dueDay("2026-08-31", "6mo", CALENDAR), "2027-02-28");
  assert.equal(clock.dueDay("2026-11-30", "nonsense", CALENDAR), "");
});

const SAID = [
  ["2026-11-25T16:22:00Z", "16:22 UTC", "3 h 22 min left"],
  ["2026-11-25T13:05:00Z", "13:05 UTC", "5 min left"],
  ["2026-11-25T12:48:00Z", "12:48 UTC", "12 min over"],
  ["2026-11-28T12:22:00Z", "Sat 28 Nov 12:22 UTC", "2 d 23 h left"],
  ["2026-11-26T12:00:00Z", "Thu 26 Nov 12:00 UTC", "23 h 0 min left"],
  ["2027-01-01T00:00:00Z", "Fri 1 Jan 2027 00:00 UTC", "36 days left"],
];
for (const [end, said, left] of SAID) {
  test(`at 13:00, ${end} reads: ${said}, ${left}`, () => {
    const now = new Date("2026-11-25T13:00:00Z");
    assert.deepEqual([clock.said(new Date(end), now), clock.left(new Date(end), now)], [said, left]);
  });
}

const at = (minute) => `2026-11-25T14:${String(minute).padStart(2, "0")}:00Z`;
const step = (part, minute) => ({
  at: at(minute),
  kind: "step",
  id: "restore",
  version: "3.0",
  title: part,
  part,
  lines: [],
  severity: "",
});
const walk = (title, minute) => ({
  ...step("#walk=3.0/a", minute),
  kind: "walk",
  id: "takeover",
  title,
  lines: ["Who? Me"],
});
const letter = (part, minute) => ({ ...step(part, minute), kind: "letter", id: "locked", title: "We locked it" });
const opened = () => caseFiles.begin(new Date(at(0)));
const done = (...entries) => entries.reduce((file, entry) => caseFiles.apply(file, { done: entry }), opened());
const told = (file) => file.entries.map(({ kind, title, part, at }) => `${kind} ${title} ${part} ${at.slice(14, 16)}`);

test("what is done again counts once, at its last time; another walk in between stays", () => {
  assert.deepEqual(told(done(walk("Lock", 1), walk("Wait", 2))), ["walk Wait #walk=3.0/a 02"]);
  assert.deepEqual(told(done(letter("en", 1), step("read", 2), letter("en", 3))), [
    "step read read 02",
    "letter We locked it en 03",
  ]);
  assert.equal(done(letter("en", 1), letter("es", 2)).entries.length, 2);
  assert.equal(done(walk("Lock", 1), step("read", 2), walk("Wait", 3)).entries.length, 3);
});

test("a step can be taken back, and only that one", () => {
  const file = caseFiles.apply(done(step("read", 1), step("lock", 2)), {
    undone: { kind: "step", id: "restore", part: "read" },
  });
  assert.deepEqual(told(file), ["step lock lock 02"]);
});

test("a step was either done or did not apply", () => {
  const skip = { ...step("read", 3), kind: "skip" };
  assert.deepEqual(told(done(step("read", 1), step("lock", 2), skip)), ["step lock lock 02", "skip read read 03"]);
  assert.match(caseFiles.plain(done(skip)), /14:03 UTC does not apply: read \(restore#read 3.0\)/);
});

test("a decision that was taken back sets no severity, and is told where something followed it", () => {
  const decided = { ...walk("Lock", 1), severity: "S0" };
  const undone = { kind: "walk", id: "takeover", part: decided.part };
  assert.deepEqual(told(caseFiles.apply(done(decided), { undone })), []);
  const file = caseFiles.apply(done(decided, step("read", 2)), { undone });
  assert.equal(caseFiles.severe(file), undefined);
  assert.match(caseFiles.plain(file), /decided: Lock.*\n.*\n {4}Taken back/);
  assert.deepEqual(caseFiles.apply(file, { undone }), file, "once");
});

const FULL = caseFiles.apply(done(walk("Lock", 6), step("read", 7), letter("en", 9)), {
  facts: { number: "LH-204821", name: "Søren 山田 👩‍💻", country: "Spain", words: "Rang twice.\n\nNo *answer*." },
  typed: { item: "the *page*\n`x`" },
});

test("a link holds the whole case", () => {
  const hash = caseFiles.link(FULL);
  assert.match(hash, /^#case=[\w-]+$/);
  assert.deepEqual(caseFiles.fromLink(hash), FULL);
});

test("what is no case, or was cut off, is none", () => {
  const hash = caseFiles.link(FULL);
  for (const text of [
    "",
    "#case=",
    "#read",
    "#case=%%%",
    hash.slice(0, -40),
    "#case=bnVsbA",
    "#case=W10",
    "#case=e30",
  ]) {
    assert.equal(caseFiles.fromLink(text), null, text);
  }
  for (const text of [null, "", "null", "[]", "3", '"x"', "{", '{"entries":3}']) {
    assert.equal(caseFiles.read(text), null, String(text));
  }
});

test("of a case that somebody else wrote, only texts that we know are taken", () => {
  const wild = {
    number: { toString: 1 },
    name: "x".repeat(9000),
    arrived: "yesterday",
    typed: { item: 3, __proto__: { a: 1 } },
    entries: [
      null,
      3,
      { kind: "script", id: "a", at: at(1) },
      { kind: "step", id: "a", at: at(1), lines: "no", title: [] },
    ],
    extra: 1,
  };
  const file = caseFiles.read(JSON.stringify(wild));
  const texts = ["key", "number", "name", "country", "arrived", "language", "words"];
  assert.deepEqual(Object.keys(file), [...texts, "typed", "entries"]);
  assert.deepEqual([file.number, file.name.length, file.arrived, file.typed], ["", 2000, "", { item: "" }]);
  assert.deepEqual(file.entries, [{ ...step("", 1), id: "a", version: "", title: "" }]);
});

test("the note says what was done, when, and by which version", () => {
  assert.equal(
    caseFiles.plain(FULL),
    `LH-204821 · Søren 山田 👩‍💻 · Spain · arrived 2026-11-25 14:00 UTC
- 2026-11-25 14:06 UTC decided: Lock (takeover 3.0)
    Who? Me
- 2026-11-25 14:07 UTC done: read (restore#read 3.0)
- 2026-11-25 14:09 UTC copied: We locked it (locked 3.0, en)
Rang twice.
No *answer*.`,
  );
});

test("the last decision that sets a severity sets that of the case", () => {
  const sets = (severity, minute) => ({ ...walk(severity || "None", minute), severity });
  assert.equal(caseFiles.severe(done(step("read", 1), sets("", 2))), undefined);
  const file = done(sets("S0", 1), step("read", 2), sets("", 3), sets("S2", 4), step("lock", 5));
  assert.equal(caseFiles.severe(file).severity, "S2");
});

test("the note as Markdown shows what was typed as it was typed", () => {
  const file = caseFiles.apply(opened(), {
    facts: { number: "*1* <b>" },
    done: { ...walk("a_b", 6), lines: ["- `x` [y](z)"] },
  });
  assert.equal(
    caseFiles.markdown(file),
    `**\\*1\\* \\<b\\> · arrived 2026-11-25 14:00 UTC**

- 2026-11-25 14:06 UTC decided: **a\\_b** (\`takeover 3.0\`)
    - \\- \\\`x\\\` \\[y\\](z)`,
  );
});
