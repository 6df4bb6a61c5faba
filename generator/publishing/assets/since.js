/* On a document's page: what has changed since it was read, in the authors' words, and a dot at each part that has. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const { reading } = playbook;

  const [place] = all("[data-pb-read]");
  if (!place) {
    return; // bare MkDocs loads every script on every page
  }
  const SECONDS = 5; // in view, until a version counts as read
  const SCROLLED = 120; // pixels
  const KEYS = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp", " ", "End", "Home"]); // scroll
  const SHOWN = 2; // versions; the others are folded

  const { pbRead: id = "", pbNow: version = "", pbFormerly: formerly = "" } = place.dataset;
  /** @type {Known} */
  const known = { id, version, formerly: formerly.split(" ").filter(Boolean) };
  reading.begin();
  const before = reading.find(known);

  const entries = all("time[data-pb-entry]").map((time) => ({
    version: time.dataset.pbEntry ?? "",
    day: time.textContent,
    parts: (time.dataset.pbParts ?? "").split(" ").filter(Boolean),
    item: /** @type {HTMLElement} */ (time.closest("li")),
  }));
  const isBehind = before !== undefined && reading.compare(version, before.version) > 0;
  const newer = isBehind ? reading.newer(entries, before.version, version) : [];

  /** @type {(element: HTMLElement) => Node[]} */
  const copyOf = (element) => {
    const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
    for (const extra of all(".headerlink, .pb-flag, .pb-dot", copy)) {
      extra.remove();
    }
    return [...copy.childNodes];
  };
  /** @type {(part: string) => HTMLElement | null} */
  const headingOf = (part) => document.getElementById(part)?.closest("h2, h3, .pb-letter") ?? null;
  const named = new Set(newer.flatMap((one) => one.parts).filter(headingOf));
  const changed = all("[id]")
    .map((one) => one.id)
    .filter((part) => named.has(part)); // in the order of the page

  /** @type {(part: string) => HTMLElement} */
  const link = (part) => {
    const heading = /** @type {HTMLElement} */ (headingOf(part));
    const number = heading.querySelector(".pb-number")?.textContent;
    const copy = make("span", {}, ...copyOf(heading.querySelector(".pb-letter-head strong") ?? heading));
    copy.querySelector(".pb-number")?.remove();
    const name = copy.textContent.trim();
    return make("a", { href: `#${part}` }, number ? `Step ${number}: ${name}` : name);
  };

  /** @type {(entry: typeof entries[number]) => HTMLElement} */
  const tell = ({ version, day, item }) => {
    const note = item.querySelector("[data-pb-note]");
    const words = make("span", { dir: "auto" }, note?.textContent ?? "");
    const row = make("li", {}, make("b", {}, `v${version}`), make("i", {}, ` ${day} `), words);
    const sections = item.querySelector("ul");
    if (sections) {
      row.append(sections.cloneNode(true));
    }
    return row;
  };

  /* A clock that was wrong gave a day that cannot be. */
  const when = () => {
    const day = before?.day ?? "";
    const of = entries.find((one) => one.version === before?.version)?.item.querySelector("time")?.dateTime ?? "";
    return day > playbook.days.day(new Date()) || day < of
      ? ""
      : ` on ${new Date(`${day}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;
  };

  const headline = () => {
    const since = `since you read version ${before?.version}${when()}`;
    const noun = all(".pb-step").length ? "step" : all(".pb-timeline").length ? "section" : "part";
    return changed.length
      ? `${changed.length} ${noun}${changed.length === 1 ? "" : "s"} changed ${since}`
      : `Changed ${since}`;
  };

  /** @type {() => HTMLElement} */
  const build = () => {
    const rows = newer.map(tell);
    const list = make("ul", {}, ...rows.slice(0, SHOWN));
    const links = newer.some((one) => one.item.querySelector("ul")) ? [] : changed.map(link);
    const done = make("button", { type: "button" }, "I have read it");
    done.addEventListener("click", () => {
      if (read()) {
        strip?.remove();
        undot();
        const title = all("h1")[0];
        title?.setAttribute("tabindex", "-1"); // the focus was in what is gone
        title?.focus({ preventScroll: true });
      } else {
        done.replaceWith("This browser keeps nothing, so this is shown again next time.");
      }
    });
    const older = rows.slice(SHOWN);
    const folded = make("details", {}, make("summary", {}, `${older.length} more`), make("ul", {}, ...older));
    const made = make("section", { className: "pb-since" });
    made.setAttribute("aria-label", "Changed since you read it");
    made.append(
      make("p", { className: "pb-since-head" }, ...reading.dot("changed"), ` ${headline()}.`),
      rows.length ? list : make("p", {}, `It is at version ${version} now. No note says what changed.`),
      ...(older.length ? [folded] : []),
      make("p", { className: "pb-since-links" }, ...[...links, done].flatMap((one) => [one, " "])),
    );
    return made;
  };

  const dot = () => {
    for (const part of changed) {
      const heading = headingOf(part);
      const end = heading?.querySelector(".headerlink");
      const marks = reading.dot("changed");
      if (end) {
        end.before(" ", ...marks);
      } else {
        (heading?.querySelector(".pb-letter-head") ?? heading)?.append(" ", ...marks);
      }
      for (const way of all(
        `.pb-way a[href="#${CSS.escape(part)}"], .md-nav--secondary a[href="#${CSS.escape(part)}"]`,
      )) {
        way.append(" ", ...reading.dot("changed"));
      }
    }
  };
  const undot = () => {
    for (const one of all(".md-content .pb-dot, .md-nav--secondary .pb-dot")) {
      one.remove();
    }
  };

  const strip = isBehind ? build() : undefined;
  if (strip) {
    place.after(strip);
    dot();
  }

  let isRead = false;
  const read = () => {
    isRead = true;
    return reading.keep(known, before);
  };

  /* What changed must have been in view: who was led to a step below it has not read that. */
  let isInView = !strip;
  if (strip) {
    new IntersectionObserver(([one]) => {
      isInView = one.isIntersecting;
    }).observe(strip);
  }
  let seconds = 0;
  const watch = setInterval(() => {
    seconds += isInView && document.visibilityState === "visible" ? 1 : 0;
    if (isRead || seconds >= SECONDS) {
      clearInterval(watch);
      if (!isRead) {
        read();
      }
    }
  }, 1000);

  /* Only a hand counts: a page scrolls by itself too, to the part that its address names, and again when what is above it
     grows. A jump by a link is no reading either. The place is kept beforehand: a wheel is told of when it has turned. */
  const rest = () => {
    const box = strip?.getBoundingClientRect();
    return { top: window.scrollY, couldRead: !box || (box.bottom > 0 && box.top < window.innerHeight) };
  };
  let from = rest();
  let isByHand = false;
  for (const moves of ["wheel", "touchmove"]) {
    document.addEventListener(
      moves,
      () => {
        isByHand = true;
      },
      { passive: true },
    );
  }
  document.addEventListener("keydown", ({ key }) => {
    isByHand ||= KEYS.has(key);
  });
  document.addEventListener(
    "scroll",
    () => {
      if (!isByHand) {
        from = rest();
      } else if (!isRead && from.couldRead && Math.abs(window.scrollY - from.top) > SCROLLED) {
        read();
      }
    },
    { passive: true },
  );

  reading.onChange(() => {
    const now = reading.find(known);
    if (strip && now && reading.compare(version, now.version) <= 0) {
      strip.remove();
      undot();
    }
  });
})();
