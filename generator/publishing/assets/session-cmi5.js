/* Speaks cmi5: a launch by address, statements in their order, and what was saved in the state of the learner. */

(() => {
  "use strict";

  const { duration, id, choice, cut } = playbookSession.forms;
  const OPENING = 12000; // ms for all that comes before the course can begin
  const SENDING = 15000;
  const LAUNCH = ["endpoint", "fetch", "actor", "activityId", "registration"];
  const STATE = "playbook"; // the id of what was saved
  const VERBS = "http://adlnet.gov/expapi/verbs/";
  const CMI5 = "https://w3id.org/xapi/cmi5/context/";
  const DONE = [200, 204, 409]; // a statement that is there already has arrived
  const FINAL = [400, 413]; // nothing changes such an answer

  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const digits = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  /* A launch can be redeemed once: a tab that crashed and comes back goes on with what it had. */
  /** @type {(key: string) => { token?: string, isBegun?: boolean, isOver?: boolean }} */
  const recall = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "{}") ?? {};
    } catch {
      return {};
    }
  };
  /** @type {(key: string, kept: object) => void} */
  const remember = (key, kept) => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ ...recall(key), ...kept }));
    } catch {
      // Without storage, nothing comes back.
    }
  };

  /** @type {(told: unknown) => any} */
  const readJson = (told) => {
    try {
      return JSON.parse(String(told));
    } catch {
      return null;
    }
  };

  /** @type {() => Promise<SessionDriver | null>} */
  const begin = async () => {
    const asked = new URLSearchParams(location.search);
    const [endpoint, once, actorText, activityId, registration] = LAUNCH.map((one) => asked.get(one) ?? "");
    const actor = readJson(actorText);
    if (!endpoint || !once || !actor || !activityId || !registration) {
      return null;
    }
    const key = `playbook-cmi5 ${once}`;
    const before = recall(key);
    if (before.isOver) {
      return null;
    }
    const opening = AbortSignal.timeout(OPENING);
    const token = before.token ?? (await (await fetch(once, { method: "POST", signal: opening })).json())["auth-token"];
    if (!token) {
      return null;
    }
    remember(key, { token });

    const base = endpoint.replace(/\/+$/, "");
    const headers = {
      Authorization: `Basic ${token}`,
      "Content-Type": "application/json",
      "X-Experience-API-Version": "1.0.3",
    };
    /** @type {(path: string, query: Record<string, string>, options?: RequestInit) => Promise<Response>} */
    const ask = (path, query, options = {}) =>
      fetch(`${base}/${path}?${new URLSearchParams(query)}`, {
        headers,
        signal: AbortSignal.timeout(SENDING),
        ...options,
      });
    const agent = JSON.stringify(actor);
    const stateOf = (/** @type {string} */ stateId) => ({ stateId, activityId, agent, registration });
    /** @type {(path: string, query: Record<string, string>) => Promise<any>} */
    const read = async (path, query) => {
      const found = await ask(path, query, { signal: opening });
      return found.ok ? readJson(await found.text()) : null;
    };

    const launch = await read("activities/state", stateOf("LMS.LaunchData"));
    if (!launch?.contextTemplate) {
      return null;
    }
    const preferences = await read("agents/profile", { profileId: "cmi5LearnerPreferences", agent });
    const state = {
      ...{ place: "", data: "", isCompleted: false, isPassed: false, failed: /** @type {number | null} */ (null) },
      ...(await read("activities/state", stateOf(STATE))),
    };
    const mode = { Review: /** @type {const} */ ("review"), Browse: /** @type {const} */ ("browse") }[
      String(launch.launchMode)
    ];
    const hasMark = typeof launch.masteryScore === "number";

    /** @type {(verb: string, at: Date, result?: object, more?: object) => any} */
    const describe = (verb, at, result, more = {}) => ({
      id: uuid(),
      actor,
      verb: { id: `${VERBS}${verb}`, display: { en: verb } },
      object: { objectType: "Activity", id: activityId },
      context: { ...structuredClone(launch.contextTemplate), registration },
      timestamp: at.toISOString(),
      ...(result ? { result } : {}),
      ...more,
    });
    /** @type {(verb: string, at: Date, result?: any) => any} */
    const define = (verb, at, result) => {
      const made = describe(verb, at, result);
      const { contextActivities = {}, extensions = {} } = made.context;
      const isJudged = result && ("success" in result || "completion" in result);
      const category = [`${CMI5}categories/cmi5`, ...(isJudged ? [`${CMI5}categories/moveon`] : [])];
      made.context.contextActivities = {
        ...contextActivities,
        category: [...(contextActivities.category ?? []), ...category.map((one) => ({ id: one }))],
      };
      if (hasMark && result && "success" in result) {
        made.context.extensions = { ...extensions, [`${CMI5}extensions/masteryscore`]: launch.masteryScore };
      }
      return made;
    };
    const answered = (/** @type {SessionAnswer & { at: Date }} */ answer) => {
      const [given, right] = [answer.given, answer.right].map((one) => choice(one).join("[,]"));
      const definition = {
        type: "http://adlnet.gov/expapi/activities/cmi.interaction",
        description: { und: cut(answer.asked, 1000) },
        interactionType: answer.kind,
        correctResponsesPattern: [right],
      };
      return describe(
        "answered",
        answer.at,
        { response: given, success: answer.isRight, duration: duration(answer.seconds) },
        { object: { objectType: "Activity", id: `${activityId}/question/${id(answer.id)}`, definition } },
      );
    };
    const judge = (/** @type {number} */ score, /** @type {boolean} */ success, /** @type {number} */ seconds) => ({
      score: { scaled: score / 100, raw: score, min: 0, max: 100 },
      success,
      duration: duration(seconds),
    });

    /** @type {(statement: any, options?: RequestInit) => Promise<number>} */
    const put = async (statement, options) => {
      const query = { statementId: statement.id };
      const body = JSON.stringify(statement);
      return (await ask("statements", query, { method: "PUT", body, keepalive: true, ...options })).status;
    };

    if (!before.isBegun) {
      if (!DONE.includes(await put(define("initialized", new Date()), { signal: opening }))) {
        return null;
      }
      remember(key, { isBegun: true });
    }

    /** @type {any[]} */
    let waiting = [];
    /** @type {any} */
    let sent = null; // the statement that is on its way
    let isSaved = true;
    const told = new WeakSet(); // what has become a statement, which is sent again as it is

    /** @type {(change: SessionChange) => void} */
    const collect = ({ place, data, answers, verdict, seconds }) => {
      for (const answer of answers.filter((one) => !told.has(one))) {
        told.add(answer);
        waiting.push(answered(answer));
      }
      if (place !== undefined || data !== undefined || verdict) {
        isSaved = false;
      }
      state.place = place ?? state.place;
      state.data = data ?? state.data;
      if (!verdict || told.has(verdict)) {
        return;
      }
      told.add(verdict);
      if (!state.isCompleted) {
        state.isCompleted = true;
        waiting.push(define("completed", verdict.at, { completion: true, duration: duration(seconds) }));
      }
      // A session has one verdict: that of a failed try waits until the session ends, since the next one may pass.
      if (verdict.passed && !state.isPassed) {
        Object.assign(state, { isPassed: true, failed: null });
        waiting.push(define("passed", verdict.at, judge(verdict.score, true, seconds)));
      } else if (!state.isPassed) {
        state.failed = verdict.score;
      }
    };

    const saveState = async (/** @type {boolean} */ isLeaving) => {
      isSaved = true;
      const body = JSON.stringify(state);
      const { ok } = await ask("activities/state", stateOf(STATE), { method: "PUT", body, keepalive: isLeaving });
      isSaved &&= ok;
      return ok;
    };

    const send = async () => {
      let isTaken = true;
      while (waiting.length) {
        sent = waiting[0];
        const status = await put(sent).finally(() => {
          sent = null;
        });
        isTaken &&= DONE.includes(status);
        if (!isTaken && !FINAL.includes(status)) {
          return false;
        }
        waiting = waiting.slice(1);
      }
      return isSaved ? isTaken : (await saveState(false)) && isTaken;
    };

    /* One after the other: a statement does not overtake another. */
    let line = Promise.resolve(true);
    const queue = () => {
      line = line.then(send, send).catch(() => {
        isSaved = false;
        return false;
      });
      return line;
    };

    /** @type {SessionDriver["write"]} */
    const write = (change) => {
      collect(change);
      return queue();
    };

    /** @type {SessionDriver["end"]} */
    const end = (change, isLeaving) => {
      remember(key, { isOver: true });
      if (!mode) {
        collect(change);
        if (state.failed !== null && !state.isPassed) {
          waiting.push(define("failed", new Date(), judge(state.failed, false, change.seconds)));
          state.failed = null;
          isSaved = false;
        }
      }
      waiting.push(define("terminated", new Date(), { duration: duration(change.seconds) }));
      if (!isLeaving) {
        return queue().then((isTaken) => {
          if (launch.returnURL) {
            location.assign(launch.returnURL);
          }
          return isTaken;
        });
      }
      // Nothing can be waited for any more: whatever is left goes out at once.
      const left = waiting.filter((one) => one !== sent);
      const body = JSON.stringify(left);
      const last = [ask("statements", {}, { method: "POST", body, keepalive: true }).then((found) => found.ok)];
      if (!isSaved) {
        last.push(saveState(true));
      }
      return Promise.all(last).then(
        (taken) => taken.every(Boolean),
        () => false,
      );
    };

    return {
      system: "cmi5",
      learner: typeof actor.name === "string" ? actor.name : "",
      language: typeof preferences?.languagePreference === "string" ? preferences.languagePreference : "",
      mode: mode ?? "normal",
      mark: hasMark ? launch.masteryScore * 100 : null,
      place: String(state.place),
      data: String(state.data),
      most: 64000,
      mostPlace: 1000,
      isDone: state.isPassed === true,
      write,
      end,
    };
  };

  playbookSession.cmi5 = () => begin().catch(() => null);
})();
