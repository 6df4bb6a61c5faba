/* The text of a letter as it stands on its page, and its paragraphs and lists, for the clipboard. */

/** @typedef {{ nodeName: string, textContent: string | null }} Piece a text, a line break, or what fills a blank */

/** @typedef {{ childNodes: Iterable<Piece>, dir: string }} LetterText */

/**
 * @typedef {object} Letter
 * @property {(kind: string, value: string, locale: string) => string} written a value as a language writes its kind
 * @property {(letter: LetterText) => string} plain
 * @property {(letter: LetterText) => string} rich
 */

(() => {
  "use strict";

  /** @type {Record<string, string>} */
  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "-": "&#45;", "\n": "<br>" };

  /** @type {(value: string, locale: string) => string} */
  const asDate = (value, locale) => {
    const day = new Date(`${value}T00:00:00Z`);
    const isDay = !Number.isNaN(day.getTime());
    return isDay ? new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(day) : value;
  };

  /** @type {(value: string, locale: string) => string} */
  const asNumber = (value, locale) => {
    const digits = (value.split(".")[1] ?? "").length;
    const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(locale, form).format(/** @type {Intl.StringNumericLiteral} */ (value));
  };

  /** @type {Letter["written"]} */
  const written = (kind, value, locale) => {
    try {
      if (kind === "date" && /^\d{4,6}-\d\d-\d\d$/.test(value)) {
        return asDate(value, locale);
      }
      if (kind === "number" && /^-?(0|[1-9]\d*)(\.\d{1,15})?$/.test(value.trim())) {
        return asNumber(value.trim(), locale);
      }
    } catch {
      return value; // a language that the browser does not know
    }
    return value;
  };

  /** @type {(piece: Piece) => string} */
  const textOf = (piece) => (piece.nodeName === "BR" ? "\n" : (piece.textContent ?? ""));

  /** @type {Letter["plain"]} */
  const plain = (letter) => Array.from(letter.childNodes, textOf).join("");

  /* Only the letter's own line breaks and dashes make paragraphs and lists; those of a value are just shown. */
  /** @type {(piece: Piece) => string} */
  const markup = (piece) => {
    const isOwn = ["#text", "BR"].includes(piece.nodeName);
    return textOf(piece).replace(isOwn ? /[&<>"]/g : /[&<>"\n-]/g, (sign) => SIGNS[sign]);
  };

  /** @type {(block: string) => { isList: boolean, lines: string[] }[]} */
  const groups = (block) => {
    /** @type {{ isList: boolean, lines: string[] }[]} */
    const found = [];
    for (const line of block.split("\n")) {
      const isList = line.startsWith("- ");
      const last = found.at(-1);
      if (last?.isList === isList) {
        last.lines.push(line);
      } else {
        found.push({ isList, lines: [line] });
      }
    }
    return found;
  };

  /** @type {Letter["rich"]} */
  const rich = (letter) => {
    const side = letter.dir ? ` dir="${letter.dir}"` : "";
    const blocks = Array.from(letter.childNodes, markup)
      .join("")
      .split(/\n\s*\n/)
      .filter(Boolean);
    return blocks
      .flatMap(groups)
      .map(({ isList, lines }) =>
        isList
          ? `<ul${side}>${lines.map((line) => `<li>${line.slice(2)}</li>`).join("")}</ul>`
          : `<p${side}>${lines.join("<br>")}</p>`,
      )
      .join("");
  };

  playbook.letter = { written, plain, rich };
})();
