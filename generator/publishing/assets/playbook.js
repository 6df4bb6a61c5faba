/* What every page has: the one name under which scripts offer each other what they do, and names for what has none. */

/**
 * Each script adds one name. Which page loads which, and in what order, is told in engines/assets.py.
 *
 * @typedef {object} Playbook
 * @property {Page} page
 * @property {(target: EventTarget | null) => boolean} isTyping whether what is typed goes into a field
 * @property {PageKeys} keys
 * @property {(event: Event) => boolean} isPaste whether a text was pasted or dropped into a field, and not typed
 * @property {(begun?: SearchBegun) => SearchSoon} searchSoon opens a field for what is typed while the search is being loaded
 * @property {SearchDoor} search
 * @property {(name: string, value: any) => void} searchTake has a piece of the index hand over its value
 * @property {SearchWords} searchWords
 * @property {SearchCode} searchCode
 * @property {(index: DangerIndex, load: (piece: string) => Promise<any>, isWord: (stem: string) => boolean) => DangerFinder}
 *   searchDanger
 * @property {(dangers: (DangerWords & { phrases: Record<string, string[]>, unless: Record<string, string[]> })[]) =>
 *   [DangerIndex, DangerPiece[]]} searchDangerIndex
 * @property {() => SearchIndexMaker} searchIndex
 * @property {(list: { length: number, [place: number]: number | string }, value: number | string) => number} searchPlace
 *   the last place of a sorted list whose value is not above this one; -1 if there is none
 * @property {(manifest: SearchManifest, load: (piece: string) => Promise<any>) => SearchTerms} searchTerms
 * @property {(manifest: SearchManifest, look: SearchTerms["look"]) => SearchScorer} searchScore
 * @property {(languages: string[]) => SearchExplainer} searchExplain
 * @property {(card: SearchCard, words: string) => string} searchTold words as a page has them: titles for ids, blanks in brackets
 * @property {(manifest: SearchManifest, load: (piece: string) => Promise<any>) => SearchRanker} searchRank
 * @property {(columns: SearchColumns, now: Date) => SearchFacets} searchFacets
 * @property {SearchTab} searchTab
 * @property {SearchMemory} searchMemory
 * @property {SearchLook} searchResults
 * @property {(again: (text: string) => void, changed: () => void) => SearchNothing} searchNothing `changed` is called after
 *   something was forgotten
 * @property {(state: SearchState, changed: () => void) => SearchNarrow} searchNarrow
 * @property {(dialog: HTMLElement, box: HTMLTextAreaElement, peek: HTMLElement, settle: () => Promise<void>) =>
 *   SearchSelection} searchSelection `settle` waits for the results of what is typed
 * @property {(text?: string, isPasted?: boolean) => void} searchBox shows the box
 * @property {Days} days
 * @property {Reading} reading
 * @property {() => void} freshness says again what can be trusted, by the day that it is now
 * @property {ClipboardWays} clipboard
 * @property {Clock} clock
 * @property {CaseFiles} caseFiles
 * @property {(clock: HTMLElement, words: string, from: Date | null, lead: string) => void} tellClock
 *   until when something is due; its own words where nobody knows from when it counts
 * @property {CaseDoor} case
 * @property {(composer: HTMLElement, fields: Field[], filled: () => void) => LetterCase} letterCase
 * @property {Letter} letter
 * @property {(composer: HTMLElement, fields: Field[]) => Blanks} blanks
 * @property {(composer: HTMLElement, chosen: (locale: string) => void, ofCase: () => string) => Languages} languages
 * @property {(steps: Step[], at: string) => void} drawing marks a way in the drawing of its decision
 * @property {CaseNote} note
 * @property {() => ProcedureStep[]} steps of the procedure that the page is of
 * @property {(part: EventTarget | null) => number} stepAt the step that a part of the page is in, or else the one in view
 * @property {(at: number) => void} goToStep
 * @property {(walker: HTMLElement) => Keys} walkerKeys
 * @property {(id: string) => WalkCase} walkCase of a decision, by the id of its document
 * @property {Shelf} shelf
 * @property {(asked: string, ids: string[]) => string} nearest the id that was meant; empty if none comes near
 * @property {(tree: Tree) => Way} way
 * @property {Values} values
 * @property {(text: string, asked: Asked) => Typed} typed a value as somebody typed it
 * @property {Forms} forms
 * @property {(tree: Tree, way: Way, words: (id: string) => string) => WalkMap | null} walkMap null where it would be no map
 * @property {Words} words
 * @property {CourseInside} courseInside
 * @property {Practice} practice
 * @property {CourseDigest} courseDigest
 * @property {CourseState} courseState
 * @property {PracticeJudge} practiceJudge
 * @property {(plan: CoursePlan) => CourseRoute} courseRoute
 * @property {(plan: CoursePlan) => CourseMarks} courseMarks
 * @property {(plan: CoursePlan, route: CourseRoute, spell: (minutes: number) => string) => CourseView} courseView
 * @property {(warning: HTMLElement, opened: () => void) => CourseWarning} courseWarning
 * @property {(host: CourseHost, kept: string) => void} courseStart
 * @property {CourseKeys} courseKeys
 * @property {(sheet: HTMLElement, plan: CoursePlan, score: CourseScore, told: CourseSheet) => void} courseSheet
 * @property {CourseDraw} courseDraw
 * @property {CourseAgain} courseAgain
 * @property {CourseAsk} courseAsk
 * @property {(desk: CourseDesk) => CourseChecks} courseChecks
 * @property {(number: number, groups: SealedQuestion[][]) => void} courseTake has the questions of a check hand themselves over
 * @property {CourseReads} courseReads
 * @property {CourseEnd} courseEnd
 * @property {(view: HTMLElement, heard: CourseHeard) => CourseFrame} courseFrame
 */

