/* The addresses of ways through a decision, and the steps that an address makes. */

/**
 * @typedef {object} Tree what a decision's page says beside its words; pages/walker.py writes it
 * @property {string} id
 * @property {string} title
 * @property {string} version
 * @property {string} start
 * @property {Record<string, string[]>} sections the answers of each part of the page that asks
 * @property {Record<string, [string, string[]]>} questions the part of each, where it is another, and what follows
 * @property {Record<string, Asked>} [asked] by part, what takes a value or several answers
 */

/**
 * @typedef {object} Step
 * @property {string} question
 * @property {string} answer
 * @property {number} place of the answer among the answers
 * @property {string} given the value or the ticks that have this answer; empty where it was chosen itself
 */

/**
 * @typedef {object} Way
 * @property {(part: string) => boolean} isQuestion
 * @property {(question: string) => string} section the heading of a question; those of a table share their inputs'
 * @property {(question: string) => string[]} choices
 * @property {(question: string) => Reader | null} reader what finds the answer to a value or to ticks
 * @property {(answer: string, given: string) => string} said an answer as the address has it
 * @property {(given: string[]) => string} address
 * @property {(hash: string) => string[] | null} told the answers that an address tells; null where it is no way
 * @property {(hash: string) => string} madeIn the version of the decision in which an address was made
 * @property {(given: string[]) => { steps: Step[], at: string, missing: string }} follow
 *   as far as the answers hold; `missing` is the first that does not
 */

(() => {
  "use strict";

  const MARK = "#walk=";

  playbook.way = (tree) => {
    const questions = new Map(Object.entries(tree.questions));
    const answers = new Map(Object.entries(tree.sections));
    const asked = new Map(Object.entries(tree.asked ?? {}));

    /** @type {Way["isQuestion"]} */
    const isQuestion = (part) => questions.has(part);

    /** @type {Way["section"]} */
    const section = (question) => questions.get(question)?.[0] || question;

    /** @type {Way["choices"]} */
    const choices = (question) => answers.get(section(question)) ?? [];

    /** @type {Way["reader"]} */
    const reader = (question) => {
      const found = asked.get(section(question));
      return found ? playbook.values(found, playbook.days.day(new Date())) : null;
    };

    /* A point ends an answer in an address. */
    /** @type {Way["said"]} */
    const said = (answer, given) => (given ? `${answer}~${given.replace(".", "_")}` : answer);

    /** @type {Way["address"]} */
    const address = (given) => MARK + given.join(".") + (given.length ? `@${tree.version}` : "");

    /** @type {Way["told"]} */
    const told = (hash) => {
      if (hash.length < 2) {
        return [];
      }
      return hash.startsWith(MARK) ? hash.slice(MARK.length).split("@")[0].split(".").filter(Boolean) : null;
    };

    /** @type {Way["madeIn"]} */
    const madeIn = (hash) => (hash.startsWith(MARK) && hash.split("@")[1]) || tree.version;

    /** @type {Way["follow"]} */
    const follow = (given) => {
      /** @type {Step[]} */
      const steps = [];
      let at = tree.start;
      for (const one of given) {
        const [answer, told = ""] = one.split("~");
        const value = told.replace("_", ".");
        const place = isQuestion(at) ? choices(at).indexOf(answer) : -1;
        const next = questions.get(at)?.[1][place];
        if (next === undefined || (value && reader(at)?.find(value) !== answer)) {
          return { steps, at, missing: value || answer };
        }
        steps.push({ question: at, answer, place, given: value });
        at = next;
      }
      return { steps, at, missing: "" };
    };

    return { isQuestion, section, choices, reader, said, address, told, madeIn, follow };
  };
})();
