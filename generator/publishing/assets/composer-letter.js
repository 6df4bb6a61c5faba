/* In goes a letter as it stands on the page, out comes its text, or its paragraphs and lists, in the clipboard. */
(function () {
  "use strict";

  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "-": "&#45;", "\n": "<br>" };

  function asDate(value, locale) {
    const day = new Date(value + "T00:00:00Z");
    return isNaN(day) ? value : new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(day);
  }

  function asNumber(value, locale) {
    const digits = (value.split(".")[1] || "").length;
    const form = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(locale, form).format(value);
  }

  function written(kind, value, locale) {
    try {
      if (kind === "date" && /^\d{4,6}-\d\d-\d\d$/.test(value)) { return asDate(value, locale); }
      if (kind === "number" && /^-?(0|[1-9]\d*)(\.\d{1,15})?$/.test(value.trim())) { return asNumber(value.trim(), locale); }
    } catch (error) {
      return value; // a language that the browser does not know
    }
    return value;
  }

  function plain(letter) {
    return Array.from(letter.childNodes, function (node) {
      return node.nodeName === "BR" ? "\n" : node.textContent;
    }).join("");
  }

  function escaped(words, signs) {
    return words.replace(signs, function (sign) { return SIGNS[sign]; });
  }

  // Only the letter's own line breaks and dashes make paragraphs and lists; those of a value are just shown.
  function markup(node) {
    if (node.nodeName === "BR") { return "\n"; }
    return escaped(node.textContent, node.nodeType === Node.TEXT_NODE ? /[&<>"]/g : /[&<>"\n-]/g);
  }

  function paragraphs(block, side) {
    const groups = [];
    block.split("\n").forEach(function (line) {
      const kind = line.startsWith("- ") ? "item" : "line";
      const last = groups[groups.length - 1];
      if (last && last.kind === kind) { last.lines.push(line); } else { groups.push({ kind: kind, lines: [line] }); }
    });
    return groups.map(function (group) {
      if (group.kind === "line") { return "<p" + side + ">" + group.lines.join("<br>") + "</p>"; }
      return "<ul" + side + ">" + group.lines.map(function (line) { return "<li>" + line.slice(2) + "</li>"; }).join("") + "</ul>";
    }).join("");
  }

  function rich(letter) {
    const side = letter.dir ? " dir=\"" + letter.dir + "\"" : "";
    return Array.from(letter.childNodes, markup).join("").split(/\n\s*\n/).filter(Boolean).map(function (block) {
      return paragraphs(block, side);
    }).join("");
  }

  function put(letter, forms) {
    const selection = window.getSelection();
    let isSelected = false;
    return window.playbookClipboard.put(forms, function () {
      selection.selectAllChildren(letter);
      isSelected = true;
    }).then(function () { if (isSelected) { selection.removeAllRanges(); } });
  }

  window.playbookLetter = { written: written, plain: plain, rich: rich, put: put };
})();
