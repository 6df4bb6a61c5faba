/* In go a reply's letters with their blanks and a field for each, out comes the finished letter, in the clipboard.
   Nothing that is typed leaves the page or is kept; the page reads the same without it. */
(function () {
  "use strict";

  const composer = document.querySelector("[data-pb-composer]");
  if (!composer) { return; }

  const { written, plain, rich, put } = window.playbookLetter;
  const NAMED = 3; // blanks in a sentence that must not grow over the fields
  const one = function (selector) { return composer.querySelector(selector); };
  const all = function (selector, within) { return Array.from((within || composer).querySelectorAll(selector)); };
  const fields = all("[data-pb-field]");
  const letters = all("[data-pb-letter]");
  const copies = all("[data-pb-copy]");
  const spoken = new Map(fields.map(function (field) { return [field, JSON.parse(field.dataset.pbWords)]; }));
  const languages = window.playbookLanguages(composer, choose);
  let chosen;

  // -- what a variable says in a language

  function fieldOf(name) {
    return fields.find(function (field) { return field.dataset.pbField === name; });
  }

  function labelOf(name) {
    const field = fieldOf(name);
    return field ? field.labels[0].textContent : name;
  }

  // The place of a choice is the same in every language; what a language has no words for is empty.
  function chosenIn(field, locale) {
    return field.selectedIndex > 0 ? spoken.get(field)[locale].choices[field.selectedIndex - 1] : field.value;
  }

  function filling(name, locale) {
    const field = fieldOf(name);
    const blank = "[" + name.replace(/_/g, " ") + "]";
    if (!field) { return { state: "undeclared", words: blank }; }
    if (!field.validity.valid) { return { state: "empty", words: blank }; }
    const typed = field.value.trim() !== "";
    const own = typed ? chosenIn(field, locale) : spoken.get(field)[locale].fallback;
    const empty = typed ? "untranslated" : "empty";
    return {
      state: own === "" ? empty : typed ? "filled" : "fallback",
      words: own === "" ? blank : written(field.dataset.pbType, own, locale),
    };
  }

  // -- the letter as it stands

  function letter() {
    return letters.find(function (found) { return found.dataset.pbLetter === chosen; });
  }

  // Nothing where the reply has no text in the language.
  function text() {
    return letter().querySelector(".pb-letter-text");
  }

  function missing() {
    const open = "[data-pb-blank]:not([data-pb-state=filled], [data-pb-state=fallback])";
    const names = all(open, letter()).map(function (blank) {
      return blank.dataset.pbBlank;
    });
    const order = fields.map(function (field) { return field.dataset.pbField; });
    return order.filter(function (name) { return names.includes(name); })
      .concat(Array.from(new Set(names)).filter(function (name) { return !order.includes(name); }));
  }

  function show() {
    all("[data-pb-blank]").forEach(function (blank) {
      const found = filling(blank.dataset.pbBlank, blank.closest("[lang]").lang);
      blank.dataset.pbState = found.state;
      blank.textContent = found.words;
    });
  }

  function light(field, on) {
    all("[data-pb-blank=" + field.dataset.pbField + "]").forEach(function (blank) {
      blank.classList.toggle("pb-at", on);
    });
  }

  // -- what is said about it

  function say(words) {
    one("[data-pb-said]").textContent = words;
    one("[data-pb-keys]").hidden = words !== "";
    measure();
  }

  // How far up the bar reaches, so that no field comes to lie under it.
  function measure() {
    composer.style.setProperty("--pb-bar", one(".pb-bar").offsetHeight + "px");
  }

  function mark(names) {
    fields.forEach(function (field) {
      const name = field.dataset.pbField;
      const needed = names.includes(name) && filling(name, chosen).state === "empty";
      if (needed) { field.setAttribute("aria-invalid", "true"); } else { field.removeAttribute("aria-invalid"); }
      document.getElementById(field.id + "-need").textContent = needed ? "Fill this in. " : "";
    });
  }

  function asked(name) {
    const why = { undeclared: "this reply does not say what it is", untranslated: "it has no words in " + languages.called(chosen) };
    const state = filling(name, chosen).state;
    return labelOf(name) + (state in why ? " (" + why[state] + ")" : "");
  }

  function block(names) {
    const more = names.length - NAMED;
    const words = names.slice(0, NAMED).map(asked).join(", ") + (more > 0 ? " and " + more + " more" : "");
    mark(names);
    one("[data-pb-blocked]").textContent = names.length ? "Not copied. Still empty: " + words + "." : "";
    one("[data-pb-anyway]").hidden = !names.length;
    measure();
  }

  function focus(field) {
    if (!field) { return; }
    field.focus();
    field.scrollIntoView({ block: "nearest" });
  }

  function isBlocked() {
    return !one("[data-pb-anyway]").hidden;
  }

  function refresh() {
    show();
    say("");
    if (isBlocked()) { block(missing()); }
  }

  // -- copying

  function copyNow(kind) {
    const forms = [{ type: "text/plain", words: plain(text()) }];
    if (kind === "rich") { forms.push({ type: "text/html", words: rich(text()) }); }
    const blanks = missing().length ? ", with blanks" : "";
    block([]);
    put(text(), forms).then(
      function () { say("Copied" + (kind === "plain" ? " as plain text" : "") + blanks + "."); },
      function () { say("The browser keeps the clipboard shut. The text is selected: copy it with " + key() + " C."); }
    );
  }

  function copy(kind) {
    const names = text() ? missing() : null;
    warn();
    composer.dataset.pbKind = kind;
    if (!names) { say("Nothing was copied: this reply has no text in " + languages.called(chosen) + "."); }
    else if (!names.length) { copyNow(kind); }
    else {
      block(names);
      focus(fieldOf(names[0]));
    }
  }

  // -- languages

  // Where there is no letter in the language, the fields keep the words of the original.
  function speak(field) {
    const locale = chosen in spoken.get(field) ? chosen : composer.dataset.pbLocale;
    const { fallback, choices, example } = spoken.get(field)[locale];
    all("option[value]:not([value=''])", field).forEach(function (option, index) {
      option.textContent = choices[index] || option.value;
      option.lang = choices[index] ? locale : composer.dataset.pbLocale;
    });
    const words = document.createElement("bdi");
    words.lang = locale;
    words.textContent = fallback || example;
    const help = document.getElementById(field.id + "-help");
    help.textContent = fallback ? "If empty: " : example ? "Such as " : "";
    help.append(words);
  }

  function choose(locale) {
    chosen = locale;
    letters.forEach(function (found) { found.hidden = found.dataset.pbLetter !== locale; });
    fields.forEach(speak);
    copies.forEach(function (button) { button.setAttribute("aria-disabled", String(!text())); });
    refresh();
  }

  // -- keys

  function key() {
    return /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl";
  }

  function next(event) {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) { return; }
    event.preventDefault();
    focus(fields[fields.indexOf(event.target) + 1] || one("[data-pb-copy=rich]"));
  }

  function copyByKey(event) {
    const elsewhere = event.target.matches("input, textarea, select") && !composer.contains(event.target);
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || elsewhere) { return; }
    event.preventDefault();
    copy("rich");
  }

  // -- what has changed under it, by the reader's own day

  function warn() {
    const now = new Date();
    const today = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    const moved = Array.from(document.querySelectorAll(".pb-fresh li")).filter(function (item) {
      return item.querySelector("time").getAttribute("datetime") <= today;
    });
    const list = one("#_moved ul");
    list.textContent = "";
    moved.forEach(function (item) { list.append(item.cloneNode(true)); });
    one("#_moved").hidden = !moved.length;
    measure();
    copies.forEach(function (button) {
      if (moved.length) { button.setAttribute("aria-describedby", "_moved"); } else { button.removeAttribute("aria-describedby"); }
    });
  }

  // Somebody who came for the reply types at once; the page stays where it is, so that "not when" is read.
  function arrive() {
    if (languages.addressed()) { composer.scrollIntoView(); }
    const isFree = document.activeElement === document.body && (!window.location.hash || languages.addressed());
    if (fields[0] && isFree && window.matchMedia("(pointer: fine)").matches) { fields[0].focus({ preventScroll: true }); }
  }

  function start() {
    document.documentElement.classList.add("pb-composing");
    composer.querySelectorAll(".pb-fields, .pb-bar").forEach(function (part) { part.hidden = false; });
    letters.forEach(function (found) {
      found.setAttribute("role", "tabpanel");
      found.setAttribute("aria-labelledby", "_tab-" + found.dataset.pbLetter);
    });
    one("[data-pb-modifier]").textContent = key();
    languages.begin();
    warn();
  }

  fields.forEach(function (field) {
    field.addEventListener("input", function () {
      refresh();
      field.scrollIntoView({ block: "nearest" });
    });
    field.addEventListener("keydown", next);
    ["focus", "blur"].forEach(function (what) {
      field.addEventListener(what, function () { light(field, what === "focus"); });
    });
  });
  all("[data-pb-blank]").forEach(function (blank) {
    blank.addEventListener("click", function () {
      const field = fieldOf(blank.dataset.pbBlank);
      if (field && !window.getSelection().toString()) { field.focus(); }
    });
  });
  copies.forEach(function (button) { button.addEventListener("click", function () { copy(button.dataset.pbCopy); }); });
  one("[data-pb-anyway]").addEventListener("click", function () { copyNow(composer.dataset.pbKind); });
  document.addEventListener("keydown", copyByKey);
  document.addEventListener("visibilitychange", warn);
  window.addEventListener("pageshow", function (event) {
    show();
    warn();
    if (!event.persisted) { arrive(); }
  });
  start();
})();
