/* The note of a walk for the case, as plain text and as Markdown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { note } = load("case-note.js");

const WALK = {
  id: "takeover",
  title: "Is it a takeover?",
  version: "3.0",
  steps: [
    ["Did the member lose access?", "Yes"],
    ["Is harm under way?", "No"],
  ],
  outcome: "lock",
  decision: "Lock the account",
  action: "Account locked",
  severity: "S0 Danger",
  grounds: ["Account integrity §1 (v3.0)", "Terms §2 (v1.0), changed since: tightened in 3.2"],
  moment: "2026-11-30T12:00:00+00:00",
};
const BARE = { ...WALK, steps: [], action: "", severity: "", grounds: [] };

test("plain text has a line for each answer and each fact", () => {
  assert.equal(
    note.plain(WALK),
    `Is it a takeover? (takeover v3.0)
- Did the member lose access? Yes
- Is harm under way? No
Decision: Lock the account (lock)
Action: Account locked
Severity: S0 Danger
Ground: Account integrity §1 (v3.0)
Ground: Terms §2 (v1.0), changed since: tightened in 3.2
Time: 2026-11-30T12:00:00+00:00`,
  );
});

test("Markdown numbers the answers and names the facts", () => {
  assert.equal(
    note.markdown(WALK),
    `**Is it a takeover?** (\`takeover\` v3.0)

1. Did the member lose access? **Yes**
2. Is harm under way? **No**

- **Decision:** Lock the account (\`lock\`)
- **Action:** Account locked
- **Severity:** S0 Danger
- **Ground:** Account integrity §1 (v3.0)
- **Ground:** Terms §2 (v1.0), changed since: tightened in 3.2
- **Time:** 2026-11-30T12:00:00+00:00`,
  );
});

test("a decision that asks nothing and names nothing has two facts", () => {
  assert.equal(
    note.plain(BARE),
    "Is it a takeover? (takeover v3.0)\nDecision: Lock the account (lock)\nTime: 2026-11-30T12:00:00+00:00",
  );
  assert.equal(note.markdown(BARE).split("\n").length, 4);
});

const ESCAPED = {
  "<b>Did</b> *they* [lose] it & why?": "\\<b\\>Did\\</b\\> \\*they\\* \\[lose\\] it \\& why?",
  "- `yes` | #1 ~maybe~ \\ a_b": "\\- \\`yes\\` \\| \\#1 \\~maybe\\~ \\\\ a\\_b",
  "+ one": "\\+ one",
  "1) Is it less than $5, or $6?": "1\\) Is it less than \\$5, or \\$6?",
  "2. Yes": "2\\. Yes",
  "version 2.0 - and (perhaps) later": "version 2.0 - and (perhaps) later",
};

for (const [typed, written] of Object.entries(ESCAPED)) {
  test(`in Markdown ${typed} stays what it is`, () => {
    const lines = note.markdown({ ...WALK, steps: [[typed, typed]], decision: typed }).split("\n");
    assert.equal(lines[2], `1. ${written} **${written}**`);
    assert.equal(lines[4], `- **Decision:** ${written} (\`lock\`)`);
  });
}

const SEEN = {
  "a line break": ["No\nDecision: Leave it", "NoDecision: Leave it"],
  "a separator of lines": ["No\u2028Decision", "NoDecision"],
  "a turn of direction": ["No \u202egnp.exe", "No gnp.exe"],
  "an escape of terminals": ["No\u001b[31m", "No[31m"],
  "a joiner in English": ["N\u200do", "No"],
  "a joiner within a script": ["می\u200cخواهم", "می\u200cخواهم"],
  "a mark of byte order": ["\ufeffNo", "No"],
};

for (const [what, [answer, seen]] of Object.entries(SEEN)) {
  test(`${what} in an answer: a note holds what can be seen`, () => {
    const walk = { ...WALK, steps: [["Asked?", answer]] };
    assert.equal(note.plain(walk).split("\n")[1], `- Asked? ${seen}`);
    assert.ok(note.markdown(walk).includes(`**${seen.replace("[", "\\[")}**`));
  });
}
