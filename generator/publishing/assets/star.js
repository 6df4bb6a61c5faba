/* The star of a document: a button beside its title, and the key `*`. It is kept in this browser alone. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const { shelf } = playbook;

  const [foot] = all("[data-pb-sheet][data-id]");
  const [title] = all("h1");
  if (!foot || !title) {
    return; // bare MkDocs loads every script on every page
  }

  const words = /** @type {HTMLElement} */ (title.cloneNode(true));
  for (const extra of all(".headerlink, .pb-flag", words)) {
    extra.remove();
  }
  const { id = "", type = "", severity, urgent, formerly = "" } = foot.dataset;
  const item = {
    id,
    type,
    severity,
    isUrgent: urgent !== undefined,
    title: words.textContent.trim(),
    address: location.href.split(/[?#]/)[0].slice(playbook.search.root.length),
  };

  const button = make("button", { type: "button", className: "pb-star" });
  button.setAttribute("aria-keyshortcuts", "*");
  const said = make("span", { role: "status" });

  const show = () => {
    const isOn = shelf.isStarred(id);
    button.ariaPressed = String(isOn);
    button.textContent = isOn ? "★ Starred" : "☆ Star";
    button.title = isOn ? "Take it off the desk" : "Keep it on the desk, in this browser";
  };
  const turn = () => {
    const isKept = shelf.star(item, !shelf.isStarred(id));
    said.textContent = isKept ? "" : " Not kept: this browser's storage is full or forbidden.";
    show();
  };

  button.addEventListener("click", turn);
  const path = all(".pb-path p")[0] ?? all(".pb-path")[0];
  path?.append(" ", button, said);
  playbook.keys.add({ key: "*", does: "star this page, or take its star away", run: turn });
  shelf.visit(item, formerly.split(" ").filter(Boolean));
  shelf.follow(show);
  show();
})();
