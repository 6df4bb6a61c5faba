/* How far somebody is in a course: what is done, what is left, in minutes and lessons. */

/**
 * @typedef {object} CourseTally
 * @property {{ lessons: boolean[], percent: number, isDone: boolean }[]} modules by lesson whether it is done
 * @property {number} percent of the minutes of the whole course
 * @property {number} left minutes
 */

/**
 * @typedef {object} CourseMarks
 * @property {(progress: CourseProgress, m: number, n: number) => boolean} isDone
 * @property {(progress: CourseProgress, m: number, n: number) => boolean} finish false where it was done before
 * @property {(progress: CourseProgress, isPassed: (module: number) => boolean) => void} settle has a check be done if,
 *   and only if, a finished try of it is enough
 * @property {(progress: CourseProgress) => CourseTally} tally
 * @property {(minutes: number) => string} spell 14 min, 1 h 20 min
 */

(() => {
  "use strict";

  /** @type {(minutes: number[]) => number} */
  const sum = (minutes) => minutes.reduce((one, other) => one + other, 0);

  /** @type {(total: number, left: number) => number} */
  const share = (total, left) => (total ? Math.floor(((total - left) / total) * 100) : 100);

  /** @type {CourseMarks["spell"]} */
  const spell = (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return !hours ? `${minutes} min` : rest ? `${hours} h ${String(rest).padStart(2, "0")}` : `${hours} h`;
  };

  /** @type {(plan: CoursePlan) => CourseMarks} */
  playbook.courseMarks = (plan) => {
    /** @type {CourseMarks["isDone"]} */
    const isDone = ({ done }, m, n) => done.has(`${m}.${n}`);

    /** @type {CourseMarks["finish"]} */
    const finish = (progress, m, n) => {
      const isNew = !isDone(progress, m, n);
      progress.done.add(`${m}.${n}`);
      return isNew;
    };

    /** @type {CourseMarks["settle"]} */
    const settle = (progress, isPassed) => {
      for (const [number, { best }] of progress.checks) {
        const name = `${number}.${plan.modules[number - 1].lessons.findIndex((one) => one.activity === "check") + 1}`;
        if (best && isPassed(number)) {
          progress.done.add(name);
        } else {
          progress.done.delete(name);
        }
      }
    };

    /** @type {CourseMarks["tally"]} */
    const tally = (progress) => {
      const counted = plan.modules.map(({ lessons, taught }, m) => {
        const marks = lessons.map((_, n) => isDone(progress, m + 1, n + 1));
        const minutes = taught ? lessons.map((lesson) => lesson.minutes) : [];
        return { marks, total: sum(minutes), left: sum(minutes.filter((_, n) => !marks[n])) };
      });
      const [total, left] = [sum(counted.map((one) => one.total)), sum(counted.map((one) => one.left))];
      return {
        modules: counted.map(({ marks, total, left }) => ({
          lessons: marks,
          percent: total ? share(total, left) : 0,
          isDone: total > 0 && !left,
        })),
        percent: share(total, left),
        left,
      };
    };

    return { isDone, finish, settle, tally, spell };
  };
})();
