/* The buttons that narrow results down: the types in a row, the rest behind "More filters". */

/**
 * @typedef {object} SearchNarrow
 * @property {HTMLElement} types
 * @property {HTMLElement} more
 * @property {(known: SearchFacets | null, documents: number[]) => void} show
 */

(() => {
  "use strict";

  const { make } = playbook.page;
  const MOST = 12; // names of one kind

  /** @type {(state: SearchState, changed: () => void) => SearchNarrow} */
  playbook.searchNarrow = (state, changed) => {
    const types = make("div", { className: "pb-search-facets", role: "group", ariaLabel: "Narrow down" });
    const more = make("div", { className: "pb-search-more", hidden: true });

    /** @type {(words: string, count: number, isOn: boolean, facet: string, press: () => void) => HTMLButtonElement} */
    const chip = (words, count, isOn, facet, press) => {
      const made = make(
        "button",
        { type: "button", ariaPressed: String(isOn) },
        `${words} `,
        make("i", {}, String(count)),
      );
      made.dataset.facet = facet;
      made.addEventListener("click", () => {
        press();
        changed();
      });
      return made;
    };

    /** @type {SearchNarrow["show"]} */
    const show = (known, documents) => {
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.facet : undefined;
      types.replaceChildren();
      more.replaceChildren();
      if (!known || !documents.length) {
        return;
      }
      /** @type {(field: string, name: string, count: number) => HTMLButtonElement} */
      const choice = (field, name, count) => {
        const some = state.chosen[field] ?? [];
        const isOn = some.includes(name);
        return chip(known.label(field, name), count, isOn, `${field} ${name}`, () => {
          state.chosen[field] = isOn ? some.filter((one) => one !== name) : [...some, name];
        });
      };
      const isAll = !Object.values(state.chosen).flat().length;
      types.append(
        chip("All", documents.length, isAll, "all", () => {
          state.chosen = {};
        }),
      );
      for (const [field, label] of known.fields) {
        const counts = known.count(documents, state.chosen, field);
        if (field === "type") {
          types.append(...counts.map(([name, count]) => choice(field, name, count)));
        } else if (counts.length > 1 || state.chosen[field]?.length) {
          const group = make("fieldset", {}, make("legend", {}, label));
          group.append(...counts.slice(0, MOST).map(([name, count]) => choice(field, name, count)));
          more.append(group);
        }
      }
      if (more.childElementCount) {
        const widen = make("button", { type: "button", className: "pb-search-widen" });
        widen.dataset.facet = "more";
        const tell = () => {
          widen.ariaExpanded = String(!more.hidden);
          widen.textContent = more.hidden ? "More filters" : "Fewer filters";
        };
        widen.addEventListener("click", () => {
          more.hidden = !more.hidden;
          tell();
        });
        tell();
        types.append(widen);
      }
      if (focused) {
        const shown = /** @type {HTMLElement[]} */ ([...types.children, ...more.querySelectorAll("button")]);
        shown.find((one) => one.dataset.facet === focused)?.focus();
      }
    };

    return { types, more, show };
  };
})();
