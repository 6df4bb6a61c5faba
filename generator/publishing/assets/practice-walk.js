/* Golden cases that are walked for practice on their tree, which says where somebody parts from the case. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const [data] = all("script[data-pb-practice-walk]");
  if (!data) {
    return;
  }
  const { onTask, tell } = playbook.courseInside;

  /** @type {(ids: string[]) => void} */
  const walkCases = (ids) => {
    /** @type {Tree} */
    const tree = JSON.parse(data.textContent);
    const { told, follow, address, said: written, isQuestion, section, choices } = playbook.way(tree);
    const { words, under, label, copied } = playbook.words;
    const cases = ids.flatMap((id) => {
      const heading = document.getElementById(id);
      const link = heading && under(heading).flatMap((part) => all(".pb-walk-it", part))[0];
      const given = link ? told(link.dataset.pbWay ?? "") : null;
      return heading && given ? [{ parts: under(heading), given }] : [];
    });
    if (!cases.length) {
      return;
    }
    const { panel, heading, scenario, said, next } = playbook.practice.panel("");
    let at = 0;
    let isHelped = false; // whether this case was parted from
    const right = new Set();

    /* What a golden case says, and why: what is above its path, and what is below. */
    const text = () => {
      const { parts } = cases[at];
      const path = parts.findIndex((part) => all(".pb-walk-it", part).length);
      return { story: parts.slice(0, path).map(copied), why: parts.slice(path + 1).map(copied) };
    };

    /** @type {(question: string, answer: string) => string} */
    const labelOf = (question, answer) => {
      const list = under(/** @type {HTMLElement} */ (document.getElementById(section(question)))).find((part) =>
        part.matches(".pb-answers"),
      );
      const item = list && all(":scope > ul > li", list)[choices(question).indexOf(answer)];
      return item ? label(item) : answer;
    };

    /** @type {(given: string[]) => { question: string, answer: string }[]} */
    const answers = (given) => follow(given).steps;

    const begin = () => {
      isHelped = false;
      heading.textContent = `Practise: case ${at + 1} of ${cases.length}`;
      scenario.replaceChildren(...text().story);
      said.replaceChildren("Walk the tree with this case. Nothing is scored.");
      next.hidden = true;
      location.hash = address([]);
      window.scrollTo(0, 0);
    };

    const look = () => {
      const mine = answers(told(location.hash) ?? []);
      const its = answers(cases[at].given);
      const parted = mine.findIndex((step, n) => step.answer !== its[n]?.answer);
      if (parted >= 0) {
        isHelped = true;
        const { question, answer } = mine[parted];
        const asked = words(/** @type {HTMLElement} */ (document.getElementById(section(question))));
        const back = make("a", {
          href: address(
            mine.slice(0, parted).map((step) => written(step.answer, "given" in step ? String(step.given) : "")),
          ),
          textContent: "Back to that question",
        });
        said.replaceChildren(
          make("p", {}, make("b", { textContent: "Here your answer departs from the case." }), ` ${asked}`),
          make(
            "p",
            {},
            "You answered ",
            make("b", { textContent: labelOf(question, answer) }),
            ", the case says ",
            make("b", { textContent: labelOf(question, its[parted]?.answer ?? "") }),
            ".",
          ),
          make("p", {}, back),
        );
        said.className = "pb-practice-said pb-parted";
        next.hidden = true;
        return;
      }
      said.className = "pb-practice-said";
      const end = follow(told(location.hash) ?? []).at;
      if (isQuestion(end)) {
        said.replaceChildren(
          mine.length ? "So far as the case says." : "Walk the tree with this case. Nothing is scored.",
        );
        next.hidden = true;
        return;
      }
      right.add(at);
      said.className = "pb-practice-said pb-arrived";
      said.replaceChildren(
        make("p", {}, make("b", { textContent: isHelped ? "Arrived." : "Right, at the first go." })),
        ...text().why,
      );
      next.hidden = at + 1 >= cases.length;
      next.textContent = "Next case";
      if (right.size === cases.length) {
        said.append(make("p", { textContent: "That was the last case. Go on with the course." }));
        tell({ done: true });
      }
    };

    next.addEventListener("click", () => {
      at += 1;
      begin();
    });
    window.addEventListener("hashchange", look);
    const walker = all(".pb-walk")[0];
    walker.before(panel);
    playbook.practice.stay(panel);
    begin();
    heading.focus({ preventScroll: true });
  };

  onTask(({ cases }) => {
    if (cases?.length) {
      walkCases(cases);
    }
  });
})();
