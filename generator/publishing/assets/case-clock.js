/* When something is due: so long after a moment, in business days where the rule says so. All times are UTC. */

/** @typedef {{ weekend: number[], closed: string[] }} Calendar the days of the week off, 0 for Sunday, and single days off */

/**
 * @typedef {object} Clock
 * @property {(element: HTMLElement) => Calendar} calendarOf the calendar that an element of the page has
 * @property {(from: Date, limit: string, calendar: Calendar) => Date | null} due
 *   `limit` as documents have it: 15m, 4h, 3d, 2w, 1mo, 10bd; null if it is none
 * @property {(day: string, limit: string, calendar: Calendar) => string} dueDay the same for days; `today` is the day itself
 * @property {(moment: Date, now: Date) => string} said "16:22 UTC", with the day if it is another
 * @property {(moment: Date, now: Date) => string} left "2 h 10 min left", "12 min over"
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

  /** @type {(from: Date, many: number, calendar: Calendar) => Date} */
  const addBusinessDays = (from, many, { weekend, closed }) => {
    const isOff = (/** @type {Date} */ day) =>
      weekend.includes(day.getUTCDay()) || closed.includes(day.toISOString().slice(0, 10));
    let moved = from;
    for (let left = weekend.length < 7 ? many : 0; left > 0; left -= isOff(moved) ? 0 : 1) {
      moved = new Date(moved.getTime() + DAY);
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
      return addBusinessDays(from, Number(many), calendar);
    }
    return unit === "mo" ? addMonths(from, Number(many)) : new Date(from.getTime() + Number(many) * UNITS[unit]);
  };

  /** @type {Clock["dueDay"]} */
  const dueDay = (day, limit, calendar) => {
    const found = limit === "today" ? new Date(day) : due(new Date(day), limit, calendar);
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

  /** @type {Clock["left"]} */
  const left = (moment, now) => {
    const minutes = Math.floor(Math.abs(moment.getTime() - now.getTime()) / MINUTE);
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
    const long = days > 1 ? `${days} days` : hours ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
    return `${long} ${moment < now ? "over" : "left"}`;
  };

  /** @type {Clock["calendarOf"]} */
  const calendarOf = ({ dataset }) => JSON.parse(dataset.pbCalendar ?? '{"weekend":[0,6],"closed":[]}');

  playbook.clock = { calendarOf, due, dueDay, said, left };
})();
