/* A page of the pack that is open within its course: without the head that the course has itself. */

/**
 * @typedef {object} CourseInside
 * @property {(message: object) => void} tell
 * @property {(act: (task: CourseTask) => void) => void} onTask what is to be done here, once
 */

(() => {
  "use strict";

  const isInside = window.name === "pb-course" && window.parent !== window;
  /** @type {((task: CourseTask) => void)[]} */
  const acts = [];

  /** @type {CourseInside["tell"]} */
  const tell = (message) => window.parent.postMessage({ ...message, playbook: "course" }, "*");

  playbook.courseInside = { tell, onTask: (act) => acts.push(act) };
  if (!isInside) {
    return;
  }

  document.documentElement.classList.add("pb-in-course");
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || data?.playbook !== "course") {
      return;
    }
    if (data.scheme) {
      document.body.setAttribute("data-md-color-scheme", data.scheme === "dark" ? "slate" : "default");
    }
    if (data.search) {
      playbook.search.show(data.search);
    }
    for (const act of data.task ? acts : []) {
      act(data.task);
    }
  });

  /* Whoever has come to the end of what is to be read has read it; a page that fits is read after a while. */
  const WHILE = 8000; // milliseconds
  const isAtEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 200;
  let isTold = false;
  const look = () => {
    if (!isTold && isAtEnd()) {
      isTold = true;
      tell({ read: true });
    }
  };
  document.addEventListener("scroll", look, { passive: true });
  setTimeout(look, WHILE);

  // Other systems' pages must not take the place of the course.
  for (const link of /** @type {HTMLAnchorElement[]} */ (playbook.page.all("a[href^='http']"))) {
    if (link.origin !== location.origin) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  }
  // A page that is not the one to be read opens beside the course, which knows what it warns of.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented);
    if (link && isPlain && !link.target && link.origin === location.origin && link.pathname !== location.pathname) {
      event.preventDefault();
      tell({ follow: link.href });
    }
  });
  /* There is no case in a course: the key that begins one would have its clocks run. */
  window.addEventListener(
    "keydown",
    (event) => {
      if (["s", "!"].includes(event.key) && !playbook.isTyping(event.target)) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );
  /** @type {(name: string) => void} */
  const move = (name) => tell({ move: name });
  playbook.keys.add(...playbook.courseKeys(move));
  // The first stop of the Tab key: a page may have a hundred more before what comes next.
  const onward = playbook.page.make("button", { type: "button", className: "pb-onward" }, "Go on in the course");
  onward.addEventListener("click", () => move("next"));
  document.body.prepend(onward);
  window.addEventListener("load", () => tell({ here: location.href.split("#")[0] }));
})();
