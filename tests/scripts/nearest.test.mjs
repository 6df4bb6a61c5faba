/* Which id somebody meant who wrote another one. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { nearest } = load("nearest.js");
const IDS = ["restore-account", "account-locked", "account-restored", "chargeback-dispute", "ids"];

for (const [asked, meant] of [
  ["restore-account", "restore-account"],
  ["restore-acount", "restore-account"],
  ["restroe-account", "restore-account"],
  ["Restore_Account", "restore-account"],
  ["restore account", "restore-account"],
  ["acount-lockd", "account-locked"],
  ["chargeback-disputes", "chargeback-dispute"],
  ["idz", "ids"],
  ["sops", ""],
  ["wellbeing", ""],
  ["", ""],
  ["x".repeat(10_000), ""],
]) {
  test(`"${asked.slice(0, 30)}" means "${meant}"`, () => {
    assert.equal(nearest(asked, IDS), meant);
  });
}

test("of two that come as near, the first is meant", () => {
  assert.equal(nearest("case-c", ["case-a", "case-b"]), "case-a");
});
