/* Marks the way of a walk in the drawing of its decision, and brings the place where it stands into the frame. */
(function () {
  "use strict";

  /* The page stays where it is. */
  function accompany(place, isStart) {
    const frame = place && place.closest(".pb-drawing");
    if (!frame) { return; }
    const [box, view] = [place, frame].map((one) => one.getBoundingClientRect());
    frame.scrollLeft = isStart ? 0 : frame.scrollLeft + box.left + (box.width - view.width) / 2 - view.left;
    frame.scrollTop = isStart ? 0 : frame.scrollTop + box.top - view.top - 40;
  }

  function nodes(steps, at) {
    const walked = new Set([...steps.map((step) => step.question), at]);
    document.querySelectorAll("[data-pb-node]").forEach((node) => {
      node.classList.toggle("pb-walked", walked.has(node.dataset.pbNode));
      node.classList.toggle("pb-now", node.dataset.pbNode === at);
    });
  }

  /* Answers that lead to one place share an arrow; only the one that was given is marked. */
  function edges(steps) {
    const given = new Map(steps.map((step) => [step.question, step.answer]));
    document.querySelectorAll("[data-pb-from]").forEach((edge) => {
      const place = edge.dataset.pbAnswer.split(" ").indexOf(given.get(edge.dataset.pbFrom));
      edge.classList.toggle("pb-walked", place >= 0);
      edge.querySelectorAll(":scope > text").forEach((text, number) => {
        text.classList.toggle("pb-walked", number === place);
      });
    });
  }

  /* A decision is drawn again in each answer that leads to it: what counts is the last answer. */
  window.playbookDrawing = function (steps, at) {
    nodes(steps, at);
    edges(steps);
    const last = steps.length && steps[steps.length - 1].question;
    const answered = document.querySelector(`[data-pb-from="${last}"] > text.pb-walked`);
    const node = document.querySelector(`.pb-drawing [data-pb-node="${at}"]`);
    accompany(node && node.matches(".pb-end") && answered ? answered : node, !steps.length);
  };
})();
