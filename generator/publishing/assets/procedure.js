/* In a procedure: its steps, which of them is being read, as the bar says, and closing what the bar opens. */

/** @typedef {{ heading: HTMLElement, body: HTMLElement[] }} ProcedureStep `body` is up to the next heading */

(() => {
  "use strict";

  const { all } = playbook.page;

  /* What is between a step's heading and the next heading, with what scripts have put there. */
  /** @type {(heading: HTMLElement) => HTMLElement[]} */
  const bodyOf = (heading) => {
    const found = [];
    for (let next = heading.nextElementSibling; next && !/^H[12]$/.test(next.tagName); next = next.nextElementSibling) {
      found.push(/** @type {HTMLElement} */ (next));
    }
    return found;
  };
  playbook.steps = () => all(".pb-step").map((heading) => ({ heading, body: bodyOf(heading) }));

  const [bar] = all(".pb-ribbon");
  if (!bar) {
    return; // bare MkDocs loads every script on every page
  }
  const pops = /** @type {HTMLDetailsElement[]} */ (all(".pb-pop", bar));
  const way = bar.querySelector(".pb-way");
  const said = way?.querySelector("summary");
  const links = all(".pb-way li", bar);
  const steps = all(".pb-step");

  const BELOW = 48; // pixels below the bar: what was jumped to is within them

  /* The step that begins at the top of what is in view, or above it. */
  const tell = () => {
    const line = bar.getBoundingClientRect().bottom + BELOW;
    const here = Math.max(
      0,
      steps.findLastIndex((step) => step.getBoundingClientRect().top < line),
    );
    if (said && steps.length > 1) {
      said.textContent = `Step ${here + 1} of ${steps.length}`;
    }
    for (const [at, link] of links.entries()) {
      if (at === here) {
        link.setAttribute("aria-current", "step");
      } else {
        link.removeAttribute("aria-current");
      }
    }
  };

  let isDue = false;
  const tellSoon = () => {
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        tell();
      });
    }
  };
  tell();
  document.addEventListener("scroll", tellSoon, { passive: true });
  window.addEventListener("resize", tellSoon);

  /** @type {(except?: EventTarget | null) => void} */
  const close = (except) => {
    for (const pop of pops) {
      if (pop.open && !(except instanceof Node && pop.contains(except))) {
        pop.open = false;
      }
    }
  };
  document.addEventListener("click", (event) => {
    close(event.target);
    if (event.target instanceof HTMLElement && event.target.closest(".pb-panel a")) {
      close();
    }
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = pops.find((pop) => pop.open);
      close();
      open?.querySelector("summary")?.focus();
    }
  });
})();
