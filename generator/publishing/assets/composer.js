/* A reply's letters with their blanks and a field for each become the finished letter, in the clipboard.
   Nothing that is typed leaves the page or is kept; the page reads the same without it. */

(() => {
  "use strict";

  const [composer] = playbook.page.all("[data-pb-composer]");
  if (!composer) {
    return;
  }

  const NAMED = 3; // blanks in a sentence that must not grow over the fields
  const { plain, rich } = playbook.letter;
  /** @type {(selector: string) => HTMLElement} */
  const one = (selector) => playbook.page.one(selector, composer);
  /** @type {(selector: string, within?: HTMLElement) => HTMLElement[]} */
  const all = (selector, within = composer) => playbook.page.all(selector, within);

  const fields = /** @type {Field[]} */ (all("[data-pb-field]"));
  const letters = all("[data-pb-letter]");
  const copies = all("[data-pb-copy]");
  const blanks = all("[data-pb-blank]");
  const { fieldOf, labelOf, filling, speak } = playbook.blanks(composer, fields);
  const letterCase = playbook.letterCase(composer, fields, () => refresh());
  const languages = playbook.languages(composer, (locale) => choose(locale), letterCase.language);
  let chosen = "";

  // -- the letter as it stands

  const letter = () => /** @type {HTMLElement} */ (letters.find((found) => found.dataset.pbLetter === chosen));

  /* Nothing where the reply has no text in the language. */
  const text = () => /** @type {HTMLElement | null} */ (letter().querySelector(".pb-letter-text"));

  /** @type {(blank: HTMLElement) => string} */
  const nameOf = (blank) => blank.dataset.pbBlank ?? "";

  /* By the order of the fields; what has none comes last. */
  const missing = () => {
    const open = all("[data-pb-blank]:not([data-pb-state=filled], [data-pb-state=fallback])", letter());
    const names = new Set(open.map(nameOf));
    const declared = fields.map((field) => field.dataset.pbField ?? "");
    return [...declared.filter((name) => names.has(name)), ...[...names].filter((name) => !declared.includes(name))];
  };

  const show = () => {
    for (const blank of blanks) {
      const locale = /** @type {HTMLElement} */ (blank.closest("[lang]")).lang;
      const { state, words } = filling(nameOf(blank), locale);
      blank.dataset.pbState = state;
      blank.textContent = words;
    }
  };

  /** @type {(field: Field, isOn: boolean) => void} */
  const light = (field, isOn) => {
    for (const blank of blanks) {
      blank.classList.toggle("pb-at", isOn && nameOf(blank) === field.dataset.pbField);
    }
  };

  // -- what is said about it

  /* How far up the bar reaches, so that no field comes to lie under it. */
  const measure = () => composer.style.setProperty("--pb-bar", `${one(".pb-bar").offsetHeight}px`);

  /** @type {(words: string) => void} */
  const say = (words) => {
    one("[data-pb-said]").textContent = words;
    one("[data-pb-keys]").hidden = words !== "";
    measure();
  };

  /** @type {(element: Element, name: string, value: string | null) => void} */
  const state = (element, name, value) => {
    if (value === null) {
      element.removeAttribute(name);
    } else {
      element.setAttribute(name, value);
    }
  };

  /** @type {(names: string[]) => void} */
  const mark = (names) => {
    for (const field of fields) {
      const name = field.dataset.pbField ?? "";
      const isNeeded = names.includes(name) && filling(name, chosen).state === "empty";
      state(field, "aria-invalid", isNeeded ? "true" : null);
      one(`[id="${field.id}-need"]`).textContent = isNeeded ? "Fill this in. " : "";
    }
  };

  /** @type {(name: string) => string} */
  const asked = (name) => {
    const found = filling(name, chosen).state;
    if (found === "undeclared") {
      return `${labelOf(name)} (this reply does not say what it is)`;
    }
    return labelOf(name) + (found === "untranslated" ? ` (it has no words in ${languages.called(chosen)})` : "");
  };

  /** @type {(names: string[]) => void} */
  const block = (names) => {
    const more = names.length - NAMED;
    const words = names.slice(0, NAMED).map(asked).join(", ") + (more > 0 ? ` and ${more} more` : "");
    mark(names);
    one("[data-pb-blocked]").textContent = names.length ? `Not copied. Still empty: ${words}.` : "";
    one("[data-pb-anyway]").hidden = !names.length;
    measure();
  };

  /** @type {(element: HTMLElement | undefined) => void} */
  const focus = (element) => {
    element?.focus();
    element?.scrollIntoView({ block: "nearest" });
  };

  const refresh = () => {
    show();
    say("");
    if (!one("[data-pb-anyway]").hidden) {
      block(missing());
    }
  };

  // -- copying

  const key = () => (/Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl");

  /* What had to be selected to be copied is not left selected. */
  /** @type {(found: HTMLElement, forms: Form[]) => Promise<void>} */
  const put = async (found, forms) => {
    const selection = window.getSelection();
    let isSelected = false;
    await playbook.clipboard.put(forms, () => {
      selection?.selectAllChildren(found);
      isSelected = true;
    });
    if (isSelected) {
      selection?.removeAllRanges();
    }
  };

  /** @type {(found: HTMLElement, isPlain: boolean) => Promise<void>} */
  const copyNow = async (found, isPlain) => {
    /** @type {Form[]} */
    const forms = [{ type: "text/plain", words: plain(found) }];
    if (!isPlain) {
      forms.push({ type: "text/html", words: rich(found) });
    }
    const withBlanks = missing().length ? ", with blanks" : "";
    block([]);
    try {
      await put(found, forms);
      letterCase.copied(chosen);
      say(`Copied${isPlain ? " as plain text" : ""}${withBlanks}.`);
    } catch {
      say(`The browser does not allow copying. The text is selected: copy it with ${key()} C.`);
    }
  };

  /** @type {(isPlain: boolean) => void} */
  const copy = (isPlain) => {
    const found = text();
    warn();
    composer.dataset.pbKind = isPlain ? "plain" : "rich";
    if (!found) {
      say(`Nothing was copied: this reply has no text in ${languages.called(chosen)}.`);
      return;
    }
    const names = missing();
    if (names.length) {
      block(names);
      focus(fieldOf(names[0]));
    } else {
      copyNow(found, isPlain);
    }
  };

  const copyAnyway = () => {
    const found = text();
    if (found) {
      copyNow(found, composer.dataset.pbKind === "plain");
    }
  };

  // -- languages

  /** @type {(locale: string) => void} */
  const choose = (locale) => {
    chosen = locale;
    for (const found of letters) {
      found.hidden = found.dataset.pbLetter !== locale;
    }
    speak(locale);
    letterCase.fill(locale);
    for (const button of copies) {
      button.setAttribute("aria-disabled", String(!text()));
    }
    refresh();
  };

  // -- keys

  /** @type {(field: Field, event: KeyboardEvent) => void} */
  const next = (field, event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) {
      return;
    }
    event.preventDefault();
    focus(fields[fields.indexOf(field) + 1] ?? one("[data-pb-copy=rich]"));
  };

  /** @type {(event: KeyboardEvent) => void} */
  const copyByKey = (event) => {
    const target = /** @type {Element} */ (event.target);
    const isElsewhere = playbook.isTyping(target) && !composer.contains(target);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat && !isElsewhere) {
      event.preventDefault();
      copy(false);
    }
  };

  // -- what has changed under it, by the reader's own day

  const warn = () => {
    const today = playbook.days.day(new Date());
    const isOver = (/** @type {HTMLElement} */ item) => (item.querySelector("time")?.dateTime ?? "") <= today;
    const moved = playbook.page.all(".pb-fresh li").filter(isOver);
    one("#_moved ul").replaceChildren(...moved.map((item) => item.cloneNode(true)));
    one("#_moved").hidden = !moved.length;
    measure();
    for (const button of copies) {
      state(button, "aria-describedby", moved.length ? "_moved" : null);
    }
  };

  // -- how it begins

  /* No field takes the focus: `/` is the search and no part of a name, and "not when" is read before one types. */
  const arrive = () => {
    if (languages.addressed()) {
      composer.scrollIntoView();
    }
  };

  const offerKeys = () => {
    const open = () => fields.find((field) => field.value === "") ?? fields[0];
    playbook.keys.add(
      { key: "f", does: "to the first field that is empty", run: () => focus(open()), works: () => fields.length > 0 },
      { key: "Enter", does: "in a field: to the next field" },
      { key: `${key()} Enter`, does: "copy the letter" },
    );
  };

  const listen = () => {
    for (const field of fields) {
      field.addEventListener("input", () => {
        letterCase.typed(field);
        refresh();
        field.scrollIntoView({ block: "nearest" });
      });
      field.addEventListener("keydown", (event) => next(field, /** @type {KeyboardEvent} */ (event)));
      field.addEventListener("focus", () => light(field, true));
      field.addEventListener("blur", () => light(field, false));
    }
    for (const blank of blanks) {
      blank.addEventListener("click", () => {
        if (!window.getSelection()?.toString()) {
          fieldOf(nameOf(blank))?.focus();
        }
      });
    }
    for (const button of copies) {
      button.addEventListener("click", () => copy(button.dataset.pbCopy === "plain"));
    }
    one("[data-pb-anyway]").addEventListener("click", copyAnyway);
    document.addEventListener("keydown", copyByKey);
    document.addEventListener("visibilitychange", () => {
      letterCase.fill(chosen); // it may be another day
      warn();
    });
    window.addEventListener("pageshow", (event) => {
      letterCase.fill(chosen);
      show();
      warn();
      if (!event.persisted) {
        arrive();
      }
    });
  };

  const start = () => {
    composer.classList.add("pb-composing");
    for (const part of all(".pb-fields, .pb-bar")) {
      part.hidden = false;
    }
    for (const found of letters) {
      found.role = "tabpanel";
      found.setAttribute("aria-labelledby", `_tab-${found.dataset.pbLetter}`);
    }
    one("[data-pb-modifier]").textContent = key();
    languages.begin();
    offerKeys();
    warn();
    playbook.case.onOther(() => block([]));
    playbook.case.listen(() => {
      languages.follow();
      letterCase.fill(chosen);
    });
  };

  listen();
  start();
})();
