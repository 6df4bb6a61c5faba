/* What is printed at the end of a course: who took which course in which version, with what result. A lead can file it. */

/**
 * @typedef {object} CourseSheet
 * @property {string} name of the person, or ""
 * @property {string} signed the day in words, or ""
 * @property {string} lasts until when it is valid, or ""
 * @property {string} recorded by what it is recorded, or ""
 * @property {number} read how many lessons are done
 * @property {number} lessons how many there are
 */

(() => {
  "use strict";

  const { make } = playbook.page;

  /** @type {(rows: [name: string, value: string][]) => HTMLElement} */
  const table = (rows) =>
    make(
      "table",
      {},
      ...rows
        .filter(([, value]) => value)
        .map(([name, value]) =>
          make("tr", {}, make("th", { scope: "row", textContent: name }), make("td", { textContent: value })),
        ),
    );

  /** @type {(sheet: HTMLElement, plan: CoursePlan, score: CourseScore, told: CourseSheet) => void} */
  playbook.courseSheet = (sheet, plan, score, told) => {
    const result = !score.asked
      ? told.read === told.lessons
        ? "all lessons done"
        : "not all lessons done"
      : `${score.isPassed ? "Passed" : "Not passed"}: ${score.right} of ${score.asked} right, ${score.percent} % (to pass: ${plan.mark} %)`;
    const results = score.modules.map(({ number, right, asked, isOpen }) =>
      make(
        "tr",
        {},
        make("td", { textContent: `${number}. ${plan.modules[number - 1].title}` }),
        make("td", { textContent: isOpen ? "not finished" : `${right} of ${asked}` }),
        make("td", { textContent: score.grave.includes(number) ? "wrong" : isOpen ? "" : "right" }),
      ),
    );
    const head = ["Module", "Right", "Critical cases"].map((name) => make("th", { scope: "col", textContent: name }));
    const lines = ["Signature", "Lead, and date"].map((name) =>
      make("tr", {}, make("th", { scope: "row", textContent: name }), make("td", {})),
    );
    sheet.replaceChildren(
      make("h1", { textContent: plan.title }),
      make("p", { textContent: `Attestation of training${told.signed ? "" : ", not signed yet"}` }),
      table([
        ["Name", told.name || "not given"],
        ["Company", plan.vendor],
        ["Course", `${plan.title} (${plan.id})`],
        ["Version", plan.version],
        ["On cases of", plan.people],
        ["Result", result],
        ["Lessons done", `${told.read} of ${told.lessons}`],
        ["Signed on", told.signed || "not signed"],
        ["Valid until", told.signed ? told.lasts : ""],
        ["Recorded in", told.recorded],
        ["Content", plan.content],
      ]),
      ...(results.length ? [make("table", { className: "results" }, make("tr", {}, ...head), ...results)] : []),
      ...(told.signed
        ? [
            make("p", {
              textContent: `${told.name} has read and understood the pages of this course in version ${plan.version}.`,
            }),
          ]
        : []),
      make("table", { className: "lines" }, ...lines),
    );
  };
})();
