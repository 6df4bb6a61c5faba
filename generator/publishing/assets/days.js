/* The reader's day and moment, and what can be trusted on a day. Days are written 2026-11-23, so that they compare. */

/**
 * @typedef {object} Dates days on which something happens to a document; what is left out never does
 * @property {string} [reviewed]
 * @property {string} [reviewBy]
 * @property {string} [staleFrom]
 */

/** @typedef {"current" | "soon" | "late" | "stale" | "never"} Trust */

/**
 * @typedef {object} Days
 * @property {(now: Date) => string} day the reader's own day
 * @property {(now: Date) => string} moment the reader's own time with its distance from UTC: 2026-11-23T14:05:09+01:00
 * @property {(dates: Dates, now: Date) => Trust} trust
 * @property {(day: string) => string} typed a day as a date field of this browser shows it
 */

(() => {
  "use strict";

  const SOON = 30; // days

  /** @type {(number: number) => string} */
  const two = (number) => String(number).padStart(2, "0");

  /** @type {Days["day"]} */
  const day = (now) =>
    [String(now.getFullYear()).padStart(4, "0"), two(now.getMonth() + 1), two(now.getDate())].join("-");

  /** @type {Days["moment"]} */
  const moment = (now) => {
    const ahead = -now.getTimezoneOffset();
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(":");
    const far = Math.abs(ahead);
    return `${day(now)}T${time}${ahead < 0 ? "-" : "+"}${two(Math.floor(far / 60))}:${two(far % 60)}`;
  };

  /** @type {Days["trust"]} */
  const trust = ({ reviewed, reviewBy, staleFrom }, now) => {
    const today = day(now);
    const soon = day(new Date(now.getFullYear(), now.getMonth(), now.getDate() + SOON));
    if (staleFrom && staleFrom <= today) {
      return "stale";
    }
    if (reviewBy && reviewBy < today) {
      return "late";
    }
    if (!reviewed) {
      return "never";
    }
    return [reviewBy, staleFrom].some((next) => next && next <= soon) ? "soon" : "current";
  };

  /** @type {Days["typed"]} */
  const typed = (text) => {
    const found = new Date(`${text}T00:00:00Z`);
    const form = /** @type {const} */ ({ day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
    return Number.isNaN(found.getTime()) ? text : found.toLocaleDateString(navigator.language, form);
  };

  playbook.days = { day, moment, trust, typed };
})();
