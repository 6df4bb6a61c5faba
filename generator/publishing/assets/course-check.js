/* The check of a module: its questions one after the other, the result, another try; and what comes back later. */

/**
 * @typedef {object} CourseScore
 * @property {number} right
 * @property {number} asked
 * @property {number} open checks that were not finished yet
 * @property {number} percent
 * @property {number[]} grave modules in which a critical case was wrong
 * @property {boolean} isPassed
 * @property {{ number: number, right: number, asked: number, isOpen: boolean }[]} modules those with a check
 */

/**
 * @typedef {object} CourseChecks
 * @property {(view: HTMLElement, number: number) => Promise<void>} show the check of a module
 * @property {(view: HTMLElement) => Promise<void>} again what is due
 * @property {(number: number) => boolean} isPassed whether a try of a module's check is enough
 * @property {() => string[]} due the decisions that come back today
 * @property {() => CourseScore} score of the best finished try of each check
 * @property {() => Promise<{ question: SealedQuestion, given: number }[]>} wrong what was got wrong in those tries
 */

/**
 * @typedef {object} CourseDesk what the parts of a course work on together
 * @property {CoursePlan} plan
 * @property {CourseProgress} progress
 * @property {Session} session
 * @property {() => void} changed saves, and shows how far somebody is
 */

