/* A tree or a letter that is open inside a step: only itself is shown, and its links open in the whole window. */

(() => {
  "use strict";

  const { isInside, post } = playbook.case;
  if (!isInside) {
    return;
  }
  document.documentElement.classList.add("pb-inside");
  document.head.append(playbook.page.make("base", { target: "_top" }));

  /* These belong to the whole page, and would open in the little room that is here. */
  const KEYS = ["/", "s", "?", "!"];
  window.addEventListener(
    "keydown",
    (event) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
      const isEmpty = event.key === "/" && /** @type {Field} */ (event.target).value === "";
      if (KEYS.includes(event.key) && isPlain && (isEmpty || !playbook.isTyping(event.target))) {
        event.preventDefault();
        event.stopImmediatePropagation();
        post({ playbook: "key", key: event.key });
      }
    },
    true,
  );

  /* What a decision says to send, or to walk next, opens in the procedure too. */
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link && isPlain && /\/(macros|decision_trees)\//.test(link.href) && !link.hash) {
      event.preventDefault();
      post({ playbook: "open", href: link.href, name: link.textContent });
    }
  });

  // The note of the case has what the walker's own would have.
  playbook.case.listen((file) => document.documentElement.classList.toggle("pb-inside-case", Boolean(file)));

  /* Who opened a letter here goes on with the first field that the case does not fill. */
  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && data?.playbook === "case" && document.activeElement === document.body) {
      const fields = /** @type {Field[]} */ (playbook.page.all("[data-pb-field]"));
      fields.find((field) => !field.value)?.focus({ preventScroll: true });
    }
  });

  const shown = playbook.page.one(".pb-composer, .pb-walk");
  shown.classList.add("pb-inside-shown");
  new ResizeObserver(() => {
    const height = Math.ceil(shown.getBoundingClientRect().height) + 2;
    post({ playbook: "height", height });
  }).observe(shown);
})();
