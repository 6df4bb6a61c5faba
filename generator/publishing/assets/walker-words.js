/* In go the parts of a decision's page, out come their words: the walker says what the page says, and nothing of its own. */
(function () {
  "use strict";

  function words(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".headerlink, .pb-moved, .pb-mark").forEach((one) => one.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /* What stands under the heading of a question or decision. */
  function under(heading) {
    const found = [];
    let next = heading.nextElementSibling;
    while (next && !next.matches("h2[id^='_'], .pb-question, .pb-outcome, .pb-case, .pb-foot")) {
      found.push(next);
      next = next.nextElementSibling;
    }
    return found;
  }

  function copied(element) {
    const copy = element.cloneNode(true);
    [copy, ...copy.querySelectorAll("[id]")].forEach((one) => one.removeAttribute("id"));
    return copy;
  }

  /* An answer's paragraphs, where it has some, are its label and what explains it. */
  function label(item) {
    const copy = (item.querySelector(":scope > p") || item).cloneNode(true);
    const arrow = copy.querySelector("i");
    while (arrow && arrow.nextSibling) { arrow.nextSibling.remove(); }
    if (arrow) { arrow.remove(); }
    return words(copy);
  }

  const explained = (item) => Array.from(item.querySelectorAll(":scope > p ~ *"), words).join(" ");

  window.playbookWords = { words, under, copied, label, explained };
})();
