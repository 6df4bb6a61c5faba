/* Keeps a course in the browser where no system does, so that a folder on a machine without a network resumes too. Several
   people may share the machine: each has a seat, under a key of its own. */

(() => {
  "use strict";

  /** @type {PlaybookSession["local"]} */
  const local = ({ course, version }) => {
    const first = `playbook-course ${course} ${version}`;
    const list = `${first} seats`;
    const keyOf = (/** @type {number} */ number) => (number ? `${first} ${number + 1}` : first);

    /* A sandbox has no storage, and a browser may be told to keep nothing. */
    /** @type {(key: string) => any} */
    const read = (key) => {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "{}") ?? {};
      } catch {
        return {};
      }
    };

    /** @type {(key: string, value: object) => boolean} */
    const put = (key, value) => {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    };

    /** @type {(number: number) => { place: string, data: string, isDone: boolean }} */
    const take = (number) => {
      const { place, data, isDone } = read(keyOf(number));
      const isOurs = typeof place === "string" && typeof data === "string";
      return isOurs ? { place, data, isDone: isDone === true } : { place: "", data: "", isDone: false };
    };

    const found = read(list);
    /** @type {string[]} */
    const names = Array.isArray(found.names) && found.names.length ? found.names.map(String) : [""];
    const at = Number.isInteger(found.at) && found.at >= 0 && found.at < names.length ? found.at : 0;
    const key = keyOf(at);
    let kept = take(at);

    /** @type {SessionSeats} */
    const seats = {
      at,
      all: names.map((name, number) => ({ number, name, data: take(number).data })),
      begin: (name) => put(list, { at: names.length, names: [...names, name] }),
      sit: (number) => put(list, { at: number, names }),
    };

    /** @type {SessionDriver["write"]} */
    const write = ({ place = kept.place, data = kept.data, verdict }) => {
      kept = { place, data, isDone: kept.isDone || verdict?.passed === true };
      return put(key, kept);
    };

    return {
      system: "",
      learner: names[at],
      language: "",
      mode: "normal",
      mark: null,
      seats,
      ...kept,
      most: 64000,
      mostPlace: 255,
      write,
      end: write,
    };
  };

  playbookSession.local = local;
})();
