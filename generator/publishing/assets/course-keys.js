/* The keys of a course: the same around its pages and within them, so that nobody has to know where the focus is. */

/** @typedef {(move: (name: string) => void) => PageKey[]} CourseKeys `move` is told what is asked for: "next", "back", ... */

(() => {
  "use strict";

  /** @type {[key: string, name: string, does: string][]} */
  const KEYS = [
    ["j", "next", "in the course: go on to what comes next"],
    ["k", "back", "in the course: back to what came before"],
    ["o", "modules", "in the course: to the modules"],
    ["g", "glossary", "in the course: the glossary"],
  ];

  /** @type {CourseKeys} */
  playbook.courseKeys = (move) => KEYS.map(([key, name, does]) => ({ key, does, run: () => move(name) }));
})();
