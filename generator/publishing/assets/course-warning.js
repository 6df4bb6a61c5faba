/* What a page warns of is said before it opens, once in a sitting. */

/** @typedef {(title: string, names: string[], open: () => void) => void} CourseWarning opens what needs no warning at once */

(() => {
  "use strict";

  const { make } = playbook.page;

  /** @type {(warning: HTMLElement, opened: () => void) => CourseWarning} */
  playbook.courseWarning = (warning, opened) => {
    /** @type {Set<string>} */
    const accepted = new Set(); // pages, with what they warn of, that were opened all the same

    return (title, names, open) => {
      const isAsked = names.some((name) => !accepted.has(`${title} ${name}`));
      warning.hidden = !isAsked;
      warning.replaceChildren();
      if (!isAsked) {
        open();
        return;
      }
      const button = make("button", { type: "button", className: "button go", textContent: "Show the page" });
      button.addEventListener("click", () => {
        warning.hidden = true;
        for (const name of names) {
          accepted.add(`${title} ${name}`);
        }
        open();
        opened();
      });
      warning.append(
        make("h2", { textContent: `Before you open “${title}”: ${names.join(", ")}` }),
        make("p", {
          textContent:
            "This page speaks of it, and shows nothing. Take your time. You may skip it now and come back, or ask your lead for company.",
        }),
        make("p", { className: "onward" }, button),
      );
    };
  };
})();
