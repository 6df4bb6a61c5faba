/* Speaks SCORM 1.2 and SCORM 2004, which differ in names and in how values are written. */

(() => {
  "use strict";

  const { clock, duration, time, id, choice, cut, unseal } = playbookSession.forms;

  /**
   * @typedef {object} Dialect
   * @property {string} api
   * @property {string} prefix of the calls
   * @property {string} finish
   * @property {Record<string, string>} name of what is read and written in both
   * @property {number} most characters of saved data
   * @property {number} mostPlace
   * @property {(seconds: number) => string} span
   * @property {(told: string) => number} mark what a told mark is in percent
   */

  /** @type {Record<string, Dialect>} */
  const DIALECTS = {
    "SCORM 1.2": {
      api: "API",
      prefix: "LMS",
      finish: "LMSFinish",
      name: {
        learner: "cmi.core.student_name",
        language: "cmi.student_preference.language",
        mode: "cmi.core.lesson_mode",
        mark: "cmi.student_data.mastery_score",
        status: "cmi.core.lesson_status",
        place: "cmi.core.lesson_location",
        score: "cmi.core.score",
        time: "cmi.core.session_time",
        exit: "cmi.core.exit",
      },
      most: 4096,
      mostPlace: 255,
      span: clock,
      mark: (told) => (Number(told) > 0 && Number(told) < 1 ? Number(told) * 100 : Number(told)),
    },
    "SCORM 2004": {
      api: "API_1484_11",
      prefix: "",
      finish: "Terminate",
      name: {
        learner: "cmi.learner_name",
        language: "cmi.learner_preference.language",
        mode: "cmi.mode",
        mark: "cmi.scaled_passing_score",
        status: "cmi.completion_status",
        success: "cmi.success_status",
        place: "cmi.location",
        score: "cmi.score",
        time: "cmi.session_time",
        exit: "cmi.exit",
      },
      most: 4000, // as the second edition has it, by which some systems still go
      mostPlace: 1000,
      span: duration,
      mark: (told) => Number(told) * 100,
    },
  };
  const NOTHING = ["null", "undefined"]; // as systems have been seen to say that they have nothing
  const DATA = "cmi.suspend_data";
  const ANSWERS = "cmi.interactions";

  /* What a system says is text, or meant as such; one that says nothing of a call that it took has not refused it. */
  /** @type {(told: unknown) => boolean} */
  const isYes = (told) => !["false", "0"].includes(String(told).toLowerCase());

  /** @type {PlaybookSession["scorm"]} */
  const scorm = (system, course) => {
    const { api: called, prefix, finish, name, most, mostPlace, span, mark: percent } = DIALECTS[system];
    const is2004 = system === "SCORM 2004";
    const api = playbookSession.findApi(called);
    if (!api) {
      return null;
    }

    let [isGone, isRefused] = [false, false];
    /* Any call may throw: a system's page may be gone while the course is still there. */
    /** @type {(method: string, ...values: string[]) => { isTaken: boolean, value: string }} */
    const call = (method, ...values) => {
      try {
        const value = String(api[method](...values) ?? "");
        return { isTaken: isYes(value), value: NOTHING.includes(value) ? "" : value };
      } catch {
        isGone = true;
        return { isTaken: false, value: "" };
      }
    };
    const get = (/** @type {string} */ element) => call(`${prefix}GetValue`, element).value;
    const fault = () => call(`${prefix}GetLastError`).value;
    const commit = () => call(`${prefix}Commit`, "").isTaken;

    const set = (/** @type {string} */ element, /** @type {string} */ value) => {
      const { isTaken } = call(`${prefix}SetValue`, element, value);
      isRefused ||= !isTaken;
      return isTaken;
    };

    if (!call(`${prefix}Initialize`, "").isTaken) {
      // A page that was loaded anew may find the session that it had: the system refuses a second beginning, and goes on.
      if (!["101", "103"].includes(fault()) || get(name.status) === "" || fault() !== "0") {
        return null;
      }
    }

    const toldMode = get(name.mode);
    const mode = toldMode === "review" || toldMode === "browse" ? toldMode : "normal";
    const status = get(name.status);
    const success = is2004 ? get(name.success) : status;
    const toldMark = get(name.mark);
    const mark = percent(toldMark);
    const hasMark = toldMark.trim() !== "" && mark >= 0 && mark <= 100;
    const data = get(DATA);
    // Some systems do not say what they have: what was passed is in the data too, or this launch would take it back.
    const { best } = unseal(course, data);
    const isDone = success === "passed" || best !== null || (status === "completed" && success !== "failed");
    const place = get(name.place);

    if (mode === "normal") {
      // "suspend" at once: what was saved is there again even if this page never gets to say that it was left.
      set(name.exit, "suspend");
      if (!isDone && success !== "failed") {
        set(name.status, "incomplete");
      }
      commit();
    }

    /** @type {(index: number, answer: SessionAnswer & { at: Date }) => void} */
    const writeAnswer = (index, answer) => {
      const at = `${ANSWERS}.${index}`;
      const [given, right] = [answer.given, answer.right].map((one) => choice(one).join(is2004 ? "[,]" : ","));
      set(`${at}.id`, id(answer.id));
      set(`${at}.type`, answer.kind);
      if (is2004) {
        // The zone may be said only after parts of a second, of which there may be two digits.
        set(`${at}.timestamp`, answer.at.toISOString().replace(/(\.\d\d)\d*Z$/, "$1Z"));
        set(`${at}.description`, cut(answer.asked.replace(/^\{lang=/, " $&"), 250)); // or it would name a language
      } else {
        set(`${at}.time`, time(answer.at));
      }
      set(`${at}.correct_responses.0.pattern`, right.slice(0, 255));
      set(`${at}.${is2004 ? "learner" : "student"}_response`, given.slice(0, 255));
      set(`${at}.result`, answer.isRight ? "correct" : is2004 ? "incorrect" : "wrong");
      set(`${at}.latency`, span(answer.seconds));
    };

    const written = new WeakSet(); // answers that the system has, whatever became of the save after them
    let count = 0; // of this session's answers, for systems that count none
    /* Each answer gets the next number. Systems need not keep answers: one that does not is no trouble. */
    const writeAnswers = (/** @type {SessionChange} */ { answers }) => {
      const before = isRefused;
      for (const answer of answers.filter((one) => !written.has(one))) {
        const told = Number.parseInt(get(`${ANSWERS}._count`), 10);
        writeAnswer(Number.isNaN(told) ? count : told, answer);
        if (isGone) {
          return;
        }
        written.add(answer);
        count += 1;
      }
      isRefused = before;
    };

    let isPassed = success === "passed" || best !== null;
    /* What was achieved stays: of a course that is done, a pass or a better score alone is news. */
    const writeVerdict = (/** @type {SessionVerdict} */ { score, passed }) => {
      const known = isPassed ? Number.parseFloat(get(`${name.score}.raw`)) || 0 : -1;
      if (((isDone || isPassed) && !passed) || Math.max(known, best ?? -1) >= score) {
        return;
      }
      set(`${name.score}.min`, "0");
      set(`${name.score}.max`, "100");
      set(`${name.score}.raw`, String(score));
      if (is2004) {
        set(`${name.score}.scaled`, String(score / 100));
        set(name.status, "completed");
        set(name.success, passed ? "passed" : "failed");
      } else {
        set(name.status, passed ? "passed" : "failed");
      }
      isPassed ||= passed;
    };

    /** @type {SessionDriver["write"]} */
    const write = (change) => {
      [isGone, isRefused] = [false, false];
      if (change.place !== undefined) {
        set(name.place, change.place);
      }
      if (change.data !== undefined) {
        set(DATA, change.data);
      }
      writeAnswers(change);
      if (change.verdict) {
        writeVerdict(change.verdict);
      }
      set(name.time, span(change.seconds));
      return commit() && !isRefused;
    };

    return {
      system,
      learner: get(name.learner),
      language: get(name.language),
      mode,
      mark: hasMark ? mark : null,
      place,
      data,
      most,
      mostPlace,
      isDone,
      write,
      end: (change) => {
        const isWritten = mode !== "normal" || write(change);
        return call(finish, "").isTaken && isWritten;
      },
    };
  };

  playbookSession.scorm = scorm;
})();
