/* What to read again after wrong answers, by section. */

/** @typedef {(wrong: { question: SealedQuestion, given: number }[]) => HTMLElement[]} CourseReads */

(() => {
  "use strict";

  const { make } = playbook.page;

  /* By section: what several wrong answers name is named once, with the cases. */
  /** @type {CourseReads} */
  playbook.courseReads = (wrong) => {
    /** @type {Map<string, { name: string, href: string, cases: string[] }>} */
    const found = new Map();
    for (const { question, given } of wrong) {
      const { read, why } = playbook.courseDigest.open(question);
      const [name, href] = read[1] ?? read[0];
      const kept = found.get(name) ?? { name, href, cases: [] };
      kept.cases.push(`You chose “${question.options[given]}”. ${why[given]}`);
      found.set(name, kept);
    }
    const items = [...found.values()].map(({ name, href, cases }) =>
      make(
        "li",
        {},
        href
          ? make("a", { href: `#page-${encodeURIComponent(href)}`, textContent: name })
          : make("b", { textContent: name }),
        ...cases.map((one) => make("p", { textContent: one })),
      ),
    );
    const told = `${wrong.length === 1 ? "One answer was" : `${wrong.length} answers were`} wrong. These cases come back another day.`;
    return items.length
      ? [
          make("h3", { textContent: "Read these again" }),
          make("p", { className: "quiet", textContent: told }),
          make("ul", { className: "reads" }, ...items),
        ]
      : [];
  };
})();