/**
 * @typedef {object} Page
 * @property {(selector: string, within?: ParentNode) => HTMLElement[]} all
 * @property {(selector: string, within?: ParentNode) => HTMLElement} one throws where there is none
 * @property {Make} make
 * @property {(heading: Element) => string} nameOf the words of a heading, without what scripts and the theme add to it
 * @property {() => { id: string, version: string, formerly: string[] }} sheet the document that the page is of
 * @property {(act: () => void) => () => void} soon does it before the page is drawn next, once, however often it is asked to
 * @property {(href: string) => string} openable the address of a page as it can be opened from a folder, too
 */

/**
 * @typedef {<Name extends keyof HTMLElementTagNameMap>(
 *   name: Name, properties: Partial<HTMLElementTagNameMap[Name]>, ...children: (Node | string)[]
 * ) => HTMLElementTagNameMap[Name]} Make
 */

const playbook = /** @type {Playbook} */ ({});

(() => {
  "use strict";

  /** @type {Page["all"]} */
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  /** @type {Page["one"]} */
  const one = (selector, within = document) => {
    const found = /** @type {HTMLElement | null} */ (within.querySelector(selector));
    if (!found) {
      throw new Error(`this page has no ${selector}`);
    }
    return found;
  };

  /** @type {Make} */
  const make = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /** @type {Page["openable"]} */
  const openable = (href) => {
    const found = new URL(href, location.href);
    if (found.protocol === "file:" && found.pathname.endsWith("/")) {
      found.pathname += "index.html"; // nobody opens a folder there
    }
    return found.href;
  };

  /** @type {Page["nameOf"]} */
  const nameOf = (heading) => {
    const words = /** @type {Element} */ (heading.cloneNode(true));
    for (const extra of all(".headerlink, .pb-flag, .pb-number, .pb-dot, .pb-case-when", words)) {
      extra.remove();
    }
    return words.textContent?.trim() ?? "";
  };

  /** @type {Page["sheet"]} */
  const sheetOf = () => {
    const { pbSheet = "", formerly = "" } = one("[data-pb-sheet]").dataset;
    const [id = "", version = ""] = pbSheet.split(" v");
    return { id, version, formerly: formerly.split(" ").filter(Boolean) };
  };

  const soon = (/** @type {() => void} */ act) => {
    let isDue = false;
    return () => {
      if (!isDue) {
        isDue = true;
        requestAnimationFrame(() => {
          isDue = false;
          act();
        });
      }
    };
  };

  playbook.page = { all, one, make, nameOf, sheet: sheetOf, openable, soon };

  playbook.isTyping = (target) =>
    target instanceof HTMLElement &&
    target.getClientRects().length > 0 && // what was closed a moment ago may still have the focus
    (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));

  // What Material leaves without a name, or out of reach of the keyboard.
  for (const box of all(".task-list-item input")) {
    box.setAttribute("aria-label", box.closest("li")?.textContent.trim() ?? "");
  }
  for (const scrolled of all(".pb-wide, .md-typeset__scrollwrap")) {
    scrolled.tabIndex = 0;
  }

  // On paper is what somebody does the work with, whatever is folded: no drawing that is too large for a sheet, and examples
  // only where somebody has opened them. The theme opens all.
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = /** @type {HTMLDetailsElement[]} */ (all(".pb-fold:not([open]), .pb-section:not([open])"));
    for (const section of all(".pb-section:not([open]):has(#_cases), .pb-section:has(.pb-large)")) {
      section.classList.add("pb-unprinted");
    }
    for (const fold of opened) {
      fold.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    for (const fold of opened) {
      fold.open = false;
    }
    for (const section of all(".pb-unprinted")) {
      section.classList.remove("pb-unprinted");
    }
  });

  // A sheet of paper is not brought up to date: it says what it is of, and of which day.
  const [sheet] = all("[data-pb-sheet]");
  if (sheet) {
    const paper = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
    window.addEventListener("beforeprint", () => {
      const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
      const words = JSON.stringify(`${sheet.dataset.pbSheet}, printed on ${day}. Check before use.`);
      paper.replaceSync(
        `@page { margin: 14mm 14mm 18mm; @bottom-left { content: ${words}; font: 8pt sans-serif; }
          @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif; } }`,
      );
    });
  }
})();
