/* A course: its modules, how far somebody is, the page or check that is open, and what the learning system keeps of it. */

(() => {
  "use strict";

  const run = async () => {
    const { all, one, make } = playbook.page;
    /** @type {CoursePlan} */
    const plan = JSON.parse(one("#plan").textContent);
    const session = await playbookSession.open({ course: plan.id, version: plan.version, mark: plan.mark });
    plan.mark = session.mark;
    const progress = playbook.courseState.read(plan, session.data);
    const root = document.documentElement;
    const routes = plan.modules.flatMap(({ lessons, taught }, m) => [
      `module-${m + 1}`,
      ...(taught ? lessons.map((_, n) => `lesson-${m + 1}-${n + 1}`) : []),
    ]);
    const order = ["start", ...routes, "end"];
    let route = "";
    let before = "start"; // where a page was opened that is no lesson

    // -- how far somebody is

    /** @type {(m: number, n: number) => boolean} */
    const isDone = (m, n) => progress.done.has(`${m}.${n}`);

    /** @type {(minutes: number) => string} */
    const spell = (minutes) => {
      const hours = Math.floor(minutes / 60);
      return hours ? `${hours} h ${String(minutes % 60).padStart(2, "0")}` : `${minutes} min`;
    };

    const showProgress = () => {
      let [total, left] = [0, 0];
      plan.modules.forEach((module, m) => {
        const minutes = module.taught ? module.lessons.map((lesson) => lesson.minutes) : [];
        const open = minutes.filter((_, n) => !isDone(m + 1, n + 1));
        const [sum, rest] = [minutes, open].map((some) => some.reduce((one, other) => one + other, 0));
        total += sum;
        left += rest;
        const item = one(`[data-module="${m + 1}"]`);
        item.classList.toggle("done", sum > 0 && !open.length);
        item.querySelector(".done")?.setAttribute("stroke-dasharray", `${sum ? ((sum - rest) / sum) * 100 : 0} 100`);
        module.lessons.forEach((_, n) => {
          item.querySelector(`[data-lesson="${n + 1}"]`)?.classList.toggle("done", isDone(m + 1, n + 1));
          document.querySelector(`[data-at="${m + 1}.${n + 1}"]`)?.classList.toggle("done", isDone(m + 1, n + 1));
        });
      });
      const percent = total ? Math.floor(((total - left) / total) * 100) : 100;
      one("[data-percent]").textContent = `${percent} %`;
      one("[data-time]").textContent = left ? `about ${spell(left)} left` : "all done";
      one("[data-progress]").setAttribute("aria-valuenow", String(percent));
      one("[data-progress] span").style.width = `${percent}%`;
      one("[data-end]").classList.toggle("done", progress.signed > 0);
      const due = checks.due().length;
      one("[data-again]").hidden = !due && route !== "again";
      one("[data-due]").textContent = due ? String(due) : "";
    };

    const saved = one("[data-saved]");
    const save = () => {
      const isKept = session.save({ place: progress.place, data: playbook.courseState.write(plan, progress) });
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      if (session.mode === "review" || session.mode === "browse") {
        saved.textContent = "You are looking back: nothing is recorded.";
      } else if (session.system) {
        saved.textContent = isKept === false ? "Not saved." : `Saved in your learning system, ${time}`;
      } else {
        saved.textContent =
          isKept === false ? "Nothing is recorded here." : `Your place is kept in this browser only, ${time}.`;
      }
    };

    const changed = () => {
      showProgress();
      save();
    };

    /** @type {(m: number, n: number) => void} */
    const finish = (m, n) => {
      if (!isDone(m, n)) {
        progress.done.add(`${m}.${n}`);
        changed();
      }
    };

    const checks = playbook.courseChecks({ plan, progress, session, changed: () => finishChecks() });

    /* A check is done once a try of it is enough. */
    const finishChecks = () => {
      for (const [number, { best }] of progress.checks) {
        const n = plan.modules[number - 1].lessons.findIndex(({ activity }) => activity === "check");
        if (best && checks.isPassed(number)) {
          progress.done.add(`${number}.${n + 1}`);
        } else {
          progress.done.delete(`${number}.${n + 1}`);
        }
      }
      changed();
    };

    // -- what is open

    const frameView = one("[data-frame]");
    const crumb = one("#crumb");
    const warning = one(".warning", frameView);
    const every = plan.modules.flatMap(({ lessons }) => lessons);
    /** @type {Set<string>} */
    const accepted = new Set(); // pages, with what they warn of, that were opened all the same

    /** @type {(name: string) => { m: number, n: number, lesson: CourseLesson } | null} */
    const lessonOf = (name) => {
      const found = /^lesson-(\d+)-(\d+)$/.exec(name);
      const [m, n] = found ? [Number(found[1]), Number(found[2])] : [0, 0];
      const lesson = plan.modules[m - 1]?.lessons[n - 1];
      return lesson ? { m, n, lesson } : null;
    };

    const frame = playbook.courseFrame(frameView, {
      follow: (address) => {
        const own = lessonOf(before)?.lesson.page;
        location.hash = own === address.split("#")[0] ? before : `page-${encodeURIComponent(address)}`;
      },
      read: () => {
        const at = lessonOf(route);
        if (at?.lesson.activity === "read") {
          finish(at.m, at.n);
        }
      },
      done: () => {
        const at = lessonOf(route);
        if (at && at.lesson.activity !== "read") {
          finish(at.m, at.n);
        }
      },
    });

    /** @type {(name: string) => string} */
    const nameOf = (name) => {
      const at = lessonOf(name);
      if (!at) {
        const module = /^module-(\d+)$/.exec(name);
        return module ? plan.modules[Number(module[1]) - 1].title : name === "end" ? "Finish and sign" : "Start";
      }
      const lead = { read: "", practise: "Practise: ", compose: "Write: ", check: "" }[at.lesson.activity];
      return at.lesson.activity === "check" ? `Check of module ${at.m}` : lead + at.lesson.title;
    };

    /** @type {(name: string) => void} */
    const showFoot = (name) => {
      const at = order.indexOf(name);
      const [back, next] = [one("[data-back]"), one("[data-next]")];
      const [last, then] = at < 0 ? [before, ""] : [order[at - 1] ?? "", order[at + 1] ?? ""];
      back.hidden = !last;
      next.hidden = !then;
      back.setAttribute("href", `#${last}`);
      next.setAttribute("href", `#${then}`);
      back.textContent = at < 0 ? `Back to: ${nameOf(last)}` : last ? nameOf(last) : "";
      next.textContent = then ? nameOf(then) : "";
      one("[data-foot]").hidden = !last && !then;
    };

    /** @type {(title: string, names: string[], open: () => void) => void} */
    const warnFirst = (title, names, open) => {
      const isAsked = names.some((name) => !accepted.has(`${title} ${name}`));
      warning.hidden = !isAsked;
      warning.replaceChildren();
      if (!isAsked) {
        open();
        return;
      }
      const button = make("button", { type: "button", className: "button go", textContent: "Show the page" });
      button.addEventListener("click", () => {
        warning.hidden = true;
        for (const name of names) {
          accepted.add(`${title} ${name}`);
        }
        open();
        crumb.focus({ preventScroll: true });
      });
      warning.append(
        make("h2", { textContent: `Before you open “${title}”: ${names.join(", ")}` }),
        make("p", {
          textContent:
            "This page speaks of it, and shows nothing. Take your time. You may skip it now and come back, or ask your lead for company.",
        }),
        make("p", { className: "onward" }, button),
      );
    };

    /** @type {(lesson: CourseLesson) => CourseTask | null} */
    const taskOf = ({ activity, cases, scenario }) =>
      activity === "practise" ? { cases } : activity === "compose" ? { scenario } : null;

    /** @type {(m: number, n: number, lesson: CourseLesson) => void} */
    const showPage = (m, n, lesson) => {
      const { lessons } = plan.modules[m - 1];
      crumb.textContent = `Module ${m}, ${plan.modules[m - 1].title} · page ${n} of ${lessons.length} · about ${spell(lesson.minutes)}`;
      warnFirst(lesson.title, lesson.warnings ?? [], () => frame.open(lesson.page ?? "", taskOf(lesson), lesson.title));
    };

    /** @type {(name: string) => void} */
    const mark = (name) => {
      const at = lessonOf(name);
      const m = at?.m ?? Number(/^module-(\d+)$/.exec(name)?.[1] ?? 0);
      for (const item of all("#modules li")) {
        item.classList.remove("now");
        item.removeAttribute("aria-current");
      }
      const module = document.querySelector(`[data-module="${m}"]`);
      const item = at ? module?.querySelector(`[data-lesson="${at.n}"]`) : module;
      module?.classList.add("now");
      item?.setAttribute("aria-current", "page");
      if (["again", "end"].includes(name)) {
        one(`[data-${name}]`).classList.add("now");
      }
      const nav = one("#modules");
      const [box, seen] = [item?.getBoundingClientRect(), nav.getBoundingClientRect()];
      if (box && (box.top < seen.top || box.bottom > seen.bottom)) {
        nav.scrollTop += box.top - seen.top - seen.height / 3;
      }
    };

    /** @type {(name: string) => Promise<void>} */
    const show = async (name) => {
      const at = lessonOf(name);
      const page = /^page-(.+)$/.exec(name)?.[1];
      const isFrame = Boolean(page) || (at !== null && at.lesson.activity !== "check");
      const shown = at?.lesson.activity === "check" ? "check" : name;
      route = name;
      frameView.hidden = !isFrame;
      one(".views").hidden = isFrame;
      for (const view of all(".view")) {
        view.hidden = view.id !== shown;
      }
      mark(name);
      showFoot(name);
      closeMenu();
      frame.close();
      if (page) {
        const href = decodeURIComponent(page);
        const known = every.find((lesson) => lesson.page === href.split("#")[0]);
        crumb.textContent = `Beside the course${known ? `: ${known.title}` : ""}`;
        warnFirst(known?.title ?? "", known?.warnings ?? [], () => frame.open(href, null, known?.title ?? "A page"));
      } else if (at && isFrame) {
        showPage(at.m, at.n, at.lesson);
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
      const heading = isFrame ? crumb : all(`#${shown} :is(h1, h2)`)[0];
      one(".views").scrollTop = 0;
      heading?.setAttribute("tabindex", "-1");
      if (isStarted) {
        heading?.focus({ preventScroll: true });
      }
    };

    /** @type {(name: string) => boolean} */
    const isKnown = (name) => order.includes(name) || ["glossary", "again"].includes(name) || name.startsWith("page-");

    const follow = () => {
      const name = location.hash.slice(1);
      show(isKnown(name) ? name : "start").catch((error) => {
        one(".views").prepend(
          make("p", { className: "note", textContent: `This could not be opened: ${error.message}.` }),
        );
      });
    };

    // -- what is done by hand

    const menu = one("[data-menu]");
    const closeMenu = () => {
      root.classList.remove("menu-open");
      menu.setAttribute("aria-expanded", "false");
    };
    menu.addEventListener("click", () => {
      const isOpen = root.classList.toggle("menu-open");
      menu.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) {
        one("#modules a").focus();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && root.classList.contains("menu-open")) {
        closeMenu();
        menu.focus();
      }
    });

    /* Going on from a page is to have read it. */
    one("[data-next]").addEventListener("click", () => {
      const at = lessonOf(route);
      if (at?.lesson.activity === "read" && warning.hidden) {
        finish(at.m, at.n);
      }
    });

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
      const place = item?.dataset.at?.split(".") ?? [module?.dataset.module, item?.dataset.lesson];
      const name = `lesson-${place[0]}-${place[1]}`;
      location.hash = item && routes.includes(name) ? name : `page-${encodeURIComponent(href)}`;
    });

    one("[data-search]").addEventListener("click", () => {
      frame.tell({ search: true });
      if (frameView.hidden) {
        location.hash = `page-${encodeURIComponent("index.html")}`;
      }
    });

    const dark = matchMedia("(prefers-color-scheme: dark)");
    /** @type {(isDark: boolean) => void} */
    const paint = (isDark) => {
      root.dataset.scheme = isDark ? "dark" : "light";
      frame.tell({ scheme: root.dataset.scheme });
    };
    dark.addEventListener("change", ({ matches }) => paint(matches));
    one("[data-scheme]").addEventListener("click", () => paint(root.dataset.scheme !== "dark"));

    const leave = one("[data-leave]");
    one("button", leave).addEventListener("click", () => {
      save();
      session.close();
      leave.hidden = true;
      saved.textContent = "Saved. You can close this window.";
    });
    session.onTrouble((words) => {
      saved.textContent = words || "All is saved again.";
      saved.classList.toggle("trouble", words !== "");
    });

    // -- beginning

    let isStarted = false;
    root.classList.add("scripted");
    for (const hidden of all("[data-menu], [data-left], [data-search], [data-scheme], [data-progress]")) {
      hidden.hidden = false;
    }
    leave.hidden = !session.system;
    // A check has no page of its own: what leads to its module without scripts leads to it with them.
    plan.modules.forEach(({ lessons }, m) => {
      lessons.forEach(({ activity }, n) => {
        if (activity === "check") {
          for (const link of all(
            `[data-module="${m + 1}"] [data-lesson="${n + 1}"] a, [data-at="${m + 1}.${n + 1}"] a`,
          )) {
            link.setAttribute("href", `#lesson-${m + 1}-${n + 1}`);
          }
        }
      });
    });
    paint(dark.matches);
    const welcome = one("[data-welcome]");
    const first = routes[0] ?? "end";
    const kept = isKnown(progress.place) && progress.place !== "start" ? progress.place : "";
    const onward = one("[data-onward]");
    onward.hidden = false;
    onward.append(
      make("a", {
        className: "button go",
        href: `#${kept || first}`,
        textContent: kept ? `Go on: ${nameOf(kept)}` : "Begin",
      }),
    );
    const due = checks.due().length;
    if (due) {
      onward.append(make("a", { className: "button", href: "#again", textContent: `Once more: ${due}` }));
    }
    welcome.hidden = !session.learner;
    welcome.textContent = session.learner ? `Welcome${kept ? " back" : ""}, ${session.learner}.` : "";
    if (!session.system) {
      onward.append(
        make("span", { className: "quiet", textContent: "No learning system is connected: nothing is recorded." }),
      );
    }
    window.addEventListener("hashchange", follow);
    if (!location.hash && kept) {
      history.replaceState(null, "", `#${kept}`);
    }
    await show(isKnown(location.hash.slice(1)) ? location.hash.slice(1) : "start");
    isStarted = true;
  };

  run();
})();
