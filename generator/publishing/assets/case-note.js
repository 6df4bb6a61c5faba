/* Writes the note of a walk for the case, and copies it. Nothing of it leaves the browser. */
(function () {
  "use strict";

  const SPECIAL = /^[-+]|(?<=^\d+)[.)]|[\\`*_[\]<>~|&#$]/g;

  /* What nobody sees and another system may obey; a joiner between two letters beyond ASCII belongs to their script. */
  const UNSEEN = new RegExp(
    "(?<![^\\0-\\x7f])[\\u200c\\u200d]|[\\u200c\\u200d](?![^\\0-\\x7f])|[\\0-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b" +
    "\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]", "g");
  const lines = (all) => all.map((line) => line.replace(UNSEEN, "")).join("\n");

  const two = (number) => String(number).padStart(2, "0");

  /* The reader's own time with its distance from UTC: 2026-11-23T14:05:09+01:00. */
  function moment(now) {
    const ahead = -now.getTimezoneOffset();
    const local = new Date(now.getTime() + ahead * 60000).toISOString().slice(0, 19);
    const far = Math.abs(ahead);
    return local + (ahead < 0 ? "-" : "+") + two(Math.floor(far / 60)) + ":" + two(far % 60);
  }

  function facts(walk) {
    return [
      ["Decision", walk.decision, walk.outcome],
      walk.action && ["Action", walk.action],
      ...walk.grounds.map((ground) => ["Ground", ground]),
      ["Time", moment(new Date())],
    ].filter(Boolean);
  }

  function plain(walk) {
    return lines([
      `${walk.title} (${walk.id} v${walk.version})`,
      ...walk.steps.map(([asked, answer]) => `- ${asked} ${answer}`),
      ...facts(walk).map(([word, text, id]) => `${word}: ${text}${id ? ` (${id})` : ""}`),
    ]);
  }

  const escaped = (text) => text.replace(SPECIAL, "\\$&");

  function markdown(walk) {
    const steps = walk.steps.map(([asked, answer], n) => `${n + 1}. ${escaped(asked)} **${escaped(answer)}**`);
    return lines([
      `**${escaped(walk.title)}** (\`${walk.id}\` v${walk.version})`,
      ...(steps.length ? ["", ...steps] : []),
      "",
      ...facts(walk).map(([word, text, id]) => `- **${word}:** ${escaped(text)}${id ? ` (\`${id}\`)` : ""}`),
    ]);
  }

  function field(text) {
    const made = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    made.setAttribute("aria-label", "Case note");
    return made;
  }

  /* What cannot be copied in any way stays selected, to be copied by hand. */
  function copy(text, host, told) {
    const focused = document.activeElement;
    const shown = field(text);
    const select = () => {
      host.replaceChildren(shown);
      shown.select();
    };
    const done = () => {
      if (shown.isConnected) { focused.focus({ preventScroll: true }); }
      host.replaceChildren();
      told(true);
    };
    window.playbookClipboard.put([{ type: "text/plain", words: text }], select).then(done, () => told(false));
  }

  window.playbookCaseNote = { plain, markdown, copy };
})();
