/* The words of the parts of a decision's page: the walker says what the page says, and nothing of its own. */

/**
 * @typedef {object} Words
 * @property {(element: Element) => string} words
 * @property {(heading: Element) => HTMLElement[]} under what follows the heading of a question or decision
 * @property {(element: HTMLElement) => HTMLElement} copied
 * @property {(item: HTMLElement) => string} label of an answer: its first paragraph, where it has some
 * @property {(item: HTMLElement) => string} explained the paragraphs after it
 */

(() => {
  "use strict";

  const { all } = playbook.page;

  /** @type {<Kind extends Element>(element: Kind) => Kind} */
  const clone = (element) => /** @type {typeof element} */ (element.cloneNode(true));

  /** @type {Words["words"]} */
  const words = (element) => {
    const copy = clone(element);
    for (const aside of all(".headerlink, .pb-moved, .pb-mark", copy)) {
      aside.remove();
    }
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  /** @type {Words["under"]} */
  const under = (heading) => {
    const found = [];
    let next = /** @type {HTMLElement | null} */ (heading.nextElementSibling);
    while (next && !next.matches("h2[id^='_'], .pb-question, .pb-outcome, .pb-case, .pb-foot")) {
      found.push(next);
      next = /** @type {HTMLElement | null} */ (next.nextElementSibling);
    }
    return found;
  };

  /** @type {Words["copied"]} */
  const copied = (element) => {
    const copy = clone(element);
    for (const named of [copy, ...all("[id]", copy)]) {
      named.removeAttribute("id");
    }
    return copy;
  };

  /** @type {Words["label"]} */
  const label = (item) => {
    const copy = clone(item.querySelector(":scope > p") ?? item);
    const arrow = copy.querySelector("i");
    while (arrow?.nextSibling) {
      arrow.nextSibling.remove();
    }
    arrow?.remove();
    return words(copy);
  };

  /** @type {Words["explained"]} */
  const explained = (item) => all(":scope > p ~ *", item).map(words).join(" ");

  playbook.words = { words, under, copied, label, explained };
})();
