/* The places of a course and their order: what an address within it means, what comes before and after. */

/** @typedef {{ m: number, n: number, lesson: CourseLesson }} CoursePlace a lesson with its module and number, from 1 */

/**
 * @typedef {object} CourseRoute
 * @property {string} first where a course begins
 * @property {(name: string) => boolean} isKnown
 * @property {(name: string) => CoursePlace | null} lessonOf
 * @property {(name: string) => number} moduleOf 0 where it is in none
 * @property {(name: string) => string} nameOf what a place is called
 * @property {(name: string) => string} pageOf the page that is open beside the course, or ""
 * @property {(page: string) => string} beside the place of a page that is no lesson
 * @property {(page: string, before: string) => string} follow the place of a page that a link of `before` leads to
 * @property {(page: string) => CourseLesson | undefined} known a lesson with this page
 * @property {(name: string, before: string) => { back: string, next: string }} around empty where there is none; what is
 *   beside the course leads back to `before`
 */

(() => {
  "use strict";

  const OTHERS = new Map([
    ["end", "Finish and sign"],
    ["glossary", "Glossary"],
    ["again", "Once more"],
  ]);
  const LEADS = { read: "", practise: "Practise: ", compose: "Write: ", check: "" };

  /** @type {(plan: CoursePlan) => CourseRoute} */
  playbook.courseRoute = (plan) => {
    const taught = plan.modules.flatMap(({ lessons, taught }, m) => [
      `module-${m + 1}`,
      ...(taught ? lessons.map((_, n) => `lesson-${m + 1}-${n + 1}`) : []),
    ]);
    const order = ["start", ...taught, "end"];
    const lessons = plan.modules.flatMap(({ lessons }) => lessons);

    /** @type {CourseRoute["lessonOf"]} */
    const lessonOf = (name) => {
      const found = /^lesson-(\d+)-(\d+)$/.exec(name);
      const [m, n] = found ? [Number(found[1]), Number(found[2])] : [0, 0];
      const lesson = plan.modules[m - 1]?.lessons[n - 1];
      return lesson ? { m, n, lesson } : null;
    };

    /** @type {CourseRoute["moduleOf"]} */
    const moduleOf = (name) => Number(/^(?:module|lesson)-(\d+)(?:-\d+)?$/.exec(name)?.[1] ?? 0);

    /** @type {CourseRoute["nameOf"]} */
    const nameOf = (name) => {
      const at = lessonOf(name);
      if (at) {
        const { activity, title } = at.lesson;
        return activity === "check" ? `Check of module ${at.m}` : LEADS[activity] + title;
      }
      const module = plan.modules[moduleOf(name) - 1];
      return module?.title ?? OTHERS.get(name) ?? "Start";
    };

    /** @type {CourseRoute["pageOf"]} */
    const pageOf = (name) => {
      const page = /^page-(.+)$/.exec(name)?.[1] ?? "";
      try {
        return decodeURIComponent(page);
      } catch {
        return ""; // an address that somebody cut
      }
    };

    /** @type {CourseRoute["beside"]} */
    const beside = (page) => `page-${encodeURIComponent(page)}`;

    /** @type {CourseRoute["around"]} */
    const around = (name, before) => {
      const at = order.indexOf(name);
      return at < 0 ? { back: before, next: "" } : { back: order[at - 1] ?? "", next: order[at + 1] ?? "" };
    };

    return {
      first: taught[0] ?? "end",
      isKnown: (name) => order.includes(name) || ["glossary", "again"].includes(name) || pageOf(name) !== "",
      lessonOf,
      moduleOf,
      nameOf,
      pageOf,
      beside,
      follow: (page, before) => (lessonOf(before)?.lesson.page === page.split("#")[0] ? before : beside(page)),
      known: (page) => lessons.find((lesson) => lesson.page === page.split("#")[0]),
      around,
    };
  };
})();
