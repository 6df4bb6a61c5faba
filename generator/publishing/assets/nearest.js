/* Which id somebody meant who wrote another one: it differs by few signs, each of them typed wrong, left out or swapped. */

(() => {
  "use strict";

  const ALLOWED = 4; // one slip in so many signs

  /* Optimal string alignment, row by row: a swap of two neighbours is one slip. */
  /** @type {(one: string, other: string) => number} */
  const slips = (one, other) => {
    let [before, last] = [/** @type {number[]} */ ([]), Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let y = 1; y <= one.length; y += 1) {
      const row = [y];
      for (let x = 1; x <= other.length; x += 1) {
        const isSame = one[y - 1] === other[x - 1];
        row[x] = Math.min(last[x] + 1, row[x - 1] + 1, last[x - 1] + (isSame ? 0 : 1));
        if (x > 1 && y > 1 && one[y - 1] === other[x - 2] && one[y - 2] === other[x - 1]) {
          row[x] = Math.min(row[x], before[x - 2] + 1);
        }
      }
      [before, last] = [last, row];
    }
    return last[other.length];
  };

  /** @type {(id: string) => string} */
  const level = (id) => id.toLowerCase().replace(/[\s_.]+/g, "-");

  playbook.nearest = (asked, ids) => {
    const wanted = level(asked);
    const most = Math.max(1, Math.floor(wanted.length / ALLOWED));
    let [found, fewest] = ["", most + 1];
    for (const id of ids) {
      const known = level(id);
      const many = Math.abs(known.length - wanted.length) < fewest ? slips(wanted, known) : fewest;
      if (many < fewest) {
        [found, fewest] = [id, many];
      }
    }
    return found;
  };
})();
