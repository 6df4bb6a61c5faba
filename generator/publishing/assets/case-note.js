/* The note of a walk for the case, as plain text and as Markdown. */

/**
 * @typedef {object} Walk
 * @property {string} id of the decision's document
 * @property {string} title
 * @property {string} version
 * @property {[string, string][]} steps what was asked, and what was answered
 * @property {string} outcome the id of the decision
 * @property {string} decision
 * @property {string} action empty where the decision names none
 * @property {string} severity that the case has from then on; empty where the decision sets none
 * @property {string[]} grounds
 * @property {string} moment
 */

/**
 * @typedef {object} CaseNote
 * @property {(walk: Walk) => string} plain
 * @property {(walk: Walk) => string} markdown
 * @property {(lines: string[]) => string} clean lines without what nobody sees
 * @property {(text: string) => string} escaped a text as Markdown shows it
 */

(() => {
  "use strict";

  const SPECIAL = /^[-+]|(?<=^\d+)[.)]|[\\`*_[\]<>~|&#$]/g;

  /* What nobody sees and another system may obey; a joiner between two letters beyond ASCII belongs to their script. */
  const UNSEEN = new RegExp(
    "(?<![^\\0-\\x7f])[\\u200c\\u200d]|[\\u200c\\u200d](?![^\\0-\\x7f])|[\\0-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b" +
      "\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]",
    "g",
  );

  /** @type {(all: string[]) => string} */
  const lines = (all) => all.map((line) => line.replace(UNSEEN, "")).join("\n");

  /** @type {(walk: Walk) => { word: string, text: string, id: string }[]} */
  const facts = (walk) => [
    { word: "Decision", text: walk.decision, id: walk.outcome },
    ...(walk.action ? [{ word: "Action", text: walk.action, id: "" }] : []),
    ...(walk.severity ? [{ word: "Severity", text: walk.severity, id: "" }] : []),
    ...walk.grounds.map((ground) => ({ word: "Ground", text: ground, id: "" })),
    { word: "Time", text: walk.moment, id: "" },
  ];

  /** @type {CaseNote["plain"]} */
  const plain = (walk) =>
    lines([
      `${walk.title} (${walk.id} v${walk.version})`,
      ...walk.steps.map(([asked, answer]) => `- ${asked} ${answer}`),
      ...facts(walk).map(({ word, text, id }) => `${word}: ${text}${id ? ` (${id})` : ""}`),
    ]);

  /** @type {(text: string) => string} */
  const escaped = (text) => text.replace(SPECIAL, "\\$&");

  /** @type {CaseNote["markdown"]} */
  const markdown = (walk) => {
    const steps = walk.steps.map(([asked, answer], n) => `${n + 1}. ${escaped(asked)} **${escaped(answer)}**`);
    return lines([
      `**${escaped(walk.title)}** (\`${walk.id}\` v${walk.version})`,
      ...(steps.length ? ["", ...steps] : []),
      "",
      ...facts(walk).map(({ word, text, id }) => `- **${word}:** ${escaped(text)}${id ? ` (\`${id}\`)` : ""}`),
    ]);
  };

  playbook.note = { plain, markdown, clean: lines, escaped };
})();
