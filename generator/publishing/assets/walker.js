/* Asks the questions of a decision one at a time. Its words are those of the page, its way is in the address. */

(() => {
  "use strict";

  const [data] = playbook.page.all("script[data-pb-ways]");
  if (!data) {
    return;
  }

  const { all, make, one } = playbook.page;
  const { words, under, copied, label, explained } = playbook.words;
  /** @type {Tree} */
  const tree = JSON.parse(data.textContent);
  const walkCase = playbook.walkCase(tree.id);
  const { isQuestion, section, choices, reader, said, address, told, madeIn, follow } = playbook.way(tree);
  const parts = new Map(all("h3.pb-question, h3.pb-outcome").map((heading) => [heading.id, heading]));
  /** @type {Step[]} */
  let steps = [];
  let at = tree.start;

  // -- the words of the page

  /** @type {(id: string) => HTMLElement} */
  const part = (id) => /** @type {HTMLElement} */ (parts.get(id));

  /** @type {(question: string) => HTMLElement[]} */
  const items = (question) => {
    const list = under(part(section(question))).find((found) => found.matches(".pb-answers"));
    return all(":scope > ul > li", list);
  };

  /* A step as it reads: what was asked, and what was answered. */
  /** @type {(step: Step) => [string, string]} */
  const read = ({ question, place, given }) => {
    const labels = Object.fromEntries(items(question).map((item, n) => [choices(question)[n], label(item)]));
    const answered = given ? reader(question)?.note(given, labels) : label(items(question)[place]);
    return [words(part(section(question))), answered ?? ""];
  };

  const sofar = () => steps.map((step) => said(step.answer, step.given));

  // -- what is seen

  const walker = make("section", { className: "pb-walker", ariaLabel: "Walk through this decision" });
  const keys = playbook.walkerKeys(walker);

  /** @type {(text: string, action: () => void, className: string) => HTMLButtonElement} */
  const button = (text, action, className) => {
    const made = make("button", { type: "button", className }, make("span", { textContent: text, dir: "auto" }));
    made.addEventListener("click", action);
    return made;
  };

  const status = make("p", { className: "pb-said", role: "status" });
  const byHand = make("div", { className: "pb-by-hand" });
  const stage = make("div", { className: "pb-stage" });
  const trail = make("ol", { className: "pb-trail" });
  const back = keys.keyed(
    button("Back", () => go(sofar().slice(0, -1), "One step back."), "pb-tool"),
    "Backspace",
    "⌫",
  );
  const restart = keys.keyed(
    button("Restart", () => go([], "Started again."), "pb-tool"),
    "R",
  );
  const way = make("nav", {}, make("p", { textContent: "So far" }), trail);
  way.ariaLabel = "Your answers so far; select one to go back to its question";
  const switched = make("label", {}, keys.toggle, " Keys 1–9, ⌫, R, C, M");
  walker.append(stage, make("div", { className: "pb-tools" }, back, restart, status, switched), byHand, way);

  /** @type {(id: string, above: string) => HTMLElement[]} */
  const heading = (id, above) => {
    const asked = make("h2", { tabIndex: -1, textContent: words(part(id)), dir: "auto" });
    return [make("p", { className: "pb-above", textContent: above }), asked];
  };

  /* An answer as it can be chosen, with what explains it. */
  /** @type {(item: HTMLElement, made: HTMLElement) => void} */
  const explain = (item, made) => {
    const help = explained(item);
    one("span", made).append(...(help ? [make("small", { textContent: help })] : []));
  };

  /** @type {(item: HTMLElement, place: number, key: string) => HTMLElement} */
  const choice = (item, place, key) => {
    const made = button(label(item), () => go([...sofar(), choices(at)[place]]), "pb-choice");
    explain(item, made);
    return make("li", {}, key ? keys.keyed(made, key) : made);
  };

  /** @type {(item: HTMLElement, key: string) => HTMLLabelElement} */
  const tick = (item, key) => {
    const box = make("input", { type: "checkbox" });
    const made = make(
      "label",
      { className: "pb-choice" },
      box,
      make("span", { textContent: label(item), dir: "auto" }),
    );
    explain(item, made);
    return key ? keys.keyed(made, key) : made;
  };

  /* The answers of a question: those to choose, below what takes a value or several of them. */
  /** @type {(question: string, wanted: string) => HTMLElement[]} */
  const answering = (question, wanted) => {
    const found = reader(question);
    const asked = tree.asked?.[section(question)];
    const all = items(question).map((item, place) => ({ item, place, name: choices(question)[place] }));
    const take = (/** @type {string} */ given) => go([...sofar(), said(found?.find(given) ?? "", given)]);
    const offer = found && asked && { reader: found, asked, wanted, take };
    const byHand = all.filter(({ name }) => !found?.isSeveral || name === "none");
    const key = (/** @type {number} */ place) => (place < 9 && (!found || found.isSeveral) ? String(place + 1) : "");
    const list = make(
      "ol",
      { className: "pb-choices" },
      ...byHand.map(({ item, place }) => choice(item, place, key(place))),
    );
    if (!offer) {
      return [list];
    }
    if (!found.isSeveral) {
      return [playbook.forms.value(offer), make("p", { className: "pb-or", textContent: "Or choose:" }), list];
    }
    const boxes = all.filter(({ name }) => found.options.includes(name));
    const none = byHand.map(({ item }) => label(item)).join("");
    return [
      playbook.forms.ticks(
        offer,
        boxes.map(({ item, place, name }) => [name, tick(item, key(place))]),
        none,
      ),
      list,
    ];
  };

  /** @type {(question: string) => HTMLElement[]} */
  const asking = (question) => {
    const found = under(part(section(question)));
    const help = found.filter((one) => !one.matches(".pb-answers, .pb-source, .pb-takes"));
    const wanted = found
      .filter((one) => one.matches(".pb-takes"))
      .map(words)
      .join(" ");
    return [
      ...heading(section(question), `Question ${steps.length + 1}`),
      ...help.map(copied),
      ...answering(question, wanted),
    ];
  };

  /** @type {(text: string) => HTMLElement} */
  const warning = (text) => make("p", { className: "pb-warning", textContent: text });

  /* What must be known of the decision on the reader's day. */
  const doubts = () => {
    const trust = document.querySelector(".pb-fresh")?.getAttribute("data-pb-fresh");
    if (trust === "stale") {
      return [warning("This decision is out of date: a policy that it cites has changed. See the dates above.")];
    }
    return trust === "late" ? [warning("The review of this decision is overdue.")] : [];
  };

  /** @type {(outcome: string) => HTMLElement[]} */
  const card = (outcome) => {
    const found = under(part(outcome)).map(copied);
    const isGround = (/** @type {Element} */ one) => one.matches(".pb-cites");
    for (const one of found) {
      one.classList.toggle("pb-grounds", isGround(one));
      one.classList.toggle("pb-deeds", one.matches(".pb-next"));
    }
    const plain = button("Copy case note", () => copy("plain"), "md-button md-button--primary");
    const markdown = button("Copy as Markdown", () => copy("markdown"), "md-button");
    return [
      ...heading(outcome, "Decision"),
      ...doubts(),
      ...found.filter(isGround),
      ...found.filter((one) => !isGround(one)),
      make("div", { className: "pb-notes" }, keys.keyed(plain, "C"), keys.keyed(markdown, "M")),
      make("p", { className: "pb-in-note" }, "✓ In the case note, with your answers."),
    ];
  };

  /** @type {(step: Step, number: number) => HTMLElement} */
  const trod = (step, number) => {
    const [asked, answered] = read(step);
    const question = make("span", { textContent: asked, dir: "auto" });
    const answer = make("strong", { textContent: answered, dir: "auto" });
    return make("li", {}, make("a", { href: address(sofar().slice(0, number)) }, question, " ", answer));
  };

  /* What somebody must know who came by a link that is older than the decision; empty where nothing has changed. */
  /** @type {(missing: string, version: string) => HTMLElement[]} */
  const older = (missing, version) => {
    const before = "This decision has changed since the link was made.";
    if (missing) {
      const end = isQuestion(at) ? "It is valid up to here" : "It ends here";
      const why =
        isQuestion(at) && reader(at)?.find(missing) ? "This answer has moved on since the link was made." : before;
      return [warning(`${why} ${end}; its next answer was “${missing}”.`)];
    }
    const now = `That was version ${version}, this is ${tree.version}: look at each answer again.`;
    return version === tree.version ? [] : [warning(`${before} ${now}`)];
  };

  /* A screen reader says with the question or decision what is above it, and what warns of it. */
  const describe = () => {
    const found = all(".pb-above, .pb-warning", stage);
    found.forEach((above, number) => {
      above.id = `_told-${number}`;
    });
    one("h2", stage).setAttribute("aria-describedby", found.map((above) => above.id).join(" "));
  };

  /** @type {(given: string[], version?: string) => void} */
  const show = (given, version = tree.version) => {
    const found = follow(given);
    ({ steps, at } = found);
    playbook.freshness();
    stage.className = isQuestion(at) ? "pb-stage" : "pb-stage pb-card";
    stage.replaceChildren(...older(found.missing, version), ...(isQuestion(at) ? asking(at) : card(at)));
    describe();
    trail.replaceChildren(...steps.map(trod));
    way.hidden = back.hidden = restart.hidden = !steps.length;
    status.textContent = "";
    byHand.replaceChildren();
    keys.offer();
    map?.show(steps, at);
    playbook.drawing(steps, at);
  };

  /* A screen reader reads what gets the focus. */
  const focus = () => {
    if (!playbook.case.mayFocus()) {
      return;
    }
    const covered = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    one("h2", stage).focus({ preventScroll: true });
    if (walker.getBoundingClientRect().top < covered || stage.getBoundingClientRect().bottom > window.innerHeight) {
      walker.scrollIntoView();
    }
  };

  const map = playbook.walkMap(tree, playbook.way(tree), (id) => words(part(id)));

  // -- what is done

  /** @type {(given: string[], message?: string) => void} */
  const go = (given, message = "") => {
    leave(given);
    show(given);
    noteDecision(); // what a link brings along is no decision of this case
    location.hash = address(given);
    focus();
    status.textContent = message;
  };

  /** @type {(selector: string) => HTMLElement[]} */
  const inOutcome = (selector) => under(part(at)).flatMap((found) => all(selector, found));

  /** @type {(item: HTMLElement) => string} */
  const ground = (item) => {
    const changes = all(".pb-changed", item).map((changed) => changed.dataset.pbChange);
    return words(item) + (changes.length ? `, changed since: ${changes.join(", ")}` : "");
  };

  /** @type {() => Walk} */
  const walked = () => ({
    id: tree.id,
    title: tree.title,
    version: tree.version,
    steps: steps.map(read),
    outcome: at,
    decision: words(part(at)),
    action: inOutcome("[data-pb-action]").map(words)[0] ?? "",
    severity: inOutcome("[data-pb-severity]").map(words)[0] ?? "",
    grounds: inOutcome(":scope.pb-cites li").map(ground),
    moment: playbook.days.moment(new Date()),
  });

  const noteDecision = () => {
    if (!isQuestion(at)) {
      const severity = inOutcome("[data-pb-severity]")[0]?.dataset.pbSeverity ?? "";
      walkCase.note(walked(), address(sofar()), severity);
    }
  };

  /* Who goes back from a decision has not decided: what it set for the case, it sets no longer. */
  /** @type {(given: string[]) => void} */
  const leave = (given) => {
    if (!isQuestion(at) && address(given) !== address(sofar())) {
      walkCase.takeBack(address(sofar()));
    }
  };

  /** @type {(form: "plain" | "markdown") => Promise<void>} */
  const copy = async (form) => {
    playbook.freshness();
    status.textContent = "";
    const isDone = await playbook.clipboard.putText(playbook.note[form](walked()), "Case note", byHand);
    const done = { plain: "Copied as plain text.", markdown: "Copied as Markdown." }[form];
    status.textContent = isDone ? done : "Press Ctrl+C to copy this.";
    (isDone ? status : byHand).scrollIntoView({ block: "nearest" });
  };

  const listen = () => {
    keys.listen();
    document.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      const link = /** @type {HTMLAnchorElement | null} */ (target.closest("a[href^='#walk=']"));
      if (link?.hash === location.hash) {
        focus();
      }
    });
    // What was folded when it was marked could not be scrolled to.
    document.addEventListener("toggle", () => playbook.drawing(steps, at), true);
    window.addEventListener("hashchange", () => {
      const given = told(location.hash);
      if (given && address(given) !== address(sofar())) {
        leave(given);
        show(given, madeIn(location.hash));
        if (walkCase.wasReached(address(given))) {
          noteDecision();
        }
        focus();
      }
    });
  };

  /* What the address asks for: to go on with a walk, or to read a part, which the walker has moved down. */
  const start = () => {
    data.after(make("div", { className: "pb-walk" }, walker, ...(map ? [map.element] : [])));
    for (const link of all(".pb-walk-it")) {
      link.setAttribute("href", link.dataset.pbWay ?? "");
      link.hidden = false;
    }
    show(told(location.hash) ?? [], madeIn(location.hash));
    if (location.hash.startsWith(address([]))) {
      focus();
    } else {
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
    }
  };

  listen();
  start();

  // One that was begun before its case was opened goes on in it.
  walkCase.listen(
    () => {
      history.replaceState(null, "", location.pathname + location.search);
      show([]);
    },
    () => walker.classList.toggle("pb-noted", walkCase.isNoted(address(sofar()))),
  );
})();
