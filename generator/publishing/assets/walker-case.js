/* What a walk does to the case of this tab: a decision goes into its note, and out of it again if somebody goes back. */

/**
 * @typedef {object} WalkCase
 * @property {(walk: Walk, part: string, severity: string) => void} note a decision that was reached by answers
 * @property {(part: string) => boolean} wasReached whether it was since the page was opened, and not by a link
 * @property {(part: string) => boolean} isNoted
 * @property {(part: string) => void} takeBack
 * @property {(left: () => void, heard: () => void) => void} listen
 *   `left` where another case has begun, or none: the walk of one is not that of the next
 */

(() => {
  "use strict";

  playbook.walkCase = (id) => {
    const door = playbook.case;
    /** @type {Set<string>} */
    const reached = new Set();

    /** @type {WalkCase["isNoted"]} */
    const isNoted = (part) =>
      (door.get()?.entries ?? []).some((one) => one.kind === "walk" && one.id === id && one.part === part);

    return {
      isNoted,
      wasReached: (part) => reached.has(part),
      note: ({ title, version, decision, action, severity: told, grounds, steps }, part, severity) => {
        reached.add(part);
        const lines = [
          title,
          ...steps.map((pair) => pair.join(" ")),
          ...(action ? [`Action: ${action}`] : []),
          ...(told ? [`Severity: ${told}`] : []),
          ...grounds.map((ground) => `Ground: ${ground}`),
        ];
        const done = { at: playbook.caseFiles.moment(new Date()), kind: /** @type {const} */ ("walk"), id, version };
        door.change({ done: { ...done, title: decision, part, lines, severity } });
      },
      takeBack: (part) => {
        if (isNoted(part)) {
          door.change({ undone: { kind: "walk", id, part } });
        }
      },
      listen: (left, heard) => {
        door.onOther((before) => {
          if (before) {
            reached.clear();
            left();
          }
        });
        door.listen(heard);
      },
    };
  };
})();
