/* A course and a strict system for SCORM 2004: what it is told, what comes back, and what it must refuse. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { open, strict2004 } from "./session.mjs";

const COURSE = { course: "kestrel-privacy-first-line", version: "2.7", mark: 80 };
const ANSWER = { id: "q1", kind: "choice", asked: "Who decides?", given: "b", right: "a", isRight: false, seconds: 7 };

/* A launch in a strict system; `refused` must stay empty whatever the course does. */
const launch = async (kept = {}, told = {}, course = COURSE) => {
  const lms = strict2004(kept, told);
  const page = open({ API_1484_11: lms.api });
  const session = await page.session.open(course);
  const words = [];
  session.onTrouble((one) => words.push(one));
  return { ...page, lms, session, words };
};

test("fresh, left, resumed, failed, passed, reviewed", async () => {
  const kept = {};
  const statuses = () => [kept["cmi.completion_status"], kept["cmi.success_status"], kept["cmi.score.scaled"]];

  const first = await launch(kept);
  assert.deepEqual([first.session.system, first.session.learner], ["SCORM 2004", "Mora, Ines"]);
  assert.deepEqual([first.session.place, first.session.data, first.session.isDone], ["", "", false]);
  assert.deepEqual(statuses(), ["incomplete", "unknown", undefined]);
  first.session.answer(ANSWER);
  first.session.save({ place: "modules/2.html#part", data: "state é" });
  await first.later(3700.4);
  assert.deepEqual(statuses(), ["incomplete", "unknown", undefined]);
  first.leave();
  assert.deepEqual([kept["cmi.exit"], kept["cmi.total_time"]], ["suspend", "PT3700S"]);

  const second = await launch(kept);
  assert.deepEqual([second.session.place, second.session.data], ["modules/2.html#part", "state é"]);
  second.session.answer({ ...ANSWER, id: "q 2", given: ["a", "c"], right: ["c", "a"], isRight: true });
  second.session.submit({ score: 40, passed: false });
  second.leave();
  assert.deepEqual(statuses(), ["completed", "failed", "0.4"]);
  assert.deepEqual([kept["cmi.interactions._count"], kept["cmi.interactions.1.result"]], ["2", "correct"]);
  assert.equal(kept["cmi.interactions.1.learner_response"], "a[,]c");

  const third = await launch(kept);
  assert.equal(third.session.isDone, false);
  third.session.submit({ score: 57, passed: false });
  third.session.submit({ score: 90, passed: true });
  third.leave();
  assert.deepEqual(statuses(), ["completed", "passed", "0.9"]);

  const before = { ...kept };
  const last = await launch(kept, { "cmi.mode": "review" });
  assert.deepEqual([last.session.mode, last.session.isDone, last.session.data], ["review", true, "state é"]);
  last.session.submit({ score: 10, passed: false });
  last.leave();
  assert.deepEqual(kept, before);
  assert.deepEqual(
    last.lms.calls.filter((one) => /Set|Commit/.test(one)),
    [],
  );
  for (const { lms } of [first, second, third, last]) {
    assert.deepEqual(lms.refused, []);
    assert.equal(lms.calls.filter((one) => one === "Terminate").length, 1);
  }
});

test("what was passed stays: after a failed try, and in an update of the course", async () => {
  const kept = {};
  const first = await launch(kept);
  first.session.submit({ score: 90, passed: true });
  first.leave();
  const { session, lms, leave } = await launch(kept, {}, { ...COURSE, version: "2.8" });
  assert.deepEqual([session.data, session.isDone], ["", true]);
  session.submit({ score: 20, passed: false });
  leave();
  assert.deepEqual([kept["cmi.success_status"], kept["cmi.score.raw"]], ["passed", "90"]);
  assert.deepEqual(lms.refused, []);
});

