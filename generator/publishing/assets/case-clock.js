/* When something is due: so long after a moment, in business days where the rule says so. All times are UTC. */

/** @typedef {{ weekend: number[], closed: string[] }} Calendar the days of the week off, 0 for Sunday, and single days off */

/**
 * @typedef {object} Clock
 * @property {(element: HTMLElement) => Calendar} calendarOf the calendar that an element of the page has
 * @property {(from: Date, limit: string, calendar: Calendar) => Date | null} due
 *   `limit` as documents have it: 15m, 4h, 3d, 2w, 1mo, 10bd; null if it is none
 * @property {(day: string, limit: string, calendar: Calendar) => string} dueDay the same for days; `today` is the day itself
 * @property {(moment: Date, now: Date) => string} said "16:22 UTC", with the day if it is another
 * @property {(moment: Date, now: Date) => string} until the same, in short where the day of the week says which: "Sun 16:22 UTC"
 * @property {(moment: Date) => string} here the same as the reader's own clock said it: "02:10 UTC, 03:10 here"
 * @property {(moment: Date, now: Date) => string} left "2 h 10 min left", "12 min over"
 * @property {(from: Date, end: Date, now: Date) => "calm" | "soon" | "over"} hurry soon from when a third is left
 */

(() => {
  "use strict";

  const MINUTE = 60_000;
  const DAY = 24 * 60 * MINUTE;
  /** @type {Record<string, number>} */
  const UNITS = { m: MINUTE, h: 60 * MINUTE, d: DAY, w: 7 * DAY };
  const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");

  /* A month after 31 January is the last of February. */
  const addMonths = (/** @type {Date} */ from, /** @type {number} */ many) => {
    const moved = new Date(from);
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + many);
    const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
    moved.setUTCDate(Math.min(from.getUTCDate(), last));
    return moved;
  };

  /** @type {(day: Date, calendar: Calendar) => boolean} */
  const isOff = (day, { weekend, closed }) =>
    weekend.length < 7 && (weekend.includes(day.getUTCDay()) || closed.includes(day.toISOString().slice(0, 10)));

  /** @type {(from: Date, many: number, calendar: Calendar) => Date} */
  const addBusinessDays = (from, many, calendar) => {
    let moved = from;
    for (let left = calendar.weekend.length < 7 ? many : 0; left > 0; left -= isOff(moved, calendar) ? 0 : 1) {
      moved = new Date(moved.getTime() + DAY);
    }
    return moved;
  };

  /* What comes on a day off comes when the next business day begins: nothing that came later may be due earlier. */
  /** @type {(from: Date, calendar: Calendar) => Date} */
  const opening = (from, calendar) => {
    let moved = from;
    while (isOff(moved, calendar)) {
      moved = new Date((Math.floor(moved.getTime() / DAY) + 1) * DAY);
    }
    return moved;
  };

  /** @type {Clock["due"]} */
  const due = (from, limit, calendar) => {
    const [, many, unit] = limit.match(/^(\d{1,6})(m|h|d|w|mo|bd)$/) ?? [];
    if (!unit || Number.isNaN(from.getTime())) {
      return null;
    }
    if (unit === "bd") {
      return addBusinessDays(opening(from, calendar), Number(many), calendar);
    }
    return unit === "mo" ? addMonths(from, Number(many)) : new Date(from.getTime() + Number(many) * UNITS[unit]);
  };

  /** @type {Clock["dueDay"]} */
  const dueDay = (day, limit, calendar) => {
    const [, many] = limit.match(/^(\d{1,6})bd$/) ?? [];
    const from = new Date(day);
    if (many && !Number.isNaN(from.getTime())) {
      return addBusinessDays(from, Number(many), calendar).toISOString().slice(0, 10);
    }
    const found = limit === "today" ? from : due(from, limit, calendar);
    return found && !Number.isNaN(found.getTime()) ? found.toISOString().slice(0, 10) : "";
  };

  /** @type {Clock["said"]} */
  const said = (moment, now) => {
    const time = `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())} UTC`;
    if (moment.toISOString().slice(0, 10) === now.toISOString().slice(0, 10)) {
      return time;
    }
    const year = moment.getUTCFullYear() === now.getUTCFullYear() ? "" : ` ${moment.getUTCFullYear()}`;
    return `${DAYS[moment.getUTCDay()]} ${moment.getUTCDate()} ${MONTHS[moment.getUTCMonth()]}${year} ${time}`;
  };

  /** @type {Clock["until"]} */
  const until = (moment, now) => {
    const words = said(moment, now);
    const isNear = Math.abs(moment.getTime() - now.getTime()) < 6 * DAY;
    return isNear ? words.replace(/^(\w+) \d+ \w+ (\d{4} )?/, "$1 ") : words;
  };

  /** @type {Clock["here"]} */
  const here = (moment) => {
    const utc = said(moment, moment);
    const isSameDay = moment.getDate() === moment.getUTCDate();
    const day = isSameDay ? "" : `${DAYS[moment.getDay()]} ${moment.getDate()} ${MONTHS[moment.getMonth()]} `;
    return `${utc}, ${day}${two(moment.getHours())}:${two(moment.getMinutes())} here`;
  };

  /** @type {Clock["left"]} */
  const left = (moment, now) => {
    const minutes = Math.floor(Math.abs(moment.getTime() - now.getTime()) / MINUTE);
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
    const short = hours ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
    const long = days > 6 ? `${days} days` : `${days} d ${hours % 24} h`;
    return `${days > 1 ? long : short} ${moment < now ? "over" : "left"}`;
  };

  /** @type {Clock["hurry"]} */
  const hurry = (from, end, now) => {
    const share = (end.getTime() - now.getTime()) / (end.getTime() - from.getTime());
    return end < now ? "over" : share <= 1 / 3 ? "soon" : "calm";
  };

  /** @type {Clock["calendarOf"]} */
  const calendarOf = ({ dataset }) => JSON.parse(dataset.pbCalendar ?? '{"weekend":[0,6],"closed":[]}');

  playbook.clock = { calendarOf, due, dueDay, said, until, here, left, hurry };
})();
