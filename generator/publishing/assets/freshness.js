/* Says in a word whether a document can be trusted today. The dates are in the page; this only compares them. */

(() => {
  "use strict";

  const { all, make, one } = playbook.page;
  const { day, trust } = playbook.days;

  /** @type {Record<Trust, string>} */
  const SAID = { current: "current", soon: "due soon", late: "overdue", stale: "out of date", never: "never reviewed" };

  /* A document's own page says it in any case, a link to it only where something is wrong. */
  /** @type {(element: HTMLElement, now: Date) => void} */
  const judge = (element, now) => {
    const found = trust(element.dataset, now);
    const isHead = element.classList.contains("pb-fresh");
    const chip = make("span", { className: `pb-status pb-${found}`, textContent: SAID[found] });
    for (const old of all(".pb-status", element)) {
      old.remove();
    }
    if (isHead) {
      element.dataset.pbFresh = found;
      one("p", element).prepend(chip, " ");
    } else if (found !== "current") {
      element.prepend(chip, " ");
    }
  };

  /* Versions come newest first: the first that has begun is in force. */
  /** @type {(list: HTMLElement, today: string) => void} */
  const place = (list, today) => {
    const times = all("time[data-pb-version]", list);
    const isComing = (/** @type {HTMLElement} */ time) => (time.getAttribute("datetime") ?? "") > today;
    const held = times.find((time) => !isComing(time));
    for (const time of times) {
      time.closest("li")?.setAttribute("data-pb-version", time === held ? "held" : isComing(time) ? "coming" : "past");
    }
  };

  playbook.freshness = () => {
    const now = new Date();
    const today = day(now);
    for (const element of all("[data-pb-fresh]")) {
      judge(element, now);
    }
    for (const moved of all("[data-pb-since]")) {
      moved.classList.toggle("pb-changed", (moved.dataset.pbSince ?? "") <= today);
    }
    for (const list of all(".pb-timeline > ul")) {
      place(list, today);
    }
  };

  playbook.freshness();
  window.addEventListener("pageshow", playbook.freshness);
  window.addEventListener("beforeprint", playbook.freshness);
  document.addEventListener("visibilitychange", playbook.freshness);
})();
