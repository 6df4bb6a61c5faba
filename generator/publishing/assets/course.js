/* A course: what is open, and what follows from it for the marks, the pages and the learning system. */

(() => {
  "use strict";

  const run = async () => {
    const { all, one, make } = playbook.page;
    /** @type {CoursePlan} */
    const plan = JSON.parse(one("#plan").textContent);
    const session = await playbookSession.open({ course: plan.id, version: plan.version, mark: plan.mark });
    plan.mark = session.mark;
    const progress = playbook.courseState.read(plan, session.data);
    const route = playbook.courseRoute(plan);
    const marks = playbook.courseMarks(plan);
    const view = playbook.courseView(plan, route, marks.spell);
    const crumb = one("#crumb");
    const frameView = one("[data-frame]");
    let place = "";
    let before = "start"; // where a page was opened that is no lesson
    let way = { back: "", next: "" };
    let isStarted = false;
    let trouble = ""; // with the system, until it is over

    // -- what is kept

    const save = () => {
      const isKept = session.save({ place: progress.place, data: playbook.courseState.write(plan, progress) });
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      if (trouble) {
        view.say(trouble, true);
      } else if (session.mode === "review" || session.mode === "browse") {
        view.say("You are looking back: nothing is recorded.");
      } else if (session.system) {
        view.say(isKept === false ? "Not saved." : `Saved in your learning system, ${time}`);
      } else {
        const kept = `Your place is kept in this browser only, ${time}.`;
        view.say(isKept === false ? "Nothing is recorded here." : kept);
      }
    };

    const changed = () => {
      view.showProgress(marks.tally(progress), checks.due().length, progress.signed > 0);
      save();
    };

    const checks = playbook.courseChecks({
      plan,
      progress,
      session,
      changed: () => {
        marks.settle(progress, checks.isPassed);
        changed();
      },
    });

    /** @type {(isRead: boolean) => void} */
    const finish = (isRead) => {
      const at = route.lessonOf(place);
      if (at && isRead === (at.lesson.activity === "read") && marks.finish(progress, at.m, at.n)) {
        changed();
      }
    };

    // -- what is open

    /* At once, and not when the browser tells of the new address: a key pressed in between would act on what is left. */
    /** @type {(to: string) => void} */
    const go = (to) => {
      if (to) {
        location.hash = to;
        follow();
      }
    };

    /* Going on from a page is to have read it. */
    const leavePage = () => {
      if (warning.hidden) {
        finish(true);
      }
    };

    const search = async () => {
      const soon = playbook.searchSoon();
      if (frameView.hidden) {
        go(route.beside("index.html"));
      }
      await frame.ready();
      const typed = await soon.take();
      if (typed) {
        frame.tell({ search: typed });
      }
    };

    /** @type {Record<string, () => void>} */
    const moves = {
      next: () => {
        if (way.next) {
          leavePage();
        }
        go(way.next);
      },
      back: () => go(way.back),
      glossary: () => go("glossary"),
      modules: view.openMenu,
      search,
    };

    const frame = playbook.courseFrame(frameView, {
      follow: (address) => go(route.follow(address, before)),
      read: () => finish(true),
      done: () => finish(false),
      move: (name) => {
        if (Object.hasOwn(moves, name)) {
          moves[name]();
        }
      },
    });
    const warning = one(".warning", frameView);
    const warnFirst = playbook.courseWarning(warning, () => crumb.focus({ preventScroll: true }));

    /** @type {(lesson: CourseLesson) => CourseTask | null} */
    const taskOf = ({ activity, cases, scenario }) =>
      activity === "practise" ? { cases } : activity === "compose" ? { scenario } : null;

    /** @type {(at: CoursePlace) => void} */
    const showLesson = ({ m, n, lesson }) => {
      const { lessons, title } = plan.modules[m - 1];
      crumb.textContent = `Module ${m}, ${title} · page ${n} of ${lessons.length} · about ${marks.spell(lesson.minutes)}`;
      warnFirst(lesson.title, lesson.warnings ?? [], () => frame.open(lesson.page ?? "", taskOf(lesson), lesson.title));
    };

    /** @type {(page: string) => void} */
    const showBeside = (page) => {
      const known = route.known(page);
      crumb.textContent = `Beside the course${known ? `: ${known.title}` : ""}`;
      warnFirst(known?.title ?? "", known?.warnings ?? [], () => frame.open(page, null, known?.title ?? "A page"));
    };

    /** @type {(name: string) => Promise<void>} */
    const show = async (name) => {
      const at = route.lessonOf(name);
      const page = route.pageOf(name);
      place = name;
      view.showPlace(name);
      way = route.around(name, before);
      view.showWay(way, page !== "");
      frame.close();
      if (page) {
        showBeside(page);
      } else if (at && at.lesson.activity !== "check") {
        showLesson(at);
      } else if (at) {
        await checks.show(one("#check"), at.m);
      } else if (name === "again") {
        await checks.again(one("#again"));
      } else if (name === "end") {
        await playbook.courseEnd(one("#end"), { plan, progress, session, changed }, checks);
      }
      if (!page) {
        before = name;
        progress.place = name;
        changed();
      }
      const heading = view.heading(name);
      heading?.setAttribute("tabindex", "-1");
      if (isStarted) {
        heading?.focus({ preventScroll: true });
      }
    };

    const follow = () => {
      const asked = location.hash.slice(1);
      const name = route.isKnown(asked) ? asked : "start";
      if (name === place) {
        return; // shown already
      }
      show(name).catch((error) => {
        one(".views").prepend(
          make("p", { className: "note", textContent: `This could not be opened: ${error.message}.` }),
        );
      });
    };

    // -- what is done by hand

    for (const ahead of all("[data-next], [data-ahead]")) {
      ahead.addEventListener("click", leavePage);
    }

    // What has its own place in the course opens there; any other page of the pack beside it.
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      const href = link?.getAttribute("href") ?? "";
      if (!link || !isPlain || href.startsWith("#") || /^[a-z]+:/.test(href)) {
        return;
      }
      event.preventDefault();
      const item = /** @type {HTMLElement | null} */ (link.closest("[data-at], [data-lesson]"));
      const module = /** @type {HTMLElement | null} */ (link.closest("[data-module]"));
      const found = item?.dataset.at?.split(".") ?? [module?.dataset.module, item?.dataset.lesson];
      const name = `lesson-${found[0]}-${found[1]}`;
      go(item && route.isKnown(name) ? name : route.beside(href));
    });

    one("[data-search]").addEventListener("click", search);
    one("[data-help]").addEventListener("click", playbook.keys.show);
    playbook.keys.add(...playbook.courseKeys((name) => moves[name]()), {
      key: "/",
      does: "search the pages",
      run: search,
    });

    const leave = one("[data-leave]");
    leave.hidden = !session.system;
    one("button", leave).addEventListener("click", () => {
      save();
      session.close();
      leave.hidden = true;
      view.say("Saved. You can close this window.");
    });
    session.onTrouble((words) => {
      trouble = words;
      view.say(words || "All is saved again.", words !== "");
    });

    // -- beginning

    view.paint((scheme) => frame.tell({ scheme }));
    const kept = route.isKnown(progress.place) && progress.place !== "start" ? progress.place : "";
    playbook.courseStart({ plan, progress, session, route, marks, due: checks.due().length }, kept);
    window.addEventListener("hashchange", follow);
    if (!location.hash && kept) {
      history.replaceState(null, "", `#${kept}`);
    }
    await show(route.isKnown(location.hash.slice(1)) ? location.hash.slice(1) : "start");
    isStarted = true;
  };

  run();
})();
