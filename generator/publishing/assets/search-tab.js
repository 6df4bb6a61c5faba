/* What was searched for in a case is kept in its tab, by the box, and goes with the case, on whatever page. */

/** @typedef {{ name: string, root: string }} SearchTab by which name the tab keeps it, and the path of the site */

(() => {
  "use strict";

  const root = new URL(playbook.search.root).pathname;
  playbook.searchTab = { name: `playbook-searched ${root}`, root };

  if (playbook.case.isInside) {
    return; // it learns of the case from the page around it, which listens too
  }
  playbook.case.onOther((before) => {
    try {
      if (before) {
        sessionStorage.removeItem(playbook.searchTab.name);
      }
    } catch {
      // then nothing was kept
    }
  });
})();
