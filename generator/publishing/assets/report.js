/* Tells the authors that a part of a page is wrong: a report that is filled in, to be copied or sent by whoever reads it. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const { day } = playbook.days;

  const [foot] = all("[data-pb-sheet]");
  if (!foot) {
    return; // bare MkDocs loads every script on every page
  }
  const parts = all("h2[id], h3[id]", foot.parentElement ?? document).filter((part) => !part.closest("summary"));
  const place = foot.dataset.pbReport ?? "";

  /** @type {(heading: HTMLElement | undefined) => string} */
  const nameOf = (heading) => (heading ? playbook.page.nameOf(heading) : document.title);

  /** @type {(heading: HTMLElement | undefined) => string} */
  const addressOf = (heading) => {
    const bare = location.href.split("#")[0];
    const walk = location.hash.startsWith("#walk=") ? location.hash : "";
    return bare + (walk || (heading ? `#${heading.id}` : ""));
  };

  /** @type {(heading: HTMLElement | undefined) => string} */
  const write = (heading) =>
    [
      `Page: ${foot.dataset.pbSheet}`,
      `Part: ${nameOf(heading)}${heading ? ` (${heading.id})` : ""}`,
      `Address: ${addressOf(heading)}`,
      `Read on: ${day(new Date())}`,
      "",
      "What is wrong, and what it should say:",
      "",
    ].join("\n");

  /** @type {(title: string, body: string) => string} */
  const fill = (title, body) => {
    const [subject, text] = [encodeURIComponent(title), encodeURIComponent(body)];
    return place.startsWith("mailto:")
      ? `${place}${place.includes("?") ? "&" : "?"}subject=${subject}&body=${text}`
      : place.replace("{title}", subject).replace("{body}", text);
  };

  const text = make("textarea", { rows: 10, spellcheck: true });
  text.setAttribute("aria-label", "The report");
  const copy = make("button", { type: "button", className: "md-button" }, "Copy");
  const send = make("a", { className: "md-button", target: "_blank", rel: "noopener" });
  const close = make("button", { type: "button", className: "md-button" }, "Close");
  const said = make("p", { role: "status" }, "");
  const heading = make("h2", { id: "_wrong" }, "");
  const dialog = make(
    "dialog",
    { className: "pb-report" },
    heading,
    text,
    make("p", {}, copy, " ", ...(place ? [send, " "] : []), close),
    said,
  );
  dialog.setAttribute("aria-labelledby", "_wrong");

  /** @type {HTMLElement | undefined} */
  let about;
  const address = () => fill(`${foot.dataset.pbSheet}: ${nameOf(about)}`, text.value);
  const refresh = () => {
    send.href = address();
  };

  /** @type {(part: HTMLElement | undefined) => void} */
  const open = (part) => {
    if (!dialog.isConnected) {
      document.body.append(dialog);
    }
    about = part;
    heading.textContent = `Report: ${nameOf(part)}`;
    text.value = write(part);
    send.textContent = place.startsWith("mailto:") ? "Write an e-mail" : "Open a ticket";
    said.textContent = place ? "Nothing is sent until you send it." : "Copy it, and give it to whoever owns the page.";
    refresh();
    dialog.showModal();
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  };

  text.addEventListener("input", refresh);
  close.addEventListener("click", () => dialog.close());
  copy.addEventListener("click", async () => {
    const isDone = await playbook.clipboard.putText(text.value, "The report", said);
    said.prepend(isDone ? "Copied." : "Selected: copy it by hand.");
  });

  for (const part of parts) {
    const flag = make("button", { type: "button", className: "pb-flag pb-flag-part", title: "This part is wrong" });
    flag.setAttribute("aria-label", `This is wrong: ${nameOf(part)}`);
    flag.addEventListener("click", () => open(part));
    part.append(" ", flag);
  }
  const whole = make("button", { type: "button", className: "pb-flag" }, "Something is wrong here");
  whole.addEventListener("click", () => open(undefined));
  foot.prepend(make("p", {}, whole));

  const TOP = 160; // pixels: what was jumped to is below the header, within them

  /* The part that is being read begins at the top of what is in view, or above it. */
  playbook.keys.add({
    key: "!",
    does: "report that the part in view is wrong",
    run: () => open(parts.findLast((part) => part.getBoundingClientRect().top < TOP)),
  });
})();
