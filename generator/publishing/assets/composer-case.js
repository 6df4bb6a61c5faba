/* The fields of a reply are filled from the case of this tab, and by the calendar; what is typed is kept for its next letter. */

/**
 * @typedef {object} LetterCase
 * @property {() => void} fill fills what is empty, or was filled by this before
 * @property {(field: Field) => void} typed
 * @property {(language: string) => void} copied
 */

(() => {
  "use strict";

  /** @type {Record<string, "number" | "name" | "country">} */
  const FACTS = { number: "number", name: "name", country: "country" };

  playbook.letterCase = (composer, fields, filled) => {
    const door = playbook.case;
    const { dueDay } = playbook.clock;
    const { moment } = playbook.caseFiles;
    /** @type {Calendar} */
    const calendar = JSON.parse(composer.dataset.pbCalendar ?? '{"weekend":[0,6],"closed":[]}');
    const [id, version] = playbook.page.one("[data-pb-sheet]").dataset.pbSheet?.split(" v") ?? ["", ""];

    /** @type {(file: CaseFile, field: Field) => string} */
    const known = (file, { dataset: { pbFact = "", pbField = "", pbType } }) => {
      if (pbFact === "arrived") {
        return pbType === "date" ? file.arrived.slice(0, 10) : file.arrived.slice(0, 16).replace("T", " ");
      }
      return (FACTS[pbFact] && file[FACTS[pbFact]]) || (Object.hasOwn(file.typed, pbField) ? file.typed[pbField] : "");
    };

    const fill = () => {
      const file = door.get();
      const today = playbook.days.day(new Date());
      for (const field of fields) {
        const due = field.dataset.pbDue ? dueDay(today, field.dataset.pbDue, calendar) : "";
        const wanted = (file && known(file, field)) || due;
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
        const { pbFact = "", pbField = "" } = field.dataset;
        if (FACTS[pbFact]) {
          door.change({ facts: { [FACTS[pbFact]]: field.value } });
        } else if (pbFact !== "arrived") {
          door.change({ typed: { [pbField]: field.value } });
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
        door.change({ done: { ...done, lines: [] } });
      },
    };
  };
})();
