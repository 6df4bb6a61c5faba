/* Asks the questions of a decision one at a time. Its words are those of the page, its way is in the address. */
(function () {
  "use strict";

  const data = document.querySelector("script[data-pb-ways]");
  if (!data) { return; }

  const tree = JSON.parse(data.textContent);
  const parts = new Map(
    Array.from(document.querySelectorAll("h3.pb-question, h3.pb-outcome"), (heading) => [heading.id, heading])
  );
  const note = window.playbookCaseNote;
  const { isQuestion, section, choices, address, told, madeIn, follow } = window.playbookWay(tree);
  const { words, under, copied, label, explained } = window.playbookWords;
  let steps = [];
  let at = tree.start;

  // -- the words of the page

  function items(question) {
    const list = under(parts.get(section(question))).find((one) => one.matches(".pb-answers"));
    return Array.from(list.querySelectorAll(":scope > ul > li"));
  }

  /* A step as it reads: what was asked, and what was answered. */
  const read = (step) => [words(parts.get(section(step.question))), label(items(step.question)[step.place])];

  const said = () => steps.map((step) => step.answer);

  // -- what is seen

  function make(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function keyed(button, key, shown) {
    const cap = make("kbd", { textContent: shown || key });
    cap.setAttribute("aria-hidden", "true");
    button.dataset.key = key;
    button.prepend(cap, " ");
    return button;
  }

  function button(text, action, className) {
    const made = make("button", { type: "button", className }, make("span", { textContent: text, dir: "auto" }));
    made.addEventListener("click", action);
    return made;
  }

  const status = make("p", { className: "pb-said" });
  status.setAttribute("role", "status");
  const byHand = make("div", { className: "pb-by-hand" });
  const stage = make("div", { className: "pb-stage" });
  const trail = make("ol", { className: "pb-trail" });
  const keys = make("input", { type: "checkbox", checked: kept() !== "off" });
  const back = keyed(button("Back", () => go(said().slice(0, -1), "One step back."), "pb-tool"), "Backspace", "⌫");
  const restart = keyed(button("Restart", () => go([], "Started again."), "pb-tool"), "R");
  const walker = make("section", { className: "pb-walker" });
  walker.setAttribute("aria-label", "Walk through this decision");
  const way = make("nav", {}, make("p", { textContent: "So far" }), trail);
  way.setAttribute("aria-label", "Your answers so far, each a way back to its question");
  const switched = make("label", {}, keys, " Keys 1–9, ⌫, R, C, M");
  walker.append(stage, make("div", { className: "pb-tools" }, back, restart, status, switched), byHand, way);

  function heading(id, above) {
    const asked = make("h2", { tabIndex: -1, textContent: words(parts.get(id)), dir: "auto" });
    return [make("p", { className: "pb-above", textContent: above }), asked];
  }

  function asking(question) {
    const list = make("ol", { className: "pb-choices" });
    items(question).forEach((item, place) => {
      const choice = button(label(item), () => answer(place), "pb-choice");
      const help = explained(item);
      if (help) { choice.lastChild.append(make("small", { textContent: help })); }
      list.append(make("li", {}, place < 9 ? keyed(choice, String(place + 1)) : choice));
    });
    const help = under(parts.get(section(question))).filter((one) => !one.matches(".pb-answers, .pb-source"));
    return [...heading(section(question), `Question ${steps.length + 1}`), ...help.map(copied), list];
  }

  function warning() {
    const fresh = document.querySelector(".pb-fresh");
    const text = {
      stale: "This decision is out of date: what it rests on has changed. See the dates above.",
      late: "The review of this decision is overdue.",
    }[fresh && fresh.dataset.pbFresh];
    return text ? [make("p", { className: "pb-warning", textContent: text })] : [];
  }

  function card(outcome) {
    const found = under(parts.get(outcome)).map(copied);
    const isGround = (one) => one.matches(".pb-cites");
    return [
      ...heading(outcome, "Decision"),
      ...warning(),
      ...found.filter(isGround),
      ...found.filter((one) => !isGround(one)),
      make(
        "div",
        { className: "pb-notes" },
        keyed(button("Copy case note", () => copy("plain"), "md-button md-button--primary"), "C"),
        keyed(button("Copy as Markdown", () => copy("markdown"), "md-button"), "M")
      ),
    ];
  }

  function trod(step, number) {
    const [asked, answered] = read(step);
    const link = make("a", { href: address(said().slice(0, number)) });
    link.append(make("span", { textContent: asked, dir: "auto" }), " ");
    link.append(make("strong", { textContent: answered, dir: "auto" }));
    return make("li", {}, link);
  }

  /* What somebody must know who came by a link that is older than the decision; empty where nothing has changed. */
  function older(missing, version) {
    const before = "This decision has changed since the link was made.";
    const next = `its next answer was “${missing}”.`;
    const text = missing
      ? `${before} ${isQuestion(at) ? "It holds up to here" : "It ends here"}; ${next}`
      : `${before} That was version ${version}, this is ${tree.version}: look at each answer again.`;
    return missing || version !== tree.version ? [make("p", { className: "pb-warning", textContent: text })] : [];
  }

  /* A screen reader says with the question or decision what stands above it, and what warns of it. */
  function describe() {
    const found = Array.from(stage.querySelectorAll(".pb-above, .pb-warning"));
    found.forEach((one, number) => { one.id = `_told-${number}`; });
    stage.querySelector("h2").setAttribute("aria-describedby", found.map((one) => one.id).join(" "));
  }

  function show(given, version) {
    let missing;
    ({ steps, at, missing } = follow(given));
    window.playbookFreshness();
    stage.className = isQuestion(at) ? "pb-stage" : "pb-stage pb-card";
    stage.replaceChildren(...(isQuestion(at) ? asking(at) : card(at)));
    stage.prepend(...older(missing, version || tree.version));
    describe();
    trail.replaceChildren(...steps.map(trod));
    way.hidden = back.hidden = restart.hidden = !steps.length;
    status.textContent = "";
    byHand.replaceChildren();
    offer();
    window.playbookDrawing(steps, at);
  }

  /* A screen reader reads what gets the focus. */
  function focus() {
    const covered = document.querySelector(".md-header").getBoundingClientRect().bottom;
    stage.querySelector("h2").focus({ preventScroll: true });
    if (walker.getBoundingClientRect().top < covered || stage.getBoundingClientRect().bottom > window.innerHeight) {
      walker.scrollIntoView();
    }
  }

  // -- what is done

  function go(given, message) {
    show(given);
    location.hash = address(given);
    focus();
    status.textContent = message || "";
  }

  const answer = (place) => go([...said(), choices(at)[place]]);

  function copy(form) {
    window.playbookFreshness();
    status.textContent = "";
    const grounds = under(parts.get(at)).find((one) => one.matches(".pb-cites"));
    const text = note[form]({
      id: tree.id,
      title: tree.title,
      version: tree.version,
      steps: steps.map(read),
      outcome: at,
      decision: words(parts.get(at)),
      action: action(),
      grounds: Array.from(grounds ? grounds.querySelectorAll("li") : [], ground),
    });
    const done = { plain: "Copied as plain text.", markdown: "Copied as Markdown." }[form];
    note.copy(text, byHand, (isDone) => {
      status.textContent = isDone ? done : "Press Ctrl+C to copy this.";
      (isDone ? status : byHand).scrollIntoView({ block: "nearest" });
    });
  }

  function action() {
    const list = under(parts.get(at)).find((one) => one.querySelector("[data-pb-action]"));
    return list ? words(list.querySelector("[data-pb-action]")) : "";
  }

  function ground(item) {
    const changes = Array.from(item.querySelectorAll(".pb-changed"), (one) => one.dataset.pbChange);
    return words(item) + (changes.length ? `, changed since: ${changes.join(", ")}` : "");
  }

  // -- keys

  function kept() {
    try { return localStorage.getItem("playbook-keys"); } catch (_) { return null; }
  }

  /* Shows the keys, and tells them to screen readers, where they work. */
  function offer() {
    walker.classList.toggle("pb-keyless", !keys.checked);
    walker.querySelectorAll("[data-key]").forEach((button) => {
      button.removeAttribute("aria-keyshortcuts");
      if (keys.checked) { button.setAttribute("aria-keyshortcuts", button.dataset.key); }
    });
  }

  function keep() {
    offer();
    try { localStorage.setItem("playbook-keys", keys.checked ? "on" : "off"); } catch (_) { /* only not remembered */ }
  }

  function meant(key) {
    if (/^[1-9]$/.test(key)) { return stage.querySelectorAll(".pb-choice")[key - 1]; }
    if (key === "backspace" || key === "r") { return steps.length ? (key === "r" ? restart : back) : null; }
    return stage.querySelectorAll(".pb-notes button")[{ c: 0, m: 1 }[key]];
  }

  function isOurs(target) {
    const isTyping = target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select");
    return !isTyping && (target === document.body || target === document.documentElement || walker.contains(target));
  }

  function press(event) {
    const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing);
    const button = keys.checked && isPlain && isOurs(event.target) && meant(event.key.toLowerCase());
    if (button) {
      event.preventDefault();
      button.click();
    }
  }

  data.after(walker);
  keys.addEventListener("change", keep);
  document.addEventListener("keydown", press);
  document.querySelectorAll(".pb-walk-it").forEach((link) => {
    link.setAttribute("href", link.dataset.pbWay);
    link.hidden = false;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#walk=']");
    if (link && link.hash === location.hash) { focus(); }
  });
  window.addEventListener("hashchange", () => {
    const given = told(location.hash);
    if (given && address(given) !== address(said())) {
      show(given, madeIn(location.hash));
      focus();
    }
  });
  show(told(location.hash) || [], madeIn(location.hash));
  if (location.hash.startsWith(address([]))) {
    focus();
  } else if (document.getElementById(location.hash.slice(1))) {
    document.getElementById(location.hash.slice(1)).scrollIntoView();
  }
})();
