/* What the blanks of a reply's letters say, by the fields in which somebody types, in each language. */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** @typedef {{ fallback: string, choices: string[], example: string }} Spoken a field's words in one language */

/** @typedef {{ state: "undeclared" | "empty" | "untranslated" | "filled" | "fallback", words: string }} Filling */

/**
 * @typedef {object} Blanks
 * @property {(name: string) => Field | undefined} fieldOf
 * @property {(name: string) => string} labelOf
 * @property {(name: string, locale: string) => Filling} filling
 * @property {(locale: string) => void} speak has all fields offer and explain in a language what they do
 */

(() => {
  "use strict";

  const { all, make, one } = playbook.page;

  playbook.blanks = (composer, fields) => {
    const original = composer.dataset.pbLocale ?? "";
    /** @type {Map<Field, Record<string, Spoken>>} */
    const spoken = new Map(fields.map((field) => [field, JSON.parse(field.dataset.pbWords ?? "{}")]));

    /* Where there is no letter in the language, the fields keep the words of the original. */
    /** @type {(field: Field, locale: string) => { locale: string, said: Spoken }} */
    const wordsOf = (field, locale) => {
      const known = spoken.get(field) ?? {};
      const used = locale in known ? locale : original;
      return { locale: used, said: known[used] };
    };

    /** @type {Blanks["fieldOf"]} */
    const fieldOf = (name) => fields.find((field) => field.dataset.pbField === name);

    /** @type {Blanks["labelOf"]} */
    const labelOf = (name) => fieldOf(name)?.labels?.[0].textContent ?? name;

    /* The place of a choice is the same in every language; what a language has no words for is empty. */
    /** @type {(field: Field, said: Spoken) => string} */
    const chosenIn = (field, said) =>
      field instanceof HTMLSelectElement && field.selectedIndex > 0
        ? said.choices[field.selectedIndex - 1]
        : field.value;

    /** @type {Blanks["filling"]} */
    const filling = (name, locale) => {
      const field = fieldOf(name);
      const blank = `[${name.replaceAll("_", " ")}]`;
      if (!field) {
        return { state: "undeclared", words: blank };
      }
      if (!field.validity.valid) {
        return { state: "empty", words: blank };
      }
      const { said } = wordsOf(field, locale);
      const isTyped = field.value.trim() !== "";
      const own = isTyped ? chosenIn(field, said) : said.fallback;
      if (own === "") {
        return { state: isTyped ? "untranslated" : "empty", words: blank };
      }
      const words = playbook.letter.written(field.dataset.pbType ?? "", own, locale);
      return { state: isTyped ? "filled" : "fallback", words };
    };

    /** @type {Blanks["speak"]} */
    const speak = (wanted) => {
      for (const field of fields) {
        const { locale, said } = wordsOf(field, wanted);
        const options = /** @type {HTMLOptionElement[]} */ (all("option[value]:not([value=''])", field));
        options.forEach((option, place) => {
          option.textContent = said.choices[place] || option.value;
          option.lang = said.choices[place] ? locale : original;
        });
        const help = one(`[id="${field.id}-help"]`);
        help.textContent = said.fallback ? "If empty: " : said.example ? "Such as " : "";
        const isDate = field instanceof HTMLInputElement && field.type === "date";
        const example = isDate ? playbook.days.typed(said.example) : said.example;
        help.append(make("bdi", { lang: locale, textContent: said.fallback || example }));
      }
    };

    return { fieldOf, labelOf, filling, speak };
  };
})();
