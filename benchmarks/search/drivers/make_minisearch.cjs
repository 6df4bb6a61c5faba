/* Makes MiniSearch's index: node make_minisearch.cjs LIBRARY RECORDS INDEX [OUR_WORDS]. */
const fs = require("node:fs");
const [library, records, index, words] = process.argv.slice(2);
const MiniSearch = require(library);
const run = (0, eval);
if (words) {
  globalThis.playbook = {};
  run(fs.readFileSync(words, "utf-8"));
}
run(fs.readFileSync(`${__dirname}/minisearch.js`, "utf-8"));
const made = new MiniSearch(globalThis.searchSettings());
made.addAll(JSON.parse(fs.readFileSync(records, "utf-8")));
fs.writeFileSync(index, JSON.stringify(made));
