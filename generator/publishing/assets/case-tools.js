/* In a procedure: a tree or a letter opens inside the step that names it; in a case it is open again after a reload. */

(() => {
  "use strict";

  const { all, make, openable } = playbook.page;
  const door = playbook.case;
  const { said } = playbook.clock;
  const TOOLS = /\/(macros|decision_trees)\/[^/]+(\/|\.html)$/;
  const BLOCK = ":is(.pb-lines > li, li, p, .pb-then)";
  const OPEN = `playbook-open ${location.pathname}`;

  const isTool = (/** @type {string} */ href) =>
    href.startsWith(playbook.search.root) && TOOLS.test(href.replace(/[?#].*$/, ""));

  const idOf = (/** @type {string} */ href) => href.match(/[^/]+(?=(\.html|\/|\/index\.html)(#.*)?$)/)?.[0] ?? "";

  // -- what is open

  /** @typedef {{ href: string, name: string, below: string }} Opened `below` is the id of the tool whose decision opened it */

  /** @type {() => Opened[]} */
  const readOpen = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(OPEN) ?? "[]");
      return Array.isArray(found) ? found.filter((one) => one && isTool(String(one.href))) : [];
    } catch {
      return []; // forbidden, or written by another version
    }
  };

  /** @type {Set<Opened>} two decisions may each have opened the other */
  const again = new Set();
  let opened = door.get() ? readOpen() : [];
  const keep = (/** @type {Opened[]} */ now) => {
    opened = now;
    try {
      sessionStorage.setItem(OPEN, JSON.stringify(opened));
    } catch {
      // it is only not open again
    }
  };

  /* A decision that was reached is shown again. */
  const addressOf = (/** @type {string} */ href) => {
    const walk = door.get()?.entries.findLast(({ kind, id }) => kind === "walk" && id === idOf(href));
    return openable(href).replace(/#.*$/, "") + (walk?.part ?? "");
  };

  /* What a decision says to send opens below it, and not instead of the procedure. */
  /** @type {(one: Opened, after: Element, isAgain: boolean) => HTMLIFrameElement} */
  const openFrame = ({ href, name }, after, isAgain) => {
    const src = isAgain ? addressOf(href) : openable(href);
    const frame = make("iframe", { className: "pb-inside-frame", name: "pb-inside", title: name, src });
    door.share(frame);
    if (!isAgain) {
      frame.addEventListener("load", () => {
        frame.contentWindow?.focus();
        frame.scrollIntoView({ block: "nearest" });
      });
    }
    frame.addEventListener("pb-open", (event) => {
      const { detail } = /** @type {CustomEvent<{ href: string, name: string }>} */ (event);
      const wanted = { ...detail, below: idOf(href) };
      if (isTool(wanted.href)) {
        openFrame(wanted, frame, false);
        keep([...opened.filter((one) => one.href !== wanted.href || one.below !== wanted.below), wanted]);
      }
    });
    after.after(frame);
    if (isAgain) {
      for (const one of opened.filter((one) => one.below === idOf(href) && !again.has(one))) {
        again.add(one);
        openFrame(one, frame, true);
      }
    }
    return frame;
  };

  // -- the buttons that open it

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
    const one = { href: link.href.replace(/#.*$/, ""), name: link.textContent, below: "" };
    const shut = link.href.includes("/decision_trees/") ? "Walk it here" : "Write it here";
    const button = make("button", { type: "button", className: "pb-open-here" });
    const told = make("span", { className: "pb-case-told" });
    const isKept = () => opened.some(({ href, below }) => href === one.href && below === "");
    let frame = isKept() ? openFrame(one, after, true) : undefined;
    const tell = () => {
      const isOpen = frame !== undefined && !frame.hidden;
      button.setAttribute("aria-expanded", String(isOpen));
      button.textContent = isOpen ? "Close it" : shut;
    };
    button.addEventListener("click", () => {
      if (frame) {
        frame.hidden = !frame.hidden;
      } else {
        frame = openFrame(one, after, false);
      }
      const others = opened.filter(({ href, below }) => href !== one.href || below !== "");
      keep(frame.hidden ? others : [...others, one]);
      tell();
    });
    tell();
    link.after(" ", button, told);
    tools.push({ id: idOf(link.href), told });
  };

  for (const { body } of playbook.steps()) {
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

  door.listen(tellTools);
})();
