/* In goes a decision, out come the addresses of ways through it and the steps that an address makes. */
(function () {
  "use strict";

  const MARK = "#walk=";

  window.playbookWay = function (tree) {
    const questions = new Map(Object.entries(tree.questions));
    const answers = new Map(Object.entries(tree.sections));

    const isQuestion = (part) => questions.has(part);

    /* The heading under which a question stands; the questions of a table share those of its inputs. */
    const section = (question) => questions.get(question)[0] || question;

    const choices = (question) => answers.get(section(question));

    const address = (given) => MARK + given.join(".") + (given.length ? `@${tree.version}` : "");

    /* The answers that an address tells; null where it is about something else. */
    function told(hash) {
      if (hash.length < 2) { return []; }
      return hash.startsWith(MARK) ? hash.slice(MARK.length).split("@")[0].split(".").filter(Boolean) : null;
    }

    /* The version of the decision in which an address was made, where it says so. */
    const madeIn = (hash) => (hash.startsWith(MARK) && hash.split("@")[1]) || tree.version;

    /* Follows answers from the start as far as they hold; names the first that does not. */
    function follow(given) {
      const steps = [];
      let at = tree.start;
      for (const answer of given) {
        const place = isQuestion(at) ? choices(at).indexOf(answer) : -1;
        if (place < 0) { return { steps, at, missing: answer }; }
        steps.push({ question: at, answer, place });
        at = questions.get(at)[1][place];
      }
      return { steps, at, missing: "" };
    }

    return { isQuestion, section, choices, address, told, madeIn, follow };
  };
})();
