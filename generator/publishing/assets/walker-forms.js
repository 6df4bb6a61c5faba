/* What a question shows that takes a value or several answers: a field, or boxes to tick, and a button to go on. */

/**
 * @typedef {object} Offer what a form needs to know of its question
 * @property {Asked} asked
 * @property {Reader} reader
 * @property {string} wanted what it takes, in the words of the page
 * @property {(given: string) => void} take gets a value or ticks that have an answer
 */

/**
 * @typedef {object} Forms
 * @property {(offer: Offer) => HTMLFormElement} value
 * @property {(offer: Offer, ticks: [name: string, label: HTMLLabelElement][], none: string) => HTMLFormElement} ticks
 */

(() => {
  "use strict";

  const { all, make } = playbook.page;

  /** @type {(wrong: HTMLElement, given: () => string, offer: Offer, said: (given: string) => string) => HTMLFormElement} */
  const form = (wrong, given, { reader, take }, said) => {
    const made = make("form", { className: "pb-given", noValidate: true });
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      const found = given();
      if (reader.find(found)) {
        take(found);
      } else {
        wrong.textContent = said(found);
        all("input", made)[0].focus();
      }
    });
    return made;
  };

  const onwards = () =>
    make("button", { type: "submit", className: "md-button md-button--primary", textContent: "Continue" });

  const complaint = () => make("p", { className: "pb-wrong", id: "_wrong", role: "alert" });

  /** @type {Forms["value"]} */
  const value = (offer) => {
    const { takes } = offer.asked;
    const inputMode = takes === "amount" ? "decimal" : takes === "count" ? "numeric" : "text";
    const type = takes === "date" ? "date" : "text";
    const field = make("input", { type, inputMode, autocomplete: "off", className: "pb-value", maxLength: 20 });
    field.setAttribute("aria-describedby", "_wrong");
    const wrong = complaint();
    const typed = () => playbook.typed(field.value, offer.asked);
    const said = (/** @type {string} */ given) => {
      field.setAttribute("aria-invalid", "true");
      const { doubt } = typed();
      if (doubt) {
        return doubt;
      }
      const near = offer.reader.unsure(given);
      return near
        ? `${given} may be more or less than ${near}: choose the answer below.`
        : `“${given}” cannot be read. ${offer.wanted}`;
    };
    const made = form(wrong, () => typed().given, offer, said);
    const label = make("label", {}, make("span", { textContent: offer.wanted }), field);
    made.append(label, onwards(), wrong);
    return made;
  };

  /** @type {Forms["ticks"]} */
  const ticks = (offer, boxes, none) => {
    const wrong = complaint();
    const ticked = () =>
      boxes.filter(([, label]) => label.control && /** @type {HTMLInputElement} */ (label.control).checked);
    const given = () =>
      ticked()
        .map(([name]) => name)
        .join("+");
    const made = form(wrong, given, offer, () => `Tick what applies, or choose “${none}”.`);
    const list = make("ul", { className: "pb-choices" }, ...boxes.map(([, label]) => make("li", {}, label)));
    made.append(make("p", { textContent: offer.wanted }), list, onwards(), wrong);
    return made;
  };

  playbook.forms = { value, ticks };
})();
