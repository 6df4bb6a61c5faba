/* A course and the system that records it: what a strict system is told, what comes back, and what happens when it fails. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { open, storage, strict12 } from "./session.mjs";

const COURSE = { course: "kestrel-privacy-first-line", version: "2.7", mark: 80 };
const ANSWER = { id: "q1", kind: "choice", asked: "Who decides?", given: "b", right: "a", isRight: false, seconds: 7 };
const LAUNCH =
  "?endpoint=https://lrs.example/x/&fetch=https://lms.example/t/1&activityId=https://lms.example/a/1&registration=r1";

/* What a window of another origin does, and an API whose page is gone. */
const gate = () => {
  throw new Error("Blocked a frame with origin from accessing a cross-origin frame.");
};

const { forms } = open().session;

const SPANS = [
  [0, "0000:00:00", "PT0S"],
  [59.6, "0000:01:00", "PT1M"],
  [3661, "0001:01:01", "PT1H1M1S"],
  [90000, "0025:00:00", "PT25H"],
  [1e9, "9999:59:59", "PT277777H46M40S"],
  [-5, "0000:00:00", "PT0S"],
  [Number.NaN, "0000:00:00", "PT0S"],
];
for (const [seconds, clock, duration] of SPANS) {
  test(`${seconds} seconds are ${clock} and ${duration}`, () => {
    assert.equal(forms.clock(seconds), clock);
    assert.equal(forms.duration(seconds), duration);
  });
}

const IDS = [
  "data-request-decision.case-4",
  "Größe",
  "a b",
  "a  b",
  "",
  " ",
  "x".repeat(300),
  "é",
  "è",
  "-a",
  "_a",
  "日本",
];
test("ids are printable, without spaces, short, and other texts have other ids", () => {
  const fit = IDS.map(forms.id);
  for (const one of fit) {
    assert.match(one, /^[A-Za-z0-9._-]{1,240}$/);
  }
  assert.equal(fit[0], IDS[0]);
  assert.equal(new Set(fit).size, IDS.length);
  assert.deepEqual([...forms.choice(["a", "sla 4", ""])], ["a", `sla_4_${forms.choice("sla 4")[0].slice(-8)}`]);
});

const SEALED = forms.seal(COURSE, "two words é", null);
const FOREIGN = {
  "another version": SEALED.replace("2.7", "2.6"),
  "another course": SEALED.replace("kestrel", "brightdesk"),
  "cut off by the system": SEALED.slice(0, -1),
  "another tool": '{"v":1,"d":[123]}',
  nothing: "",
};
test("what was saved comes back to the letter", () => {
  assert.deepEqual({ ...forms.unseal(COURSE, SEALED) }, { data: "two words é", best: null });
  assert.deepEqual({ ...forms.unseal(COURSE, forms.seal(COURSE, "", 100)) }, { data: "", best: 100 });
});
for (const [whose, text] of Object.entries(FOREIGN)) {
  test(`what is of ${whose} is not handed out`, () => {
    assert.equal(forms.unseal(COURSE, text).data, null);
  });
}

/* A launch in a strict system; `refused` must stay empty whatever the course does. */
const launch = async (kept = {}, told = {}, course = COURSE) => {
  const lms = strict12(kept, told);
  const page = open({ API: lms.api });
  const session = await page.session.open(course);
  const words = [];
  session.onTrouble((one) => words.push(one));
  return { ...page, lms, session, words };
};

