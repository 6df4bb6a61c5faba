/* The button in the header that begins and shows the case of this tab, with its note; and a case that came by a link. */

(() => {
  "use strict";

  const { make } = playbook.page;
  const files = playbook.caseFiles;
  const door = playbook.case;
  const header = document.querySelector(".md-header__inner");
  if (door.isInside || !header) {
    return;
  }

  const KEY = "s";
  const button = make("button", { type: "button", className: "pb-case-button" });
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-keyshortcuts", KEY);
  header.insertBefore(button, header.querySelector(".pb-find, .md-header__option, .md-header__source"));

  // -- what is known of the case

  /** @type {(label: string, properties: Partial<HTMLInputElement>, name: "number" | "name" | "country" | "arrived") => HTMLElement} */
  const field = (label, properties, name) => {
    const input = make("input", { type: "text", autocomplete: "off", maxLength: 200, ...properties });
    input.dataset.caseFact = name;
    input.addEventListener("input", () => {
      const value = name === "arrived" ? files.arrival(input.value) : input.value;
      const isNone = name === "arrived" && !value && (input.value !== "" || input.validity.badInput);
      input.setAttribute("aria-invalid", String(isNone));
      if (!isNone) {
        door.change({ facts: { [name]: value } });
      }
      tellHere();
    });
    return make("label", {}, label, input);
  };
  const here = make("p", { className: "pb-case-here", role: "status" });
  /* Beside the moment in UTC: what the clock on the wall said; or why what was typed is no arrival. */
  const tellHere = () => {
    const input = inputs.find((one) => one.dataset.caseFact === "arrived");
    const arrived = door.get()?.arrived ?? "";
    const isRefused = input?.getAttribute("aria-invalid") === "true";
    const isOther = arrived !== "" && new Date(arrived).getTimezoneOffset() !== 0;
    here.classList.toggle("pb-case-refused", isRefused);
    here.textContent = isRefused
      ? "Not taken: write a day and a time, in a year from 2000 to 2100."
      : isOther
        ? playbook.clock.here(new Date(arrived))
        : "";
  };
  const LIMITS = { type: "datetime-local", min: "2000-01-01T00:00", max: "2100-12-31T23:59" };
  const own = make("textarea", { rows: 2, maxLength: 2000, spellcheck: true });
  own.addEventListener("input", () => door.change({ facts: { words: own.value } }));
  const now = make("button", { type: "button" }, "Now");
  now.addEventListener("click", () => {
    door.change({ facts: { arrived: files.moment(new Date()) } });
    fill();
  });
  const facts = make(
    "div",
    { className: "pb-case-facts" },
    field("Case number", {}, "number"),
    field("Name of who wrote to us", {}, "name"),
    field("Country", {}, "country"),
    make("div", {}, field("Arrived (UTC)", LIMITS, "arrived"), now, here),
    make("label", { className: "pb-case-words" }, "In your own words", own),
  );
  const inputs = /** @type {HTMLInputElement[]} */ (playbook.page.all("input", facts));
  const fill = () => {
    const file = door.get();
    for (const input of inputs) {
      const name = /** @type {"number" | "name" | "country" | "arrived"} */ (input.dataset.caseFact);
      input.value = (name === "arrived" ? file?.arrived.slice(0, 16) : file?.[name]) ?? "";
      input.removeAttribute("aria-invalid");
    }
    tellHere();
    own.value = file?.words ?? "";
  };

  // -- the note

  const note = make("pre", { className: "pb-case-note", tabIndex: 0, ariaLabel: "Note of this case" });
  const byHand = make("div", { className: "pb-by-hand" });
  const said = make("p", { className: "pb-case-said", role: "status" });

  /** @type {(label: string, name: string, text: (file: CaseFile) => string) => HTMLElement} */
  const copier = (label, name, text) => {
    const made = make("button", { type: "button", className: "md-button" }, label);
    made.addEventListener("click", async () => {
      const file = door.get();
      if (file) {
        const isDone = await playbook.clipboard.putText(text(file), name, byHand);
        said.textContent = isDone ? `${name} copied.` : "Press Ctrl+C to copy this.";
      }
    });
    return made;
  };
  const address = (/** @type {CaseFile} */ file) => location.href.replace(/#.*$/, "") + files.link(file);
  const clear = make("button", { type: "button", className: "md-button pb-case-clear" });
  let isAsked = false;
  const askAgain = (/** @type {boolean} */ isNow) => {
    isAsked = isNow;
    clear.textContent = isNow ? "Clear it: press again" : "Clear this case";
  };
  clear.addEventListener("click", () => {
    if (isAsked) {
      door.clear();
      dialog.close();
    } else {
      askAgain(true);
    }
  });

  const shut = make("button", { type: "button" }, "Close");
  shut.addEventListener("click", () => dialog.close());
  const dialog = make(
    "dialog",
    { className: "pb-case", ariaLabel: "Case" },
    make("div", { className: "pb-case-head" }, make("h2", {}, "Case"), shut),
    facts,
    note,
    make(
      "div",
      { className: "pb-case-copies" },
      copier("Copy note", "Note", files.plain),
      copier("Copy as Markdown", "Note", files.markdown),
      copier("Copy link", "Link", address),
      clear,
    ),
    byHand,
    said,
  );
  /* The browser gives the focus back to what had it; where that was nothing, the keyboard goes on from here. */
  dialog.addEventListener("close", () => {
    if (document.activeElement === document.body) {
      button.focus();
    }
  });
  document.body.append(dialog);

  const where = () =>
    door.isKept()
      ? "Kept in this tab only, until it is closed or you clear it. Nothing is sent. The link holds the whole case."
      : "This browser keeps nothing for pages: the case is lost when you leave this page. Copy the note first.";

  const show = () => {
    if (!door.get()) {
      door.begin();
    }
    fill();
    askAgain(false);
    said.textContent = where();
    dialog.showModal();
    inputs[0].focus();
    inputs[0].select();
  };

  button.addEventListener("click", show);
  playbook.keys.add({ key: KEY, does: "the case: name, number, note", run: show });

  door.listen((file) => {
    const name = file ? [file.number, file.name].filter(Boolean).join(" · ") || "Case open" : "Start a case";
    button.replaceChildren(make("bdi", {}, name));
    button.classList.toggle("pb-case-open", Boolean(file));
    document.documentElement.classList.toggle("pb-case-there", Boolean(file));
    button.setAttribute("aria-label", file ? `Case ${name}` : name);
    note.textContent = file ? files.plain(file) : "";
  });

  // -- a case that came by a link

  /* Asks once; each answer closes it, and so does Escape. */
  /** @type {(label: string, text: string, answers: Record<string, () => void>) => void} */
  const ask = (label, text, answers) => {
    const asking = make("dialog", { className: "pb-case", ariaLabel: label }, make("p", {}, text));
    for (const [words, act] of Object.entries(answers)) {
      const button = make("button", { type: "button", className: "md-button" }, words);
      button.addEventListener("click", () => {
        act();
        asking.close();
      });
      asking.append(button, " ");
    }
    asking.addEventListener("close", () => asking.remove());
    document.body.append(asking);
    asking.showModal();
  };

  /** @type {(file: CaseFile) => string} */
  const called = ({ number, name }) => [number, name].filter(Boolean).join(" · ") || "a case without a number";

  const arrive = () => {
    if (!location.hash.startsWith("#case=")) {
      return;
    }
    const came = files.fromLink(location.hash);
    const mine = door.get();
    history.replaceState(null, "", location.pathname + location.search);
    if (!came) {
      const text = "The link to the case is not whole: it was cut off on its way. Copy it again.";
      ask("Case", text, { Close: () => {} });
    } else if (mine && JSON.stringify(mine) !== JSON.stringify(came)) {
      ask("Two cases", "The link has another case than this tab. To keep both, open the link in a new tab.", {
        [`Open ${called(came)}`]: () => door.replace(came),
        [`Keep ${called(mine)}`]: () => {},
      });
    } else {
      door.replace(came);
    }
  };
  arrive();
  window.addEventListener("hashchange", arrive);
})();