// The mark that the system tells, the mark that the course has then, a score, and what the system makes of it.
const MARKS = [
  ["0.9", 90, 85, "failed"],
  ["0.9", 90, 90, "passed"],
  ["0.7", 70, 70, "passed"],
  ["0", 0, 0, "passed"],
  ["1", 100, 99, "failed"],
  ["-0.5", 80, 79, "passed"],
  [undefined, 80, 79, "failed"],
  [undefined, 80, 80, "passed"],
];
for (const [told, mark, score, status] of MARKS) {
  test(`a system that says the mark is ${told} means ${mark}, and ${score} is ${status}`, async () => {
    const kept = {};
    const { session, lms, leave } = await launch(kept, told ? { "cmi.scaled_passing_score": told } : {});
    assert.equal(session.mark, mark);
    session.submit({ score, passed: score >= mark });
    leave();
    assert.equal(kept["cmi.success_status"], status);
    assert.deepEqual(lms.refused, []);
  });
}

test("every score is one that the system takes", async () => {
  for (let score = 0; score <= 100; score++) {
    const kept = {};
    const { session, lms, leave } = await launch(kept, { "cmi.scaled_passing_score": "0.8" });
    session.submit({ score, passed: score >= 80 });
    leave();
    assert.deepEqual(lms.refused, []);
    assert.equal(Number(kept["cmi.score.scaled"]) * 100 - score < 1e-9, true, String(score));
    assert.equal(kept["cmi.success_status"], score >= 80 ? "passed" : "failed");
  }
});

const TEXTS = ["", " ", "{lang=no language} who?", "日本 🛟".repeat(200), "a\nb", "{lang=de}Wer?"];
test("whatever was asked and answered, the system takes it", async () => {
  const { session, lms, leave } = await launch();
  for (const text of TEXTS) {
    session.answer({ ...ANSWER, id: text, asked: text, given: text, right: text });
  }
  session.answer({ ...ANSWER, given: [], right: ["a", "a"], seconds: 1e9 });
  session.answer({ ...ANSWER, seconds: Number.NaN });
  leave();
  assert.deepEqual(lms.refused, []);
  assert.equal(lms.kept["cmi.interactions._count"], String(TEXTS.length + 2));
});

test("4,000 characters hold in the worst case, as systems of the second edition count", async () => {
  const { session, lms, later } = await launch();
  session.submit({ score: 100, passed: true });
  assert.ok(session.save({ place: "p".repeat(1000), data: "x".repeat(session.room) }));
  await later(0);
  const { length } = lms.kept["cmi.suspend_data"];
  assert.ok(length > 3990 && length <= 4000, String(length));
  assert.equal(session.save({ place: "p", data: "x".repeat(session.room + 1) }), false);
  assert.deepEqual(lms.refused, []);
});

test("a page that was loaded anew goes on with the session that the system still has", async () => {
  const lms = strict2004();
  await open({ API_1484_11: lms.api }).session.open(COURSE);
  const { session } = open({ API_1484_11: lms.api });
  const again = await session.open(COURSE);
  assert.equal(again.system, "SCORM 2004");
  again.save({ place: "p", data: "d" });
  assert.deepEqual(lms.refused, ["103 Initialize"]);
});

test("an attempt that was not left suspended begins anew", () => {
  const kept = {};
  const { api } = strict2004(kept);
  api.Initialize("");
  api.SetValue("cmi.suspend_data", "state");
  api.Terminate("");
  const { values } = strict2004(kept);
  assert.deepEqual([values["cmi.entry"], values["cmi.suspend_data"]], ["ab-initio", undefined]);
});