test("a first launch is incomplete until it is submitted, and passes", async () => {
  const { session, lms, leave, later } = await launch();
  assert.equal(session.system, "SCORM 1.2");
  assert.equal(session.learner, "Mora, Ines");
  assert.equal(lms.kept["cmi.core.lesson_status"], "incomplete");
  session.answer(ANSWER);
  session.answer({ ...ANSWER, id: "q 2", given: ["a", "c"], isRight: true });
  assert.ok(session.save({ place: "modules/2.html#part", data: "d" }));
  await later(3700);
  assert.equal(lms.kept["cmi.core.lesson_status"], "incomplete");
  assert.equal(lms.kept["cmi.core.score.raw"], "");
  session.submit({ score: 86, passed: true });
  assert.ok(session.isDone);
  leave();
  assert.deepEqual(lms.refused, []);
  const { kept } = lms;
  assert.equal(kept["cmi.core.lesson_status"], "passed");
  assert.equal(kept["cmi.core.score.raw"], "86");
  assert.equal(kept["cmi.core.total_time"], "0001:01:40");
  assert.equal(kept["cmi.core.exit"], "suspend");
  assert.equal(kept["cmi.interactions._count"], "2");
  assert.equal(kept["cmi.interactions.0.result"], "wrong");
  assert.match(kept["cmi.interactions.1.student_response"], /^a,c$/);
  assert.equal(lms.calls.filter((one) => one === "Finish").length, 1);
});

test("a second launch resumes, adds its time, and goes on with the next number", async () => {
  const kept = {};
  const first = await launch(kept);
  first.session.answer(ANSWER);
  first.session.save({ place: "p2", data: "state é" });
  await first.later(60);
  first.leave();
  const { session, lms, leave, later } = await launch(kept);
  assert.deepEqual([session.place, session.data, session.isDone], ["p2", "state é", false]);
  session.answer(ANSWER);
  await later(30);
  leave();
  assert.deepEqual(lms.refused, []);
  assert.equal(kept["cmi.core.total_time"], "0000:01:30");
  assert.equal(kept["cmi.interactions._count"], "2");
});

test("an update of the course begins anew and keeps what was achieved", async () => {
  const kept = {};
  const first = await launch(kept);
  first.session.save({ place: "p2", data: "old" });
  first.session.submit({ score: 90, passed: true });
  first.leave();
  const { session, lms } = await launch(kept, {}, { ...COURSE, version: "2.8" });
  assert.deepEqual([session.place, session.data, session.isDone], ["", "", true]);
  assert.equal(kept["cmi.core.lesson_status"], "passed");
  session.save({ place: "p1", data: "new" });
  assert.deepEqual(lms.refused, []);
});

// What was achieved, what is submitted then, and what the system has afterwards.
const TRIES = [
  [[], [60, false], "failed", "60"],
  [[[60, false]], [90, true], "passed", "90"],
  [[[90, true]], [40, false], "passed", "90"],
  [[[90, true]], [85, true], "passed", "90"],
  [[[90, true]], [95, true], "passed", "95"],
  [[], [92, false], "failed", "79"], // a critical case was wrong: the system compares the score with its mark by itself
  [[], [70, true], "failed", "70"],
  [[], [79.6, true], "failed", "79"],
  [[], [140, true], "passed", "100"],
];
for (const isAnew of [false, true]) {
  for (const [before, [score, passed], status, raw] of TRIES) {
    for (const mark of ["", "80"]) {
      const launched = isAnew ? "in another launch" : "at once";
      const told = mark ? "its own mark" : "no mark";
      test(`after ${JSON.stringify(before)}, ${score} ${passed} ${launched} is ${status} with ${told}`, async () => {
        const kept = {};
        let at = await launch(kept, { "cmi.student_data.mastery_score": mark });
        for (const [points, is] of before) {
          at.session.submit({ score: points, passed: is });
        }
        if (isAnew) {
          at.leave();
          assert.deepEqual(at.lms.refused, []);
          at = await launch(kept, { "cmi.student_data.mastery_score": mark });
        }
        at.session.submit({ score, passed });
        at.leave();
        assert.deepEqual(at.lms.refused, []);
        assert.deepEqual([kept["cmi.core.lesson_status"], kept["cmi.core.score.raw"]], [status, raw]);
      });
    }
  }
}

