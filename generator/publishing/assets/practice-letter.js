/* A letter that is written for practice, in its composer. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const [composer] = all("[data-pb-practice-letter]");
  if (!composer) {
    return;
  }
  const { onTask, tell } = playbook.courseInside;

  /** @type {(story: string) => void} */
  const writeLetter = (story) => {
    const { panel, heading, scenario, said } = playbook.practice.panel("Write the letter for this case");
    scenario.append(...story.split("\n").map((line) => make("p", { textContent: line })));
    said.textContent =
      "Choose the language, fill in what the letter asks for, and copy it. Make up what the case does not say.";
    composer.before(panel);
    playbook.practice.stay(panel);
    const isWhole = () => {
      const [letter] = all("[data-pb-letter]", composer).filter((one) => one.getClientRects().length);
      return letter && !all("[data-pb-blank]:not([data-pb-state=filled], [data-pb-state=fallback])", letter).length;
    };
    composer.addEventListener("click", (event) => {
      const isCopy = event.target instanceof Element && event.target.closest("[data-pb-copy]");
      if (isCopy && isWhole()) {
        said.className = "pb-practice-said pb-arrived";
        said.textContent = "The letter is complete. Read it once more as its reader will, then go on with the course.";
        tell({ done: true });
      }
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
