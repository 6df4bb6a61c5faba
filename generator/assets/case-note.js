/* Writes the note of a walk for the case, and copies it. Nothing of it leaves the browser. */
(function () {
  "use strict";

  const SPECIAL = /^[-+]|(?<=^\d+)[.)]|[\\`*_[\]<>~|&#$]/g;

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
    return [
      `${walk.title} (${walk.id} v${walk.version})`,
      ...walk.steps.map(([asked, answer]) => `- ${asked} ${answer}`),
      ...facts(walk).map(([word, text, id]) => `${word}: ${text}${id ? ` (${id})` : ""}`),
    ].join("\n");
  }

  const escaped = (text) => text.replace(SPECIAL, "\\$&");

  function markdown(walk) {
    const steps = walk.steps.map(([asked, answer], n) => `${n + 1}. ${escaped(asked)} **${escaped(answer)}**`);
    return [
      `**${escaped(walk.title)}** (\`${walk.id}\` v${walk.version})`,
      ...(steps.length ? ["", ...steps] : []),
      "",
      ...facts(walk).map(([word, text, id]) => `- **${word}:** ${escaped(text)}${id ? ` (\`${id}\`)` : ""}`),
    ].join("\n");
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