test("a system that does not say what it has is not told that a pass is incomplete", async () => {
  const kept = {};
  const first = await launch(kept);
  first.session.submit({ score: 90, passed: true });
  first.leave();
  for (const version of ["2.7", "2.8"]) {
    const lms = strict12(kept);
    const get = lms.api.LMSGetValue;
    lms.api.LMSGetValue = (name) => (/status|score/.test(name) ? "" : get(name));
    const page = open({ API: lms.api });
    const session = await page.session.open({ ...COURSE, version });
    assert.ok(session.isDone);
    session.save({ place: "p", data: "d" });
    session.submit({ score: 20, passed: false });
    session.submit({ score: 85, passed: true });
    page.leave();
    assert.deepEqual([kept["cmi.core.lesson_status"], kept["cmi.core.score.raw"]], ["passed", "90"]);
  }
});

for (const nothing of [null, undefined, "null", "undefined"]) {
  test(`a system that has ${JSON.stringify(nothing)} has nothing`, async () => {
    const { api } = strict12();
    const { session } = open({ API: { ...api, LMSGetValue: () => nothing } });
    const { learner, mode, mark, place, data, isDone } = await session.open(COURSE);
    assert.deepEqual([learner, mode, mark, place, data, isDone], ["", "normal", 80, "", "", false]);
  });
}

const MARKS = [
  ["", 80],
  ["65", 65],
  ["0", 0],
  ["100.0", 100],
  ["0.7", 70],
  ["high", 80],
  ["900", 80],
];
for (const [told, mark] of MARKS) {
  test(`a system that says the mark is "${told}" means ${mark}`, async () => {
    assert.equal((await launch({}, { "cmi.student_data.mastery_score": told })).session.mark, mark);
  });
}

for (const mode of ["review", "browse"]) {
  test(`nothing is written in the mode ${mode}`, async () => {
    const { session, lms, hide, leave } = await launch({}, { "cmi.core.lesson_mode": mode });
    assert.equal(session.mode, mode);
    session.save({ place: "p", data: "d" });
    session.answer(ANSWER);
    session.submit({ score: 100, passed: true });
    hide();
    leave();
    assert.deepEqual(
      lms.calls.filter((one) => /Set|Commit/.test(one)),
      [],
    );
    assert.deepEqual(
      lms.calls.filter((one) => one === "Finish"),
      ["Finish"],
    );
    assert.deepEqual(lms.refused, []);
  });
}

test("4,096 characters hold in the worst case, and one more is not saved", async () => {
  const { session, lms, later } = await launch();
  assert.ok(session.room > 4000);
  session.submit({ score: 100, passed: true });
  assert.ok(session.save({ place: "p".repeat(255), data: "x".repeat(session.room) }));
  await later(0);
  const { length } = lms.kept["cmi.suspend_data"];
  assert.ok(length > 4090 && length <= 4096, String(length));
  const before = lms.calls.length;
  assert.equal(session.save({ place: "p", data: "x".repeat(session.room + 1) }), false);
  assert.equal(session.save({ place: "p".repeat(256), data: "x" }), false);
  assert.equal(session.save({ place: "p", data: "é".repeat(session.room / 2 + 1) }), false); // some systems count bytes
  await later(0);
  assert.equal(lms.calls.length, before);
  assert.deepEqual(lms.refused, []);
});

test("what a hidden page has is there even if it never comes back", async () => {
  const { session, lms, hide, later } = await launch();
  session.save({ place: "p", data: "d" });
  await later(100);
  const before = lms.commits;
  hide();
  assert.equal(lms.commits, before + 1);
  assert.equal(lms.kept["cmi.core.session_time"], "0000:01:40");
});

test("an answer, the save after it and a verdict are one visit to the system", async () => {
  const { session, lms, later } = await launch();
  const before = lms.commits;
  session.answer(ANSWER);
  session.save({ place: "p", data: "d" });
  session.submit({ score: 90, passed: true });
  await later(0);
  assert.equal(lms.commits, before + 1);
  assert.equal(lms.kept["cmi.core.lesson_status"], "passed");
  session.answer(ANSWER);
  await later(0);
  assert.equal(lms.commits, before + 2);
});

