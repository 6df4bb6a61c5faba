/* In a procedure: its steps, which of them is being read, as the bar says, and closing what the bar opens. */

/** @typedef {{ heading: HTMLElement, body: HTMLElement[] }} ProcedureStep `body` is up to the next heading */

(() => {
  "use strict";

  const { all, soon } = playbook.page;

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
  let here = 0;

  const BELOW = 48; // pixels below the bar: what was jumped to is within them

  /* The step that begins at the top of what is in view, or above it. */
  const tell = () => {
    const line = bar.getBoundingClientRect().bottom + BELOW;
    here = Math.max(
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

  const tellSoon = soon(tell);
  /* The bar takes as many lines as its times need; what is jumped to is below all of them. The browser may have jumped
   * before the bar had its height. */
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--pb-ribbon", `${bar.offsetHeight}px`);
    const target = document.querySelector(":target");
    const top = target?.getBoundingClientRect().top ?? -1;
    if (top >= 0 && top < bar.getBoundingClientRect().bottom) {
      target?.scrollIntoView();
    }
    tellSoon();
  }).observe(bar);
  tell();
  document.addEventListener("scroll", tellSoon, { passive: true });
  window.addEventListener("resize", tellSoon);

  // -- from step to step by keys

  const isInView = (/** @type {DOMRect} */ { top, bottom }) =>
    bottom > bar.getBoundingClientRect().bottom && top < window.innerHeight;

  playbook.stepAt = (part) => {
    if (!(part instanceof Element) || !isInView(part.getBoundingClientRect())) {
      return here;
    }
    const at = playbook.steps().findIndex(({ heading, body }) => [heading, ...body].some((one) => one.contains(part)));
    return at < 0 ? here : at;
  };

  playbook.goToStep = (at) => {
    const step = steps[Math.min(Math.max(at, 0), steps.length - 1)];
    step.tabIndex = -1;
    step.scrollIntoView();
    step.focus({ preventScroll: true });
  };
  const works = () => steps.length > 1;
  playbook.keys.add(
    { key: "n", does: "to the next step", run: ({ target }) => playbook.goToStep(playbook.stepAt(target) + 1), works },
    {
      key: "p",
      does: "to the step before",
      run: ({ target }) => playbook.goToStep(playbook.stepAt(target) - 1),
      works,
    },
  );

  /* A decision inside a step that leads to another: there one goes on, and not in what is left behind. */
  let wanted = "";
  const arrive = () => {
    const at = steps.findIndex(({ id }) => `#${id}` === wanted);
    if (at >= 0 && location.hash === wanted) {
      wanted = "";
      window.focus();
      playbook.goToStep(at);
    }
  };
  window.addEventListener("hashchange", arrive);
  window.addEventListener("pb-follow", (event) => {
    wanted = /** @type {CustomEvent<string>} */ (event).detail;
    arrive();
  });

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
