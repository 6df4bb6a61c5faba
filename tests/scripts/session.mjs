/* Runs the scripts of a course's session in windows of their own, with the learning systems of the tests around them. */

import { readdirSync, readFileSync } from "node:fs";
import { createContext, runInContext, runInThisContext } from "node:vm";

const ASSETS = new URL("../../generator/publishing/assets/", import.meta.url);
const FIRST = ["session.js", "session-forms.js"];
const LAST = ["session-open.js"];
const found = readdirSync(ASSETS).filter((name) => /^session.*\.js$/.test(name));
const files = [...FIRST, ...found.filter((name) => ![...FIRST, ...LAST].includes(name)), ...LAST];
const bundle = files.map((name) => readFileSync(new URL(name, ASSETS), "utf-8")).join("\n");

/** @type {(name: string) => any} */
const system = (name) =>
  runInThisContext(`${readFileSync(new URL(`../lms/${name}.js`, import.meta.url), "utf-8")}\n${name}`);
export const strict12 = system("strict12");
export const strict2004 = system("strict2004");

/* A storage as browsers have it. */
export const storage = (kept = {}) => ({
  kept,
  getItem: (key) => kept[key] ?? null,
  setItem: (key, value) => {
    kept[key] = value;
  },
});

/* A window with the scripts in it: `hide()` and `leave()` are what a browser tells it. */
export const open = (parts = {}) => {
  const heard = {};
  const listen = (name, act) => {
    heard[name] = [...(heard[name] ?? []), act];
  };
  const tell = (name, event = {}) => {
    for (const act of heard[name] ?? []) {
      act(event);
    }
  };
  const document = { visibilityState: "visible", addEventListener: listen };
  const clock = { now: Date.UTC(2026, 10, 30, 12) };
  class Moment extends Date {
    constructor(...told) {
      super(...(told.length ? told : [clock.now]));
    }
    static now = () => clock.now;
  }
  const timers = [];
  const place = {
    ...{ document, TextEncoder, URL, URLSearchParams, structuredClone, AbortSignal, crypto, console, fetch: undefined },
    Date: Moment,
    addEventListener: listen,
    location: { search: "" },
    setTimeout: (act, ms) => {
      timers.push({ act, at: clock.now + ms });
    },
    ...parts,
  };
  const inside = createContext(place);
  place.window = place;
  place.parent ??= place;
  runInContext(bundle, inside);
  return {
    session: runInContext("playbookSession", inside),
    hide: () => {
      document.visibilityState = "hidden";
      tell("visibilitychange");
      document.visibilityState = "visible";
    },
    leave: () => tell("pagehide"),
    comeBack: () => tell("pageshow", { persisted: true }),
    later: async (seconds) => {
      const end = clock.now + seconds * 1000;
      await new Promise((resolve) => setImmediate(resolve)); // what is under way comes first
      for (;;) {
        timers.sort((one, other) => one.at - other.at);
        if (!timers.length || timers[0].at > end) {
          break;
        }
        const next = timers.shift();
        clock.now = Math.max(clock.now, next.at);
        next.act();
        await new Promise((resolve) => setImmediate(resolve));
      }
      clock.now = end;
    },
  };
};
