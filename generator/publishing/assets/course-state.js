/* What a trainee has done in a course, and how it is kept: in few signs, for systems that keep no more than 4,096. */

/**
 * @typedef {object} CourseLesson as training/course/shell.py writes it
 * @property {"read" | "practise" | "compose" | "check"} activity
 * @property {string} title
 * @property {string} [page]
 * @property {number} minutes
 * @property {string[]} [warnings]
 * @property {string[]} [cases] the ids of the golden cases to walk
 * @property {string} [scenario] of the letter to write
 */

/**
 * @typedef {object} CourseModule
 * @property {string} title
 * @property {boolean} taught
 * @property {CourseLesson[]} lessons
 * @property {number} asks how many questions a check asks
 * @property {string[]} topics the decision of each group of questions
 * @property {number[]} sizes how many questions each group has
 * @property {number[]} critical the groups whose cases must be right
 * @property {[number, number][][]} limits of each limit, pairs of groups whose first questions ask about its two sides
 */

/**
 * @typedef {object} CoursePlan
 * @property {string} id
 * @property {string} title
 * @property {string} vendor the name of the company whose people take it
 * @property {string} people the name of the company whose cases it is about
 * @property {string} version
 * @property {number} mark
 * @property {string} content the hash of what is read
 * @property {number} lasts days until it must be taken again; 0 where it need not
 * @property {CourseModule[]} modules
 */

/**
 * @typedef {object} CourseTry one go at a check: which it is, and its answers, each as its place, negative where wrong
 * @property {number} number
 * @property {{ place: number, isRight: boolean }[]} answers
 */

/**
 * @typedef {object} CourseCard what comes back: when it was last asked, what FSRS keeps of it, and the case that went wrong
 * @property {number} day
 * @property {number} stability
 * @property {number} difficulty
 * @property {number} group the case that was last got wrong, by its place among the groups of all modules
 * @property {boolean} isWrong whether it was still wrong the last time
 */

/**
 * @typedef {object} CourseProgress
 * @property {number} seed by which questions are drawn
 * @property {string} place the address within the course
 * @property {Set<string>} done the lessons that are done, as `module.lesson`, counted from 1
 * @property {Map<number, { now: CourseTry, best: CourseTry | null }>} checks by module
 * @property {Map<string, CourseCard>} cards by decision
 * @property {number} signed the day of the signature, 0 before it
 * @property {string} name of who signed
 */

/**
 * @typedef {object} CourseState
 * @property {(plan: CoursePlan, text: string) => CourseProgress} read of what is no progress, a new one
 * @property {(plan: CoursePlan, progress: CourseProgress) => string} write
 * @property {(date?: Date) => number} day since 1970, where the reader is
 */

(() => {
  "use strict";

  const NAME = 40; // letters, each of which may take nine signs
  const CARDS = 60; // of 25 signs each; those that were asked last
  const RIGHT = "0123456789";
  const WRONG = "abcdefghij";

  /** @type {(plan: CoursePlan) => string[]} */
  const lessons = (plan) => plan.modules.flatMap(({ lessons }, m) => lessons.map((_, n) => `${m + 1}.${n + 1}`));

  /** @type {CourseState["day"]} */
  const day = (date = new Date()) => Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);

  /** @type {(number: number) => string} */
  const short = (number) => Math.round(number).toString(36);

  /** @type {(text: string) => number} */
  const long = (text) => Number.parseInt(text, 36) || 0;

  /** @type {(plan: CoursePlan, done: Set<string>) => string} */
  const writeBits = (plan, done) =>
    lessons(plan)
      .map((name) => (done.has(name) ? "1" : "0"))
      .join("")
      .replace(/.{1,4}/g, (four) => Number.parseInt(four.padEnd(4, "0"), 2).toString(16));

  /** @type {(plan: CoursePlan, text: string) => Set<string>} */
  const readBits = (plan, text) => {
    const bits = text.replace(/./g, (sign) => (Number.parseInt(sign, 16) || 0).toString(2).padStart(4, "0"));
    return new Set(lessons(plan).filter((_, n) => bits[n] === "1"));
  };

  /** @type {(one: CourseTry | null) => string} */
  const writeTry = (one) => {
    const answers = one?.answers.map(({ place, isRight }) => (isRight ? RIGHT : WRONG)[place]) ?? [];
    return one ? `${short(one.number)}.${answers.join("")}` : "";
  };

  /** @type {(text: string) => CourseTry | null} */
  const readTry = (text) => {
    const [number, answers] = text.split(".");
    if (answers === undefined) {
      return null;
    }
    const given = [...answers].map((sign) => ({
      place: (RIGHT + WRONG).indexOf(sign) % 10,
      isRight: RIGHT.includes(sign),
    }));
    return { number: long(number), answers: given };
  };

  /** @type {CourseState["write"]} */
  const write = (plan, { seed, place, done, checks, cards, signed, name }) => {
    const tries = [...checks].map(([module, { now, best }]) => `${module}:${writeTry(now)}:${writeTry(best)}`);
    const last = [...cards].sort(([, one], [, other]) => other.day - one.day).slice(0, CARDS);
    const kept = last.map(([, { group, isWrong, day, stability, difficulty }]) =>
      [group * 2 + (isWrong ? 1 : 0), day, stability * 100, difficulty * 100].map(short).join("."),
    );
    return [
      short(seed),
      place,
      writeBits(plan, done),
      tries.join(" "),
      kept.join(" "),
      short(signed),
      encodeURIComponent(name.slice(0, NAME)),
    ].join("|");
  };

  /** @type {(plan: CoursePlan, text: string) => CourseProgress["cards"]} */
  const readCards = (plan, text) => {
    const topics = plan.modules.flatMap((module) => module.topics);
    const cards = text
      .split(" ")
      .filter(Boolean)
      .map((one) => {
        const [place, day, stability, difficulty] = one.split(".").map(long);
        const [group, isWrong] = [Math.floor(place / 2), place % 2 === 1];
        const card = { day, stability: stability / 100, difficulty: difficulty / 100, group, isWrong };
        return /** @type {const} */ ([topics[group], card]);
      });
    return new Map(cards.filter(([topic, { stability }]) => topic && stability > 0));
  };

  /** @type {(text: string) => string} */
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return ""; // what was cut within a letter
    }
  };

  /** @type {CourseState["read"]} */
  const read = (plan, text) => {
    const [seed, place, bits, tries, cards, signed, name] = text.split("|");
    if (name === undefined) {
      const drawn = Math.floor(Math.random() * 2 ** 31);
      return { seed: drawn, place: "", done: new Set(), checks: new Map(), cards: new Map(), signed: 0, name: "" };
    }
    /** @type {CourseProgress["checks"]} */
    const checks = new Map();
    for (const one of tries.split(" ")) {
      const [module, now, best] = one.split(":");
      const begun = readTry(now ?? "");
      if (begun && plan.modules[Number(module) - 1]?.asks) {
        checks.set(Number(module), { now: begun, best: readTry(best ?? "") });
      }
    }
    return {
      seed: long(seed),
      place,
      done: readBits(plan, bits),
      checks,
      cards: readCards(plan, cards),
      signed: long(signed),
      name: decode(name),
    };
  };

  playbook.courseState = { read, write, day };
})();
