/* What is around the page that is open in a course: the modules and how far one is, where it leads, what is saved. */

/**
 * @typedef {object} CourseView
 * @property {(tally: CourseTally, due: number, isSigned: boolean) => void} showProgress
 * @property {(name: string) => void} showPlace opens its view, or the frame, and marks it among the modules
 * @property {(around: { back: string, next: string }, isBeside: boolean) => void} showWay
 * @property {(name: string) => HTMLElement | undefined} heading of what is open
 * @property {(words: string, isTrouble?: boolean) => void} say
 * @property {() => void} closeMenu
 * @property {() => void} openMenu
 * @property {(told: (scheme: string) => void) => void} paint in the reader's colours, and tells each change
 */

(() => {
  "use strict";

  const { all, one } = playbook.page;
  const root = document.documentElement;

  /** @type {(plan: CoursePlan, route: CourseRoute, spell: (minutes: number) => string) => CourseView} */
  playbook.courseView = (plan, route, spell) => {
    const menu = one("[data-menu]");
    const views = one(".views");
    const frame = one("[data-frame]");
    const saved = one("[data-saved]");
    const [back, next] = [one("[data-back]"), one("[data-next]")];

    /** @type {CourseView["showProgress"]} */
    const showProgress = ({ modules, percent, left }, due, isSigned) => {
      modules.forEach((module, m) => {
        const item = one(`[data-module="${m + 1}"]`);
        item.classList.toggle("done", module.isDone);
        item.querySelector(".done")?.setAttribute("stroke-dasharray", `${module.percent} 100`);
        module.lessons.forEach((isDone, n) => {
          item.querySelector(`[data-lesson="${n + 1}"]`)?.classList.toggle("done", isDone);
          document.querySelector(`[data-at="${m + 1}.${n + 1}"]`)?.classList.toggle("done", isDone);
        });
      });
      one("[data-percent]").textContent = `${percent} %`;
      one("[data-time]").textContent = left ? `about ${spell(left)} left` : "all done";
      one("[data-progress]").setAttribute("aria-valuenow", String(percent));
      one("[data-progress] span").style.width = `${percent}%`;
      one("[data-end]").classList.toggle("done", isSigned);
      one("[data-again]").hidden = !due && location.hash !== "#again";
      one("[data-due]").textContent = due ? String(due) : "";
    };

    /** @type {(name: string) => void} */
    const mark = (name) => {
      const at = route.lessonOf(name);
      for (const item of all("#modules li")) {
        item.classList.remove("now");
        item.removeAttribute("aria-current");
      }
      const module = document.querySelector(`[data-module="${route.moduleOf(name)}"]`);
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

    /** @type {(name: string) => { isFrame: boolean, shown: string }} */
    const kindOf = (name) => {
      const activity = route.lessonOf(name)?.lesson.activity;
      const isFrame = route.pageOf(name) !== "" || (activity !== undefined && activity !== "check");
      return { isFrame, shown: activity === "check" ? "check" : name };
    };

    /** @type {CourseView["showPlace"]} */
    const showPlace = (name) => {
      const { isFrame, shown } = kindOf(name);
      frame.hidden = !isFrame;
      views.hidden = isFrame;
      for (const view of all(".view")) {
        view.hidden = view.id !== shown;
      }
      views.scrollTop = 0;
      mark(name);
      closeMenu();
    };

    /* The way on is at the foot, and once more right after the heading for who comes by keyboard. */
    /** @type {CourseView["showWay"]} */
    const showWay = (around, isBeside) => {
      back.hidden = !around.back;
      next.hidden = !around.next;
      back.setAttribute("href", `#${around.back}`);
      next.setAttribute("href", `#${around.next}`);
      const [before, after] = [around.back, around.next].map((name) => (name ? route.nameOf(name) : ""));
      back.textContent = isBeside ? `Back to: ${before}` : before;
      next.textContent = after;
      one("[data-foot]").hidden = !around.back && !around.next;
      for (const ahead of all("[data-ahead]")) {
        ahead.hidden = !around.next && !isBeside;
        ahead.setAttribute("href", `#${isBeside ? around.back : around.next}`);
        ahead.textContent = isBeside ? `Back to: ${before}` : `Go on: ${after}`;
      }
    };

    /** @type {CourseView["heading"]} */
    const heading = (name) => {
      const { isFrame, shown } = kindOf(name);
      return isFrame ? one("#crumb") : all(`#${shown} :is(h1, h2)`)[0];
    };

    /** @type {CourseView["say"]} */
    const say = (words, isTrouble = false) => {
      saved.textContent = words;
      saved.classList.toggle("trouble", isTrouble);
    };

    const closeMenu = () => {
      root.classList.remove("menu-open");
      menu.setAttribute("aria-expanded", "false");
    };

    const openMenu = () => {
      if (menu.getClientRects().length) {
        root.classList.add("menu-open");
        menu.setAttribute("aria-expanded", "true");
      }
      (all("#modules [aria-current] > a")[0] ?? one("#modules a")).focus();
    };

    /** @type {CourseView["paint"]} */
    const paint = (told) => {
      const dark = matchMedia("(prefers-color-scheme: dark)");
      /** @type {(isDark: boolean) => void} */
      const turn = (isDark) => {
        root.dataset.scheme = isDark ? "dark" : "light";
        told(root.dataset.scheme);
      };
      dark.addEventListener("change", ({ matches }) => turn(matches));
      one("[data-scheme]").addEventListener("click", () => turn(root.dataset.scheme !== "dark"));
      turn(dark.matches);
    };

    menu.addEventListener("click", () => {
      if (root.classList.contains("menu-open")) {
        closeMenu();
      } else {
        openMenu();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && root.classList.contains("menu-open")) {
        closeMenu();
        menu.focus();
      }
    });

    // A skip link leads to a part of this page, and to no place of the course.
    for (const skip of /** @type {HTMLAnchorElement[]} */ (all(".skip"))) {
      skip.addEventListener("click", (event) => {
        event.preventDefault();
        const target = skip.hasAttribute("data-to-next") ? (next.hidden ? back : next) : one("#main");
        target.focus();
      });
    }

    root.classList.add("scripted");
    for (const hidden of all("[data-menu], [data-left], [data-search], [data-scheme], [data-progress], [data-help]")) {
      hidden.hidden = false;
    }
    // A check has no page of its own: what leads to its module without scripts leads to it with them.
    plan.modules.forEach(({ lessons }, m) => {
      const n = lessons.findIndex(({ activity }) => activity === "check") + 1;
      for (const link of all(`[data-module="${m + 1}"] [data-lesson="${n}"] a, [data-at="${m + 1}.${n}"] a`)) {
        link.setAttribute("href", `#lesson-${m + 1}-${n}`);
      }
    });

    return { showProgress, showPlace, showWay, heading, say, closeMenu, openMenu, paint };
  };
})();
