/* In a procedure, where a case is open: the bar has the times until which something is due, and the severity of the case. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const [bar] = all(".pb-ribbon");
  if (!bar) {
    return;
  }
  const door = playbook.case;
  const { calendarOf, due, until, left, hurry: hurryOf } = playbook.clock;
  const calendar = calendarOf(bar);

  playbook.tellClock = (clock, words, from, lead) => {
    const now = new Date();
    const end = from && due(from, clock.dataset.pbLimit ?? "", calendar);
    const hurry = from && end ? hurryOf(from, end, now) : "calm";
    clock.classList.toggle("pb-case-soon", hurry === "soon");
    clock.classList.toggle("pb-case-over", hurry === "over");
    if (!end) {
      clock.textContent = words;
      return;
    }
    const by = make("span", { className: bar.contains(clock) ? "pb-case-by" : "" }, `${lead}${until(end, now)} `);
    clock.replaceChildren(by, make("span", { className: "pb-case-left" }, left(end, now)));
    clock.title = words.trim();
  };

  const [clocks] = all(".pb-clocks", bar);
  /** @type {Record<string, { name: string, urgent: boolean, first: string[], resolve: string[] }>} */
  const severities = JSON.parse(clocks.dataset.pbSeverities ?? "{}");
  const badge = clocks.querySelector(".pb-severity") ?? make("span", { className: "pb-severity" });
  clocks.prepend(badge);
  /* A decision may set a severity with times that the page has none of. */
  const hasTimes = Object.values(severities).some(({ first, resolve }) => first.length || resolve.length);
  for (const [of, lead] of hasTimes ? Object.entries({ first: "First answer ", resolve: "resolve " }) : []) {
    if (!clocks.querySelector(`[data-pb-of="${of}"]`)) {
      const clock = make("b", {});
      clock.dataset.pbOf = of;
      clocks.append(make("span", { hidden: true }, lead, clock));
    }
  }
  const told = make("span", { className: "pb-unseen", role: "status" });
  bar.append(told);
  /** @type {string | undefined} */
  let last;
  const page = {
    badge: [...badge.childNodes],
    isUrgent: bar.classList.contains("pb-urgent"),
    clocks: all("[data-pb-of]", clocks).map((clock) => ({
      clock,
      own: [clock.dataset.pbLimit ?? "", clock.textContent],
    })),
  };

  /**
   * For who does not see the badge: what it has become, and not what it was when the page was opened.
   * @param {string} words empty where no decision set it
   */
  const tell = (words) => {
    if (last !== undefined && last !== words) {
      told.textContent = words || "The severity is that of the procedure again";
    }
    last = words;
  };

  /* A decision may set another severity than the page has, with other times. */
  const refresh = () => {
    const file = door.get();
    const set = file ? playbook.caseFiles.severe(file) : undefined;
    const known = set && Object.hasOwn(severities, set.severity) ? severities[set.severity] : undefined;
    const words = set && known ? [set.severity, make("span", { className: "pb-roomy" }, ` ${known.name}`)] : page.badge;
    badge.replaceChildren(...words);
    badge.toggleAttribute("hidden", !words.length);
    badge.setAttribute("title", set && known ? `Set by the decision “${set.title}”` : "");
    tell(set && known ? `Severity ${set.severity} ${known.name}, set by the decision` : "");
    bar.classList.toggle("pb-urgent", known?.urgent ?? page.isUrgent);
    const arrived = file?.arrived ? new Date(file.arrived) : null;
    for (const { clock, own } of page.clocks) {
      const found = (clock.dataset.pbOf === "first" ? known?.first : known?.resolve) ?? [];
      const [limit, text] = found.length ? found : own;
      clock.dataset.pbLimit = limit;
      clock.parentElement?.toggleAttribute("hidden", !limit);
      playbook.tellClock(clock, text, arrived, "by ");
    }
  };

  door.listen(refresh);
  setInterval(refresh, 30_000);
})();
