/* The pages of the pack within the course: what is told to them, and what they tell. A folder gives each page an origin of
   its own, so all of it is messages. */

/**
 * @typedef {object} CourseFrame
 * @property {(page: string, task: CourseTask | null, title: string) => void} open
 * @property {(message: object) => void} tell what is told before a page is there waits for it
 * @property {() => Promise<void>} ready waits for a page to be there
 * @property {() => void} close
 */

/**
 * @typedef {object} CourseTask what is to be done on a page
 * @property {string[]} [cases] the golden cases to walk
 * @property {string} [scenario] of the letter to write
 */

/**
 * @typedef {object} CourseHeard
 * @property {() => void} read the end of the page has been seen
 * @property {() => void} done what was to be done is done
 * @property {(address: string) => void} follow a link to another page, by its address from the top of the pack
 * @property {(name: string) => void} move a key of the course was pressed on the page
 */

(() => {
  "use strict";

  const { make } = playbook.page;
  const NAME = "pb-course";
  const SLOW = 1500; // milliseconds after which a page is shown even if it has not told that it is there

  /** @type {(view: HTMLElement, heard: CourseHeard) => CourseFrame} */
  playbook.courseFrame = (view, heard) => {
    /** @type {HTMLIFrameElement | null} */
    let frame = null;
    /** @type {CourseTask | null} */
    let task = null;
    /** @type {Window | null} */
    let left = null; // the page before, whose keys may still be under way
    let isLoaded = false;
    let waiting = {};
    /** @type {(() => void)[]} */
    let waits = [];
    const top = new URL(".", location.href).href;

    /** @type {CourseFrame["tell"]} */
    const tell = (message) => {
      waiting = { ...waiting, ...message };
      if (isLoaded) {
        frame?.contentWindow?.postMessage({ ...waiting, playbook: "course" }, "*");
        waiting = {};
      }
    };

    const show = () => frame?.classList.add("ready");

    const close = () => {
      left = frame?.contentWindow ?? left;
      frame?.remove();
      frame = null;
      isLoaded = false;
    };

    /** @type {CourseFrame["open"]} */
    const open = (page, wanted, title) => {
      // A new frame for each page leaves no entry in the history: Back leads to what was before in the course.
      close();
      task = wanted;
      frame = make("iframe", { name: NAME, title, src: new URL(page, top).href });
      view.append(frame);
      setTimeout(show, SLOW);
    };

    window.addEventListener("message", ({ source, data }) => {
      if (data?.playbook === "course" && data.move && source && source === left) {
        heard.move(String(data.move));
      }
      if (!frame || source !== frame.contentWindow || data?.playbook !== "course") {
        return;
      }
      if (data.here) {
        show();
        // Keys scroll the page that somebody wants to read, unless they have gone elsewhere meanwhile.
        if (document.activeElement === document.body || view.contains(document.activeElement)) {
          frame.focus();
        }
        isLoaded = true;
        tell({ scheme: document.documentElement.dataset.scheme ?? "", task });
        for (const wait of waits) {
          wait();
        }
        waits = [];
        task = null; // once: who follows a link within the page has left what was to be done
      } else if (String(data.follow ?? "").startsWith(top)) {
        heard.follow(data.follow.slice(top.length));
      } else if (data.read) {
        heard.read();
      } else if (data.done) {
        heard.done();
      } else if (data.move) {
        heard.move(String(data.move));
      }
    });

    /** @type {CourseFrame["ready"]} */
    const ready = () => (isLoaded ? Promise.resolve() : new Promise((done) => waits.push(done)));

    return { open, close, tell, ready };
  };
})();
