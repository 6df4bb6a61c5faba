/* Opens the session of a course: finds who records it, keeps what is still to be told, tells it, and ends it once. */

(() => {
  "use strict";

  const { seal, unseal, size } = playbookSession.forms;
  const LATE = 1000; // ms that a page around the course may take until its system is there
  const AGAIN = 15000; // ms until what a system did not take is told again
  const TOLD = {
    silent:
      "Your learning system did not answer, so it records nothing. To be recorded, close this page and open the course there again.",
    refused: "Your learning system did not take the last save. Leave this page open: it tries again by itself.",
    over: "The session with your learning system has ended, so nothing more is recorded. Close this page and open the course there again.",
    unkept: "This browser keeps nothing of this page: after you close it, you begin anew.",
  };

  /** @type {(ms: number) => Promise<void>} */
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  /** @type {(course: SessionCourse) => Promise<SessionDriver | null>} */
  const findDriver = async (course) => {
    const { systems, cmi5, scorm, mayAppear } = playbookSession;
    const end = Date.now() + (mayAppear() ? LATE : 0); // a course that stands alone has nobody to wait for
    if (systems.includes("cmi5")) {
      const found = await cmi5();
      if (found) {
        return found;
      }
    }
    for (;;) {
      for (const system of systems.filter((one) => one !== "cmi5")) {
        const found = scorm(system, course);
        if (found) {
          return found;
        }
      }
      if (Date.now() >= end) {
        return null;
      }
      await wait(200);
    }
  };

  /** Whether a system was there, or should have been, that did not answer as one. */
  const isSilent = () => {
    const { findApi, systems } = playbookSession;
    return (
      (systems.includes("SCORM 1.2") && findApi("API") !== null) ||
      (systems.includes("SCORM 2004") && findApi("API_1484_11") !== null) ||
      (systems.includes("cmi5") && new URLSearchParams(location.search).has("fetch"))
    );
  };

  /** @type {(course: SessionCourse, seats: SessionSeats) => SessionSeats} */
  const openSeats = (course, seats) => ({
    ...seats,
    all: seats.all.map((one) => ({ ...one, data: unseal(course, one.data).data ?? "" })),
  });

  /** @type {PlaybookSession["open"]} */
  const open = async (course) => {
    const began = Date.now();
    const found = await findDriver(course).catch(() => null);
    const driver = found ?? playbookSession.local(course);
    const isNormal = driver.mode === "normal";
    const { data: kept, best } = unseal(course, driver.data);
    const mark = driver.mark ?? Math.min(100, Math.max(0, course.mark));
    const room = driver.most - size(seal(course, "", 100)) - 4; // the length of the data is part of the mark

    /** @type {(words: string) => void} */
    let tell = () => {};
    let trouble = !found && isSilent() ? TOLD.silent : "";
    /* What is wrong is told each time: the page may have said meanwhile that it saves. */
    const say = (/** @type {string} */ words) => {
      if (words || trouble) {
        trouble = words;
        tell(words);
      }
    };

    const achieved = { data: kept ?? "", best };
    const sealed = () => seal(course, achieved.data, achieved.best);
    /** @type {Omit<SessionChange, "seconds">} */
    let pending = { answers: [] };
    let [isOver, isWaiting] = [false, false];
    const seconds = () => (Date.now() - began) / 1000;

    /* What was not taken is put before what came after it. */
    const keep = (/** @type {Omit<SessionChange, "seconds">} */ told, /** @type {boolean} */ isTaken) => {
      if (isTaken) {
        if (trouble !== TOLD.silent) {
          say("");
        }
        return;
      }
      pending = { ...told, ...pending, answers: [...told.answers, ...pending.answers] };
      say(driver.system ? TOLD.refused : trouble || TOLD.unkept);
      if (!isWaiting && !isOver) {
        isWaiting = true;
        setTimeout(() => {
          isWaiting = false;
          flush();
        }, AGAIN);
      }
    };

    /* An answer, the save after it and a verdict are one visit to the system: many let a page wait for each. */
    let isDue = false;
    const flushSoon = () => {
      if (!isDue) {
        isDue = true;
        Promise.resolve().then(() => {
          isDue = false;
          if (pending.answers.length || pending.data !== undefined) {
            flush(); // unless the page was hidden meanwhile, and has said it all
          }
        });
      }
    };

    const flush = () => {
      if (isOver || !isNormal) {
        return;
      }
      const told = pending;
      pending = { answers: [] };
      const taken = driver.write({ ...told, seconds: seconds() });
      if (typeof taken === "boolean") {
        keep(told, taken);
      } else {
        taken.then(
          (is) => keep(told, is),
          () => keep(told, false),
        );
      }
    };

    const end = async (/** @type {boolean} */ isLeaving) => {
      if (isOver) {
        return;
      }
      isOver = true;
      const told = pending;
      pending = { answers: [] };
      const isTaken = await Promise.resolve(driver.end({ ...told, seconds: seconds() }, isLeaving)).catch(() => false);
      if (!isTaken && driver.system) {
        say(TOLD.over);
      }
    };

    /** @type {Session} */
    const session = {
      system: driver.system,
      learner: driver.learner,
      language: driver.language,
      mode: driver.mode,
      mark,
      place: kept === null ? "" : driver.place,
      data: kept ?? "",
      room,
      isDone: driver.isDone,
      seats: trouble || !driver.seats ? null : openSeats(course, driver.seats),
      save: ({ place, data }) => {
        if (size(data) > room || place.length > driver.mostPlace) {
          return false;
        }
        if (isNormal && !isOver) {
          achieved.data = data;
          pending = { ...pending, place, data: sealed() };
          flushSoon();
        }
        return true;
      },
      answer: (answer) => {
        if (isNormal && !isOver) {
          pending.answers.push({ ...answer, at: new Date() });
          flushSoon();
        }
      },
      submit: (verdict) => {
        const passed = verdict.passed && verdict.score >= mark;
        // Systems compare the score with the mark themselves, and know of nothing else that had to be right.
        const most = passed ? 100 : Math.max(0, Math.ceil(mark) - 1);
        const score = Math.min(most, Math.max(0, Math.round(verdict.score)));
        if (isNormal && !isOver) {
          achieved.best = passed ? Math.max(score, achieved.best ?? 0) : achieved.best;
          const isWorse = pending.verdict?.passed && (!passed || pending.verdict.score >= score);
          pending = isWorse ? pending : { ...pending, data: sealed(), verdict: { score, passed, at: new Date() } };
          flushSoon();
          session.isDone ||= passed;
        }
      },
      close: () => end(false),
      onTrouble: (told) => {
        tell = told;
        if (trouble) {
          told(trouble);
        }
      },
    };

    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        flush();
      }
    });
    window.addEventListener("pagehide", () => {
      end(true);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted && driver.system) {
        say(TOLD.over); // a browser brought back the page whose session it had ended
      }
    });
    return session;
  };

  playbookSession.open = open;
})();
