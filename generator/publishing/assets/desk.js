/* The desk: what this browser keeps (starred, read last), and what is due for the team that the reader chooses. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const { shelf } = playbook;

  const TEAM = `playbook-team ${new URL(playbook.search.root).pathname}`;

  /** @type {(item: ShelfItem, after: (Node | string)[]) => HTMLElement} */
  const row = ({ id, title, type, severity, isUrgent, address }, after) => {
    const mark = severity
      ? make(
          "span",
          { className: isUrgent ? "pb-sev pb-harm" : "pb-sev" },
          make("span", { className: "pb-unseen" }, "Severity "),
          severity,
        )
      : make("span", { className: "pb-kind" }, type);
    const name = make("span", { className: "pb-shelved" }, make("a", { href: playbook.search.root + address }, title));
    const made = make("li", {}, mark, " ", name, ...after);
    made.dataset.id = id;
    return made;
  };

  /** @type {(heading: string, items: HTMLElement[], none: string) => HTMLElement} */
  const section = (heading, items, none) => {
    const list = make("ul", {}, ...items);
    const body = items.length ? list : make("p", { className: "pb-hint" }, none);
    return make("section", {}, make("h2", {}, heading), body);
  };

  /** @type {(item: ShelfItem) => HTMLElement} */
  const starred = (item) => {
    const off = make("button", { type: "button", className: "pb-star", title: "Take it off the desk" }, "★");
    off.setAttribute("aria-label", `Take the star from ${item.title}`);
    off.addEventListener("click", () => {
      shelf.star(item, false);
      show();
      all("[data-pb-shelf] h2")[0]?.focus();
    });
    return row(item, [" ", off]);
  };

  const [host] = all("[data-pb-shelf]");
  const show = () => {
    if (!host) {
      return;
    }
    host.hidden = false;
    if (!shelf.works()) {
      host.replaceChildren(
        make(
          "p",
          { className: "pb-hint" },
          "This browser keeps nothing for this site: no stars, and nothing read last.",
        ),
      );
      return;
    }
    const stars = section(
      "Starred",
      shelf.starred().map(starred),
      "Nothing yet. Press * on a page that you often need.",
    );
    const last = section(
      "Read last",
      shelf.recent().map((item) => row(item, [])),
      "Nothing yet.",
    );
    for (const heading of all("h2", stars)) {
      heading.tabIndex = -1;
    }
    if (shelf.recent().length) {
      const forget = make("button", { type: "button", className: "pb-forget" }, "Forget");
      forget.setAttribute("aria-label", "Forget what was read last");
      forget.addEventListener("click", () => {
        shelf.forget();
        show();
      });
      last.querySelector("h2")?.append(" ", forget);
    }
    host.replaceChildren(stars, last);
    host.dispatchEvent(new Event("pb-shelved"));
  };

  /* -- what is due: the first of all teams without a script, of one team where it is chosen */

  const kept = () => {
    try {
      return localStorage.getItem(TEAM) ?? "";
    } catch {
      return "";
    }
  };

  const [due] = all("[data-pb-due]");
  const offerTeams = () => {
    const rows = all("li[data-team]", due);
    const first = rows.filter((one) => !one.hidden);
    const names = new Map(
      rows.map((one) => [one.dataset.team ?? "", one.querySelector("time")?.dataset.teamName ?? ""]),
    );
    const choice = make("select", {}, make("option", { value: "" }, "all teams"));
    const sorted = [...names].filter(([, name]) => name).sort(([, one], [, other]) => one.localeCompare(other));
    choice.append(...sorted.map(([word, name]) => make("option", { value: word }, name)));
    choice.value = names.has(kept()) ? kept() : "";
    const narrow = () => {
      for (const one of rows) {
        one.hidden = choice.value ? one.dataset.team !== choice.value : !first.includes(one);
      }
    };
    choice.addEventListener("change", () => {
      narrow();
      try {
        localStorage.setItem(TEAM, choice.value);
      } catch {
        // it is only not remembered
      }
    });
    due.before(make("p", { className: "pb-team" }, make("label", {}, "For ", choice)));
    narrow();
  };

  if (host && shelf.works()) {
    playbook.keys.add({ key: "*", does: "on the page of a document: star it, so that it is here" });
  }
  show();
  shelf.follow(show);
  if (due) {
    offerTeams();
  }
})();
