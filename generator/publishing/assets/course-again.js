/* When a decision that was got wrong comes back: by FSRS, in whole days. */

/**
 * @typedef {object} CourseAgain
 * @property {(card: CourseCard | undefined, isRight: boolean, day: number, group: number) => CourseCard | null}
 *   rate of an answer about the case of a group; null where nothing has to come back
 * @property {(card: CourseCard) => number} due the day on which it comes back
 * @property {(cards: Map<string, CourseCard>, day: number) => string[]} today the decisions that come back on a day: those
 *   that are still wrong first, and of these the one that waits longest
 */

(() => {
  "use strict";

  const LONGEST = 180; // days
  /** @type {{ next_state: (memory: object | null, days: number, grade: number) => { stability: number, difficulty: number },
   *   next_interval: (stability: number, days: number) => number }} */
  const scheduler = /** @type {any} */ (globalThis).FSRS.fsrs({ enable_short_term: false, maximum_interval: LONGEST });
  const [AGAIN, GOOD] = [1, 3];

  /** @type {CourseAgain["due"]} */
  const due = (card) => card.day + Math.max(1, scheduler.next_interval(card.stability, 0));

  playbook.courseAgain = {
    rate: (card, isRight, day, group) => {
      if (!card && isRight) {
        return null;
      }
      const { stability, difficulty } = scheduler.next_state(
        card ? { stability: card.stability, difficulty: card.difficulty } : null,
        card ? Math.max(0, day - card.day) : 0,
        isRight ? GOOD : AGAIN,
      );
      return { day, stability, difficulty, group: isRight && card ? card.group : group, isWrong: !isRight };
    },
    due,
    today: (cards, day) =>
      [...cards]
        .filter(([, card]) => due(card) <= day)
        .sort(([, one], [, other]) => Number(other.isWrong) - Number(one.isWrong) || due(one) - due(other))
        .map(([topic]) => topic),
  };
})();
