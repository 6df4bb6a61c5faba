/* What values and ticks lead to; tests/test_values.py holds the terminal to the same table. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const { values } = load("walker-values.js");
const TABLE = JSON.parse(readFileSync(new URL("values.json", import.meta.url), "utf-8"));
const LOWS = ["from", "above", "after"];
const PAST = ["above", "after", "up_to"];

const edge = (condition, isLow) => {
  const [found] = Object.entries(condition).filter(([key]) => LOWS.includes(key) === isLow);
  return found ? [found[1], PAST.includes(found[0])] : null;
};

const reader = (takes, conditions, unit = "") => {
  const bands = Object.entries(conditions).map(([name, one]) => [name, [edge(one, true), edge(one, false)]]);
  return values({ takes, unit, bands: Object.fromEntries(bands), needs: [] }, TABLE.today);
};

for (const [takes, text, unit, words] of TABLE.words) {
  test(`${text || "nothing"} reads as ${words}`, () => {
    const always = values({ takes, unit, bands: { all: [null, null] }, needs: [] }, TABLE.today);
    assert.equal(always.note(text, { all: "Any" }), `${words} (Any)`);
  });
}

for (const [takes, conditions, expected] of TABLE.found) {
  for (const [text, answer] of Object.entries(expected)) {
    test(`${takes} ${JSON.stringify(text)} leads to ${answer || "no answer"}`, () => {
      const asked = reader(takes, conditions);
      assert.equal(asked.find(text), answer.startsWith("?") ? "" : answer);
      if (answer.startsWith("?")) {
        assert.equal(asked.unsure(text), answer.slice(1));
      }
    });
  }
}

for (const [needs, expected] of TABLE.ticked) {
  for (const [text, answer] of Object.entries(expected)) {
    test(`the first that fits ${JSON.stringify(text)} is ${answer || "none"}`, () => {
      assert.equal(values({ takes: "several", unit: "", bands: {}, needs }, TABLE.today).find(text), answer);
    });
  }
}

test("what was ticked reads in the order of the page", () => {
  const needs = [
    ["both", ["a", "b"]],
    ["a", ["a"]],
    ["b", ["b"]],
  ];
  const asked = values({ takes: "several", unit: "", bands: {}, needs }, TABLE.today);
  assert.equal(asked.note("b+a", { a: "One", b: "Two", both: "Both" }), "One, Two");
  assert.deepEqual(asked.options, ["a", "b"]);
});
