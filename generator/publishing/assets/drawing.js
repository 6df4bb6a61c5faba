/* Marks the way of a walk in the drawing of its decision, and brings the place that it has reached into the frame. */

(() => {
  "use strict";

  const { all } = playbook.page;

  /* The page stays where it is. */
  /** @type {(place: HTMLElement, isStart: boolean) => void} */
  const accompany = (place, isStart) => {
    const frame = place.closest(".pb-drawing");
    if (!frame) {
      return;
    }
    const box = place.getBoundingClientRect();
    const view = frame.getBoundingClientRect();
    frame.scrollLeft = isStart ? 0 : frame.scrollLeft + box.left + (box.width - view.width) / 2 - view.left;
    frame.scrollTop = isStart ? 0 : frame.scrollTop + box.top - view.top - 40;
  };

  /** @type {(steps: Step[], at: string) => void} */
  const markNodes = (steps, at) => {
    const walked = new Set([...steps.map((step) => step.question), at]);
    for (const node of all("[data-pb-node]")) {
      node.classList.toggle("pb-walked", walked.has(node.dataset.pbNode ?? ""));
      node.classList.toggle("pb-now", node.dataset.pbNode === at);
    }
  };

  /* Answers that lead to one place share an arrow; only the one that was given is marked. */
  /** @type {(steps: Step[]) => void} */
  const markEdges = (steps) => {
    const given = new Map(steps.map((step) => [step.question, step.answer]));
    for (const edge of all("[data-pb-from]")) {
      const answers = (edge.dataset.pbAnswer ?? "").split(" ");
      const place = answers.indexOf(given.get(edge.dataset.pbFrom ?? "") ?? "");
      edge.classList.toggle("pb-walked", place >= 0);
      all(":scope > text", edge).forEach((text, number) => {
        text.classList.toggle("pb-walked", number === place);
      });
    }
  };

  /* A decision is drawn again in each answer that leads to it: what counts is the last answer. */
  playbook.drawing = (steps, at) => {
    markNodes(steps, at);
    markEdges(steps);
    const [answered] = all(`[data-pb-from="${steps.at(-1)?.question}"] > text.pb-walked`);
    const [node] = all(`.pb-drawing [data-pb-node="${at}"]`);
    if (node) {
      accompany(node.matches(".pb-end") && answered ? answered : node, !steps.length);
    }
  };
})();
