/* A case as it is kept in a tab, put into a link, and told in a note. Everything here is pure. */

/**
 * @typedef {object} CaseEntry something that was done
 * @property {string} at when, in UTC: 2026-11-25T14:06:00Z
 * @property {"step" | "skip" | "walk" | "letter"} kind a step that was skipped did not apply
 * @property {string} id of the document
 * @property {string} version
 * @property {string} title of the step, the decision, or the reply
 * @property {string} part the id of the step, the address of the walk, the language of the letter
 * @property {string[]} lines what was answered, decided, and on which ground
 * @property {string} severity that a decision sets; empty if it sets none
 */

/**
 * @typedef {object} CaseFile
 * @property {string} key tells this case from any other: what was typed or opened for one is not there for the next
 * @property {string} number
 * @property {string} name
 * @property {string} country
 * @property {string} arrived in UTC: 2026-11-25T12:22:00Z; empty if nobody said
 * @property {string} language of its letters, as somebody chose it; empty if nobody did
 * @property {string} words what somebody wrote about it
 * @property {Record<string, string>} typed what was typed into the fields of letters, by the name of the variable
 * @property {CaseEntry[]} entries as they were done
 */

/**
 * @typedef {object} CaseChange
 * @property {Partial<Record<"number" | "name" | "country" | "arrived" | "words" | "language", string>>} [facts]
 * @property {Record<string, string>} [typed]
 * @property {CaseEntry} [done]
 * @property {{ kind: CaseEntry["kind"], id: string, part: string }} [undone]
 */

/**
 * @typedef {object} CaseFiles
 * @property {(now: Date) => CaseFile} begin
 * @property {(old: CaseFile, change: CaseChange) => CaseFile} apply
 * @property {(text: string | null) => CaseFile | null} read what `JSON.stringify` wrote; null if it is no case
 * @property {(file: CaseFile) => string} link the fragment of an address
 * @property {(hash: string) => CaseFile | null} fromLink
 * @property {(one: { kind: string }) => boolean} isStep whether it is of a step, done or not applying
 * @property {(text: string) => string} arrival what a field for a moment in UTC says; empty for a year that no case is of
 * @property {(file: CaseFile) => string} plain the note
 * @property {(file: CaseFile) => string} markdown the note
 * @property {(moment: Date) => string} moment
 * @property {(file: CaseFile) => CaseEntry | undefined} severe the last decision that sets a severity
 */

