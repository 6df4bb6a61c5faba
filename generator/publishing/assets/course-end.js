/* The end of a course: the score against the mark, what to read again, the signature, and the sheet that is printed. */

/** @typedef {(view: HTMLElement, desk: CourseDesk, checks: CourseChecks) => Promise<void>} CourseEnd */

(() => {
  "use strict";

  const { make } = playbook.page;
  const LONG = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  /** @type {(day: number) => string} */
  const spell = (day) => new Date(day * 86_400_000).toLocaleDateString("en-GB", LONG);

  /** @type {(score: CourseScore, mark: number) => HTMLElement[]} */
  const showScore = ({ right, asked, open, percent, grave, isPassed }, mark) => {
    if (!asked) {
      return [make("h2", { className: "h1", tabIndex: -1, textContent: "You are through" })];
    }
    const title = open
      ? `${open} check${open > 1 ? "s" : ""} still to do`
      : `${isPassed ? "You passed" : "Not passed yet"}: ${right} of ${asked}`;
    const done = make("span", {});
    done.style.width = `${percent}%`;
    const line = make("i", {});
    line.style.insetInlineStart = `${mark}%`;
    const bar = make("div", { className: isPassed ? "score passed" : "score", ariaHidden: "true" }, done, line);
    const critical = grave.length
      ? ` A critical case was wrong in module ${grave.join(", ")}: take that check again.`
      : open
        ? ""
        : " No critical case is wrong in the tries that count.";
    return [
      make("h2", { className: "h1", tabIndex: -1, textContent: title }),
      bar,
      make("p", { className: "quiet", textContent: `${percent} %, and ${mark} % is needed.${critical}` }),
    ];
  };

  /** @type {(plan: CoursePlan, progress: CourseProgress, score: CourseScore) => HTMLElement[]} */
  const listOpen = (plan, progress, { grave }) => {
    const links = plan.modules.flatMap(({ taught, title, lessons }, m) =>
      taught
        ? lessons.flatMap((lesson, n) => {
            const isDone = progress.done.has(`${m + 1}.${n + 1}`);
            const isWrong = lesson.activity === "check" && grave.includes(m + 1);
            const words = lesson.activity === "check" ? `Check of module ${m + 1}, ${title}` : lesson.title;
            return isDone && !isWrong
              ? []
              : [make("li", {}, make("a", { href: `#lesson-${m + 1}-${n + 1}`, textContent: words }))];
          })
        : [],
    );
    const fold = make("details", {}, make("summary", { textContent: `Still to do: ${links.length}` }));
    fold.append(make("ul", {}, ...links));
    return links.length ? [fold] : [];
  };

  /** @type {CourseEnd} */
  playbook.courseEnd = async (view, desk, checks) => {
    const { plan, progress, session, changed } = desk;
    const score = checks.score();
    const wrong = await checks.wrong();
    const today = playbook.courseState.day();
    const pages = plan.modules.flatMap(({ taught, lessons }) =>
      taught ? lessons.filter(({ activity }) => activity === "read") : [],
    ).length;
    const lasts = plan.lasts
      ? `Valid for ${plan.lasts} days, until ${spell((progress.signed || today) + plan.lasts)}.`
      : "";
    const tick = make("input", { type: "checkbox", required: true, name: "read" });
    const name = make("input", {
      required: true,
      name: "name",
      autocomplete: "name",
      maxLength: 80,
      value: progress.name || session.learner,
    });
    const date = make("input", { readOnly: true, name: "date", value: spell(progress.signed || today) });
    const said = make("p", { className: "quiet" });
    said.setAttribute("role", "status");
    const sign = make("button", { type: "submit", className: "button go", textContent: "Sign and finish" });
    const print = make("button", { type: "button", className: "button", textContent: "Print the sheet" });
    print.addEventListener("click", () => window.print());
    const sheet = make("section", { className: "sheet", ariaLabel: "Attestation" });
    const counted = plan.modules.flatMap(({ taught, lessons }, m) =>
      taught ? lessons.map((_, n) => progress.done.has(`${m + 1}.${n + 1}`)) : [],
    );
    const fillSheet = () =>
      playbook.courseSheet(sheet, plan, score, {
        name: name.value.trim(),
        signed: progress.signed ? spell(progress.signed) : "",
        lasts: plan.lasts ? spell((progress.signed || today) + plan.lasts) : "",
        recorded: session.system ? `a learning system, by ${session.system}` : "",
        read: counted.filter(Boolean).length,
        lessons: counted.length,
      });
    name.addEventListener("input", fillSheet);
    const form = make(
      "form",
      { className: "sign" },
      make(
        "label",
        { className: "tick" },
        tick,
        make("span", {
          textContent: `I have read and understood the ${pages} pages of this course in version ${plan.version}.`,
        }),
      ),
      make("div", { className: "fields" }, make("label", {}, "Name", name), make("label", {}, "Date", date)),
      make(
        "p",
        { className: "quiet" },
        `${plan.title}, version ${plan.version}, for ${plan.vendor}: content `,
        make("code", { textContent: plan.content }),
        `. ${lasts}`,
      ),
      make("p", { className: "onward" }, sign, print),
      said,
    );
    const tell = () => {
      sign.hidden = progress.signed > 0 && score.isPassed;
      tick.checked = tick.checked || progress.signed > 0;
      sign.textContent = score.isPassed ? "Sign and finish" : "Hand in as it is";
      said.textContent = progress.signed
        ? handedIn()
        : score.isPassed
          ? ""
          : "Not enough to pass yet. You may hand it in, and go on afterwards.";
      fillSheet();
    };
    const handedIn = () =>
      session.system
        ? `Handed in on ${spell(progress.signed)}. The course stays open.`
        : "Nothing here records it: print this sheet, and give it to your lead. The course stays open.";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      progress.signed = today;
      progress.name = name.value.trim();
      changed();
      session.submit({ score: score.percent, passed: score.isPassed });
      tell();
    });
    view.replaceChildren(
      make("p", { className: "crumb", textContent: "The end of the course" }),
      ...showScore(score, plan.mark),
      ...listOpen(plan, progress, score),
      ...playbook.courseReads(wrong),
      make("h3", { textContent: "Sign" }),
      form,
      sheet,
    );
    tell();
  };
})();