// The system itself: what it must refuse, or nothing above proves anything. A question is there, with its type.
const REFUSED = [
  ["Initialize", ["x"], "201"],
  ["Initialize", [""], "103"],
  ["SetValue", ["cmi.completion_status", "passed"], "406"],
  ["SetValue", ["cmi.success_status", "completed"], "406"],
  ["SetValue", ["cmi.exit", "finished"], "406"],
  ["SetValue", ["cmi.score.scaled", "1.01"], "407"],
  ["SetValue", ["cmi.score.scaled", "-1.5"], "407"],
  ["SetValue", ["cmi.score.scaled", "high"], "406"],
  ["SetValue", ["cmi.score.scaled", "0.123456789"], "406"],
  ["SetValue", ["cmi.score.raw", ""], "406"],
  ["SetValue", ["cmi.score.raw", 80], "406"],
  ["SetValue", ["cmi.progress_measure", "2"], "407"],
  ["SetValue", ["cmi.session_time", "0001:00:00"], "406"],
  ["SetValue", ["cmi.session_time", "PT"], "406"],
  ["SetValue", ["cmi.session_time", "PT1.234S"], "406"],
  ["SetValue", ["cmi.location", "x".repeat(1001)], "406"],
  ["SetValue", ["cmi.suspend_data", "x".repeat(64001)], "406"],
  ["SetValue", ["cmi.learner_name", "me"], "404"],
  ["SetValue", ["cmi.mode", "review"], "404"],
  ["SetValue", ["cmi.scaled_passing_score", "0"], "404"],
  ["SetValue", ["cmi.core.lesson_status", "passed"], "401"],
  ["SetValue", ["", "x"], "351"],
  ["SetValue", ["cmi.interactions.1.type", "choice"], "408"],
  ["SetValue", ["cmi.interactions.1.learner_response", "a"], "408"],
  ["SetValue", ["cmi.interactions.2.id", "q"], "351"],
  ["SetValue", ["cmi.interactions.1.id", ""], "406"],
  ["SetValue", ["cmi.interactions.1.id", "a b"], "406"],
  ["SetValue", ["cmi.interactions.0.type", "question"], "406"],
  ["SetValue", ["cmi.interactions.0.result", "wrong"], "406"],
  ["SetValue", ["cmi.interactions.0.learner_response", "a[,]a"], "406"],
  ["SetValue", ["cmi.interactions.0.learner_response", "a b"], "406"],
  ["SetValue", ["cmi.interactions.0.correct_responses.1.pattern", "a"], "351"],
  ["SetValue", ["cmi.interactions.0.timestamp", "2026-11-30T12:00:00Z"], "406"],
  ["SetValue", ["cmi.interactions.0.timestamp", "2026-02-30T12:00:00.0Z"], "406"],
  ["SetValue", ["cmi.interactions.0.timestamp", "2039-01-01"], "406"],
  ["SetValue", ["cmi.interactions.0.timestamp", "12:00:00"], "406"],
  ["SetValue", ["cmi.interactions.0.latency", "00:00:07"], "406"],
  ["SetValue", ["cmi.interactions.0.description", "x".repeat(251)], "406"],
  ["SetValue", ["cmi.interactions.0.time", "12:00:00"], "401"],
  ["GetValue", ["cmi.exit"], "405"],
  ["GetValue", ["cmi.session_time"], "405"],
  ["GetValue", ["cmi.nothing"], "401"],
  ["GetValue", [""], "301"],
  ["GetValue", ["cmi.interactions.1.id"], "301"],
  ["Commit", ["now"], "201"],
];
for (const [call, values, code] of REFUSED) {
  test(`the strict system refuses ${call} ${String(values).slice(0, 60)}`, () => {
    const { api, refused } = strict2004();
    api.Initialize("");
    for (const [element, value] of [
      ["id", "q1"],
      ["type", "choice"],
    ]) {
      assert.equal(api.SetValue(`cmi.interactions.0.${element}`, value), "true");
    }
    assert.match(api[call](...values), /^(false|)$/);
    assert.equal(api.GetLastError(), code);
    assert.equal(refused.length, 1);
  });
}

test("what has no value yet is told so, and is no fault", () => {
  const { api, refused } = strict2004();
  api.Initialize("");
  assert.deepEqual([api.GetValue("cmi.suspend_data"), api.GetLastError()], ["", "403"]);
  assert.deepEqual(refused, []);
});

test("the strict system refuses everything before it begins and after it ended", () => {
  const { api } = strict2004();
  const codes = () =>
    [
      () => api.SetValue("cmi.location", "x"),
      () => api.GetValue("cmi.location"),
      () => api.Commit(""),
      () => api.Terminate(""),
    ].map((call) => [call(), api.GetLastError()]);
  assert.deepEqual(codes(), [
    ["false", "132"],
    ["", "122"],
    ["false", "142"],
    ["false", "112"],
  ]);
  api.Initialize("");
  api.Terminate("");
  assert.deepEqual(codes(), [
    ["false", "133"],
    ["", "123"],
    ["false", "143"],
    ["false", "113"],
  ]);
  assert.deepEqual([api.Initialize(""), api.GetLastError()], ["false", "104"]);
});
