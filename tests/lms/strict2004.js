/* A learning system for SCORM 2004, 3rd edition, that refuses whatever the standard's data model does not allow.

   `strict2004(kept, told)` gives the API of one launch. `kept` is what the system has of this learner and course; it is
   written on commit and at the end, and the next launch gets it if this one was left suspended. `told` is what the system
   says of itself. All calls that it refused are in `refused`; to ask for what has no value yet is no breach of a rule. */

const strict2004 = (kept = {}, told = {}) => {
  const FINE = "0";
  const [MISMATCH, OUT_OF_RANGE] = ["406", "407"];
  /* What judges a value gives the code of the fault. */
  const like = (pattern) => (value) => (pattern.test(value) ? FINE : MISMATCH);
  const text = (most) => (value) => (value.length <= most ? FINE : MISMATCH);
  /* A text may begin with its language. */
  const localized = (most) => (value) => {
    const [, , rest] = value.match(/^(\{lang=[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\})?([^]*)$/);
    return rest.startsWith("{lang=") ? MISMATCH : text(most)(rest);
  };
  const real =
    (least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY) =>
    (value) => {
      if (!/^-?[0-9]{1,10}(\.[0-9]{1,7})?$/.test(value)) {
        return MISMATCH;
      }
      return Number(value) >= least && Number(value) <= most ? FINE : OUT_OF_RANGE;
    };
  const either = (words, judge) => (value) => (words.includes(value) ? FINE : judge(value));
  const words = (...some) => either(some, () => MISMATCH);
  const SPAN = /^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/;
  const MOMENT =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d{1,2}(?:Z|[+-]\d\d(?::\d\d)?)?)?)?)?)?)?)?$/;
  const moment = (value) => {
    const [whole, year, month = "01", day = "01", hour = "0", minute = "0", second = "0"] = value.match(MOMENT) ?? [];
    const isDay = whole && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === Number(day) && month <= 12;
    return isDay && year >= 1970 && year <= 2038 && hour < 24 && minute < 60 && second < 60 ? FINE : MISMATCH;
  };
  const identifier = like(/^(?!urn:$)[A-Za-z0-9$_.+!*'(),:@=;/?%#~-]{1,4000}$/);
  const short = /^[A-Za-z0-9$_.+!*'(),:@=;/?%#~-]{1,250}$/;
  /* A choice is a set: each id once, and none where nothing was chosen. */
  const chosen = (value) => {
    const some = value === "" ? [] : value.split("[,]");
    const isSet = some.length <= 36 && new Set(some).size === some.length && some.every((one) => short.test(one));
    return isSet ? FINE : MISMATCH;
  };
  const RESPONSES = { choice: chosen, "true-false": words("true", "false"), numeric: real() };
  const respond = (value, type) => (RESPONSES[type] ?? text(4000))(value);

  // r: may be read, w: may be written; then what may be written; then what must be there before, within the same answer.
  const MODEL = {
    "cmi._version": ["r"],
    "cmi.completion_status": ["rw", words("completed", "incomplete", "not attempted", "unknown")],
    "cmi.completion_threshold": ["r"],
    "cmi.credit": ["r"],
    "cmi.entry": ["r"],
    "cmi.exit": ["w", words("time-out", "suspend", "logout", "normal", "")],
    "cmi.interactions._children": ["r"],
    "cmi.interactions._count": ["r"],
    "cmi.interactions.n.id": ["rw", identifier],
    "cmi.interactions.n.type": [
      "rw",
      words(
        ...["true-false", "choice", "fill-in", "long-fill-in", "likert"],
        ...["matching", "performance", "sequencing", "numeric", "other"],
      ),
      ["id"],
    ],
    "cmi.interactions.n.timestamp": ["rw", moment, ["id"]],
    "cmi.interactions.n.correct_responses._count": ["r"],
    "cmi.interactions.n.correct_responses.n.pattern": ["rw", respond, ["id", "type"]],
    "cmi.interactions.n.weighting": ["rw", real(), ["id"]],
    "cmi.interactions.n.learner_response": ["rw", respond, ["id", "type"]],
    "cmi.interactions.n.result": ["rw", either(["correct", "incorrect", "unanticipated", "neutral"], real()), ["id"]],
    "cmi.interactions.n.latency": ["rw", like(SPAN), ["id"]],
    "cmi.interactions.n.description": ["rw", localized(250), ["id"]],
    "cmi.launch_data": ["r"],
    "cmi.learner_id": ["r"],
    "cmi.learner_name": ["r"],
    "cmi.learner_preference._children": ["r"],
    "cmi.learner_preference.audio_level": ["rw", real(0)],
    "cmi.learner_preference.language": ["rw", like(/^([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)?$/)],
    "cmi.learner_preference.delivery_speed": ["rw", real(0)],
    "cmi.learner_preference.audio_captioning": ["rw", words("-1", "0", "1")],
    "cmi.location": ["rw", text(1000)],
    "cmi.max_time_allowed": ["r"],
    "cmi.mode": ["r"],
    "cmi.progress_measure": ["rw", real(0, 1)],
    "cmi.scaled_passing_score": ["r"],
    "cmi.score._children": ["r"],
    "cmi.score.scaled": ["rw", real(-1, 1)],
    "cmi.score.raw": ["rw", real()],
    "cmi.score.max": ["rw", real()],
    "cmi.score.min": ["rw", real()],
    "cmi.session_time": ["w", like(SPAN)],
    "cmi.success_status": ["rw", words("passed", "failed", "unknown")],
    "cmi.suspend_data": ["rw", text(64000)],
    "cmi.time_limit_action": ["r"],
    "cmi.total_time": ["r"],
  };

  // An attempt that was not left suspended is over: the next one begins with nothing.
  const isResumed = kept["cmi.exit"] === "suspend";
  const values = {
    "cmi._version": "1.0",
    "cmi.completion_status": "unknown",
    "cmi.credit": "credit",
    "cmi.interactions._children":
      "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description",
    "cmi.interactions._count": "0",
    "cmi.learner_id": "s-17",
    "cmi.learner_name": "Mora, Ines",
    "cmi.learner_preference._children": "audio_level,language,delivery_speed,audio_captioning",
    "cmi.learner_preference.language": "",
    "cmi.mode": "normal",
    "cmi.score._children": "scaled,raw,min,max",
    "cmi.success_status": "unknown",
    "cmi.total_time": "PT0S",
    ...(isResumed ? kept : {}),
    ...told,
    "cmi.entry": isResumed ? "resume" : "ab-initio",
  };
  delete values["cmi.exit"];
  let [state, error] = ["new", FINE];
  const system = { refused: [], calls: [], values, kept, commits: 0, isFailing: false };

  const answer = (call, code, value = "true") => {
    system.calls.push(call);
    error = code;
    if (code !== FINE && code !== "403") {
      system.refused.push(`${code} ${call}`);
    }
    return code === FINE ? value : "false";
  };
  /* The code for a call in each state: before it begins, while it runs, after it ended. */
  const when = (before, after) => ({ new: before, running: FINE, over: after })[state];

  /* A list is filled one after the other: what would leave a gap is refused. */
  const LIST = /^(.*?)\.(\d+)(?=\.)/;
  const lists = (element) => {
    const [outer, inner] = [element.match(LIST), element.match(/^(.*correct_responses)\.(\d+)\./)];
    return [outer, inner].filter(Boolean).map(([, list, number]) => [`${list}._count`, Number(number)]);
  };
  const hasGap = (element, isWritten) =>
    lists(element).some(([count, number]) => number > Number(values[count] ?? 0) - (isWritten ? 0 : 1));
  const countIn = (element) => {
    for (const [count, number] of lists(element)) {
      values[count] = String(Math.max(number + 1, Number(values[count] ?? 0)));
    }
  };
  const modelOf = (element) => MODEL[String(element).replace(/\.\d+(?=\.)/g, ".n")];
  const of = (element) => element.match(/^cmi\.interactions\.\d+/)?.[0];
  /* The system's own mark decides on success, whatever a course has said. */
  const judged = () => {
    const [mark, scaled] = [values["cmi.scaled_passing_score"], values["cmi.score.scaled"]];
    if (mark === undefined || mark === "") {
      return values["cmi.success_status"];
    }
    return scaled === undefined ? "unknown" : Number(scaled) >= Number(mark) ? "passed" : "failed";
  };
  const seconds = (span) => {
    const [, , , , , hours, minutes, rest] = span.match(SPAN);
    return [hours, minutes, rest].reduce((all, one) => all * 60 + Number.parseFloat(one ?? "0"), 0);
  };
  const store = () => {
    system.commits += 1;
    if (!system.isFailing && values["cmi.mode"] === "normal") {
      Object.assign(kept, values, { "cmi.success_status": judged(), "cmi.exit": values["cmi.exit"] ?? "" });
    }
    return !system.isFailing;
  };

  const api = {
    Initialize: (parameter) => {
      const code = parameter !== "" ? "201" : { new: FINE, running: "103", over: "104" }[state];
      state = code === FINE ? "running" : state;
      return answer("Initialize", code);
    },
    Terminate: (parameter) => {
      const code = parameter !== "" ? "201" : when("112", "113");
      if (code === FINE) {
        state = "over";
        const all = seconds(values["cmi.total_time"]) + seconds(values["cmi.session_time"] ?? "PT0S");
        values["cmi.total_time"] = `PT${all}S`;
        delete values["cmi.session_time"];
        store();
      }
      return answer("Terminate", code);
    },
    Commit: (parameter) => {
      const code = parameter !== "" ? "201" : when("142", "143");
      return answer("Commit", code === FINE && !store() ? "391" : code);
    },
    GetValue: (element) => {
      const [rights] = modelOf(element) ?? [];
      const value = element === "cmi.success_status" ? judged() : values[element];
      let code = when("122", "123");
      if (code === FINE) {
        code = !rights ? (element ? "401" : "301") : rights.includes("r") ? FINE : "405";
      }
      if (code === FINE && value === undefined) {
        code = hasGap(element, false) ? "301" : "403";
      }
      const found = answer(`Get ${element}`, code, value);
      return code === FINE ? found : "";
    },
    SetValue: (element, value) => {
      const [rights, judge, needs = []] = modelOf(element) ?? [];
      let code = when("132", "133");
      if (code === FINE) {
        code = !rights ? (element ? "401" : "351") : rights.includes("w") ? FINE : "404";
      }
      if (code === FINE && hasGap(element, true)) {
        code = "351";
      }
      if (code === FINE && needs.some((one) => values[`${of(element)}.${one}`] === undefined)) {
        code = "408";
      }
      if (code === FINE) {
        code = typeof value === "string" ? judge(value, values[`${of(element)}.type`]) : MISMATCH;
      }
      if (code === FINE) {
        countIn(element);
        values[element] = value;
      }
      return answer(`Set ${element} ${String(value).slice(0, 40)}`, code);
    },
    GetLastError: () => error,
    GetErrorString: (code) => `error ${code}`,
    GetDiagnostic: (code) => `error ${code}`,
  };
  return Object.assign(system, { api, isOver: () => state === "over" });
};
