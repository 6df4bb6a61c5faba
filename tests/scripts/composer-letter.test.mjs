/* A letter as text and as rich text, and its values as its language writes them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inZone, load } from "./load.mjs";

const { letter } = load("composer-letter.js");

const text = (words) => ({ nodeName: "#text", textContent: words });
const value = (words) => ({ nodeName: "BDI", textContent: words });
const br = { nodeName: "BR", textContent: "" };
const of = (childNodes, dir = "") => ({ childNodes, dir });

const WRITTEN = [
  ["date", "2026-12-01", "en", "December 1, 2026"],
  ["date", "2026-12-01", "es", "1 de diciembre de 2026"],
  ["date", "2026-12-01", "ja", "2026年12月1日"],
  ["date", "2026-12-01", "no language", "2026-12-01"],
  ["date", "2026-13-41", "en", "2026-13-41"],
  ["date", "tomorrow", "en", "tomorrow"],
  ["number", "1250.50", "en", "1,250.50"],
  ["number", "1250.50", "es", "1250,50"],
  ["number", "1250.50", "de", "1.250,50"],
  ["number", "20000", "es", "20.000"],
  ["number", " 5 ", "en", "5"],
  ["number", "-0.10", "en", "-0.10"],
  ["number", "12345678901234567890", "en", "12,345,678,901,234,567,890"],
  ["number", "007", "de", "007"],
  ["number", "1e5", "en", "1e5"],
  ["number", "about 5", "en", "about 5"],
  ["number", "5", "no language", "5"],
  ["text", "2026-12-01", "es", "2026-12-01"],
];

for (const [kind, typed, locale, written] of WRITTEN) {
  test(`the ${kind} ${typed} in ${locale} is ${written}`, () => {
    assert.equal(letter.written(kind, typed, locale), written);
  });
}

const ZONES = ["Pacific/Kiritimati", "America/Los_Angeles"];

for (const zone of ZONES) {
  test(`a date is the same day for a reader in ${zone}`, (here) => {
    inZone(zone, here);
    assert.equal(letter.written("date", "2026-12-01", "en"), "December 1, 2026");
  });
}

const CLOSING = of([
  text("Hi "),
  value("Ana"),
  text(","),
  br,
  br,
  text("please do two things by "),
  value("1 December"),
  text(":"),
  br,
  text("- Sign in."),
  br,
  text("- Write to us about "),
  value("LH-7"),
  text("."),
  br,
  br,
  text("Kind regards"),
  br,
  text("Support & Safety"),
]);

test("plain text is what is seen", () => {
  assert.equal(
    letter.plain(CLOSING),
    "Hi Ana,\n\nplease do two things by 1 December:\n- Sign in.\n- Write to us about LH-7.\n\n" +
      "Kind regards\nSupport & Safety",
  );
});

test("rich text has paragraphs and lists and nothing else", () => {
  assert.equal(
    letter.rich(CLOSING),
    "<p>Hi Ana,</p><p>please do two things by 1 December:</p>" +
      "<ul><li>Sign in.</li><li>Write to us about LH&#45;7.</li></ul><p>Kind regards<br>Support &amp; Safety</p>",
  );
});

test("a language from right to left says so in each paragraph and list", () => {
  assert.equal(
    letter.rich(of([text("مرحبا"), br, text("- نعم")], "rtl")),
    '<p dir="rtl">مرحبا</p><ul dir="rtl"><li>نعم</li></ul>',
  );
});

const TYPED = {
  "<img src=x onerror=\"document.title='owned'\">": "&lt;img src=x onerror=&quot;document.title='owned'&quot;&gt;",
  "&amp; &lt;b&gt;": "&amp;amp; &amp;lt;b&amp;gt;",
  "$& $1 \\n \\": "$&amp; $1 \\n \\",
  "first\n\n- second\n  third": "first<br><br>&#45; second<br>  third",
  "[x](javascript:alert(1)) </p><script>": "[x](javascript:alert(1)) &lt;/p&gt;&lt;script&gt;",
  "{{ name }} {% raw %}": "{{ name }} {% raw %}",
  "- Ana": "&#45; Ana",
};

for (const [typed, shown] of Object.entries(TYPED)) {
  test(`a value is text, whatever it holds: ${typed}`, () => {
    const filled = of([value(typed), text(", hello")]);
    assert.equal(letter.rich(filled), `<p>${shown}, hello</p>`);
    assert.equal(letter.plain(filled), `${typed}, hello`);
  });
}

test("the letter's own words are text too", () => {
  assert.equal(letter.rich(of([text('a < b & "c"')])), "<p>a &lt; b &amp; &quot;c&quot;</p>");
});
