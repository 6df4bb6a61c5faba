/* Runs scripts of the pages as a page does, one after the other in one place, and gives what they offer each other. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

export const load = (...names) => {
  globalThis.playbook = {};
  for (const name of names) {
    const file = new URL(`../../generator/publishing/assets/${name}`, import.meta.url);
    runInThisContext(readFileSync(file, "utf-8"), { filename: fileURLToPath(file) });
  }
  return globalThis.playbook;
};

/* Has one test run where a reader's clock shows another time. */
export const inZone = (zone, test) => {
  const before = process.env.TZ;
  process.env.TZ = zone;
  test.after(() => {
    if (before === undefined) {
      delete process.env.TZ;
    } else {
      process.env.TZ = before;
    }
  });
};
