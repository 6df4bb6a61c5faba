/* The way through a decision: addresses, and the steps that they make. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { way } = load("days.js", "walker-values.js", "walker-way.js");

const TREE = {
  id: "takeover",
  title: "Is it a takeover?",
  version: "3.0",
  start: "signal",
  sections: { signal: ["yes", "no"], harm: ["now", "past", "none"] },
  questions: { signal: ["", ["harm", "leave"]], harm: ["", ["lock", "lock", "leave"]] },
};

// As a table has it: what is asked second depends on the first answer, and both share the heading of an input.
const TABLE = {
  ...TREE,
  start: "q1",
  sections: { bad: ["low", "high"], many: ["few", "many"] },
  questions: { q1: ["bad", ["q2", "q3"]], q2: ["many", ["later", "soon"]], q3: ["many", ["soon", "now"]] },
};

const FOLLOWED = [
  ["nothing is answered", TREE, [], "signal", ""],
  ["one answer", TREE, ["yes"], "harm", ""],
  ["down to a decision", TREE, ["yes", "past"], "lock", ""],
  ["an answer that is gone", TREE, ["gone", "now"], "signal", "gone"],
  ["an answer of another question", TREE, ["yes", "yes"], "harm", "yes"],
  ["more answers than questions", TREE, ["no", "now"], "leave", "now"],
  ["a name that every object has", TREE, ["constructor"], "signal", "constructor"],
  ["the name of a prototype", TREE, ["__proto__"], "signal", "__proto__"],
  ["a place instead of an answer", TREE, ["0"], "signal", "0"],
  ["a table, by one input", TABLE, ["low", "many"], "soon", ""],
  ["a table, by the other", TABLE, ["high", "many"], "now", ""],
  ["a decision that asks nothing", { ...TREE, start: "leave", questions: {}, sections: {} }, ["yes"], "leave", "yes"],
];

for (const [what, tree, given, at, missing] of FOLLOWED) {
  test(`${what}: the walk goes as far as the answers hold`, () => {
    const found = way(tree).follow(given);
    assert.equal(found.at, at);
    assert.equal(found.missing, missing);
    const taken = found.steps.map((step) => step.answer);
    assert.deepEqual(taken, given.slice(0, taken.length));
    assert.equal(given[taken.length] ?? "", missing, "an answer was left out, and nothing says so");
  });
}

const TOLD = [
  ["", []],
  ["#", []],
  ["#walk=", []],
  ["#walk=yes", ["yes"]],
  ["#walk=yes.now@3.0", ["yes", "now"]],
  ["#walk=yes..now.", ["yes", "now"]],
  ["#harm", null],
  ["#walking", null],
];

for (const [hash, answers] of TOLD) {
  test(`the address ${hash || "without a hash"} tells ${answers ? `${answers.length} answers` : "of no walk"}`, () => {
    assert.deepEqual(way(TREE).told(hash), answers);
  });
}

const everyWay = ({ isQuestion, choices, follow }, given = []) => {
  const { at } = follow(given);
  return [
    given,
    ...(isQuestion(at) ? choices(at).flatMap((one) => everyWay({ isQuestion, choices, follow }, [...given, one])) : []),
  ];
};

for (const [name, tree, count] of [
  ["tree", TREE, 6],
  ["table", TABLE, 7],
]) {
  test(`every way through a ${name} comes back from its address`, () => {
    const asked = way(tree);
    const ways = everyWay(asked);
    assert.equal(ways.length, count);
    for (const given of ways) {
      const hash = asked.address(given);
      assert.deepEqual(asked.told(hash), given);
      assert.equal(asked.follow(given).missing, "");
      assert.equal(asked.madeIn(hash), "3.0");
    }
  });
}

test("an address says in which version it was made, and the first question needs none", () => {
  const { address, madeIn } = way(TREE);
  assert.equal(address(["yes"]), "#walk=yes@3.0");
  assert.equal(address([]), "#walk=");
  assert.equal(madeIn("#walk=yes@2.1"), "2.1");
  assert.equal(madeIn("#harm@2.1"), "3.0");
});

test("the questions of a table share the heading and the answers of their input", () => {
  const { section, choices } = way(TABLE);
  assert.deepEqual(["q1", "q2", "q3"].map(section), ["bad", "many", "many"]);
  assert.deepEqual(choices("q3"), ["few", "many"]);
});

const ASKED = {
  ...TREE,
  start: "sum",
  sections: { sum: ["small", "large", "unknown"], signs: ["both", "a", "b", "none"] },
  questions: { sum: ["", ["leave", "signs", "leave"]], signs: ["", ["lock", "leave", "lock", "leave"]] },
  asked: {
    sum: { takes: "amount", unit: "USD", bands: { small: [null, ["99.50", false]], large: [["99.50", false], null] } },
    signs: {
      takes: "several",
      needs: [
        ["both", ["a", "b"]],
        ["a", ["a"]],
        ["b", ["b"]],
        ["none", []],
      ],
    },
  },
};

const GIVEN = [
  ["a value and ticks", ["large~99_50", "both~b+a"], "lock", ""],
  ["answers that were chosen themselves", ["large", "none"], "leave", ""],
  ["a value that has another answer by now", ["large~99_49", "both~b+a"], "sum", "99.49"],
  ["ticks that have another answer by now", ["large~100", "b~a+b"], "signs", "a+b"],
  ["no value", ["large~many"], "sum", "many"],
  ["a value for a question that takes none", ["yes~5"], "signal", "5"],
];

for (const [what, given, at, missing] of GIVEN) {
  test(`an address with ${what} leads as far as it holds`, () => {
    const asked = way(given[0] === "yes~5" ? TREE : ASKED);
    const found = asked.follow(asked.told(asked.address(given)));
    assert.equal(found.at, at);
    assert.equal(found.missing, missing);
    for (const [place, { answer, given: value }] of found.steps.entries()) {
      assert.equal(asked.said(answer, value), given[place]);
    }
  });
}
