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
  const KEYS = ["/", "s", "?", "!", "n", "p", "d", "x"];
  window.addEventListener(
    "keydown",
    (event) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
      const isEmpty = event.key === "/" && /** @type {Field} */ (event.target).value === "";
      const isFree = isEmpty || !(playbook.isTyping(event.target) || playbook.keys.isMidWord());
      if (KEYS.includes(event.key) && isPlain && isFree) {
        event.preventDefault();
        event.stopImmediatePropagation();
        post({ playbook: "key", key: event.key });
      }
    },
    true,
  );

  /* What a decision says to send, or to walk next, opens in the procedure too; to a step that it leads to the focus goes. */
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link?.hash && link.pathname === location.pathname) {
      link.target = "_self"; // a way back within what is open here
    } else if (link && isPlain && /\/(macros|decision_trees)\//.test(link.href) && !link.hash) {
      event.preventDefault();
      post({ playbook: "open", href: link.href, name: link.textContent });
    } else if (link?.hash && isPlain && !link.hash.startsWith("#walk=")) {
      post({ playbook: "follow", hash: link.hash });
    }
  });

  playbook.case.listen((file) => document.documentElement.classList.toggle("pb-inside-case", Boolean(file)));

  /* Who opened a letter here goes on with the first field that the case does not fill: once, and only if nobody types
     elsewhere, which the page around this one knows. */
  let [isTold, isMeant] = [playbook.case.get() !== null, false]; // it may have come before this script
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent) {
      return;
    }
    isTold ||= data?.playbook === "case";
    isMeant ||= data?.playbook === "begin";
    if (isTold && isMeant) {
      isMeant = false;
      const fields = /** @type {Field[]} */ (playbook.page.all("[data-pb-field]"));
      window.focus();
      fields.find((field) => !field.value)?.focus({ preventScroll: true });
    }
  });

  /* Beside the letter: when it must not be sent, and what else is set on the ticket. */
  const heading = document.querySelector("#_actions");
  const shown = [
    ...playbook.page.all(".pb-not, .pb-composer, .pb-walk"),
    ...(heading ? [heading, ...(heading.nextElementSibling ? [heading.nextElementSibling] : [])] : []),
  ];
  for (const part of shown) {
    part.classList.add("pb-inside-shown");
  }
  const content = playbook.page.one(".md-content__inner");
  new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height) + 2;
    post({ playbook: "height", height });
  }).observe(content);
})();
