/* The filter of long lists, and names for what has none. Pages read the same without it. */
(function () {
  "use strict";

  function filter(input) {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    document.querySelectorAll(".pb-list > ul > li").forEach(function (item) {
      var text = item.textContent.toLowerCase();
      item.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
      shown += item.hidden ? 0 : 1;
    });
    document.querySelectorAll(".pb-list").forEach(function (list) {
      var empty = !list.querySelector("li:not([hidden])");
      var heading = list.previousElementSibling;
      list.hidden = empty;
      if (heading && /^H[23]$/.test(heading.tagName)) { heading.hidden = empty; }
    });
    input.closest(".pb-filter").querySelector(".pb-count").textContent = words.length ? shown + " found" : "";
  }

  // What Material leaves without a name, or out of reach of the keyboard.
  function name(selector, words) {
    document.querySelectorAll(selector).forEach(function (element) {
      element.setAttribute("aria-label", words || element.closest("li").textContent.trim());
    });
  }

  name(".md-search[role=dialog]", "Search");
  name(".task-list-item input");
  document.querySelectorAll(".pb-wide, .md-typeset__scrollwrap").forEach(function (element) { element.tabIndex = 0; });
  document.querySelectorAll("[data-pb-filter]").forEach(function (input) {
    input.closest(".pb-filter").hidden = false;
    input.addEventListener("input", function () { filter(input); });
  });
})();