(() => {
  "use strict";

  const { make } = playbook.page;
  /** @type {Map<number, SealedQuestion[][]>} */
  const loaded = new Map();

  playbook.courseTake = (number, groups) => {
    loaded.set(number, groups);
  };

  /** @type {(number: number) => Promise<SealedQuestion[][]>} */
  const load = async (number) => {
    if (!loaded.has(number)) {
      const script = make("script", { src: `course/check-${number}.js` });
      await new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = () => reject(new Error("the questions cannot be read"));
        document.head.append(script);
      });
    }
    return /** @type {SealedQuestion[][]} */ (loaded.get(number));
  };

  /** @type {(desk: CourseDesk) => CourseChecks} */
  playbook.courseChecks = ({ plan, progress, session, changed }) => {
    const { draw, one } = playbook.courseDraw;
    const { day } = playbook.courseState;
    const { rate, due, today } = playbook.courseAgain;

    /** @type {(number: number) => CourseModule} */
    const module = (number) => plan.modules[number - 1];

    /** @type {(number: number, attempt: number) => { group: number, variant: number }[]} */
    const drawn = (number, attempt) => draw(module(number), number, progress.seed, attempt);

    /** @type {(one: CourseTry) => number} */
    const right = ({ answers }) => answers.filter(({ isRight }) => isRight).length;

    /** @type {(number: number, one: CourseTry) => boolean} */
    const isGrave = (number, { answers, number: attempt }) =>
      drawn(number, attempt).some(({ group }, n) => module(number).critical.includes(group) && !answers[n]?.isRight);

    /** @type {(number: number, one: CourseTry) => boolean} */
    const isEnough = (number, one) => (right(one) / module(number).asks) * 100 >= plan.mark && !isGrave(number, one);

    /* A critical case weighs more than any number of others. */
    /** @type {(number: number, one: CourseTry, other: CourseTry | null) => boolean} */
    const isBetter = (number, one, other) => {
      if (!other || isGrave(number, one) !== isGrave(number, other)) {
        return !other || isGrave(number, other);
      }
      return right(one) >= right(other);
    };

    /* The place of a module's first group among those of all modules. */
    const firsts = plan.modules.map((_, m) =>
      plan.modules.slice(0, m).reduce((sum, { topics }) => sum + topics.length, 0),
    );

    /** @type {(number: number, group: number, isRight: boolean) => string} */
    const remember = (number, group, isRight) => {
      const topic = module(number).topics[group];
      const card = rate(progress.cards.get(topic), isRight, day(), firsts[number - 1] + group);
      if (!card) {
        return "";
      }
      progress.cards.set(topic, card);
      const back = new Date(due(card) * 86_400_000);
      const words = back.toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
      return `This comes back on ${words}${isRight ? ", with another case" : ""}.`;
    };

    /** @type {CourseChecks["score"]} */
    const score = () => {
      const numbers = plan.modules.flatMap(({ asks }, n) => (asks ? [n + 1] : []));
      const found = numbers.map((number) => ({ number, best: progress.checks.get(number)?.best ?? null }));
      const asked = numbers.reduce((sum, number) => sum + module(number).asks, 0);
      const sum = found.reduce((sum, { best }) => sum + (best ? right(best) : 0), 0);
      const open = found.filter(({ best }) => !best).length;
      const grave = found.flatMap(({ number, best }) => (best && isGrave(number, best) ? [number] : []));
      const percent = asked ? Math.floor((sum / asked) * 100) : 100;
      const modules = found.map(({ number, best }) => ({
        number,
        right: best ? right(best) : 0,
        asked: module(number).asks,
        isOpen: !best,
      }));
      const isPassed = !open && !grave.length && percent >= plan.mark;
      return { right: sum, asked, open, percent, grave, isPassed, modules };
    };

    /** @type {CourseChecks["wrong"]} */
    const wrong = async () => {
      const found = [];
      for (const [number, { best }] of progress.checks) {
        const groups = best ? await load(number) : [];
        const cases = best ? drawn(number, best.number) : [];
        for (const [n, { place, isRight }] of (best?.answers ?? []).entries()) {
          if (!isRight) {
            found.push({ question: groups[cases[n].group][cases[n].variant], given: place });
          }
        }
      }
      return found;
    };

    /** @type {(view: HTMLElement, number: number, groups: SealedQuestion[][]) => void} */
    const tellResult = (view, number, groups) => {
      const kept = progress.checks.get(number);
      if (!kept?.best) {
        return;
      }
      const { now, best } = kept;
      const enough = isEnough(number, best);
      const grave = isGrave(number, best);
      const counts =
        best.number === now.number ? "" : ` Your best try counts: ${right(best)} of ${module(number).asks}.`;
      const cases = drawn(number, now.number);
      const wrong = now.answers.flatMap(({ place, isRight }, n) =>
        isRight ? [] : [{ question: groups[cases[n].group][cases[n].variant], given: place }],
      );
      const heading = make("h2", {
        className: "h1",
        tabIndex: -1,
        textContent: `${isEnough(number, now) ? "Done" : "Not enough yet"}: ${right(now)} of ${module(number).asks} right`,
      });
      const told = grave
        ? "A critical case was decided wrongly. Read again what is named below, then take the check again."
        : enough
          ? ""
          : `${plan.mark} % is needed over the whole course. Read again what is named below, then take the check again.`;
      const retry = make("button", {
        type: "button",
        className: enough ? "button" : "button go",
        textContent: "Take it again",
      });
      retry.addEventListener("click", () => {
        progress.checks.set(number, { now: { number: now.number + 1, answers: [] }, best });
        changed();
        show(view, number);
      });
      view.replaceChildren(
        make("p", { className: "crumb", textContent: `Module ${number}, check` }),
        heading,
        make("p", { textContent: told + counts }),
        make("p", { className: "onward" }, retry),
        ...playbook.courseReads(wrong),
      );
      heading.focus({ preventScroll: true });
    };

    /* The last answer, until somebody goes on from it: who reads something again comes back to its feedback. */
    /** @type {Map<number, number>} */
    const told = new Map();

    /** @type {CourseChecks["show"]} */
    const show = async (view, number) => {
      const groups = await load(number);
      const kept = progress.checks.get(number) ?? { now: { number: 0, answers: [] }, best: null };
      const cases = drawn(number, kept.now.number);
      const before = told.get(number);
      const at = before ?? kept.now.answers.length;
      if (at >= cases.length) {
        tellResult(view, number, groups);
        return;
      }
      const question = groups[cases[at].group][cases[at].variant];
      playbook.courseAsk(
        view,
        {
          question,
          above: `Module ${number}, check · question ${at + 1} of ${cases.length}`,
          onward: at + 1 < cases.length ? "Next question" : "See the result",
          answered: (place, isRight, seconds, opened) => {
            const now = { number: kept.now.number, answers: [...kept.now.answers, { place, isRight }] };
            const isOver = now.answers.length === cases.length;
            const best = isOver && isBetter(number, now, kept.best) ? now : kept.best;
            progress.checks.set(number, { now, best });
            told.set(number, at);
            const back = remember(number, cases[at].group, isRight);
            session.answer({
              id: `m${number}-t${now.number + 1}-q${at + 1}-${question.id}`,
              kind: "choice",
              asked: `${question.scenario} ${question.ask}`,
              given: "abcd"[place],
              right: "abcd"[opened.right],
              isRight,
              seconds,
            });
            changed();
            return isRight ? "" : back;
          },
          next: () => {
            told.delete(number);
            show(view, number);
          },
        },
        before === undefined ? undefined : kept.now.answers[at].place,
      );
      view.querySelector("h2")?.focus({ preventScroll: true });
    };

    const dueToday = () => today(progress.cards, day());

    /* The question that comes back for a decision, in the module where it went wrong. */
    /** @type {(topic: string) => { number: number, group: number, variant: number } | null} */
    const pickAgain = (topic) => {
      const card = progress.cards.get(topic);
      const number = card ? firsts.findLastIndex((first) => first <= card.group) + 1 : 0;
      const wrong = card && { group: card.group - firsts[number - 1], isWrong: card.isWrong };
      const picked = wrong ? one(module(number), topic, wrong, progress.seed, day()) : null;
      return picked && { number, ...picked };
    };

    /** @type {CourseChecks["again"]} */
    const again = async (view) => {
      const [topic, ...more] = dueToday();
      const picked = topic ? pickAgain(topic) : null;
      if (!picked) {
        const heading = make("h2", { className: "h1", tabIndex: -1, textContent: "Nothing comes back today" });
        const told = "A decision that you got wrong comes back after a day or more. Open the course again then.";
        view.replaceChildren(heading, make("p", { textContent: told }));
        heading.focus({ preventScroll: true });
        return;
      }
      const { number, group, variant } = picked;
      const groups = await load(number);
      playbook.courseAsk(view, {
        question: groups[group][variant],
        above: `Once more${more.length ? ` · ${more.length} after this one` : ""} · not scored`,
        isScored: false,
        onward: more.length ? "Next question" : "Done for today",
        answered: (_, isRight) => {
          const told = remember(number, group, isRight);
          changed();
          return told;
        },
        next: () => again(view),
      });
      view.querySelector("h2")?.focus({ preventScroll: true });
    };

    /** @type {CourseChecks["isPassed"]} */
    const isPassed = (number) => {
      const best = progress.checks.get(number)?.best;
      return Boolean(best && isEnough(number, best));
    };

    return { show, again, due: dueToday, score, wrong, isPassed };
  };
})();
