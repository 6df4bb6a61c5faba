/* A value as people type it, in the form in which thresholds are compared: "EUR 49,90" is 49.90, "5 days" is 5d. */

/**
 * @typedef {object} Typed
 * @property {string} given the value; what was typed where it cannot be read
 * @property {string} doubt what has two meanings, and what to write instead; empty if nothing has
 */

(() => {
  "use strict";

  /** @type {Record<string, string>} */
  const SIGNS = { "€": "EUR", "£": "GBP", $: "USD", "¥": "JPY", R$: "BRL" };
  const SPAN = /^([0-9]+)\s*(?:\.0)?\s*([a-z ]*)$/i;
  /** @type {[string, RegExp][]} */
  const UNITS = [
    ["bd", /^(bd|(business|working|work) ?days?)$/i],
    ["mo", /^(mo|mos|months?)$/i],
    ["m", /^(m|min|mins|minutes?)$/i],
    ["h", /^(h|hr|hrs|hours?)$/i],
    ["d", /^(d|days?)$/i],
    ["w", /^(w|wk|wks|weeks?)$/i],
  ];

  /* Full-width digits, spaces that do not break, and apostrophes between thousands. */
  const plain = (/** @type {string} */ text) => text.normalize("NFKC").replaceAll("’", "'").trim();

  /* "1,234" is a thousand and more to one reader, and one and a bit to another; but money has no thousandths, and what is
     counted no fractions. */
  /** @type {(text: string, takes: string) => Typed} */
  const number = (text, takes) => {
    const digits = text.replaceAll(/(?<=[0-9])[ '](?=[0-9]{3}(?![0-9]))/g, "");
    const [last] = digits.match(/[.,](?=[0-9]*$)/) ?? [];
    const other = last === "," ? "." : ",";
    const isGrouped = last !== undefined && (digits.includes(other) || digits.split(last).length > 2);
    if (!last || (!isGrouped && last === ".")) {
      return { given: digits, doubt: "" };
    }
    if (!isGrouped && /^-?[1-9][0-9]{0,2},[0-9]{3}$/.test(digits)) {
      if (takes !== "number") {
        return { given: digits.replace(",", ""), doubt: "" };
      }
      const [thousands, point] = [digits.replace(",", ""), digits.replace(",", ".")];
      return { given: digits, doubt: `${digits} has two meanings: write ${thousands} or ${point}.` };
    }
    const isWhole = digits.split(last).length > 2;
    const rest = digits.replaceAll(isWhole ? last : other, "");
    return { given: isWhole ? rest : rest.replace(last, "."), doubt: "" };
  };

  /** @type {(text: string, asked: Asked) => Typed} */
  const amount = (text, { takes, unit }) => {
    const [isNumber, before, digits, after] = /^([^\d-]*)(-?\d.*?)([^\d]*)$/.exec(text) ?? [];
    if (!isNumber) {
      return { given: text, doubt: "" };
    }
    const [named = ""] = [before, after].map((word) => word.trim()).filter(Boolean);
    const called = (SIGNS[named] ?? named).toUpperCase();
    if (called && unit && called !== unit.toUpperCase()) {
      return { given: text, doubt: `${text} is not in ${unit}: write the amount in ${unit}.` };
    }
    return called && !unit ? { given: text, doubt: "" } : number(digits, takes);
  };

  /* A number alone counts in the unit of the thresholds, where these have one. */
  /** @type {(text: string, bands: Asked["bands"]) => Typed} */
  const duration = (text, bands) => {
    const edges = Object.values(bands).flatMap((band) => band.filter((edge) => edge !== null));
    const used = new Set(edges.map(([edge]) => edge.replace(/^[0-9]+/, "")));
    const [, digits = "", word = ""] = SPAN.exec(text) ?? [];
    const [found] = UNITS.find(([, pattern]) => pattern.test(word.trim())) ?? [];
    const unit = word.trim() === "" && used.size === 1 ? [...used][0] : found;
    return { given: digits && unit ? `${Number(digits)}${unit}` : text, doubt: "" };
  };

  /** @type {(text: string, asked: Asked) => Typed} */
  playbook.typed = (text, asked) => {
    const typed = plain(text);
    if (asked.takes === "duration") {
      return duration(typed, asked.bands);
    }
    if (asked.takes === "date") {
      return { given: typed, doubt: "" };
    }
    return amount(typed, asked);
  };
})();
