/* The search without a page: what it takes for one word, danger and its look-alikes, and the order of results. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const NAMES = ["words", "code", "danger", "index", "slots", "score", "explain", "rank"];
const { searchWords, searchCode, searchDanger, searchDangerIndex, searchIndex, searchRank } = load(
  ...NAMES.map((name) => `search-${name}.js`),
);
const { key, split, stem, slips, terms, language } = searchWords;

// -- one word

const SAME = [
  ["e-mail", "email"],
  ["don't", "dont"],
  ["user_id", "userid"],
  ["Ｐａｙ", "pay"],
  ["ÉTÉ", "ete"],
  ["Straße", "strasse"],
  ["so\u00adcial", "social"],
  ["pass\u200bword", "password"],
];
for (const [one, other] of SAME) {
  test(`${one} is ${other}`, () => assert.equal(split(one)[0].text, split(other)[0].text));
}

const STEMS = {
  en: [
    ["organisation", "organization"],
    ["organise", "organizing"],
    ["colour", "colors"],
    ["centre", "center"],
    ["licence", "license"],
    ["cancelled", "canceled"],
    ["stolen", "stole"],
    ["children", "child"],
    ["refunds", "refunded"],
    ["identities", "identity"],
    ["harassment", "harassing"],
    ["removal", "removed"],
  ],
  es: [
    ["cuentas", "cuenta"],
    ["bloqueado", "bloquearon"],
  ],
  de: [
    ["gehackt", "hacken"],
    ["Löschung", "löschen"],
    ["geaendert", "geändert"],
  ],
  pt: [["contas", "conta"]],
};
for (const [name, pairs] of Object.entries(STEMS)) {
  for (const [one, other] of pairs) {
    test(`${one} and ${other} are one word (${name})`, () => {
      const [a, b] = [one, other].map((word) => stem(split(word)[0].text, name));
      assert.equal(a, b);
    });
  }
}

for (const [one, other] of [
  ["lie", "life"],
  ["bill", "ball"],
  ["police", "policy"],
  ["report", "repost"],
]) {
  test(`${one} and ${other} are two words`, () => assert.notEqual(stem(one, "en"), stem(other, "en")));
}

for (const [one, other, most, found] of [
  ["acount", "account", 2, 1],
  ["hakced", "hacked", 2, 1],
  ["pasword", "password", 2, 1],
  ["refund", "revenue", 2, 3],
  ["", "ab", 3, 2],
]) {
  test(`from ${one || "nothing"} to ${other}: ${found}`, () => assert.equal(slips(one, other, most), found));
}

test("texts without spaces are pairs of characters, beside words with them", () => {
  assert.deepEqual(terms("アカウント OTP", "ja"), ["アカ", "カウ", "ウン", "ント", "otp"]);
});

test("small words tell the language, and say nothing else", () => {
  assert.equal(language(split("ich habe mein Passwort nicht"), ["en", "de", "es"]), "de");
  assert.equal(language(split("no puedo entrar en mi cuenta"), ["en", "de", "es"]), "es");
  assert.equal(language(split("refund"), ["en", "de", "es"]), "en");
  assert.deepEqual(terms("to be or not to be", "en"), []);
});

test("signs, operators and emoji mean nothing", () => {
  assert.equal(key('"Charged" -twice!! 😡 +(AND)'), "charged twice and");
  assert.equal(key("?!… — 🤷"), "");
});

test("what is written is read again", () => {
  const numbers = [0, 1, 31, 32, 33, 1023, 1024, 99999, 2 ** 31];
  assert.deepEqual(searchCode.read(searchCode.write(numbers)), numbers);
  const words = ["a", "ab", "abc", "b", "bcd", "アカ"].sort();
  assert.deepEqual(searchCode.unpack(searchCode.pack(words)), words);
});

// -- danger

const DANGERS = [
  {
    word: "suicide",
    name: "May be thinking of suicide",
    first: [0],
    phrases: {
      en: [
        "kill/hurt/cut myself",
        "self-harm",
        "ticking bag",
        "want/going to die",
        "do not want to live",
        "dont want to live",
        "keeps me here against my will",
      ],
      de: ["will nicht mehr leben"],
      ja: ["死にたい"],
    },
    unless: { en: ["against my will", "die of embarrassment", "kill myself laughing", "want to die laughing"] },
  },
];
const [dangerIndex, dangerPieces] = searchDangerIndex(DANGERS);
const findDangers = searchDanger(
  dangerIndex,
  async (name) => dangerPieces[Number(name.slice(1))],
  (stem) => stem === "kilim",
);
const DANGEROUS = [
  "i want to kill myself",
  "I WANT TO DIE",
  "i just dont want to live",
  "I do not really want to live like this",
  "going  to\ndie",
  "kiling myself",
  "kill-myself",
  "he keeps me here against my will",
  "self harm, self-harm and selfharm",
  "ich will einfach nicht mehr leben",
  "もう死にたい。",
  `${"All is well. ".repeat(200)}I want to die. ${"Thank you. ".repeat(100)}`,
];
const HARMLESS = [
  "nothing to see",
  "I could die of embarrassment, I want to die of embarrassment",
  "kill myself laughing",
  "I want a refund. My hamster is going. To die for: this cake",
  "this kills me",
  "he voted against my will",
  "a kilim for myself",
  "my ticket, bag and all",
  "",
];
for (const text of DANGEROUS) {
  test(`danger: ${text.slice(0, 40)}`, async () => assert.equal((await findDangers(text)).length, 1));
}
for (const text of HARMLESS) {
  test(`no danger: ${text.slice(0, 40)}`, async () => assert.deepEqual(await findDangers(text), []));
}

test("the words of danger are told where they stand", async () => {
  const text = "Hello. I want to die.";
  const [{ from, to }] = await findDangers(text);
  assert.equal(text.slice(from, to), "want to die");
});

// -- the order

const record = (id, kind, title, values = {}) => ({
  id,
  kind,
  prominence: kind === "sop" ? 1 : 0.7,
  language: "en",
  keys: [
    ["id", id, ""],
    ["title", title, ""],
    ...(values.aliases ?? []).map((one) => ["alias", one, ""]),
    ...(values.symptoms ?? []).map((one) => ["symptom", one, ""]),
    ...(values.phrases ?? []).map((one) => ["phrase", one, ""]),
    ...(values.former ?? []).map((one) => ["former", one, ""]),
    ...(values.parts ?? []).map(([part]) => ["part", `${id}#${part}`, part]),
  ],
  signs: [
    ["title", "en", title],
    ...(values.symptoms ?? []).map((one) => ["symptom", "en", one]),
    ...(values.phrases ?? []).map((one) => ["phrase", values.language ?? "en", one]),
    ["id", "en", id],
  ],
  summary: values.summary ?? "",
  parts: (values.parts ?? []).map(([part, name, text]) => [part, name, "en", text, 1]),
  facets: { type: [kind] },
  card: { type: kind, title, address: `${id}/`, status: values.status },
});
const RECORDS = [
  record("leaked-key", "sop", "Leaked or stolen API key", {
    symptoms: ["my key is on GitHub"],
    parts: [["revoke", "Revoke the key", "Revoke the key, and write down only the first four characters."]],
  }),
  record("restore-account", "sop", "Restore a taken-over account", {
    symptoms: ["my account was hacked", "somebody changed my e-mail address"],
    phrases: ["they stole my login", "cannot get into my profile any more"],
    aliases: ["ATO"],
    former: ["account-recovery"],
    parts: [["verify", "Verify the owner", "Ask for a proof from before the first disputed change."]],
  }),
  record("old-way", "sop", "The old way to restore an account", { status: "retired" }),
  record("account-takeover", "tree", "Is this account in somebody else's hands?", { phrases: ["is it hacked"] }),
  record("account-locked", "letter", "We locked your account", {
    phrases: ["tell them the account is locked"],
    parts: [["en", "", "Hello, we locked your account to protect it. </script><b>bold</b>\u2028"]],
  }),
];

const build = (records, settings = {}) => {
  const maker = searchIndex();
  maker.add(records);
  const nothing = { synonyms: {}, dangers: [], facets: {}, otherwise: [], whom: "", ids: "ids/" };
  const pieces = new Map(maker.pieces(0, maker.finish({ ...nothing, ...settings })));
  const asked = [];
  const search = searchRank(JSON.parse(pieces.get("index")), async (name) => {
    asked.push(name);
    return JSON.parse(pieces.get(name));
  });
  return { search, pieces, asked };
};
const { search } = build(RECORDS, { synonyms: { en: [["ransomware", "github"]] }, otherwise: ["restore-account"] });

const FIRST = [
  ["restore-account", "restore-account", ""],
  ["RESTORE ACCOUNT", "restore-account", ""],
  ["restore-acc", "restore-account", ""],
  ["Account-Take", "account-takeover", ""],
  ["restroe-acount", "restore-account", ""],
  ["account-locekd", "account-locked", ""],
  ["account-l", "account-locked", ""],
  ["[[restore-account#verify]]", "restore-account", "verify"],
  ["restore-account#verify", "restore-account", "verify"],
  ["account-recovery", "restore-account", ""],
  ["ato", "restore-account", ""],
  ["My account was hacked!!", "restore-account", ""],
  ["somebody changed my email adress", "restore-account", ""],
  ["“my account was hacked” -now", "restore-account", ""],
  ["hakced acount", "restore-account", ""],
  ["stolenlogin", "restore-account", ""],
  ["first four characters", "leaked-key", "revoke"],
  ["ransomware", "leaked-key", ""],
  ["old-way", "old-way", ""],
  ["is it hacked", "account-takeover", ""],
];
for (const [text, id, part] of FIRST) {
  test(`${text} brings up ${id}${part && `#${part}`}`, async () => {
    const { hits } = await search(text);
    assert.equal(hits[0]?.id, id);
    assert.equal(hits[0].part, part);
  });
}

test("a word that is being typed is a beginning, and a finished one is not", async () => {
  assert.equal((await search("git", { isTyping: true })).hits[0]?.id, "leaked-key");
  assert.equal((await search("git ", { isTyping: true })).hits.length, 0);
  assert.equal((await search("restore-acc", { isTyping: true })).hits[0].id, "restore-account");
});

test("where nothing answers, it says so, and what to do", async () => {
  const { isSure, otherwise } = await search("zebra lampshade quartz");
  assert.equal(isSure, false);
  assert.deepEqual(
    otherwise.map(({ id }) => id),
    ["restore-account"],
  );
});

test("nothing, signs, and ten thousand characters are no errors", async () => {
  for (const text of [
    "",
    "   ",
    "?!",
    "😡😡",
    "\u202e\u200f",
    "a",
    "the",
    "constructor __proto__ toString",
    "x".repeat(10_000),
    "my account was hacked. ".repeat(700),
  ]) {
    const { hits } = await search(text, { isTyping: true });
    assert.ok(Array.isArray(hits));
  }
});

test("of a retired document only its names are found", async () => {
  const { hits } = await search("restore my account");
  assert.equal(hits[0].id, "restore-account");
  assert.ok(hits.findIndex(({ id }) => id === "old-way") !== 0);
});

test("only what fits the wishes is shown, and all that was found is counted", async () => {
  const all = await search("account");
  const some = await search("account", { fits: (document) => document === 4 });
  assert.deepEqual(
    some.hits.map(({ id }) => id),
    ["account-locked"],
  );
  assert.deepEqual(some.documents, all.documents);
});

test("the reason is the sign or the stretch of text with its words marked", async () => {
  const { hits } = await search("key github");
  assert.equal(hits[0].reason, "symptom");
  assert.deepEqual(
    hits[0].marks.map(([from, to]) => hits[0].why.slice(from, to)),
    ["key", "GitHub"],
  );
});

test("danger comes before everything else", async () => {
  const dangers = [
    { word: "suicide", name: "Suicide", first: ["leaked-key"], phrases: { en: ["want to die"] }, unless: {} },
    { word: "unseen", name: "Unseen", first: ["not-for-you"], phrases: { en: ["restore"] }, unless: {} },
  ];
  const { hits } = await build(RECORDS, { dangers }).search("restore-account, I want to die");
  assert.deepEqual([hits[0].id, hits[0].danger, hits[0].why], ["leaked-key", "Suicide", "want to die"]);
  assert.equal(hits[1].id, "restore-account");
  assert.ok(hits.slice(1).every(({ danger }) => !danger));
});

test("a word loads its own piece, and not the whole index", async () => {
  const many = Array.from({ length: 400 }, (_, at) =>
    record(`case-${at}`, "sop", `Case number ${at} of kind${at % 7}`, {
      phrases: [`word${at}a word${at}b thing${at}`],
    }),
  );
  const { search: ask, pieces, asked } = build(many);
  const { hits } = await ask("word77a thing77");
  assert.equal(hits[0].id, "case-77");
  const words = (names) => names.filter((name) => name.startsWith("w")).length;
  assert.ok(words([...pieces.keys()]) > 4);
  assert.ok(words([...new Set(asked)]) <= 4, asked.join(" "));
});

test("the same records make the same pieces", () => {
  assert.deepEqual([...build(RECORDS).pieces], [...build(RECORDS).pieces]);
});
