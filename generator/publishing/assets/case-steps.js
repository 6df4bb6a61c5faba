/* In a procedure: a tree or a letter opens inside the step that names it, and where a case is open its clocks become
   times of day and its steps can be ticked off. */

(() => {
  "use strict";

  const { all, make, nameOf, openable, sheet } = playbook.page;
  const [bar] = all(".pb-ribbon");
  if (!bar) {
    return;
  }
  const door = playbook.case;
  const { calendarOf, due, said, left } = playbook.clock;
  const { moment } = playbook.caseFiles;
  const calendar = calendarOf(bar);
  const { id, version, formerly } = sheet();
  const ids = [id, ...formerly];
  const TOOLS = /\/(macros|decision_trees)\/[^/]+(\/|\.html)$/;
  const BLOCK = ":is(.pb-lines > li, li, p, .pb-then)";

  // -- steps

  /* What stands between a step's heading and the next heading. */
  /** @type {(heading: HTMLElement) => HTMLElement[]} */
  const bodyOf = (heading) => {
    const found = [];
    for (let next = heading.nextElementSibling; next && !/^H[12]$/.test(next.tagName); next = next.nextElementSibling) {
      found.push(/** @type {HTMLElement} */ (next));
    }
    return found;
  };
  /** @typedef {{ heading: HTMLElement, title: string, body: HTMLElement[], limits: HTMLElement[], button: HTMLButtonElement, when: HTMLElement }} CaseStep */

  /** @type {CaseStep[]} */
  const steps = all(".pb-step").map((heading) => {
    const body = bodyOf(heading);
    const button = make("button", { type: "button", className: "pb-case-done", hidden: true });
    const when = make("span", { className: "pb-case-when", hidden: true });
    const last = make("p", { className: "pb-case-end" }, button);
    const title = nameOf(heading);
    const from = body.findLastIndex((part) => !part.matches(".pb-why, .pb-cites, .pb-internal"));
    (body[from] ?? heading).after(last);
    heading.append(when);
    return { heading, title, body, limits: body.filter((part) => part.matches("[data-pb-limit]")), button, when };
  });

  /* A document or a step that was renamed since has its former ids too: on the page, and as anchors in its heading. */
  const doneAt = (/** @type {CaseFile} */ file, /** @type {HTMLElement} */ heading) => {
    const parts = [heading, ...all("[id]", heading)].map((one) => one.id);
    return file.entries.findLast(
      (entry) => entry.kind === "step" && ids.includes(entry.id) && parts.includes(entry.part),
    );
  };

  /** @type {(step: CaseStep, before: CaseEntry | undefined) => void} */
  const tick = (step, before) => {
    const part = step.heading.id;
    if (before) {
      door.change({ undone: before });
    } else {
      const done = {
        at: moment(new Date()),
        kind: /** @type {const} */ ("step"),
        id,
        version,
        title: step.title,
        part,
        lines: [],
      };
      door.change({ done });
      const next = steps[steps.indexOf(step) + 1];
      next?.heading.scrollIntoView({ block: "nearest" });
    }
  };

  // -- clocks

  /* A step counts from when the one before it was done, the first from the arrival. */
  /** @type {(file: CaseFile, at: number) => Date | null} */
  const begins = (file, at) => {
    const before = at > 0 ? doneAt(file, steps[at - 1].heading)?.at : file.arrived;
    return before ? new Date(before) : null;
  };

  /** @type {Map<HTMLElement, string>} */
  const written = new Map(all("[data-pb-limit]").map((clock) => [clock, clock.textContent]));

  /** @type {(clock: HTMLElement, from: Date | null, lead: string) => void} */
  const setClock = (clock, from, lead) => {
    const now = new Date();
    const end = from && due(from, clock.dataset.pbLimit ?? "", calendar);
    clock.classList.toggle("pb-case-over", Boolean(end && end < now));
    if (!end) {
      clock.textContent = written.get(clock) ?? "";
      return;
    }
    const rest = make("span", { className: "pb-case-left" }, left(end, now));
    clock.replaceChildren(
      make("span", { className: bar.contains(clock) ? "pb-case-by" : "" }, `${lead}${said(end, now)} `),
      rest,
    );
    clock.title = written.get(clock)?.trim() ?? "";
  };

  const menu = all(".pb-way li", bar);
  const refresh = () => {
    const file = door.get();
    const arrived = file?.arrived ? new Date(file.arrived) : null;
    for (const clock of all(".pb-clocks [data-pb-limit]", bar)) {
      setClock(clock, arrived, "by ");
    }
    for (const [at, step] of steps.entries()) {
      const done = file && doneAt(file, step.heading);
      for (const limit of step.limits) {
        setClock(limit, file && !done ? begins(file, at) : null, "By ");
      }
      step.heading.classList.toggle("pb-case-ticked", Boolean(done));
      menu[at]?.classList.toggle("pb-case-listed", Boolean(done));
      step.button.hidden = !file;
      step.button.textContent = done ? "Not done after all" : "Done";
      step.when.hidden = !done;
      const old = done && done.version !== version ? `, in version ${done.version}: it is ${version} now` : "";
      step.when.textContent = done ? `done ${said(new Date(done.at), new Date())}${old}` : "";
    }
  };

  for (const step of steps) {
    step.button.addEventListener("click", () => {
      const file = door.get();
      tick(step, file ? doneAt(file, step.heading) : undefined);
    });
  }

  // -- trees and letters

  const isTool = (/** @type {string} */ href) =>
    href.startsWith(playbook.search.root) && TOOLS.test(href.replace(/[?#].*$/, ""));

  /* What a decision says to send opens below it, and not instead of the procedure. */
  /** @type {(href: string, name: string, after: Element) => HTMLIFrameElement} */
  const openFrame = (href, name, after) => {
    const frame = make("iframe", { className: "pb-inside-frame", name: "pb-inside", title: name, src: openable(href) });
    door.share(frame);
    frame.addEventListener("load", () => {
      frame.contentWindow?.focus();
      frame.scrollIntoView({ block: "nearest" });
    });
    frame.addEventListener("pb-open", (event) => {
      const wanted = /** @type {CustomEvent<{ href: string, name: string }>} */ (event).detail;
      if (isTool(wanted.href)) {
        openFrame(wanted.href, wanted.name, frame);
      }
    });
    after.after(frame);
    return frame;
  };

  /* Below its button: whether it was walked or copied already, so that nobody sends it twice. */
  /** @type {{ id: string, told: HTMLElement }[]} */
  const tools = [];
  const tellTools = () => {
    for (const { id: tool, told } of tools) {
      const last = door.get()?.entries.findLast((entry) => entry.id === tool && entry.kind !== "step");
      const what = last?.kind === "letter" ? `copied, ${last.part},` : last?.title;
      told.textContent = last ? ` ✓ ${what} ${said(new Date(last.at), new Date())}` : "";
    }
  };

  /** @type {(link: HTMLAnchorElement, after: Element) => void} */
  const offer = (link, after) => {
    const shut = link.href.includes("/decision_trees/") ? "Walk it here" : "Write it here";
    const button = make("button", { type: "button", className: "pb-open-here" }, shut);
    const told = make("span", { className: "pb-case-told" });
    button.setAttribute("aria-expanded", "false");
    /** @type {HTMLIFrameElement | undefined} */
    let frame;
    button.addEventListener("click", () => {
      if (frame) {
        frame.hidden = !frame.hidden;
      } else {
        frame = openFrame(link.href, link.textContent, after);
      }
      button.setAttribute("aria-expanded", String(!frame.hidden));
      button.textContent = frame.hidden ? shut : "Close it";
    });
    link.after(" ", button, told);
    const [tool = ""] = link.href.match(/[^/]+(?=(\.html|\/|\/index\.html)(#.*)?$)/) ?? [];
    tools.push({ id: tool, told });
  };

  for (const { body } of steps) {
    const links = /** @type {HTMLAnchorElement[]} */ (body.flatMap((part) => all("a[href]", part)));
    /** @type {Map<string, HTMLAnchorElement>} */
    const once = new Map();
    for (const link of links.filter(({ href }) => isTool(href))) {
      const key = link.href.replace(/#.*$/, "");
      if (!once.has(key) || link.closest(".pb-next")) {
        once.set(key, link);
      }
    }
    for (const link of once.values()) {
      offer(link, link.closest(BLOCK) ?? link);
    }
  }

  door.listen(() => {
    refresh();
    tellTools();
  });
  setInterval(refresh, 30_000);
})();
