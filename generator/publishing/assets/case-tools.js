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

  /** @typedef {{ href: string, name: string, below: string, step: string }} Opened `below` is the id of the tool whose
   *    decision opened it, `step` that of the step in which it is open */

  const keyOf = () => door.get()?.key ?? "";

  /* What was open for another case is not open for this one. */
  /** @type {() => Opened[]} */
  const readOpen = () => {
    try {
      const { key, open } = JSON.parse(sessionStorage.getItem(OPEN) ?? "{}");
      const isOurs = key !== undefined && key === keyOf() && Array.isArray(open);
      return isOurs ? open.filter((/** @type {Opened} */ one) => one && isTool(String(one.href))) : [];
    } catch {
      return []; // forbidden, or written by another version
    }
  };

  let opened = keyOf() ? readOpen() : [];
  const keep = (/** @type {Opened[]} */ now) => {
    opened = now;
    try {
      sessionStorage.setItem(OPEN, JSON.stringify({ key: keyOf(), open: opened }));
    } catch {
      // it is only not open again
    }
  };
  const isSame = (/** @type {Opened} */ one, /** @type {Opened} */ other) =>
    one.href === other.href && one.below === other.below && one.step === other.step;

  /* A decision that was reached is shown again. */
  const addressOf = (/** @type {string} */ href) => {
    const walk = door.get()?.entries.findLast(({ kind, id }) => kind === "walk" && id === idOf(href));
    return openable(href).replace(/#.*$/, "") + (walk?.part ?? "");
  };

  /** @type {Set<Opened>} two decisions may each have opened the other */
  const again = new Set();
  /** @type {Set<HTMLIFrameElement>} */
  const frames = new Set();

  /* What a decision says to send opens below it, and not instead of the procedure. */
  /** @type {(one: Opened, after: Element, isAgain: boolean) => HTMLIFrameElement} */
  const openFrame = (one, after, isAgain) => {
    const { href, name, step } = one;
    const src = isAgain ? addressOf(href) : openable(href);
    const frame = make("iframe", { className: "pb-inside-frame", name: "pb-inside", title: name, src });
    frames.add(frame);
    door.share(frame);
    if (!isAgain) {
      frame.addEventListener("load", () => {
        if (door.mayFocus()) {
          frame.contentWindow?.postMessage({ playbook: "begin" }, door.target);
          frame.contentWindow?.focus();
        }
        frame.scrollIntoView({ block: "nearest" });
      });
    }
    frame.addEventListener("pb-open", (event) => {
      const { detail } = /** @type {CustomEvent<{ href: string, name: string }>} */ (event);
      const wanted = { ...detail, below: idOf(href), step };
      if (isTool(wanted.href)) {
        openFrame(wanted, frame, false);
        keep([...opened.filter((one) => !isSame(one, wanted)), wanted]);
      }
    });
    after.after(frame);
    if (isAgain) {
      for (const one of opened.filter((one) => one.below === idOf(href) && one.step === step && !again.has(one))) {
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

  /** @type {(() => void)[]} */
  const shutters = [];

  /** @type {(link: HTMLAnchorElement, step: string, words: (isOpen: boolean) => string) => HTMLElement[]} */
  const offer = (link, step, words) => {
    const one = { href: link.href.replace(/#.*$/, ""), name: link.textContent, below: "", step };
    const button = make("button", { type: "button", className: "pb-open-here" });
    const told = make("span", { className: "pb-case-told" });
    /** @type {HTMLIFrameElement | undefined} */
    let frame;
    const after = () => button.closest(BLOCK) ?? told;
    const tell = () => {
      const isOpen = frame !== undefined && !frame.hidden;
      button.setAttribute("aria-expanded", String(isOpen));
      button.textContent = words(isOpen);
    };
    button.addEventListener("click", () => {
      if (frame) {
        frame.hidden = !frame.hidden;
      } else {
        frame = openFrame(one, after(), false);
      }
      const others = opened.filter((other) => !isSame(other, one));
      keep(frame.hidden ? others : [...others, one]);
      tell();
    });
    shutters.push(() => {
      frame = undefined;
      tell();
    });
    tools.push({ id: idOf(link.href), told });
    // Once it stands in the page, which its caller does.
    queueMicrotask(() => {
      frame = opened.some((other) => isSame(other, one)) ? openFrame(one, after(), true) : undefined;
      tell();
    });
    tell();
    return [button, told];
  };

  const here = (/** @type {HTMLAnchorElement} */ link) => (/** @type {boolean} */ isOpen) =>
    isOpen ? "Close it" : link.href.includes("/decision_trees/") ? "Walk it here" : "Write it here";

  /* The letter or tree that a step is for comes first, and looks so; what its text mentions besides, such as a letter for
     another outcome, comes after it by its title: the first button was often the wrong letter. */
  for (const { heading, body } of playbook.steps()) {
    const links = /** @type {HTMLAnchorElement[]} */ (body.flatMap((part) => all("a[href]", part)));
    /** @type {Map<string, HTMLAnchorElement>} */
    const once = new Map();
    for (const link of links.filter(({ href }) => isTool(href))) {
      const key = link.href.replace(/#.*$/, "");
      if (!once.has(key) || link.closest(".pb-next")) {
        once.set(key, link);
      }
    }
    const isMain = (/** @type {HTMLAnchorElement} */ link) => link.closest(".pb-next") !== null;
    const found = [...once.values()];
    const list = found.find(isMain)?.closest("ul");
    for (const link of found.filter((one) => isMain(one) || !list)) {
      const [button, told] = offer(link, heading.id, here(link));
      button.classList.toggle("pb-open-main", isMain(link));
      link.after(" ", button, told);
    }
    const others = list ? found.filter((one) => !isMain(one)) : [];
    if (list && others.length) {
      const also = make("li", { className: "pb-open-also" }, "Also named in this step: ");
      for (const link of others) {
        const [button, told] = offer(link, heading.id, (isOpen) => `${isOpen ? "Close " : ""}${link.textContent}`);
        also.append(button, told, " ");
      }
      list.append(also);
    }
  }

  door.onOther(() => {
    for (const frame of frames) {
      door.unshare(frame);
      frame.remove();
    }
    frames.clear();
    again.clear();
    opened = readOpen();
    for (const shut of shutters) {
      shut();
    }
  });
  door.listen(tellTools);
})();
