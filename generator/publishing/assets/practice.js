/* What practice within a course looks like, whatever is practised: its case, what is said to it, and what comes next. */

/**
 * @typedef {object} PracticePanel
 * @property {HTMLElement} panel
 * @property {HTMLElement} heading
 * @property {HTMLElement} scenario
 * @property {HTMLElement} said
 * @property {HTMLButtonElement} next
 */

/**
 * @typedef {object} Practice
 * @property {(title: string) => PracticePanel} panel
 * @property {(panel: HTMLElement) => void} stay keeps it in view
 */

(() => {
  "use strict";

  const { make } = playbook.page;

  /** @type {Practice["panel"]} */
  const panel = (title) => {
    const heading = make("h2", { textContent: title, tabIndex: -1 });
    const scenario = make("blockquote", { dir: "auto" });
    const said = make("div", { className: "pb-practice-said" });
    said.setAttribute("role", "status");
    const next = make("button", { type: "button", className: "md-button md-button--primary", hidden: true });
    const panel = make("section", { className: "pb-practice", ariaLabel: "Practice" }, heading, scenario, said, next);
    return { panel, heading, scenario, said, next };
  };

  /* What the walker brings into view is below the panel, which stays. */
  /** @type {(panel: HTMLElement) => void} */
  const stay = (panel) => {
    const root = document.documentElement;
    root.classList.add("pb-practising");
    const measure = () => {
      const height = getComputedStyle(panel).position === "sticky" ? panel.offsetHeight : 0;
      root.style.setProperty("--pb-ribbon", `${height}px`);
    };
    new ResizeObserver(measure).observe(panel);
    window.addEventListener("resize", measure);
  };

  playbook.practice = { panel, stay };
})();
