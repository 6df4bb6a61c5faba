/* The language of a reply: chosen by its tab, by the address, in a case by the case, else as the time before. */

/**
 * @typedef {object} Languages
 * @property {(locale: string) => string} called
 * @property {() => string | null} addressed the language that the address names
 * @property {() => void} begin
 * @property {() => void} follow goes with the case: what was chosen for one is not chosen for the next
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
  playbook.languages = (composer, chosen, ofCase) => {
    const door = playbook.case;
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
      const isCase = door.get() !== null;
      history.replaceState(null, "", isCase ? location.pathname + location.search : `#${localeOf(tab)}`);
      if (isCase) {
        door.change({ facts: { language: localeOf(tab) } });
      } else {
        remember(localeOf(tab));
      }
      choose(localeOf(tab));
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

    /* A new case begins with the language in which the reply is written. */
    const usual = () => {
      const wanted = door.get() ? ofCase() : (remembered() ?? "");
      return tabOf(wanted) ? wanted : (composer.dataset.pbLocale ?? "");
    };

    let before = "";
    const follow = () => {
      const wanted = usual();
      if (wanted !== before) {
        before = wanted;
        choose(wanted);
      }
    };
    door.onOther(() => {
      before = "";
      if (addressed()) {
        history.replaceState(null, "", location.pathname + location.search);
      }
    });

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
      before = usual();
      choose(addressed() ?? before);
    };

    return { called, addressed, begin, follow };
  };
})();
