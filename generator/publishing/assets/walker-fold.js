/* Below a walker, the questions, decisions, cases and the drawing fold: each says what is in it, and opens where a link
   leads into it. */

(() => {
  "use strict";

  const { all, make } = playbook.page;
  if (!all(".pb-walker").length) {
    return;
  }
  /** @type {Record<string, string>} */
  const COUNTED = { _questions: ".pb-question", _outcomes: ".pb-outcome", _cases: ".pb-case", _drawing: "" };

  for (const [id, counted] of Object.entries(COUNTED)) {
    const heading = document.getElementById(id);
    if (!heading) {
      continue;
    }
    const inside = [];
    for (
      let next = heading.nextElementSibling;
      next && !next.matches("h2, .pb-section, .pb-foot");
      next = next.nextElementSibling
    ) {
      inside.push(next);
    }
    for (const link of all(".headerlink", heading)) {
      link.remove(); // a summary is operated itself, and has nothing in it that can be
    }
    const many = counted ? inside.filter((one) => one.matches(counted)).length : 0;
    const section = make("details", { className: "pb-section" });
    heading.before(section);
    section.append(make("summary", {}, heading, ...(many ? [make("span", {}, String(many))] : [])), ...inside);
  }

  const open = () => {
    const id = location.hash.slice(1);
    const place = all("[id]").find((one) => one.id === id || `#${encodeURIComponent(one.id)}` === location.hash);
    const section = place?.closest("details");
    if (place && section && !section.open) {
      section.open = true;
      place.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", open);
  open();
})();
