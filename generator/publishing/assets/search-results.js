/* How results look: what decides whether one opens it, in two lines. */

/**
 * @typedef {object} SearchLook
 * @property {(path: string) => string} address of a page, given from the top of the site
 * @property {(hit: SearchHit) => HTMLLIElement} row
 * @property {(hit: SearchHit) => HTMLElement} warning a procedure that comes before everything else
 * @property {(hit: SearchHit) => HTMLUListElement} parts the sections of a result
 * @property {(hit: SearchHit, part: string) => Node[]} preview of a document, or of the part that will be opened
 */

(() => {
  "use strict";

  const { make } = playbook.page;

  const LONGEST = 260; // characters of a part in a preview
  /** @type {Record<string, string>} */
  const UNITS = { m: "min", h: "h", d: "d", w: "wk", mo: "mo", bd: "business day" };
  /** @type {Record<string, string>} */
  const REASONS = { symptom: "Sign: ", alias: "Also called: ", phrase: "As members write: ", id: "" };
  /** @type {Record<Trust, string>} */
  const SAID = { current: "", soon: "", late: "overdue", stale: "out of date", never: "never reviewed" };

  const address = (/** @type {string} */ path) => playbook.page.openable(new URL(path, playbook.search.root).href);

  /** @type {(text: string, marks: [number, number][]) => (Node | string)[]} */
  const marked = (text, marks) => {
    const found = [];
    let at = 0;
    for (const [from, to] of marks) {
      if (from >= at) {
        found.push(text.slice(at, from), make("mark", {}, text.slice(from, to)));
        at = to;
      }
    }
    return [...found, text.slice(at)];
  };

  const short = (/** @type {string} */ duration) =>
    duration.replace(
      /^(\d+)([a-z]+)$/,
      (_, number, unit) => `${number} ${UNITS[unit] ?? unit}${unit === "bd" && number !== "1" ? "s" : ""}`,
    );

  /* Who sees a column knows what it is; who hears "S2" in a sentence does not. */
  /** @type {(className: string, name: string, text: string) => HTMLElement} */
  const fact = (className, name, text) =>
    make("span", { className, title: name }, make("i", { className: "pb-hit-name" }, `${name} `), text);

  /** @type {(card: SearchCard) => (Node | string)[]} */
  const facts = ({ id, version, ...card }) => {
    const { dot, judge } = playbook.reading;
    /** @type {(Node | string)[]} */
    const found = dot(judge()({ id, version }));
    const trust = playbook.days.trust(card.dates ?? {}, new Date());
    const status = card.status ?? SAID[trust];
    if (status) {
      found.push(make("span", { className: `pb-status pb-${card.status ?? trust}` }, status));
    }
    if (card.languages) {
      found.push(fact("pb-hit-languages", "languages", card.languages.join(" ")));
    }
    if (card.severity) {
      found.push(fact(card.urgent ? "pb-hit-severity pb-hit-urgent" : "pb-hit-severity", "severity", card.severity));
    }
    if (card.first) {
      found.push(fact("pb-hit-first", "first answer within", short(card.first)));
    }
    return found;
  };

  /** @type {(hit: SearchHit) => (Node | string)[]} */
  const reasons = (hit) => {
    const step = hit.part && hit.card.parts.find(([id]) => id === hit.part)?.[1];
    const lead = step && hit.reason !== "symptom" ? `${step}: ` : (REASONS[hit.reason] ?? "");
    return [lead, ...marked(hit.why, hit.marks)];
  };

  /* Who opens a document in the middle may want to begin at its beginning. */
  /** @type {(hit: SearchHit) => HTMLAnchorElement} */
  const toTop = (hit) => {
    const link = make("a", { href: address(hit.card.address) }, "From the top");
    link.dataset.part = "";
    return link;
  };

  /** @type {SearchLook["parts"]} */
  const parts = (hit) => {
    const list = make("ul", { className: "pb-hit-parts" });
    list.setAttribute("aria-label", "Sections");
    if (hit.part) {
      list.append(make("li", {}, toTop(hit)));
    }
    for (const [id, title] of hit.card.parts) {
      if (id && title && title !== id) {
        const link = make("a", { href: address(`${hit.card.address}#${id}`) }, title);
        link.dataset.part = id;
        list.append(make("li", {}, link));
      }
    }
    return list;
  };

  /** @type {(hit: SearchHit, ...children: Node[]) => HTMLLIElement} */
  const item = (hit, ...children) => {
    const link = make("a", { className: "pb-hit", href: address(hit.address) }, ...children);
    if (hit.card.parts.some(([id, title]) => id && title && title !== id)) {
      link.ariaExpanded = "false"; // the key to the right opens its sections
    }
    return make("li", {}, link);
  };

  /** @type {SearchLook["row"]} */
  const row = (hit) => {
    const text = make(
      "span",
      { className: "pb-hit-text" },
      make("b", {}, hit.title),
      make("span", { className: "pb-hit-why" }, ...reasons(hit)),
    );
    const type = make("span", { className: "pb-hit-type" }, hit.type);
    const made = item(hit, type, text, make("span", { className: "pb-hit-facts" }, ...facts(hit.card)));
    if (hit.part) {
      made.append(make("p", { className: "pb-hit-top" }, toTop(hit)));
    }
    return made;
  };

  /** @type {SearchLook["warning"]} */
  const warning = (hit) => {
    const said = make("span", { className: "pb-hit-why" }, hit.danger, ": ", make("mark", {}, `“${hit.why}”`));
    const text = make("span", { className: "pb-hit-text" }, make("b", {}, hit.title), said);
    return item(hit, text, make("span", { className: "pb-hit-facts" }, ...facts(hit.card)));
  };

  const cut = (/** @type {string} */ text) =>
    text.length > LONGEST ? `${text.slice(0, text.lastIndexOf(" ", LONGEST))} …` : text;

  /** @type {SearchLook["preview"]} */
  const preview = ({ card }, part) => {
    const shown =
      card.parts.find(([id]) => part && id === part) ??
      card.parts.find(([id, title, text]) => id && text && title !== id);
    const told = (/** @type {string} */ words) => playbook.searchTold(card, words);
    const line = [card.type, card.queue, card.version && `v${card.version}`].filter(Boolean).join(" · ");
    /** @type {Node[]} */
    const found = [make("p", { className: "pb-peek-line" }, line), make("h2", {}, card.title)];
    if (card.when) {
      found.push(make("p", {}, told(card.when)));
    }
    if (shown) {
      const [id, title, words] = shown;
      const text = cut(told(words));
      const lead = part && id === part ? "Opens at: " : card.kind === "sop" ? "First: " : "";
      found.push(make("h3", {}, title ? `${lead}${title}` : "Begins"), make("p", {}, text));
    }
    if (card.notWhen?.length) {
      const list = make("ul", {});
      for (const one of card.notWhen) {
        list.append(make("li", {}, told(one)));
      }
      found.push(make("h3", {}, "Not when"), list);
    }
    return found;
  };

  playbook.searchResults = { address, row, warning, parts, preview };
})();
