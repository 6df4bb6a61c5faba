/* A map of a walk: the questions below each other, a dot where an answer ends in a decision, a curve where it leads on. */

/**
 * @typedef {object} WalkMap
 * @property {HTMLElement} element
 * @property {(steps: Step[], at: string) => void} show
 */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const [MOST_QUESTIONS, MOST_DECISIONS] = [16, 8]; // more would be no map
  const [ROW, INDENT, NEAR] = [34, 60, 6]; // pixels
  const MOST_LETTERS = [44, 46]; // of a question, of a decision: two lines each
  const SVG = "http://www.w3.org/2000/svg";

  /* Cut after a word: the whole is in the title, and in the section that it leads to. */
  /** @type {(words: string, most: number) => string} */
  const clip = (words, most) => {
    if (words.length <= most) {
      return words;
    }
    const end = words.lastIndexOf(" ", most - 1);
    return `${words.slice(0, end > 0 ? end : most - 1).replace(/[\s,;:.(]+$/, "")} …`;
  };

  /** @type {(tree: Tree, way: Way, words: (id: string) => string) => WalkMap | null} */
  playbook.walkMap = (tree, way, words) => {
    const questions = Object.keys(tree.questions);
    const decisions = [...new Set(Object.values(tree.questions).flatMap(([, next]) => next))].filter(
      (one) => !way.isQuestion(one),
    );
    if (questions.length < 3 || questions.length > MOST_QUESTIONS || decisions.length > MOST_DECISIONS) {
      return null;
    }
    const next = (/** @type {string} */ question) => tree.questions[question][1];
    const middle = (/** @type {string} */ question) => ROW * (questions.indexOf(question) + 0.5);

    const curves = document.createElementNS(SVG, "svg");
    curves.setAttribute("class", "pb-map-curves");
    curves.setAttribute("width", String(INDENT));
    curves.setAttribute("height", String(ROW * questions.length));
    for (const from of questions) {
      for (const to of new Set(next(from).filter(way.isQuestion))) {
        const [start, end] = [middle(from), middle(to)];
        const out = Math.min(INDENT - 10, 10 + Math.abs(end - start) / NEAR);
        const path = document.createElementNS(SVG, "path");
        path.setAttribute(
          "d",
          `M ${INDENT - 6} ${start} C ${INDENT - out} ${start} ${INDENT - out} ${end} ${INDENT - 6} ${end}`,
        );
        path.dataset.from = from;
        path.dataset.to = to;
        curves.append(path);
      }
    }

    const head = make("tr", {}, make("td", {}));
    for (const one of decisions) {
      const link = make("a", { href: `#${one}`, title: words(one) }, clip(words(one), MOST_LETTERS[1]));
      const cell = make("th", { scope: "col" }, link);
      cell.dataset.map = one;
      head.append(cell);
    }
    const body = make("tbody", {});
    for (const question of questions) {
      const asked = words(way.section(question));
      const cell = make(
        "th",
        { scope: "row" },
        make("a", { href: `#${way.section(question)}`, title: asked }, clip(asked, MOST_LETTERS[0])),
      );
      const row = make("tr", {}, cell);
      row.dataset.map = question;
      for (const one of decisions) {
        const ends = next(question).includes(one);
        const dot = make("span", { className: "pb-map-dot" }, make("i", {}, "an answer ends here"));
        row.append(make("td", {}, ...(ends ? [dot] : [])));
      }
      body.append(row);
    }
    const table = make("table", {}, make("thead", {}, head), body);
    const drawn = make("div", { className: "pb-map-drawn" }, table);
    drawn.append(curves);
    const told = make(
      "p",
      { className: "pb-map-told" },
      "A dot: an answer ends there. A curve: it leads to another question.",
    );
    const element = make("aside", { className: "pb-map", ariaLabel: "Map of the walk" });
    element.append(make("p", { className: "pb-map-title" }, "Where you are"), drawn, told);

    /** @type {(at: string) => Set<string>} */
    const reached = (at) => {
      const found = new Set([at]);
      for (const one of found) {
        for (const follows of way.isQuestion(one) ? next(one) : []) {
          found.add(follows);
        }
      }
      return found;
    };

    /** @type {WalkMap["show"]} */
    const show = (steps, at) => {
      curves.style.top = `${body.getBoundingClientRect().top - drawn.getBoundingClientRect().top}px`;
      const open = reached(at);
      const walked = new Map(steps.map(({ question }, number) => [question, steps[number + 1]?.question ?? at]));
      for (const part of all("[data-map]", table)) {
        const id = part.dataset.map ?? "";
        part.classList.toggle("pb-map-walked", walked.has(id));
        part.classList.toggle("pb-map-here", id === at);
        part.classList.toggle("pb-map-out", !open.has(id) && !walked.has(id));
        if (id === at) {
          part.setAttribute("aria-current", "step");
        } else {
          part.removeAttribute("aria-current");
        }
      }
      for (const path of curves.querySelectorAll("path")) {
        const { from = "", to = "" } = path.dataset;
        path.classList.toggle("pb-map-walked", walked.get(from) === to);
        path.classList.toggle("pb-map-out", !open.has(from) && walked.get(from) !== to);
      }
    };
    return { element, show };
  };
})();
