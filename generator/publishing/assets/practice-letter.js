/* A letter that is written for practice, in its composer: what can be judged is judged, the rest is read aloud. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const [composer] = all("[data-pb-practice-letter]");
  if (!composer) {
    return;
  }
  const { onTask, tell } = playbook.courseInside;
  const { calendarOf, dueDay } = playbook.clock;

  /* The places that the letter in view has, each once. */
  /** @type {() => JudgedPlace[]} */
  const placesOf = () => {
    const letter = all("[data-pb-letter]", composer).find((one) => one.getClientRects().length);
    const names = new Set(letter ? all("[data-pb-blank]", letter).map((one) => one.dataset.pbBlank) : []);
    const fields = /** @type {Field[]} */ (all("[data-pb-field]", composer));
    return fields
      .filter((field) => names.has(field.dataset.pbField))
      .map((field) => {
        const { pbType = "text", pbDue = "", pbWords = "{}" } = field.dataset;
        const { example = "", fallback = "" } = JSON.parse(pbWords)[composer.dataset.pbLocale ?? ""] ?? {};
        const today = playbook.days.day(new Date());
        return {
          label: field.labels?.[0].textContent?.trim() ?? "",
          type: pbType,
          value: field.validity.valid ? field.value : "",
          example: example || (field.getAttribute("placeholder") ?? ""),
          fallback,
          due: pbDue ? dueDay(today, pbDue, calendarOf(composer)) : "",
        };
      });
  };

  /** @type {(className: string) => HTMLElement[]} */
  const copied = (className) =>
    all(className).flatMap((one) => [...one.children].map((part) => /** @type {HTMLElement} */ (part.cloneNode(true))));

  /* What no machine can judge is a list to read the letter against: the reply's own words on when it is meant. */
  /** @type {(open: string[]) => HTMLElement[]} */
  const readAloud = (open) => {
    const questions = [
      ...open,
      "Is every sentence true of this case, and is nothing in it that the reader must not know?",
    ];
    const list = make("ul", {}, ...questions.map((one) => make("li", { textContent: one })));
    const when = copied(".pb-when").slice(1); // without its label
    return [
      make("p", {}, make("b", { textContent: "Read it aloud against this list. Nothing here can judge it." })),
      ...(when.length ? [make("p", { textContent: "Is this the letter for the case? It is meant so:" }), ...when] : []),
      ...copied(".pb-not"),
      list,
      make("p", { textContent: "Whether the tone is right, ask your trainer." }),
    ];
  };

  /** @type {(story: string) => void} */
  const writeLetter = (story) => {
    const { panel, heading, scenario, said, next } = playbook.practice.panel("Write the letter for this case");
    panel.dataset.practice = "letter";
    scenario.append(...story.split("\n").map((line) => make("p", { textContent: line })));
    said.textContent =
      "Choose the language, fill in what the letter asks for, and copy it. Make up what the case does not say.";
    composer.before(panel);
    playbook.practice.stay(panel);

    const judge = () => {
      const { wrong, right, open } = playbook.practiceJudge(placesOf(), story);
      next.hidden = wrong.length > 0;
      panel.dataset.practice = "letter";
      if (wrong.length) {
        said.className = "pb-practice-said pb-parted";
        said.replaceChildren(
          make("p", {}, make("b", { textContent: "Not yet:" })),
          make(
            "ul",
            {},
            ...wrong.map(({ label, words }) => make("li", {}, make("b", { textContent: label }), ` ${words}.`)),
          ),
        );
      } else {
        const parts = right.map((words) => make("li", { textContent: words }));
        const judged = make(
          "div",
          { className: "pb-arrived" },
          make("p", {}, make("b", { textContent: "So far right:" })),
        );
        judged.append(make("ul", {}, ...parts));
        said.className = "pb-practice-said";
        said.replaceChildren(...(parts.length ? [judged] : []), ...readAloud(open));
        next.textContent = "I have read it aloud";
        panel.dataset.practice = "read";
      }
      if (getComputedStyle(panel).position !== "sticky") {
        window.scrollTo(0, window.scrollY + panel.getBoundingClientRect().top);
      }
    };

    composer.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-pb-copy]")) {
        judge();
      }
    });
    next.addEventListener("click", () => {
      next.hidden = true;
      said.className = "pb-practice-said pb-arrived";
      said.textContent = "The letter is written. Go on with the course.";
      tell({ done: true });
    });
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  };

  onTask(({ scenario }) => {
    if (scenario) {
      writeLetter(scenario);
    }
  });
})();
