/* In lists: a mark at each document that has changed since it was read, or is new; how many there are in each queue. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  const { reading } = playbook;

  const rows = all("[data-id][data-version]").filter((row) => !row.parentElement?.closest("[data-id][data-version]"));
  const queues = all("[data-queue]");
  const [desk] = all("[data-pb-changes]");
  const [shelf] = all("[data-pb-shelf]");
  if (!rows.length && !queues.length && !desk && !shelf) {
    return; // bare MkDocs loads every script on every page
  }

  /** @type {(row: HTMLElement) => Known} */
  const knownOf = ({ dataset }) => ({
    id: dataset.id ?? "",
    version: dataset.version ?? "",
    first: dataset.first,
    formerly: (dataset.formerly ?? "").split(" ").filter(Boolean),
  });

  /** @type {(row: HTMLElement, mark: HTMLElement) => void} */
  const put = (row, mark) => {
    const link = row.matches("a") ? row : row.querySelector("a");
    if (link) {
      link.after(" ", mark);
    } else {
      row.append(" ", mark);
    }
  };

  /* All documents of the site by their queues; only who has read something here needs them. */
  /** @type {() => Promise<Record<string, Known[]>>} */
  const versions = async () => {
    /** @type {Record<string, Record<string, [string, string, ...string[]]>>} */
    const found = await playbook.search.versions();
    return Object.fromEntries(
      Object.entries(found).map(([queue, some]) => [
        queue,
        Object.entries(some).map(([id, [version, first, ...formerly]]) => ({ id, version, first, formerly })),
      ]),
    );
  };

  const unmark = () => {
    for (const mark of all(".pb-dot, .pb-news")) {
      if (mark.closest(".md-content")) {
        mark.previousSibling?.nodeValue === " " && mark.previousSibling.remove();
        mark.remove();
      }
    }
  };

  const tell = async () => {
    unmark();
    const judge = reading.judge();
    for (const row of rows) {
      for (const mark of reading.dot(judge(knownOf(row)))) {
        put(row, mark);
      }
    }
    if (!queues.length && !shelf) {
      return;
    }
    const known = await versions().catch(() => /** @type {Record<string, Known[]>} */ ({}));
    for (const row of shelf ? all("li[data-id]", shelf) : []) {
      const { id = "" } = row.dataset;
      const one = Object.values(known)
        .flat()
        .find((document) => document.id === id || document.formerly?.includes(id));
      row.querySelector(".pb-dot")?.remove();
      for (const mark of one ? reading.dot(judge(one)) : []) {
        put(row, mark);
      }
    }
    for (const queue of queues) {
      const number = (known[queue.dataset.queue ?? ""] ?? []).filter((one) => judge(one)).length;
      queue.querySelector(".pb-news")?.remove();
      if (number) {
        const title = `${number} new or changed since you read them`;
        put(queue, make("span", { className: "pb-news", title }, `${number} new`));
      }
    }
  };

  reading.begin();
  tell();
  reading.onChange(tell);
  shelf?.addEventListener("pb-shelved", tell);
  window.addEventListener("pageshow", (event) => event.persisted && tell());

  /* The page of all changes: by queue; all as read; forget. */
  if (desk) {
    const said = make("span", { role: "status" });
    const names = new Map(
      all("[data-pb-queue]").map((queue) => [queue.dataset.pbQueue ?? "", queue.textContent.trim()]),
    );
    const choice = make("select", {}, make("option", { value: "" }, "all queues"));
    for (const [queue, name] of [...names].sort(([, one], [, other]) => one.localeCompare(other))) {
      choice.append(make("option", { value: queue }, name));
    }
    const fresh = make("input", { type: "checkbox" });
    const show = () => {
      let number = 0;
      for (const list of all(".pb-list")) {
        for (const item of all(":scope > ul > li", list)) {
          const queue = item.querySelector("[data-pb-queue]")?.getAttribute("data-pb-queue") ?? "";
          item.hidden =
            (choice.value !== "" && queue !== choice.value) || (fresh.checked && !item.querySelector(".pb-dot"));
          number += item.hidden ? 0 : 1;
        }
        list.hidden = !list.querySelector("li:not([hidden])");
        const heading = list.previousElementSibling;
        if (heading instanceof HTMLHeadingElement) {
          heading.hidden = list.hidden;
        }
      }
      said.textContent = choice.value || fresh.checked ? `${number} found` : "";
    };
    choice.addEventListener("change", show);
    fresh.addEventListener("change", show);

    /** @type {(words: string, done: string, act: () => boolean | Promise<boolean>) => HTMLButtonElement} */
    const offer = (words, done, act) => {
      const button = make("button", { type: "button" }, words);
      button.addEventListener("click", async () => {
        const isDone = await Promise.resolve(act()).catch(() => false);
        await tell();
        show();
        said.textContent = isDone ? done : "This browser keeps nothing about what you read.";
      });
      return button;
    };
    desk.append(
      make("label", {}, "Show ", choice),
      make("label", {}, fresh, " only what I have not read"),
      offer("Mark all as read", "All is marked as read.", async () => {
        const known = await versions();
        return reading.keepAll([...Object.values(known).flat(), ...rows.map(knownOf)]);
      }),
      offer("Forget what I read", "Forgotten. Nothing is new from today on.", reading.forget),
      said,
      make(
        "p",
        {},
        reading.isKept()
          ? "What you read is kept in this browser only, and is sent to nobody."
          : "This browser keeps nothing, so no page can say what is new to you.",
      ),
    );
    desk.hidden = false;
  }
})();
