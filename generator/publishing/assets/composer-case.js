/* The fields of a reply are filled from the case of this tab, by its country, and by the calendar; what is typed is kept
   for its next letter. */

/**
 * @typedef {object} LetterCase
 * @property {(locale: string) => void} fill fills what is empty, or was filled by this before
 * @property {(field: Field) => void} typed
 * @property {(language: string) => void} copied
 * @property {() => string} language in which the one who is written to reads, as far as the case tells; empty if it does not
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

    /* A letter that takes something from somebody mostly goes to the one who was reported, and some go to somebody else
       altogether: they must never read the name of who wrote to us. The names of all of them are kept apart. */
    const apart = composer.dataset.pbApart;
    /** @type {(field: Field) => { fact: string, key: string }} */
    const placeOf = ({ dataset: { pbFact = "", pbField = "" } }) =>
      apart && pbFact === "name" ? { fact: "", key: `${pbField}, ${apart}` } : { fact: pbFact, key: pbField };

    /** @type {Record<string, [country: string, names: string[], words: Record<string, string>][]>} */
    const countries = JSON.parse(composer.dataset.pbCountries ?? "{}");
    const folded = (/** @type {string} */ name) => name.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

    /** @type {[names: string[], locales: string[]][]} */
    const speaking = JSON.parse(composer.dataset.pbSpeaking ?? "[]");
    const language = () => {
      const file = door.get();
      const wanted = folded(file?.country ?? "");
      const found = wanted ? speaking.find(([names]) => names.map(folded).includes(wanted)) : undefined;
      return file?.language || (found?.[1][0] ?? "");
    };

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

    /* What was typed for one case never goes into a letter of another. */
    door.onOther(() => {
      for (const field of fields) {
        field.value = "";
        delete field.dataset.pbFilled;
      }
      filled();
    });

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
      language,
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