test("it ends once, however often it is closed, and a page that is brought back says so", async () => {
  const { session, lms, leave, comeBack, words } = await launch();
  await session.close();
  await session.close();
  leave();
  assert.equal(lms.calls.filter((one) => one === "Finish").length, 1);
  session.save({ place: "p", data: "d" });
  session.answer(ANSWER);
  session.submit({ score: 90, passed: true });
  assert.deepEqual(lms.refused, []);
  assert.equal(session.isDone, false);
  comeBack();
  assert.match(words.at(-1), /has ended/);
});

test("a system that fails for a while gets everything in the end, and nothing twice", async () => {
  const { session, lms, later, words, leave } = await launch();
  lms.isFailing = true;
  session.answer(ANSWER);
  session.save({ place: "p", data: "d" });
  session.submit({ score: 90, passed: true });
  await later(0);
  assert.match(words.at(-1), /did not take the last save/);
  const told = words.length;
  session.save({ place: "p", data: "d" });
  await later(0);
  assert.equal(words.length, told + 1); // or the page would say that it is saved
  lms.isFailing = false;
  await later(20);
  assert.equal(words.at(-1), "");
  assert.equal(lms.kept["cmi.interactions._count"], "1");
  assert.equal(lms.kept["cmi.core.lesson_status"], "passed");
  leave();
});

test("a system that is gone for a while gets everything when it is back", async () => {
  const { session, lms, later, words, leave } = await launch();
  const there = { ...lms.api };
  for (const name of Object.keys(lms.api)) {
    lms.api[name] = gate;
  }
  session.answer(ANSWER);
  session.save({ place: "p", data: "d" });
  session.submit({ score: 90, passed: true });
  await later(20);
  session.answer({ ...ANSWER, id: "q2" });
  await later(0);
  assert.match(words.at(-1), /did not take the last save/);
  Object.assign(lms.api, there);
  await later(20);
  assert.equal(words.at(-1), "");
  leave();
  const { kept } = lms;
  assert.deepEqual([kept["cmi.interactions.0.id"], kept["cmi.interactions.1.id"]], ["q1", "q2"]);
  assert.deepEqual([kept["cmi.core.lesson_status"], kept["cmi.core.lesson_location"]], ["passed", "p"]);
  assert.deepEqual(lms.refused, []);
});

test("what somebody was given as completed is not taken back by a failed try", async () => {
  const kept = { "cmi.core.lesson_status": "completed" };
  const { session, lms, leave } = await launch(kept);
  assert.ok(session.isDone);
  session.submit({ score: 20, passed: false });
  leave();
  assert.equal(kept["cmi.core.lesson_status"], "completed");
  assert.deepEqual(lms.refused, []);
});

test("a system whose page is gone is told of in words, and the course goes on", async () => {
  const { session, lms, words, later } = await launch();
  session.answer(ANSWER);
  for (const name of Object.keys(lms.api)) {
    lms.api[name] = () => {
      throw new Error("gone");
    };
  }
  session.answer(ANSWER);
  assert.ok(session.save({ place: "p", data: "d" }));
  session.submit({ score: 90, passed: true });
  await later(60);
  await session.close();
  assert.match(words.at(-1), /has ended/);
});

