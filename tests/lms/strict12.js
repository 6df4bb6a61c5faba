/* A learning system for SCORM 1.2 that refuses whatever the standard's data model does not allow, as the strict ones do.

   `strict12(kept, told)` gives the API of one launch. `kept` is what the system has of this learner and course; it is
   written on commit and at the end, and the next launch gets it. `told` is what the system says of itself. All calls that
   it refused are in `refused`. */

const strict12 = (kept = {}, told = {}) => {
  const text = (most) => (value) => value.length <= most;
  const like = (pattern) => (value) => pattern.test(value);
  const within = (least, most) => (value) =>
    /^-?[0-9]{1,3}(\.[0-9]+)?$/.test(value) && Number(value) >= least && Number(value) <= most;
  const span = like(/^[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?$/);
  const identifier = like(/^[\x21-\x7e]{1,255}$/);
  const statuses = like(/^(passed|completed|failed|incomplete|browsed)$/);

  // r: may be read, w: may be written; then what may be written.
  const MODEL = {
    "cmi._version": ["r"],
    "cmi.core._children": ["r"],
    "cmi.core.student_id": ["r"],
    "cmi.core.student_name": ["r"],
    "cmi.core.lesson_location": ["rw", text(255)],
    "cmi.core.credit": ["r"],
    "cmi.core.lesson_status": ["rw", statuses],
    "cmi.core.entry": ["r"],
    "cmi.core.score._children": ["r"],
    "cmi.core.score.raw": ["rw", within(0, 100)],
    "cmi.core.score.max": ["rw", within(0, 100)],
    "cmi.core.score.min": ["rw", within(0, 100)],
    "cmi.core.total_time": ["r"],
    "cmi.core.lesson_mode": ["r"],
    "cmi.core.exit": ["w", like(/^(time-out|suspend|logout|)$/)],
    "cmi.core.session_time": ["w", span],
    "cmi.suspend_data": ["rw", text(4096)],
    "cmi.launch_data": ["r"],
    "cmi.student_data.mastery_score": ["r"],
    "cmi.student_preference.language": ["rw", text(255)],
    "cmi.interactions._children": ["r"],
    "cmi.interactions._count": ["r"],
    "cmi.interactions.n.id": ["w", identifier],
    "cmi.interactions.n.time": ["w", like(/^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,2})?$/)],
    "cmi.interactions.n.type": ["w", like(/^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/)],
    "cmi.interactions.n.correct_responses._count": ["r"],
    "cmi.interactions.n.correct_responses.n.pattern": ["w", text(255)],
    "cmi.interactions.n.weighting": ["w", within(-100, 100)],
    "cmi.interactions.n.student_response": ["w", text(255)],
    "cmi.interactions.n.result": ["w", like(/^(correct|wrong|unanticipated|neutral|[0-9]{1,3}(\.[0-9]+)?)$/)],
    "cmi.interactions.n.latency": ["w", span],
  };
  const READ_ONLY = { "cmi._version": "402", "cmi.core._children": "402", "cmi.core.score._children": "402" };

  const values = {
    "cmi._version": "3.4",
    "cmi.core.student_id": "s-17",
    "cmi.core.student_name": "Mora, Ines",
    "cmi.core.lesson_location": "",
    "cmi.core.credit": "credit",
    "cmi.core.lesson_status": "not attempted",
    "cmi.core.entry": kept["cmi.core.lesson_status"] ? "resume" : "ab-initio",
    "cmi.core.score.raw": "",
    "cmi.core.score.max": "",
    "cmi.core.score.min": "",
    "cmi.core.total_time": "0000:00:00",
    "cmi.core.lesson_mode": "normal",
    "cmi.suspend_data": "",
    "cmi.launch_data": "",
    "cmi.student_data.mastery_score": "",
    "cmi.student_preference.language": "",
    "cmi.interactions._count": "0",
    ...kept,
    ...told,
  };
  let [state, error] = ["new", "0"];
  const system = { refused: [], calls: [], values, kept, commits: 0, isFailing: false };

  const answer = (call, code, value = "true") => {
    system.calls.push(call);
    error = code;
    if (code !== "0") {
      system.refused.push(`${code} ${call}`);
    }
    return code === "0" ? value : "false";
  };
  /* A list is filled one after the other: what would leave a gap is refused. */
  const indexFault = (element) => {
    const [, list, number] = element.match(/^(cmi\.interactions)\.(\d+)\./) ?? [];
    if (list && Number(number) > Number(values[`${list}._count`])) {
      return true;
    }
    if (list && Number(number) === Number(values[`${list}._count`])) {
      values[`${list}._count`] = String(Number(number) + 1);
    }
    return false;
  };
  const seconds = (clock) => clock.split(":").reduce((all, one) => all * 60 + Number(one), 0);
  const store = () => {
    system.commits += 1;
    if (!system.isFailing) {
      Object.assign(kept, values);
    }
    return !system.isFailing;
  };

  const api = {
    LMSInitialize: (parameter) => {
      const code = parameter !== "" ? "201" : state === "new" ? "0" : "101";
      state = code === "0" ? "running" : state;
      return answer("Initialize", code);
    },
    LMSFinish: (parameter) => {
      const code = parameter !== "" ? "201" : state === "running" ? "0" : "301";
      if (code === "0") {
        state = "over";
        const raw = values["cmi.core.score.raw"];
        const mark = values["cmi.student_data.mastery_score"];
        if (values["cmi.core.lesson_status"] === "not attempted") {
          values["cmi.core.lesson_status"] = "completed";
        }
        if (values["cmi.core.lesson_mode"] === "normal" && mark !== "" && raw !== "") {
          values["cmi.core.lesson_status"] = Number(raw) >= Number(mark) ? "passed" : "failed";
        }
        const all = seconds(values["cmi.core.total_time"]) + seconds(values["cmi.core.session_time"] ?? "0:0:0");
        const pad = (number, digits) => String(number).padStart(digits, "0");
        const spent = [pad(Math.floor(all / 3600), 4), pad(Math.floor(all / 60) % 60, 2), pad(all % 60, 2)].join(":");
        values["cmi.core.total_time"] = spent;
        delete values["cmi.core.session_time"];
        store();
      }
      return answer("Finish", code);
    },
    LMSCommit: (parameter) => {
      const code = parameter !== "" ? "201" : state === "running" ? "0" : "301";
      return answer("Commit", code === "0" && !store() ? "101" : code);
    },
    LMSGetValue: (element) => {
      const [rights] = MODEL[String(element).replace(/\.\d+/g, ".n")] ?? [];
      const code = state !== "running" ? "301" : !rights ? "201" : rights.includes("r") ? "0" : "404";
      const found = answer(`Get ${element}`, code, values[element] ?? "");
      return code === "0" ? found : "";
    },
    LMSSetValue: (element, value) => {
      const model = String(element).replace(/\.\d+/g, ".n");
      const [rights, isFit] = MODEL[model] ?? [];
      let code = state !== "running" ? "301" : !rights ? "201" : rights.includes("w") ? "0" : (READ_ONLY[model] ?? "403");
      if (code === "0" && (typeof value !== "string" || !isFit(value))) {
        code = "405";
      }
      if (code === "0" && indexFault(element)) {
        code = "201";
      }
      if (code === "0") {
        values[element] = value;
      }
      return answer(`Set ${element} ${String(value).slice(0, 40)}`, code);
    },
    LMSGetLastError: () => error,
    LMSGetErrorString: (code) => `error ${code}`,
    LMSGetDiagnostic: (code) => `error ${code}`,
  };
  return Object.assign(system, { api, isOver: () => state === "over" });
};
