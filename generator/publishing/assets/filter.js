/* The filter of long lists. A page reads the same without it. */

(() => {
  "use strict";

  const { all, one } = playbook.page;

  /** @type {(words: string[]) => number} */
  const sift = (words) => {
    const items = all(".pb-list > ul > li");
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
    }
    return items.filter((item) => !item.hidden).length;
  };

  /* A heading goes with its list. */
  const fold = () => {
    for (const list of all(".pb-list")) {
      const heading = /** @type {HTMLElement | null} */ (list.previousElementSibling);
      list.hidden = !list.querySelector("li:not([hidden])");
      if (heading?.matches("h2, h3")) {
        heading.hidden = list.hidden;
      }
    }
  };

  for (const filter of all(".pb-filter")) {
    const input = /** @type {HTMLInputElement} */ (one("[data-pb-filter]", filter));
    filter.hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const shown = sift(words);
      fold();
      one(".pb-count", filter).textContent = words.length ? `${shown} found` : "";
    });
  }
})();