const foreign = (parent) => {
  const found = new Proxy({}, { get: (_, name) => (name === "parent" ? (parent ?? found) : gate()) });
  return found;
};
const around = (api) => {
  const top = { API: api };
  top.parent = top;
  return top;
};
// Where the API is, seen from the course.
const WAYS = {
  "in the window itself": (api) => ({ API: api }),
  "in a frame": (api) => ({ parent: around(api) }),
  "in nested frames": (api) => ({ parent: { parent: { parent: around(api) } } }),
  "in a frame of another origin inside the system": (api) => ({ parent: foreign(around(api)) }),
  "in a window that the system opened": (api) => ({ opener: around(api) }),
  "in a frame of such a window": (api) => {
    const player = { opener: around(api) };
    player.parent = player;
    return { parent: player };
  },
  "in a window that a window of the system opened": (api) => {
    const list = { opener: around(api) };
    list.parent = list;
    return { opener: list };
  },
};
for (const [how, place] of Object.entries(WAYS)) {
  test(`a course finds its system ${how}`, async () => {
    const lms = strict12();
    const session = await open(place(lms.api)).session.open(COURSE);
    assert.equal(session.system, "SCORM 1.2");
    assert.deepEqual(lms.refused, []);
  });
}

const refusing = { LMSInitialize: () => "false", LMSGetLastError: () => "101", LMSGetValue: () => "" };
const throwing = { LMSInitialize: gate };
const NOBODY = {
  "a folder": [{}, ""],
  "a frame of another origin": [{ parent: foreign() }, ""],
  "a window whose parent cannot be asked": [Object.defineProperty({}, "parent", { get: gate, enumerable: false }), ""],
  "a frame without a system": [{ parent: around(undefined) }, ""],
  "a system that refuses": [{ API: refusing }, /did not answer/],
  "a system that throws": [{ API: throwing }, /did not answer/],
  "a system without calls": [{ API: {} }, /did not answer/],
  "text of that name": [{ API: "v1" }, ""],
  "a launch of cmi5 that leads nowhere": [
    { location: { search: `${LAUNCH}&actor={}` }, fetch: () => Promise.reject(new Error("offline")) },
    /did not answer/,
  ],
  "a launch of cmi5 that is torn": [{ location: { search: "?fetch=x" }, fetch: gate }, /did not answer/],
};
for (const [where, [parts, words]] of Object.entries(NOBODY)) {
  for (const localStorage of [storage(), undefined]) {
    test(`${where}, ${localStorage ? "with" : "without"} storage: the course works and nobody records it`, async () => {
      const page = open({ ...parts, localStorage, opener: undefined });
      const opening = page.session.open(COURSE);
      await page.later(10);
      const session = await opening;
      let told = "";
      session.onTrouble((one) => {
        told = one;
      });
      assert.deepEqual([session.system, session.mode, session.mark, session.data], ["", "normal", 80, ""]);
      assert.ok(words ? words.test(told) : told === "", told);
      assert.ok(session.save({ place: "p2", data: "kept" }));
      session.submit({ score: 90, passed: true });
      await session.close();
      const again = open({ localStorage });
      const resumed = await again.session.open(COURSE);
      assert.deepEqual(
        [resumed.place, resumed.data, resumed.isDone],
        localStorage ? ["p2", "kept", true] : ["", "", false],
      );
      const updated = await again.session.open({ ...COURSE, version: "2.8" });
      assert.deepEqual([updated.data, updated.isDone], ["", false]);
    });
  }
}

test("a system that comes late is waited for", async () => {
  const system = around(undefined);
  const page = open({ parent: system });
  const opening = page.session.open(COURSE);
  await page.later(0.5);
  system.API = strict12().api;
  await page.later(1);
  assert.equal((await opening).system, "SCORM 1.2");
});

test("storage that holds something else, or is full, does no harm", async () => {
  const key = "playbook-course kestrel-privacy-first-line 2.7";
  for (const text of ["{", "7", "null", '{"place":1}', '{"place":"p","data":"foreign","isDone":"yes"}']) {
    const session = await open({ localStorage: storage({ [key]: text }) }).session.open(COURSE);
    assert.deepEqual([session.data, session.place, session.isDone], ["", "", false]);
  }
  const full = { getItem: () => null, setItem: gate };
  const page = open({ localStorage: full });
  const session = await page.session.open(COURSE);
  let told = "";
  session.onTrouble((one) => {
    told = one;
  });
  session.save({ place: "p", data: "d" });
  await page.later(0);
  assert.match(told, /keeps nothing/);
});

