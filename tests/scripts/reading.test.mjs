/* What a browser remembers of what was read, and what it makes of what it does not understand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { reading, days } = load("days.js", "reading.js");
const ROOT = "https://site.example/below/";
const KEY = "playbook-read:/below/";
const SOP = { id: "restore-account", version: "3.0", first: "2026-03-09", formerly: ["account-recovery"] };

/* Storage as a browser has it; `room` is how much may be written. */
const store = (kept = {}, room = Number.POSITIVE_INFINITY) => {
  const held = new Map(Object.entries(kept));
  const there = {
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => {
      if (value.length > room) {
        throw new DOMException("full", "QuotaExceededError");
      }
      held.set(name, value);
    },
    removeItem: (name) => held.delete(name),
  };
  Object.defineProperty(globalThis, "localStorage", { value: there, configurable: true });
  return held;
};
const forbid = () =>
  Object.defineProperty(globalThis, "localStorage", {
    get: () => {
      throw new DOMException("forbidden", "SecurityError");
    },
    configurable: true,
  });
const remembered = (read, since = "2026-06-01") => ({ [KEY]: JSON.stringify({ since, read }) });
const on = (day) => {
  days.day = () => day;
};
const news = (known) => reading.judge()(known);

globalThis.playbook.search = { root: ROOT };
test.beforeEach(() => on("2026-11-28"));

test("on the first visit nothing is new, and what is added later is", () => {
  store();
  reading.begin();
  assert.equal(news(SOP), "");
  assert.equal(news({ id: "later", version: "1.0", first: "2026-11-29" }), "new");
  assert.equal(news({ id: "no-history", version: "1.0" }), "");
});

const ORDER = [
  ["3.0", "2.2", 1],
  ["1.10", "1.9", 1],
  ["1.0", "1.0.0", 0],
  ["1.0.1", "1.0", 1],
  ["2.9", "10.0", -1],
];
for (const [version, other, sign] of ORDER) {
  test(`${version} compared with ${other}`, () => assert.equal(Math.sign(reading.compare(version, other)), sign));
}

test("a version above the one that was read is a change, the same and an older one are none", () => {
  store(remembered({ "restore-account": ["2.2", "2026-08-12"] }));
  assert.equal(news(SOP), "changed");
  assert.equal(news({ ...SOP, version: "2.2" }), "");
  assert.equal(news({ ...SOP, version: "2.1" }), "");
});

test("what was read under a former id is known, and goes on under the new one", () => {
  const held = store(remembered({ "account-recovery": ["2.2", "2026-08-12"] }));
  assert.deepEqual(reading.find(SOP), { version: "2.2", day: "2026-08-12" });
  assert.equal(news(SOP), "changed");
  assert.ok(reading.keep(SOP, reading.find(SOP)));
  assert.deepEqual(JSON.parse(held.get(KEY)).read, { "restore-account": ["3.0", "2026-11-28"] });
  assert.equal(news(SOP), "");
});

test("ids that objects have of their own are ids like others", () => {
  store();
  for (const id of ["constructor", "to-string", "hasownproperty"]) {
    assert.equal(reading.find({ id, version: "1.0" }), undefined);
    reading.keep({ id, version: "1.0" });
    assert.equal(reading.find({ id, version: "1.0" }).version, "1.0");
  }
});

test("a tab with an older page does not take back what another tab has read", () => {
  store(remembered({ "restore-account": ["2.2", "2026-08-12"] }));
  const before = reading.find(SOP);
  reading.keep(SOP, before);
  reading.keep({ ...SOP, version: "2.3" }, before);
  assert.equal(reading.find(SOP).version, "3.0");
});

test("where a version was taken back, the one before it counts", () => {
  store(remembered({ "restore-account": ["3.0", "2026-08-12"] }));
  reading.keep({ ...SOP, version: "2.3" }, reading.find(SOP));
  assert.equal(news(SOP), "changed");
});

test("two tabs keep what each has read", () => {
  store();
  reading.keep(SOP);
  reading.keep({ id: "other", version: "1.0" });
  assert.equal(reading.find(SOP).version, "3.0");
});

test("a clock that was ahead makes nothing old for ever", () => {
  store(remembered({}, "2099-01-01"));
  assert.equal(news({ id: "later", version: "1.0", first: "2026-12-05" }), "");
  reading.begin();
  assert.equal(news({ id: "later", version: "1.0", first: "2026-12-05" }), "new");
});

const ODD = {
  "no JSON": "{",
  nothing: "null",
  "a list": "[]",
  "a number": "7",
  "another shape": '{"since": 5, "read": {"a": "1.0", "b": ["x", "y"], "c": [1, 2], "d": null, "e": []}}',
  "no versions": '{"since": "2026-06-01"}',
};
for (const [what, text] of Object.entries(ODD)) {
  test(`${what} in storage is as if nothing were there, and is written anew`, () => {
    const held = store({ [KEY]: text });
    reading.begin();
    assert.equal(news({ ...SOP, first: "2026-01-01" }), "");
    assert.ok(reading.keep(SOP));
    assert.equal(JSON.parse(held.get(KEY)).read["restore-account"][0], "3.0");
  });
}

test("full storage: it says so, and loses nothing of what is there", () => {
  const held = store(remembered({ "restore-account": ["2.2", "2026-08-12"] }), 10);
  assert.equal(reading.keep(SOP), false);
  assert.equal(reading.isKept(), false);
  assert.equal(JSON.parse(held.get(KEY)).read["restore-account"][0], "2.2");
});

test("forbidden storage: nothing is new, and nothing fails", () => {
  forbid();
  reading.begin();
  assert.equal(news({ ...SOP, first: "2030-01-01" }), "new", "a day to come is no day of this reader's past");
  assert.equal(news(SOP), "");
  assert.deepEqual(
    [reading.keep(SOP), reading.keepAll([SOP]), reading.forget(), reading.isKept()],
    Array(4).fill(false),
  );
});

test("all as read, and forgotten", () => {
  store(remembered({ "restore-account": ["2.2", "2026-08-12"], gone: ["1.0", "2026-08-12"] }));
  const later = { id: "later", version: "1.0", first: "2026-11-20" };
  const never = { id: "never-read", version: "5.0", first: "2020-01-01" };
  assert.ok(reading.keepAll([SOP, later, never]));
  assert.deepEqual([SOP, later, never].map(news), ["", "", ""]);
  assert.equal(reading.find(never), undefined, "what was neither read nor new is not said to be read");
  assert.ok(reading.forget());
  assert.equal(reading.find(SOP), undefined);
  assert.equal(news(later), "");
});

test("each site remembers for itself", () => {
  store();
  reading.keep(SOP);
  globalThis.playbook.search = { root: "https://site.example/other/" };
  assert.equal(reading.find(SOP), undefined);
  globalThis.playbook.search = { root: ROOT };
});

test("the entries to tell are those above what was read, and none that is only announced", () => {
  const entries = ["4.0", "3.0", "2.10", "2.9", "2.9"].map((version) => ({ version }));
  assert.deepEqual(
    reading.newer(entries, "2.9", "3.0").map(({ version }) => version),
    ["3.0", "2.10"],
  );
  assert.equal(reading.newer(entries, "2.1", "3.0").length, 4, "a version that is no longer in the history");
});