(() => {
  "use strict";

  const LONGEST = 2000; // characters of a text
  const MOST = 300; // entries, or fields
  const LINK = "#case=";
  const BACK = "Taken back";
  /** @type {CaseEntry["kind"][]} */
  const KINDS = ["step", "skip", "walk", "letter"];
  const [FIRST, LAST] = [2000, 2100]; // years of an arrival

  const moment = (/** @type {Date} */ now) => `${now.toISOString().slice(0, 19)}Z`;

  /** @type {CaseFiles["begin"]} */
  const begin = (now) => ({
    key: Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
    number: "",
    name: "",
    country: "",
    arrived: moment(now),
    language: "",
    words: "",
    typed: {},
    entries: [],
  });

  const isStep = (/** @type {{ kind: string }} */ { kind }) => kind === "step" || kind === "skip";

  /* A walk that goes on after its outcome is the same walk, a letter that is copied again the same letter, and a step
     was either done or did not apply. */
  /** @type {(one: CaseEntry, other: CaseEntry | undefined) => boolean} */
  const isAgain = (one, other) =>
    other !== undefined &&
    (one.kind === other.kind || (isStep(one) && isStep(other))) &&
    one.id === other.id &&
    (one.kind === "walk" || one.part === other.part);

  /* A decision that was taken back sets no severity. It is gone where nothing was done since; else the note needs it. */
  /** @type {(entries: CaseEntry[], undone: { kind: string, id: string, part: string }) => CaseEntry[]} */
  const takeBack = (entries, undone) => {
    const isIt = (/** @type {CaseEntry} */ { kind, id, part }) =>
      kind === undone.kind && id === undone.id && part === undone.part;
    const last = entries.at(-1);
    if (undone.kind !== "walk" || (last && isIt(last))) {
      return entries.filter((one) => !isIt(one));
    }
    return entries.map((one) =>
      isIt(one) && one.lines.at(-1) !== BACK ? { ...one, severity: "", lines: [...one.lines, BACK] } : one,
    );
  };

  /** @type {CaseFiles["apply"]} */
  const apply = (old, { facts = {}, typed = {}, done, undone }) => {
    let { entries } = old;
    if (done) {
      const place = entries.findIndex((one) => one.kind !== "walk" && isAgain(done, one));
      const last = isAgain(done, entries.at(-1)) ? entries.length - 1 : place;
      entries = [...entries.filter((_, at) => at !== last), done];
    }
    if (undone) {
      entries = takeBack(entries, undone);
    }
    return { ...old, ...facts, typed: { ...old.typed, ...typed }, entries };
  };

  const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value.slice(0, LONGEST) : "");

  const day = (/** @type {unknown} */ value) => {
    const found = new Date(typeof value === "string" ? value : Number.NaN);
    const year = found.getUTCFullYear(); // of what is no day it is not a number
    return FIRST <= year && year <= LAST ? moment(found) : "";
  };

  /** @type {(value: any) => CaseEntry[]} */
  const readEntries = (value) =>
    (Array.isArray(value) ? value : [])
      .slice(0, MOST)
      .filter((one) => one && KINDS.includes(one.kind) && text(one.id) && day(one.at))
      .map(({ at, kind, id, version, title, part, lines, severity }) => ({
        at: day(at),
        kind,
        id: text(id),
        version: text(version),
        title: text(title),
        part: text(part),
        lines: (Array.isArray(lines) ? lines : []).slice(0, MOST).map(text),
        severity: text(severity),
      }));

  /* Somebody else may have written it: only what we know is taken, and nothing but texts. */
  /** @type {CaseFiles["read"]} */
  const read = (json) => {
    let value;
    try {
      value = JSON.parse(json ?? "null");
    } catch {
      return null;
    }
    if (!value || typeof value !== "object" || !Array.isArray(value.entries)) {
      return null;
    }
    const typed = Object.entries(value.typed && typeof value.typed === "object" ? value.typed : {}).slice(0, MOST);
    return {
      key: text(value.key),
      number: text(value.number),
      name: text(value.name),
      country: text(value.country),
      arrived: day(value.arrived),
      language: text(value.language),
      words: text(value.words),
      typed: Object.fromEntries(typed.map(([name, words]) => [name, text(words)])),
      entries: readEntries(value.entries),
    };
  };

  /** @type {CaseFiles["link"]} */
  const link = (file) => {
    const bytes = new TextEncoder().encode(JSON.stringify(file));
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return LINK + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  };

  /** @type {CaseFiles["fromLink"]} */
  const fromLink = (hash) => {
    if (!hash.startsWith(LINK)) {
      return null;
    }
    try {
      const letters = atob(hash.slice(LINK.length).replaceAll("-", "+").replaceAll("_", "/"));
      return read(new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0))));
    } catch {
      return null; // it was cut off on its way
    }
  };

  const brief = (/** @type {string} */ at) => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

  /** @type {(file: CaseFile) => string} */
  const head = ({ number, name, country, arrived }) =>
    [number, name, country, arrived && `arrived ${brief(arrived)}`].filter(Boolean).join(" · ");

  const DONE = { step: "done", skip: "does not apply", walk: "decided", letter: "copied" };
  /** @type {(entry: CaseEntry) => string} */
  const source = ({ kind, id, part, version }) =>
    `${id}${isStep({ kind }) ? `#${part}` : ""} ${version}${kind === "letter" && part ? `, ${part}` : ""}`;

  const wordsOf = (/** @type {CaseFile} */ file) => file.words.split("\n").filter((line) => line.trim() !== "");

  /** @type {CaseFiles["severe"]} */
  const severe = (file) => file.entries.findLast((entry) => entry.severity !== "");

  /** @type {CaseFiles["plain"]} */
  const plain = (file) =>
    playbook.note.clean([
      head(file),
      ...file.entries.flatMap((entry) => [
        `- ${brief(entry.at)} ${DONE[entry.kind]}: ${entry.title} (${source(entry)})`,
        ...entry.lines.map((line) => `    ${line}`),
      ]),
      ...wordsOf(file),
    ]);

  /** @type {CaseFiles["markdown"]} */
  const markdown = (file) => {
    const { escaped } = playbook.note;
    return playbook.note.clean([
      `**${escaped(head(file))}**`,
      "",
      ...file.entries.flatMap((entry) => [
        `- ${brief(entry.at)} ${DONE[entry.kind]}: **${escaped(entry.title)}** (\`${source(entry).replaceAll("`", "")}\`)`,
        ...entry.lines.map((line) => `    - ${escaped(line)}`),
      ]),
      ...wordsOf(file).flatMap((line) => ["", escaped(line)]),
    ]);
  };

  playbook.caseFiles = {
    ...{ begin, apply, read, link, fromLink, plain, markdown, moment, severe, isStep },
    arrival: (text) => day(`${text}Z`),
  };
})();
