/* What results can be narrowed down by: how many of them are in each queue, of each type, due for review. */

/**
 * @typedef {object} SearchColumns the piece `facets` of an index
 * @property {Record<string, { label: string, names: [string, string][], values: string }>} fields each name with its label
 * @property {{ reviewed: string, reviewBy: string, staleFrom: string }} dates in days since 2000; 0 for none
 */

/**
 * @typedef {object} SearchFacets
 * @property {[string, string][]} fields each with its label
 * @property {(field: string, name: string) => string} label
 * @property {(document: number, chosen: Record<string, string[]>) => boolean} fits
 * @property {(documents: number[], chosen: Record<string, string[]>, field: string) => [string, number][]} count
 *   as if nothing were chosen in this field
 */

(() => {
  "use strict";

  /** @type {Record<Trust, string>} */
  const TRUST = {
    current: "current",
    soon: "due soon",
    late: "overdue",
    stale: "out of date",
    never: "never reviewed",
  };

  /** @type {(columns: SearchColumns, now: Date) => SearchFacets} */
  playbook.searchFacets = ({ fields, dates }, now) => {
    const { read } = playbook.searchCode;

    /** @type {(values: string) => number[][]} */
    const unfold = (values) => {
      const numbers = read(values);
      const found = [];
      for (let at = 0; at < numbers.length; at += numbers[at] + 1) {
        found.push(numbers.slice(at + 1, at + 1 + numbers[at]));
      }
      return found;
    };
    const columns = new Map(
      Object.entries(fields).map(([field, { names, values }]) => [
        field,
        unfold(values).map((some) => some.map((one) => names[one][0])),
      ]),
    );
    const days = { reviewed: read(dates.reviewed), reviewBy: read(dates.reviewBy), staleFrom: read(dates.staleFrom) };
    const write = (/** @type {number} */ day) =>
      day ? new Date(Date.UTC(2000, 0, day)).toISOString().slice(0, 10) : undefined;
    const trust = (/** @type {number} */ document) =>
      playbook.days.trust(
        {
          reviewed: write(days.reviewed[document]),
          reviewBy: write(days.reviewBy[document]),
          staleFrom: write(days.staleFrom[document]),
        },
        now,
      );

    /** @type {(document: number, field: string) => string[]} */
    const names = (document, field) =>
      field === "freshness" ? [trust(document)] : (columns.get(field)?.[document] ?? []);

    /** @type {SearchFacets["fits"]} */
    const fits = (document, chosen) =>
      Object.entries(chosen).every(
        ([field, some]) => !some.length || names(document, field).some((name) => some.includes(name)),
      );

    return {
      fields: [
        ...Object.entries(fields).map(([field, { label }]) => /** @type {[string, string]} */ ([field, label])),
        ["freshness", "Freshness"],
      ],
      label: (field, name) =>
        field === "freshness"
          ? TRUST[/** @type {Trust} */ (name)]
          : (fields[field]?.names.find(([one]) => one === name)?.[1] ?? name),
      fits,
      count: (documents, chosen, field) => {
        /** @type {Map<string, number>} */
        const found = new Map();
        for (const document of documents.filter((one) => fits(one, { ...chosen, [field]: [] }))) {
          for (const name of names(document, field)) {
            found.set(name, (found.get(name) ?? 0) + 1);
          }
        }
        const order = field === "freshness" ? Object.keys(TRUST) : (fields[field]?.names.map(([name]) => name) ?? []);
        return order.flatMap((name) =>
          found.has(name) ? [/** @type {[string, number]} */ ([name, found.get(name) ?? 0])] : [],
        );
      },
    };
  };
})();
