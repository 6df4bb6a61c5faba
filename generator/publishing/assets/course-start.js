/* The first page of a course: where one goes on, and who sits at this computer. */

/**
 * @typedef {object} CourseHost what the first page knows of the course
 * @property {CoursePlan} plan
 * @property {CourseProgress} progress
 * @property {Session} session
 * @property {CourseRoute} route
 * @property {CourseMarks} marks
 * @property {number} due how many decisions come back today
 */

(() => {
  "use strict";

  const { make, one } = playbook.page;
  const NOBODY = "somebody who gave no name";

  /** @type {(host: CourseHost, kept: string) => void} */
  const offerWay = ({ session, route, due }, kept) => {
    const welcome = one("[data-welcome]");
    welcome.hidden = !session.learner;
    welcome.textContent = session.learner ? `Welcome${kept ? " back" : ""}, ${session.learner}.` : "";
    const onward = one("[data-onward]");
    onward.hidden = false;
    onward.append(
      make("a", {
        className: "button go",
        href: `#${kept || route.first}`,
        textContent: kept ? `Go on: ${route.nameOf(kept)}` : "Begin",
      }),
    );
    if (due) {
      onward.append(make("a", { className: "button", href: "#again", textContent: `Once more: ${due}` }));
    }
    if (!session.system) {
      const told = "No learning system is connected: nothing is recorded.";
      onward.append(make("span", { className: "quiet", textContent: told }));
    }
  };

  /* Who comes next at a computer that several people use begins a course of their own; what others did stays. */
  /** @type {(host: CourseHost) => void} */
  const offerSeats = ({ plan, progress, session, marks }) => {
    const { seats } = session;
    const others = seats?.all.filter((seat) => seat.number !== seats.at) ?? [];
    if (!seats || (session.data === "" && !others.length)) {
      return;
    }
    /** @type {(name: string, of: CourseProgress) => string} */
    const tell = (name, of) => `${name || of.name || NOBODY}, ${marks.tally(of).percent} % done`;
    const mine = tell(seats.all[seats.at].name, progress);

    /** @type {(isSeated: boolean) => void} */
    const turn = (isSeated) => {
      if (isSeated) {
        location.hash = "start";
        location.reload();
      } else {
        said.textContent = "This browser keeps nothing, so nobody can begin anew here.";
      }
    };

    const name = make("input", { name: "own", required: true, maxLength: 40, autocomplete: "off" });
    const said = make("p", { className: "quiet" });
    said.setAttribute("role", "status");
    const cancel = make("button", { type: "button", className: "button", textContent: "Cancel" });
    const form = make(
      "form",
      {},
      make("h2", { id: "anew", textContent: "Begin a course of your own" }),
      make("p", {
        textContent: `What is kept here now stays: the course of ${mine}. You find it again on this page. Nobody is asked for a password, so whoever sits here can open it.`,
      }),
      make("label", {}, "Your name", name),
      make(
        "p",
        { className: "onward" },
        make("button", { type: "submit", className: "button go", textContent: "Begin my own course" }),
        cancel,
      ),
      said,
    );
    const dialog = make("dialog", { className: "ask" }, form);
    dialog.setAttribute("aria-labelledby", "anew");
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (name.value.trim()) {
        turn(seats.begin(name.value.trim()));
      }
    });

    const begin = make("button", { type: "button", className: "button", textContent: "Begin anew" });
    begin.addEventListener("click", () => {
      dialog.showModal();
      name.focus();
    });
    const buttons = others.map((seat) => {
      const of = playbook.courseState.read(plan, seat.data);
      const button = make("button", { type: "button", className: "button", textContent: tell(seat.name, of) });
      button.addEventListener("click", () => turn(seats.sit(seat.number)));
      return button;
    });
    const place = one("[data-seats]");
    place.hidden = false;
    place.append(
      make("h2", { textContent: "Somebody else at this computer?" }),
      make("p", { textContent: `This is the course of ${mine}. It is kept in this browser only.` }),
      make("p", { className: "onward" }, begin),
      ...(buttons.length
        ? [make("p", { textContent: "Others have begun here too:" }), make("p", { className: "onward" }, ...buttons)]
        : []),
      dialog,
    );
    one("[data-anew]").hidden = false;
  };

  /** @type {(host: CourseHost, kept: string) => void} */
  playbook.courseStart = (host, kept) => {
    offerWay(host, kept);
    offerSeats(host);
  };
})();
