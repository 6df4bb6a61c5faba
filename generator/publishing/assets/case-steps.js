/* In a procedure, where a case is open: its steps can be ticked off, and shrink to a line; until when each is due. */

(() => {
  "use strict";

  const { all, make, nameOf, sheet } = playbook.page;
  const [bar] = all(".pb-ribbon");
  if (!bar) {
    return;
  }
  const door = playbook.case;
  const { said } = playbook.clock;
  const { moment } = playbook.caseFiles;
  const { id, version, formerly } = sheet();
  const ids = [id, ...formerly];

  // -- steps

  /**
   * @typedef {object} CaseStep
   * @property {HTMLElement} heading
   * @property {string} title
   * @property {{ clock: HTMLElement, words: string }[]} limits
   * @property {HTMLButtonElement} button ticks it off
   * @property {HTMLButtonElement} skip says that it does not apply
   * @property {string[]} trees that are walked in it
   * @property {HTMLButtonElement} when says when it was done, and shows it again
   * @property {boolean} isShown although it is done
   */

  const treesIn = (/** @type {HTMLElement[]} */ parts) =>
    parts.flatMap((part) => all("a[href*='/decision_trees/']", part));

  /** @type {CaseStep[]} */
  const steps = playbook.steps().map(({ heading, body }) => {
    const button = make("button", { type: "button", className: "pb-case-done", hidden: true });
    const when = make("button", { type: "button", className: "pb-case-when", hidden: true });
    const skip = make("button", { type: "button", className: "pb-case-skip", hidden: true }, "Does not apply");
    const last = make("p", { className: "pb-case-end" }, button, " ", skip);
    const title = nameOf(heading);
    const from = body.findLastIndex((part) => !part.matches(".pb-why, .pb-cites, .pb-internal"));
    (body[from] ?? heading).after(last);
    heading.append(when);
    const clocks = body.filter((part) => part.matches("[data-pb-limit]"));
    const limits = clocks.map((clock) => ({ clock, words: clock.textContent }));
    const own = treesIn(body.filter((part) => part.matches(".pb-next")));
    const links = /** @type {HTMLAnchorElement[]} */ (own.length ? own : treesIn(body));
    const trees = links.map(({ pathname }) => pathname.match(/([^/]+?)(\.html|\/(index\.html)?)$/)?.[1] ?? "");
    return { heading, title, limits, trees, button, skip, when, isShown: location.hash === `#${heading.id}` };
  });

  /* A document or a step that was renamed since has its former ids too: on the page, and as anchors in its heading. */
  const doneAt = (/** @type {CaseFile} */ file, /** @type {HTMLElement} */ heading) => {
    const parts = [heading, ...all("[id]", heading)].map((one) => one.id);
    return file.entries.findLast(
      (one) => playbook.caseFiles.isStep(one) && ids.includes(one.id) && parts.includes(one.part),
    );
  };

  /** @type {(step: CaseStep, kind: "step" | "skip") => void} */
  const tick = (step, kind) => {
    const part = step.heading.id;
    const file = door.get();
    const before = file ? doneAt(file, step.heading) : undefined;
    if (before) {
      door.change({ undone: before });
    } else {
      const done = {
        at: moment(new Date()),
        kind,
        id,
        version,
        title: step.title,
        part,
        lines: [],
        severity: "",
      };
      step.isShown = false;
      door.change({ done });
      step.when.focus({ preventScroll: true });
      const next = steps[steps.indexOf(step) + 1];
      (next ?? step).heading.scrollIntoView({ block: "nearest" });
    }
  };

  // -- clocks

  /* A step counts from when the one before it was done, or a decision was reached in it, the first from the arrival; or
     from what it says itself. */
  /** @type {(file: CaseFile, at: number, named: string | undefined) => Date | null} */
  const begins = (file, at, named) => {
    const before = named ? steps.find(({ heading }) => heading.id === named) : steps[at - 1];
    const reached = file.entries.find(({ kind, id }) => kind === "walk" && before?.trees.includes(id));
    const start = before ? (doneAt(file, before.heading)?.at ?? reached?.at) : file.arrived;
    return start ? new Date(start) : null;
  };

  const menu = all(".pb-way li", bar);
  const refresh = () => {
    const file = door.get();
    const bodies = playbook.steps();
    for (const [at, step] of steps.entries()) {
      const done = file && doneAt(file, step.heading);
      for (const { clock, words } of step.limits) {
        playbook.tellClock(clock, words, file && !done ? begins(file, at, clock.dataset.pbFrom) : null, "By ");
      }
      step.heading.classList.toggle("pb-case-ticked", Boolean(done));
      menu[at]?.classList.toggle("pb-case-listed", Boolean(done));
      step.button.hidden = !file;
      const isSkipped = done?.kind === "skip";
      step.button.textContent = isSkipped ? "Applies after all" : done ? "Not done after all" : "Done";
      step.skip.hidden = !file || Boolean(done);
      step.when.hidden = !done;
      step.when.setAttribute("aria-expanded", String(step.isShown));
      const old = done && done.version !== version ? `, in version ${done.version}: it is ${version} now` : "";
      step.when.textContent = done
        ? `${isSkipped ? "does not apply," : "done"} ${said(new Date(done.at), new Date())}${old}`
        : "";
      for (const part of bodies[at].body) {
        part.classList.toggle("pb-case-shut", Boolean(done) && !step.isShown);
      }
    }
  };

  /* Who comes to a step by its address wants to read it, done or not. */
  window.addEventListener("hashchange", () => {
    for (const step of steps.filter(({ heading }) => location.hash === `#${heading.id}`)) {
      step.isShown = true;
    }
    refresh();
  });

  for (const step of steps) {
    step.button.addEventListener("click", () => tick(step, "step"));
    step.skip.addEventListener("click", () => tick(step, "skip"));
    step.when.addEventListener("click", () => {
      step.isShown = !step.isShown;
      refresh();
    });
  }

  /** @type {(kind: "step" | "skip") => (event: KeyboardEvent) => void} */
  const byKey = (kind) => (event) => {
    const step = steps[playbook.stepAt(event.target)];
    const file = door.get();
    if (file && !doneAt(file, step.heading)) {
      tick(step, kind);
    }
  };
  const works = () => door.get() !== null;
  playbook.keys.add(
    { key: "d", does: "the step in view is done", run: byKey("step"), works },
    { key: "x", does: "the step in view does not apply", run: byKey("skip"), works },
  );

  door.onOther(() => {
    for (const step of steps) {
      step.isShown = false;
    }
  });
  door.listen(refresh);
  setInterval(refresh, 30_000);
})();
