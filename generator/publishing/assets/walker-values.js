/* Questions that take a value or several answers: which answer what was given has, and how it reads. No page needed. */

/** @typedef {[text: string, isAfter: boolean]} Edge a threshold, and whether the range begins or ends right after it */
/** @typedef {[low: Edge | null, high: Edge | null]} Band */

/**
 * @typedef {object} Asked what a decision's page says of a question that takes more than one of its answers
 * @property {string} takes count, number, amount, duration, date or several
 * @property {string} unit
 * @property {Record<string, Band>} bands the range of each answer that has one
 * @property {[name: string, ticked: string[]][]} needs of several answers, in their order: what must be ticked for each
 */

/** @typedef {{ low: number, high: number, family: string }} Value where a month is meant, it lies between the two */

/**
 * @typedef {object} Reader
 * @property {boolean} isSeveral
 * @property {(given: string) => string} find the answer; empty where there is none
 * @property {(given: string, labels: Record<string, string>) => string} note how it reads in the case note
 * @property {(given: string) => string} unsure a threshold that may be more or less than what was given
 * @property {string[]} options what can be ticked
 */

/** @typedef {(asked: Asked, today: string) => Reader} Values */

(() => {
  "use strict";

  const DAY = 86_400_000;
  /** @type {Record<string, RegExp>} */
  const NUMBERS = {
    count: /^[0-9]{1,12}$/,
    number: /^-?[0-9]{1,12}(\.[0-9]{1,3})?$/,
    amount: /^[0-9]{1,12}(\.[0-9]{1,3})?$/,
  };
  const SPAN = /^(0|[1-9][0-9]{0,5})(m|h|d|w|mo|bd)$/;
  const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const RELATIVE = /^today(?:([+-])([1-9][0-9]{0,5})(d|w|mo))?$/;
  /** @type {Record<string, string>} */
  const UNITS = { m: "minute", h: "hour", d: "day", w: "week", mo: "month", bd: "business day" };
  /** @type {Record<string, number>} */
  const MINUTES = { m: 1, h: 60, d: 1440, w: 10_080 };

  /** @type {(family: string, low: number, high?: number) => Value} */
  const value = (family, low, high = low) => ({ low, high, family });

  /** @type {(text: string) => Value | null} */
  const span = (text) => {
    const [, digits, unit] = SPAN.exec(text) ?? [];
    if (!digits) {
      return null;
    }
    const number = Number(digits);
    if (unit === "mo" && number) {
      const mean = Math.floor((number * 146_097) / 4800); // as in documents/values.py
      const slack = number > 36 ? 1 : 0;
      return value("time", (mean - 2 - slack) * 1440, (mean + 3 + slack) * 1440);
    }
    return unit === "bd" ? value("business days", number) : value("time", number * (MINUTES[unit] ?? 0));
  };

  /* A date as the number of its day; of one that does not exist, nothing. */
  /** @type {(text: string) => number | null} */
  const ordinal = (text) => {
    const time = DATE.test(text) && text > "0001" ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time / DAY : null;
  };

  /** @type {(year: number, month: number, day: number) => number} */
  const dayOf = (year, month, day) => {
    const date = new Date(0);
    date.setUTCFullYear(year, month, day);
    return date.getTime() / DAY;
  };

  /** @type {(text: string, today: string) => number | null} */
  const settled = (text, today) => {
    const found = RELATIVE.exec(text);
    if (!found) {
      return ordinal(text);
    }
    const [, sign = "+", digits = "0", unit = "d"] = found;
    const steps = Number(digits) * (sign === "-" ? -1 : 1);
    const now = new Date(`${today}T00:00:00Z`);
    const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
    if (unit === "mo") {
      return Math.min(dayOf(year, month + steps, 1) + day - 1, dayOf(year, month + steps + 1, 0));
    }
    return dayOf(year, month, day + steps * (unit === "w" ? 7 : 1));
  };

  /** @type {(takes: string, text: string, today: string) => Value | null} */
  const read = (takes, text, today) => {
    if (NUMBERS[takes]) {
      return NUMBERS[takes].test(text) ? value(takes, Number(text)) : null;
    }
    if (takes === "date") {
      const day = settled(text, today);
      return day === null ? null : value("date", day);
    }
    return span(text);
  };

  /* Below 0, 0 or above 0 as one value is less than, equal to or more than the other; not a number where unsure. */
  /** @type {(one: Value, other: Value) => number} */
  const compared = (one, other) => {
    if (one.family === other.family && one.low === other.low && one.high === other.high) {
      return 0;
    }
    const isSure = one.family === other.family && (one.high < other.low || one.low > other.high);
    return isSure ? one.low - other.low : Number.NaN;
  };

  /** @type {(text: string) => string} */
  const inWords = (text) => {
    const [, number, unit] = SPAN.exec(text) ?? [];
    const isYears = unit === "mo" && Number(number) >= 24 && Number(number) % 12 === 0;
    return isYears ? `${Number(number) / 12} years` : `${number} ${UNITS[unit]}${number === "1" ? "" : "s"}`;
  };

  /** @type {(takes: string, text: string, unit: string) => string} */
  const word = (takes, text, unit) => {
    if (!NUMBERS[takes]) {
      return takes === "duration" ? inWords(text) : text;
    }
    const [, sign, whole, rest] = /^(-?)0*([0-9]+)(.*)$/.exec(text) ?? ["", "", text, ""];
    const grouped = sign + whole.replace(/\B(?=([0-9]{3})+$)/g, ",") + rest;
    return grouped + (unit === "%" ? unit : unit && ` ${unit}`);
  };

  /** @type {Values} */
  const measure = ({ takes, unit, bands }, today) => {
    /** @type {(given: string, edge: Edge) => number} */
    const beyond = (given, [text, isAfter]) => {
      const [one, other] = [read(takes, given, today), read(takes, text, today)];
      const way = one && other ? compared(one, other) : Number.NaN;
      return way === 0 ? (isAfter ? -1 : 1) : way;
    };
    /** @type {Reader["find"]} */
    const find = (given) => {
      const isIn = (/** @type {Band} */ [low, high]) =>
        (!low || beyond(given, low) > 0) && (!high || beyond(given, high) < 0);
      return (read(takes, given, today) && Object.keys(bands).find((name) => isIn(bands[name]))) || "";
    };
    /** @type {Reader["unsure"]} */
    const unsure = (given) => {
      const edges = Object.values(bands).flatMap((band) => band.filter((edge) => edge !== null));
      const isUnsure = read(takes, given, today) !== null;
      return (isUnsure && edges.find((edge) => Number.isNaN(beyond(given, edge)))?.[0]) || "";
    };
    /** @type {Reader["note"]} */
    const note = (given, labels) => `${word(takes, given, unit)} (${labels[find(given)]})`;
    return { isSeveral: false, find, note, unsure, options: [] };
  };

  /** @type {Values} */
  const choice = ({ needs }) => {
    const options = needs.filter(([name, [first]]) => first === name).map(([name]) => name);
    /** @type {Reader["find"]} */
    const find = (given) => {
      const ticked = given.split("+");
      const isSound = ticked.every((name) => options.includes(name));
      const [found] = needs.find(([, all]) => all.every((need) => ticked.includes(need))) ?? [""];
      return isSound ? found : "";
    };
    /** @type {Reader["note"]} */
    const note = (given, labels) => {
      const ticked = given.split("+");
      return options
        .filter((name) => ticked.includes(name))
        .map((name) => labels[name])
        .join(", ");
    };
    return { isSeveral: true, find, note, unsure: () => "", options };
  };

  /** @type {Values} */
  playbook.values = (asked, today) => (asked.takes === "several" ? choice : measure)(asked, today);
})();
