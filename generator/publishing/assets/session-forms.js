/* How learning systems want texts, times and ids written, and the mark under which a course keeps its data there. */

(() => {
  "use strict";

  const LONGEST_ID = 240; // some systems allow 250, and some put something in front
  const LONGEST_CLOCK = 9999 * 3600 + 59 * 60 + 59;
  const SEAL = "pb1"; // another way to write the mark gets another

  /** @type {(number: number, digits?: number) => string} */
  const pad = (number, digits = 2) => String(number).padStart(digits, "0");

  /** @type {(seconds: number) => number} */
  const whole = (seconds) => (Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0);

  /** @type {SessionForms["clock"]} */
  const clock = (seconds) => {
    const all = Math.min(whole(seconds), LONGEST_CLOCK);
    return `${pad(Math.floor(all / 3600), 4)}:${pad(Math.floor(all / 60) % 60)}:${pad(all % 60)}`;
  };

  /** @type {SessionForms["duration"]} */
  const duration = (seconds) => {
    const all = whole(seconds);
    const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    const parts = [hours && `${hours}H`, minutes && `${minutes}M`, rest && `${rest}S`].filter(Boolean);
    return `PT${parts.join("") || "0S"}`;
  };

  /** @type {SessionForms["time"]} */
  const time = (at) => [at.getHours(), at.getMinutes(), at.getSeconds()].map((one) => pad(one)).join(":");

  /** Eight digits that tell texts apart (FNV-1a). @type {(text: string) => string} */
  const digest = (text) => {
    let found = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) {
      found = Math.imul(found ^ byte, 0x01000193) >>> 0;
    }
    return found.toString(16).padStart(8, "0");
  };

  /** @type {SessionForms["id"]} */
  const id = (text) => {
    const fit = text.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "");
    return fit && fit === text && fit.length <= LONGEST_ID ? fit : `${fit.slice(0, LONGEST_ID - 10)}-q${digest(text)}`;
  };

  /** @type {SessionForms["choice"]} */
  const choice = (chosen) =>
    [...new Set(Array.isArray(chosen) ? chosen : [chosen])].filter(Boolean).map((one) => {
      const fit = one.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, 24);
      return fit === one ? fit : `${fit.slice(0, 15)}_${digest(one)}`;
    });

  /** @type {SessionForms["cut"]} */
  const cut = (text, most) => {
    const short = text.length > most ? `${text.slice(0, most - 3)}...` : text;
    return short.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g, ""); // half of a sign is none
  };

  /** @type {SessionForms["size"]} */
  const size = (text) => new TextEncoder().encode(text).length;

  /** @type {SessionForms["seal"]} */
  const seal = ({ course, version }, data, best) =>
    `${[SEAL, course, version, best ?? "-", size(data)].join(" ")} ${data}`;

  /** @type {SessionForms["unseal"]} */
  const unseal = ({ course, version }, sealed) => {
    const [mark, of, by, passed, length, ...rest] = sealed.split(" ");
    if (mark !== SEAL || of !== course) {
      return { data: null, best: null };
    }
    const data = rest.join(" ");
    const isWhole = by === version && length === String(size(data));
    return { data: isWhole ? data : null, best: /^[0-9]{1,3}$/.test(passed) ? Number(passed) : null };
  };

  playbookSession.forms = { clock, duration, time, id, choice, cut, size, seal, unseal };
})();
