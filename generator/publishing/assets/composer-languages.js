/* In go the languages of a reply, out comes the one that is chosen: by its tab, by the address, or the time before. */
(function () {
  "use strict";

  const LANGUAGE = "playbook-language";
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  function remembered() {
    try { return window.localStorage.getItem(LANGUAGE); } catch (error) { return null; }
  }

  function remember(locale) {
    try { window.localStorage.setItem(LANGUAGE, locale); } catch (error) { return; }
  }

  // Calls `chosen` with a locale whenever another is chosen, and once at `begin`.
  window.playbookLanguages = function (composer, chosen) {
    const tabs = Array.from(composer.querySelectorAll("[data-pb-tab]"));

    function tabOf(locale) {
      return tabs.find(function (tab) { return tab.dataset.pbTab === locale; });
    }

    function called(locale) {
      return tabOf(locale).firstElementChild.textContent;
    }

    function addressed() {
      const locale = window.location.hash.slice(1);
      return tabOf(locale) ? locale : null;
    }

    function choose(locale) {
      tabs.forEach(function (tab) {
        tab.setAttribute("aria-selected", String(tab.dataset.pbTab === locale));
        tab.tabIndex = tab.dataset.pbTab === locale ? 0 : -1;
      });
      tabOf(locale).parentElement.scrollLeft = tabOf(locale).offsetLeft - tabs[0].offsetLeft;
      chosen(locale);
    }

    function pick(tab) {
      choose(tab.dataset.pbTab);
      remember(tab.dataset.pbTab);
      window.history.replaceState(null, "", "#" + tab.dataset.pbTab);
      tab.focus();
    }

    function turn(event) {
      const at = tabs.indexOf(event.target);
      const ends = { Home: 0, End: tabs.length - 1 };
      const next = event.key in STEPS ? (at + STEPS[event.key] + tabs.length) % tabs.length : ends[event.key];
      if (next === undefined) { return; }
      event.preventDefault();
      pick(tabs[next]);
    }

    function begin() {
      tabs.forEach(function (tab) {
        tab.addEventListener("click", function () { pick(tab); });
        tab.addEventListener("keydown", turn);
      });
      window.addEventListener("hashchange", function () { if (addressed()) { choose(addressed()); } });
      choose(addressed() || (tabOf(remembered()) ? remembered() : composer.dataset.pbLocale));
    }

    return { called: called, addressed: addressed, begin: begin };
  };
})();