test("a page that was loaded anew goes on with the session that the system still has", async () => {
  const lms = strict12();
  await open({ API: lms.api }).session.open(COURSE);
  const { session } = open({ API: lms.api });
  const again = await session.open(COURSE);
  assert.equal(again.system, "SCORM 1.2");
  again.save({ place: "p", data: "d" });
  assert.deepEqual(lms.refused, ["101 Initialize"]);
});

// The system itself: what it must refuse, or nothing above proves anything.
const REFUSED = [
  ["LMSInitialize", ["x"], "201"],
  ["LMSInitialize", [""], "101"],
  ["LMSSetValue", ["cmi.core.lesson_status", "done"], "405"],
  ["LMSSetValue", ["cmi.core.lesson_status", "not attempted"], "405"],
  ["LMSSetValue", ["cmi.core.score.raw", "101"], "405"],
  ["LMSSetValue", ["cmi.core.score.raw", "-1"], "405"],
  ["LMSSetValue", ["cmi.core.score.raw", "high"], "405"],
  ["LMSSetValue", ["cmi.core.score.raw", 80], "405"],
  ["LMSSetValue", ["cmi.core.session_time", "PT1H"], "405"],
  ["LMSSetValue", ["cmi.core.session_time", "1:2:3"], "405"],
  ["LMSSetValue", ["cmi.core.lesson_location", "x".repeat(256)], "405"],
  ["LMSSetValue", ["cmi.suspend_data", "x".repeat(4097)], "405"],
  ["LMSSetValue", ["cmi.core.exit", "normal"], "405"],
  ["LMSSetValue", ["cmi.core.student_name", "me"], "403"],
  ["LMSSetValue", ["cmi.student_data.mastery_score", "1"], "403"],
  ["LMSSetValue", ["cmi.core._children", "x"], "402"],
  ["LMSSetValue", ["cmi.core.success_status", "passed"], "201"],
  ["LMSSetValue", ["cmi.interactions.0.id", "a b"], "405"],
  ["LMSSetValue", ["cmi.interactions.0.id", "é"], "405"],
  ["LMSSetValue", ["cmi.interactions.0.id", "x".repeat(256)], "405"],
  ["LMSSetValue", ["cmi.interactions.0.result", "incorrect"], "405"],
  ["LMSSetValue", ["cmi.interactions.0.time", "25:00:00"], "405"],
  ["LMSSetValue", ["cmi.interactions.0.latency", "PT7S"], "405"],
  ["LMSSetValue", ["cmi.interactions.1.id", "q"], "201"],
  ["LMSGetValue", ["cmi.core.exit"], "404"],
  ["LMSGetValue", ["cmi.interactions.0.id"], "404"],
  ["LMSGetValue", ["cmi.nothing"], "201"],
  ["LMSCommit", ["now"], "201"],
];
for (const [call, values, code] of REFUSED) {
  test(`the strict system refuses ${call} ${String(values).slice(0, 50)}`, () => {
    const { api, refused } = strict12();
    api.LMSInitialize("");
    assert.match(api[call](...values), /^(false|)$/);
    assert.equal(api.LMSGetLastError(), code);
    assert.equal(refused.length, 1);
  });
}
test("the strict system refuses everything before it begins and after it ended", () => {
  const { api } = strict12();
  const calls = () => [
    api.LMSSetValue("cmi.suspend_data", "x"),
    api.LMSGetValue("cmi.suspend_data"),
    api.LMSCommit(""),
  ];
  assert.deepEqual(calls(), ["false", "", "false"]);
  api.LMSInitialize("");
  api.LMSFinish("");
  assert.deepEqual(calls(), ["false", "", "false"]);
  assert.deepEqual([api.LMSFinish(""), api.LMSInitialize("")], ["false", "false"]);
});
