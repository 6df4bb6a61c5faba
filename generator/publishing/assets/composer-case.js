/* The fields of a reply are filled from the case of this tab, by its country, and by the calendar; what is typed is kept
   for its next letter. */

/**
 * @typedef {object} LetterCase
 * @property {(locale: string) => void} fill fills what is empty, or was filled by this before
 * @property {(field: Field) => void} typed
 * @property {(language: string) => void} copied
 */

(() => {
  "use strict";

  /** @type {Record<string, "number" | "name" | "country">} */
  const FACTS = { number: "number", name: "name", country: "country" };

  playbook.letterCase = (composer, fields, filled) => {
    const door = playbook.case;
    const { calendarOf, dueDay } = playbook.clock;
    const { moment } = playbook.caseFiles;
    const calendar = calendarOf(composer);
    const { id, version } = playbook.page.sheet();

    /* A letter that takes something from somebody mostly goes to the one who was reported: they must never read the name
       of who did. The names of both are kept apart. */
    const isApart = composer.dataset.pbApart !== undefined;
    /** @type {(field: Field) => { fact: string, key: string }} */
    const placeOf = ({ dataset: { pbFact = "", pbField = "" } }) =>
      isApart && pbFact === "name" ? { fact: "", key: `${pbField}, restricted` } : { fact: pbFact, key: pbField };

    /** @type {Record<string, [country: string, names: string[], words: Record<string, string>][]>} */
    const countries = JSON.parse(composer.dataset.pbCountries ?? "{}");
    const folded = (/** @type {string} */ name) => name.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

    /* Words in another language than the letter's would be no help to who reads it. */
    /** @type {(country: string, field: Field, locale: string) => string} */
    const byCountry = (country, field, locale) => {
      const wanted = folded(country);
      const found = (countries[field.dataset.pbField ?? ""] ?? []).find(([, names]) =>
        names.map(folded).includes(wanted),
      );
      return found ? (found[2][locale] ?? found[2][""] ?? "") : "";
    };

    /** @type {(file: CaseFile, field: Field) => string} */
    const known = (file, field) => {
      const { fact, key } = placeOf(field);
      const pbType = field.dataset.pbType;
      if (fact === "arrived") {
        return pbType === "date" ? file.arrived.slice(0, 10) : file.arrived.slice(0, 16).replace("T", " ");
      }
      return (FACTS[fact] && file[FACTS[fact]]) || (Object.hasOwn(file.typed, key) ? file.typed[key] : "");
    };

    /** @type {LetterCase["fill"]} */
    const fill = (locale) => {
      const file = door.get();
      const today = playbook.days.day(new Date());
      for (const field of fields) {
        const due = field.dataset.pbDue ? dueDay(today, field.dataset.pbDue, calendar) : "";
        const here = file?.country ? byCountry(file.country, field, locale) : "";
        const wanted = (file && known(file, field)) || here || due;
        const isOurs = field.value === "" || field.value === field.dataset.pbFilled;
        if (isOurs && field.value !== wanted && field !== document.activeElement) {
          field.value = wanted;
          field.dataset.pbFilled = field.value;
          filled();
        }
      }
    };

    return {
      fill,
      typed: (field) => {
        delete field.dataset.pbFilled;
        const { fact, key } = placeOf(field);
        if (FACTS[fact]) {
          door.change({ facts: { [FACTS[fact]]: field.value } });
        } else if (fact !== "arrived") {
          door.change({ typed: { [key]: field.value } });
        }
      },
      copied: (language) => {
        const title = playbook.page.one("h1").firstChild?.textContent?.trim() ?? id;
        const done = {
          at: moment(new Date()),
          kind: /** @type {const} */ ("letter"),
          id,
          version,
          title,
          part: language,
        };
        door.change({ done: { ...done, lines: [], severity: "" } });
      },
    };
  };
})();
