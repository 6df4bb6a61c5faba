/* One question: its case, its options, and after the answer where it parted from the way to the decision. */

/**
 * @typedef {object} AskedQuestion
 * @property {SealedQuestion} question
 * @property {string} above where it stands: Module 5, check, question 2 of 4
 * @property {string} onward what follows the answer
 * @property {boolean} [isScored]
 * @property {(place: number, isRight: boolean, seconds: number, opened: OpenedQuestion) => string} answered
 *   what is told beside it
 * @property {() => void} next
 */

/** @typedef {(view: HTMLElement, asked: AskedQuestion, given?: number) => void} CourseAsk with an answer given before, its feedback */

(() => {
  "use strict";

  const { make } = playbook.page;

  /* Plain text as paragraphs and lines. */
  /** @type {(text: string) => HTMLElement[]} */
  const paragraphs = (text) =>
    text
      .split("\n\n")
      .map((one) => make("p", {}, ...one.split("\n").flatMap((line, n) => (n ? [make("br", {}), line] : [line]))));

  /** @type {(opened: OpenedQuestion, question: SealedQuestion, given: number) => HTMLElement[]} */
  const showWay = ({ path, part, right }, question, given) => {
    const parting = part[given];
    const shared = parting ? path.slice(0, parting[0]) : path;
    const trod = shared.map(([asked, answer]) =>
      make(
        "li",
        {},
        make("span", { textContent: asked, dir: "auto" }),
        make("b", { textContent: answer, dir: "auto" }),
      ),
    );
    if (!parting) {
      const fold = make("details", {}, make("summary", { textContent: "The way to the decision" }));
      fold.append(make("ol", { className: "way" }, ...trod));
      return path.length ? [fold] : [];
    }
    const [asked, answer] = path[parting[0]];
    /** @type {(className: string, lead: string, taken: string, end: string) => HTMLElement} */
    const branch = (className, lead, taken, end) =>
      make(
        "div",
        { className },
        make("span", { textContent: lead }),
        make("b", { textContent: taken, dir: "auto" }),
        make("span", { textContent: `→ ${end}`, dir: "auto" }),
      );
    const here = make(
      "li",
      { className: "parted" },
      make("b", { textContent: asked, dir: "auto" }),
      make(
        "div",
        { className: "branches" },
        branch("taken", "Your answer takes", parting[1], question.options[given]),
        branch("right", "The case says", answer, question.options[right]),
      ),
    );
    return [make("ol", { className: "way" }, ...trod, here)];
  };

  /** @type {(opened: OpenedQuestion, given: number) => string} */
  const verdict = ({ right, part, path }, given) => {
    const parting = part[given];
    if (given === right) {
      return "Right.";
    }
    if (!parting) {
      return "Not right.";
    }
    const place = parting[0] === path.length - 1 ? "the last question" : `question ${parting[0] + 1} of ${path.length}`;
    return `Not right: your answer departs from the case at ${place}.`;
  };

  /** @type {(opened: OpenedQuestion, question: SealedQuestion, given: number) => HTMLElement[]} */
  const explain = (opened, question, given) => {
    const { right, why, read, part } = opened;
    const others = question.options
      .map((text, n) => ({ text, why: why[n], isAside: n !== right && n !== given }))
      .filter(({ isAside }) => isAside)
      .map((one) =>
        make("li", {}, make("b", { textContent: one.text, dir: "auto" }), make("span", { textContent: one.why })),
      );
    const fold = make("details", {}, make("summary", { textContent: "Why not the others" }), make("ul", {}, ...others));
    const links = read.map(([name, href]) =>
      href
        ? make("a", { href: `#page-${encodeURIComponent(href)}`, textContent: name })
        : make("span", { textContent: name }),
    );
    const isShown = given === right || part[given]; // the two branches say the same
    const wrong = isShown ? [] : [make("p", { className: "reason", textContent: why[given] })];
    return [
      ...wrong,
      make(
        "p",
        {},
        make("b", { textContent: `Right: ${question.options[right].replace(/\.$/, "")}.` }),
        ` ${why[right]}`,
      ),
      ...(others.length ? [fold] : []),
      make("p", { className: "again" }, "Read again: ", ...links.flatMap((link, n) => (n ? [" · ", link] : [link]))),
    ];
  };

  /** @type {CourseAsk} */
  const ask = (view, { question, above, onward, isScored = true, answered, next }, before) => {
    const begun = Date.now();
    const opened = playbook.courseDigest.open(question);
    const crumb = make("p", { className: "crumb", textContent: above });
    if (question.critical && isScored) {
      crumb.append(" ", make("span", { className: "chip", textContent: "critical: must be right to pass" }));
    }
    const title = make("h2", { className: "h1", tabIndex: -1, textContent: question.ask });
    const inputs = question.options.map((_, n) => make("input", { type: "radio", name: "option", value: String(n) }));
    const labels = question.options.map((text, n) =>
      make("label", {}, inputs[n], make("span", { textContent: text, dir: "auto" }), make("em", {})),
    );
    const group = make("fieldset", {}, make("legend", { className: "unseen", textContent: question.ask }), ...labels);
    const button = make("button", { type: "submit", className: "button go", textContent: "Answer" });
    const need = make("span", { className: "quiet" });
    need.setAttribute("role", "status");
    const form = make("form", { className: "question" }, group, make("p", { className: "onward" }, button, need));
    const feedback = make("section", { className: "feedback", hidden: true });
    feedback.setAttribute("aria-live", "polite");
    const scenario = make("blockquote", { dir: "auto" }, ...paragraphs(question.scenario));
    view.replaceChildren(crumb, title, scenario, form, feedback);

    /** @type {(given: number, beside: string) => void} */
    const reveal = (given, beside) => {
      labels.forEach((label, n) => {
        inputs[n].disabled = true;
        const words = [...(n === opened.right ? ["Right"] : []), ...(n === given ? ["Your answer"] : [])];
        /** @type {HTMLElement} */ (label.lastElementChild).textContent = words.join(" · ");
        label.classList.toggle("right", n === opened.right);
        label.classList.toggle("wrong", n === given && n !== opened.right);
      });
      button.parentElement?.remove();
      const heading = make("h3", { tabIndex: -1, textContent: verdict(opened, given) });
      const on = make("button", { type: "button", className: "button go", textContent: onward });
      on.addEventListener("click", next);
      feedback.append(
        heading,
        ...showWay(opened, question, given),
        ...explain(opened, question, given),
        make("p", { className: "onward" }, on, make("span", { className: "quiet", textContent: beside })),
      );
      feedback.hidden = false;
      heading.focus({ preventScroll: true });
      feedback.scrollIntoView({ block: "nearest" });
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = inputs.findIndex((input) => input.checked);
      if (given < 0) {
        need.textContent = "Choose an answer first.";
        inputs[0].focus();
        return;
      }
      const seconds = Math.round((Date.now() - begun) / 1000);
      reveal(given, answered(given, given === opened.right, seconds, opened));
    });
    form.addEventListener("change", () => {
      need.textContent = "";
    });
    if (before !== undefined) {
      inputs[before].checked = true;
      reveal(before, "");
    }
  };

  playbook.courseAsk = ask;
})();
