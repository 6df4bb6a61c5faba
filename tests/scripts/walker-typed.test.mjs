/* A value as people type it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { typed } = load("walker-typed.js");

const AMOUNTS = {
  49.9: ["49.9", ""],
  "49,90": ["49.90", ""],
  "EUR 49,90": ["49.90", ""],
  "49.90 eur": ["49.90", ""],
  "€49": ["49", ""],
  "1.234,50 €": ["1234.50", ""],
  "1,234.50": ["1234.50", ""],
  "1 234,50": ["1234.50", ""],
  "1’234.50": ["1234.50", ""],
  "1,234,567": ["1234567", ""],
  "1.234.567": ["1234567", ""],
  "４９": ["49", ""],
  "1,234": ["1234", ""],
  $20: ["$20", "$20 is not in EUR: write the amount in EUR."],
  "USD 20": ["USD 20", "USD 20 is not in EUR: write the amount in EUR."],
  "": ["", ""],
  many: ["many", ""],
};

for (const [text, [given, doubt]] of Object.entries(AMOUNTS)) {
  test(`${text || "nothing"} in EUR is ${given}`, () => {
    const found = typed(text, { takes: "amount", unit: "EUR", bands: {}, needs: [] });
    assert.deepEqual({ ...found, given: found.given.toUpperCase() }, { given: given.toUpperCase(), doubt });
  });
}

test("a number that has two meanings is asked for again", () => {
  const { given, doubt } = typed("1,234", { takes: "number", unit: "", bands: {}, needs: [] });
  assert.deepEqual([given, doubt], ["1,234", "1,234 has two meanings: write 1234 or 1.234."]);
  assert.equal(typed("1,234", { takes: "count", unit: "", bands: {}, needs: [] }).given, "1234");
});

const edge = (text) => [text, false];
const SPANS = [
  ["5", ["10bd"], "5bd"],
  ["5", ["14d", "30d"], "5d"],
  ["5", ["14d", "2w"], "5"],
  ["5 days", ["14d"], "5d"],
  ["5 business days", ["14d"], "5bd"],
  ["1 working day", [], "1bd"],
  ["2 Weeks", [], "2w"],
  ["3 months", [], "3mo"],
  ["90 min", [], "90m"],
  ["1 hour", [], "1h"],
  ["05d", [], "5d"],
  ["soon", ["14d"], "soon"],
];

for (const [text, edges, given] of SPANS) {
  test(`${text} against ${edges.join(" and ") || "nothing"} is ${given}`, () => {
    const bands = {
      less: [null, edges[0] ? edge(edges[0]) : null],
      more: [edges.at(-1) ? edge(edges.at(-1)) : null, null],
    };
    assert.equal(typed(text, { takes: "duration", unit: "", bands, needs: [] }).given, given);
  });
}
