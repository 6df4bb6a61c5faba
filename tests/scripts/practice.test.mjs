/* A letter that is written for practice, judged as far as its reply and its case say what is right. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { practiceJudge } = load("practice-judge.js");
const STORY =
  "A member asks on 3 December 2026 why case PR-77121 is closed. She paid 40 on 2026-11-02. She calls herself Sam.";
/** @type {(told: object) => any} */
const place = (told) => ({ label: "Place", type: "text", value: "", example: "", fallback: "", due: "", ...told });

const PLACES = /** @type {[what: string, place: object, words: string][]} */ ([
  ["an empty place", {}, "is still empty"],
  ["nothing but spaces", { value: " \n " }, "is still empty"],
  ["an empty place that has words for that", { fallback: "there" }, ""],
  ["the example", { value: "sam ", example: "Sam" }, "still has the example in it"],
  ["the label", { value: "place" }, "is not filled in, only written over"],
  ["brackets", { value: "[name]" }, "is not filled in, only written over"],
  ["dots", { value: "..." }, "is not filled in, only written over"],
  ["a letter again and again", { value: "xxx" }, "is not filled in, only written over"],
  ["words", { value: "your message came late" }, ""],
  ["words in another script", { value: "李" }, ""],
  ["a word for a number", { type: "number", value: "four" }, "takes a number, in digits"],
  ["a number", { type: "number", value: "4", example: "3" }, ""],
  ["a number with groups", { type: "number", value: "40,000.50" }, ""],
  ["a word for a day", { type: "date", value: "tomorrow" }, "takes a day"],
  [
    "another day than the calendar's",
    { type: "date", value: "2026-12-01", due: "2026-12-20" },
    "has a day that follows from the calendar: 20 December 2026",
  ],
  [
    "the calendar's day, which is the example too",
    { type: "date", value: "2026-12-20", due: "2026-12-20", example: "2026-12-20" },
    "",
  ],
  ["the wrong case number", { value: "PR-1", example: "PR-48213" }, "is told by the case: PR-77121"],
  ["the case's own number", { value: "PR-77121", example: "PR-48213" }, ""],
  ["a number that the case does not name", { value: "KX/9", example: "KX/1" }, ""],
  ["words for a number that the case does not name", { value: "soon", example: "KX/1" }, "takes something like KX/1"],
  [
    "a day that the case does not name",
    { type: "date", value: "2026-10-01" },
    "is told by the case: 3 December 2026 or 2 November 2026",
  ],
  ["a day that the case names in words", { type: "date", value: "2026-12-03" }, ""],
  ["a choice, even that of the example", { type: "choice", value: "one", example: "one" }, ""],
  ["no choice", { type: "choice", value: "" }, "is still empty"],
]);
for (const [what, told, words] of PLACES) {
  test(`${what}: ${words || "nothing is wrong"}`, () => {
    const { wrong, right } = practiceJudge([place(told)], STORY.replace("2026-11-02", "2 November 2026"));
    assert.deepEqual(wrong, words ? [{ label: "Place", words }] : []);
    assert.equal(right.length > 0, !words);
  });
}

test("where nothing can be judged, nothing is called right", () => {
  assert.deepEqual(practiceJudge([], STORY), { wrong: [], right: [], open: [] });
});

test("whether a choice fits is left to whoever reads the letter", () => {
  const { open } = practiceJudge([place({ label: "Way", type: "choice", value: "by post" })], STORY);
  assert.deepEqual(open, ["Way: does “by post” fit this case?"]);
});

test("what is judged is told, and only that", () => {
  const { right } = practiceJudge(
    [place({ value: "PR-77121", example: "PR-1" }), place({ type: "date", value: "2026-12-20", due: "2026-12-20" })],
    STORY,
  );
  assert.equal(right.length, 4);
});

test("long texts are judged at once", () => {
  for (const sign of ["1", "a", " ", "(", "-", "1 ", "aa "]) {
    const long = sign.repeat(200_000);
    const begun = Date.now();
    practiceJudge([place({ value: long, type: "number" }), place({ value: long, example: "A-1" })], long);
    assert.ok(Date.now() - begun < 1500, JSON.stringify(sign));
  }
});
