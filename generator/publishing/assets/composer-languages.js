/* The language of a reply: chosen by its tab, by the address, or the time before. */

/**
 * @typedef {object} Languages
 * @property {(locale: string) => string} called
 * @property {() => string | null} addressed the language that the address names
 * @property {() => void} begin
 */

(() => {
  "use strict";

  const KEPT = "playbook-language";
  /** @type {Record<string, number>} */
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  const remembered = () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  };

  /** @type {(locale: string) => void} */
  const remember = (locale) => {
    try {
      localStorage.setItem(KEPT, locale);
    } catch {
      // it is only not remembered
    }
  };

  /* Calls `chosen` with a locale whenever another is chosen, and once at `begin`. */
  playbook.languages = (composer, chosen) => {
    const tabs = playbook.page.all("[data-pb-tab]", composer);
    const localeOf = (/** @type {HTMLElement} */ tab) => tab.dataset.pbTab ?? "";

    /** @type {(locale: string | null) => HTMLElement | undefined} */
    const tabOf = (locale) => tabs.find((tab) => localeOf(tab) === locale);

    /** @type {Languages["called"]} */
    const called = (locale) => tabOf(locale)?.firstElementChild?.textContent ?? locale;

    /** @type {Languages["addressed"]} */
    const addressed = () => {
      const locale = location.hash.slice(1);
      return tabOf(locale) ? locale : null;
    };

    /** @type {(locale: string) => void} */
    const choose = (locale) => {
      for (const tab of tabs) {
        const isChosen = localeOf(tab) === locale;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        if (isChosen && tab.parentElement) {
          tab.parentElement.scrollLeft = tab.offsetLeft - tabs[0].offsetLeft;
        }
      }
      chosen(locale);
    };

    /** @type {(tab: HTMLElement) => void} */
    const pick = (tab) => {
      choose(localeOf(tab));
      remember(localeOf(tab));
      history.replaceState(null, "", `#${localeOf(tab)}`);
      tab.focus();
    };

    /** @type {(tab: HTMLElement, event: KeyboardEvent) => void} */
    const turn = (tab, event) => {
      const isStep = event.key in STEPS;
      const near = tabs[(tabs.indexOf(tab) + STEPS[event.key] + tabs.length) % tabs.length];
      const next = isStep ? near : { Home: tabs[0], End: tabs.at(-1) }[event.key];
      if (next) {
        event.preventDefault();
        pick(next);
      }
    };

    const begin = () => {
      for (const tab of tabs) {
        tab.addEventListener("click", () => pick(tab));
        tab.addEventListener("keydown", (event) => turn(tab, event));
      }
      window.addEventListener("hashchange", () => {
        const locale = addressed();
        if (locale) {
          choose(locale);
        }
      });
      const before = remembered();
      choose(addressed() ?? (before && tabOf(before) ? before : (composer.dataset.pbLocale ?? "")));
    };

    return { called, addressed, begin };
  };
})();
