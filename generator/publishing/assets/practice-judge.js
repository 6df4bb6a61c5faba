/* Judges the places of a letter that was filled in for practice, as far as its reply and its case say what is right. */

/**
 * @typedef {object} JudgedPlace one blank of the letter, as the reply declares it and as it was filled in
 * @property {string} label
 * @property {string} type text, date, number or choice
 * @property {string} value as it was typed
 * @property {string} example
 * @property {string} fallback what stands there if nothing is typed
 * @property {string} due the day that it has to be by the calendar, or ""
 */

/**
 * @typedef {object} LetterJudgement
 * @property {{ label: string, words: string }[]} wrong
 * @property {string[]} right what was judged and is right
 * @property {string[]} open what is left to whoever reads it
 */

/** @typedef {(places: JudgedPlace[], story: string) => LetterJudgement} PracticeJudge `story` is the case, in words */

(() => {
  "use strict";

  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const ISO = /\b\d{4}-\d\d-\d\d\b/g;
  const LONG = new RegExp(`\\b(\\d{1,2}) (${MONTHS.join("|")}) (\\d{4})\\b`, "g");
  const NUMBER = /^[-+]?\d{1,3}(?:[,.\u00a0\u202f' ]?\d{3})*(?:[.,]\d+)?$|^[-+]?\d+(?:[.,]\d+)?$/;

  /** @type {(text: string) => string} */
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

  /* What people type to get past a field: brackets, dots, the same letter again and again. */
  /** @type {(value: string) => boolean} */
  const isFiller = (value) =>
    !/[\p{L}\p{N}]/u.test(value) ||
    /^[[{<(].*[\]})>]$/su.test(value) ||
    /^(\p{L})\1+$/u.test(value) ||
    /^(tbd|tba|todo|n\/a|lorem ipsum.*)$/.test(value);

  /* Letters and digits of a value as signs: PR-48213 is Aa-99999 with each run cut to one sign. */
  /** @type {(value: string) => string} */
  const shapeOf = (value) => value.replace(/\p{L}+/gu, "a").replace(/\d+/g, "9");

  /** @type {(example: string) => boolean} */
  const isReference = (example) => /^\S*\d\S*$/.test(example);

  /** @type {(story: string) => string[]} */
  const daysIn = (story) => [
    ...(story.match(ISO) ?? []),
    ...[...story.matchAll(LONG)].map(
      ([, day, month, year]) => `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}-${day.padStart(2, "0")}`,
    ),
  ];

  /** @type {(day: string) => string} */
  const spell = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  };

  /* What the case itself says of a place: the words in it that have the form of the place's example. */
  /** @type {(place: JudgedPlace, story: string) => string[]} */
  const factsFor = ({ type, example, due }, story) => {
    if (type === "date") {
      return due ? [] : daysIn(story);
    }
    if (type !== "text" || !isReference(example) || !/\p{L}/u.test(example)) {
      return [];
    }
    const words = story.split(/[\s,;()“”"]+/).map((word) => word.replace(/[.:!?]+$/, ""));
    return words.filter((word) => shapeOf(word) === shapeOf(example));
  };

  /** @type {(place: JudgedPlace, story: string) => string} */
  const faultOf = (place, story) => {
    const { label, type, value, example, fallback, due } = place;
    const said = fold(value);
    const facts = factsFor(place, story);
    if (said === "") {
      return fallback && !facts.length ? "" : "is still empty";
    }
    if (type !== "choice" && (isFiller(said) || said === fold(label))) {
      return "is not filled in, only written over";
    }
    if (type === "number" && !NUMBER.test(value.trim())) {
      return "takes a number, in digits";
    }
    if (type === "date" && !/^\d{4}-\d\d-\d\d$/.test(value)) {
      return "takes a day";
    }
    if (due && value !== due) {
      return `has a day that follows from the calendar: ${spell(due)}`;
    }
    if (facts.length) {
      const told = facts.map((fact) => (type === "date" ? spell(fact) : fact)).join(" or ");
      return facts.some((fact) => fold(fact) === said) ? "" : `is told by the case: ${told}`;
    }
    if (type !== "choice" && !due && example && said === fold(example)) {
      return "still has the example in it";
    }
    return type === "text" && isReference(example) && !/\d/.test(value) ? `takes something like ${example}` : "";
  };

  /** @type {PracticeJudge} */
  const judge = (places, story) => {
    const wrong = places
      .map((place) => ({ label: place.label, words: faultOf(place, story) }))
      .filter(({ words }) => words);
    const has = (/** @type {(place: JudgedPlace) => boolean} */ is) => places.some(is);
    const right = [
      ...(has(() => true) ? ["Each place is filled, and no example was left in it."] : []),
      ...(has(({ type }) => type === "date" || type === "number") ? ["Days and numbers are days and numbers."] : []),
      ...(has(({ due }) => due !== "") ? ["What the calendar says is as it says."] : []),
      ...(has((place) => factsFor(place, story).length > 0) ? ["What the case names is in the letter."] : []),
    ];
    const open = places
      .filter(({ type }) => type === "choice")
      .map(({ label, value }) => `${label}: does “${value}” fit this case?`);
    return { wrong, right: wrong.length ? [] : right, open };
  };

  playbook.practiceJudge = judge;
})();
