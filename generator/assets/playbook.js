/* Copy buttons of letters, and the filter of long lists. Pages read the same without it. */
(function () {
  "use strict";

  function copied(button) {
    var words = button.textContent;
    button.textContent = "Copied";
    window.setTimeout(function () { button.textContent = words; }, 1500);
  }

  function select(element) {
    var range = document.createRange();
    range.selectNodeContents(element);
    window.getSelection().removeAllRanges();
    window.getSelection().addRange(range);
  }

  function copy(button) {
    var text = button.closest(".pb-letter").querySelector(".pb-letter-text");
    var fallback = function () {
      select(text);
      if (document.execCommand("copy")) { copied(button); }
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text.innerText).then(function () { copied(button); }, fallback);
    } else {
      fallback();
    }
  }

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

  document.querySelectorAll("[data-pb-copy]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { copy(button); });
  });
  document.querySelectorAll("[data-pb-filter]").forEach(function (input) {
    input.closest(".pb-filter").hidden = false;
    input.addEventListener("input", function () { filter(input); });
  });
})();
