/* The reader's day and moment, and what can be trusted on a day. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inZone, load } from "./load.mjs";

const { days } = load("days.js");
const noon = (day) => new Date(`${day}T12:00:00`);

const REVIEWED = { reviewed: "2026-01-05", reviewBy: "2027-01-29" };
const BREAKING = { ...REVIEWED, staleFrom: "2027-01-10" };

const TRUSTED = [
  ["current", REVIEWED, "2026-11-30"],
  ["current", REVIEWED, "2026-12-29"],
  ["soon", REVIEWED, "2026-12-30"],
  ["soon", REVIEWED, "2027-01-29"],
  ["late", REVIEWED, "2027-01-30"],
  ["soon", BREAKING, "2027-01-09"],
  ["stale", BREAKING, "2027-01-10"],
  ["stale", BREAKING, "2028-01-01"],
  ["never", {}, "2026-11-30"],
  ["never", { reviewBy: "2026-11-30" }, "2026-11-30"],
  ["late", { reviewBy: "2026-11-29" }, "2026-11-30"],
  ["current", { reviewed: "2026-01-05" }, "9999-12-31"],
  ["current", { reviewed: "2026-01-05", reviewBy: "9999-12-31" }, "2026-11-30"],
];

for (const [found, dates, day] of TRUSTED) {
  test(`on ${day} it is ${found} with ${JSON.stringify(dates)}`, () => {
    assert.equal(days.trust(dates, noon(day)), found);
  });
}

const MOMENTS = [
  ["Asia/Kolkata", "2026-11-30T12:00:00Z", "2026-11-30T17:30:00+05:30"],
  ["America/St_Johns", "2026-11-30T12:00:00Z", "2026-11-30T08:30:00-03:30"],
  ["UTC", "2026-11-30T12:00:00Z", "2026-11-30T12:00:00+00:00"],
  ["Pacific/Kiritimati", "2026-12-31T11:05:09Z", "2027-01-01T01:05:09+14:00"],
  ["America/Los_Angeles", "2027-01-01T07:59:59Z", "2026-12-31T23:59:59-08:00"],
];

for (const [zone, now, moment] of MOMENTS) {
  test(`the day and the moment are those of a reader in ${zone}`, (here) => {
    inZone(zone, here);
    assert.equal(days.moment(new Date(now)), moment);
    assert.equal(days.day(new Date(now)), moment.slice(0, 10));
  });
}
