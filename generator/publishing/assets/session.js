/* The session of a course with the system that records it: the one name of these scripts, and what each part offers. */

/**
 * @typedef {object} PlaybookSession
 * @property {(course: SessionCourse) => Promise<Session>} open never throws, and always comes to an end
 * @property {string[]} systems which are looked for, in this order; the package for one system has its own alone
 * @property {SessionForms} forms
 * @property {(name: string) => any} findApi what a window around this one, or one that opened it, has under a name
 * @property {() => boolean} mayAppear whether another window can be asked at all
 * @property {(system: string, course: SessionCourse) => SessionDriver | null} scorm null where no such system answers
 * @property {() => Promise<SessionDriver | null>} cmi5 null where the address is no launch of one
 * @property {(course: SessionCourse) => SessionDriver} local
 */

/**
 * @typedef {object} SessionCourse
 * @property {string} course its id
 * @property {string} version what was saved by another version is not handed out
 * @property {number} mark 0 to 100: what it takes to pass, where the system says nothing else
 */

/**
 * @typedef {object} SessionAnswer
 * @property {string} id of the question
 * @property {"choice"} kind
 * @property {string} asked
 * @property {string | string[]} given ids of answers
 * @property {string | string[]} right
 * @property {boolean} isRight
 * @property {number} seconds
 */

/**
 * @typedef {object} SessionVerdict
 * @property {number} score 0 to 100
 * @property {boolean} passed
 */

/**
 * @typedef {object} Session
 * @property {string} system "SCORM 1.2", "SCORM 2004", "cmi5", or "" where nothing is recorded
 * @property {string} learner the name that the system gives, or ""
 * @property {string} language what the system says that the learner reads, as "es,en-GB", or ""
 * @property {"normal" | "review" | "browse"} mode nothing is written in the last two
 * @property {number} mark 0 to 100: the system's own, or else what was asked for
 * @property {string} place saved before by this version of the course, or ""
 * @property {string} data saved before by this version of the course, or ""
 * @property {number} room how many bytes of data, as UTF-8, can be saved
 * @property {boolean} isDone passed, or completed otherwise; nothing takes that back
 * @property {SessionSeats | null} seats the people who share this browser; null where a system knows who they are
 * @property {(kept: { place: string, data: string }) => boolean} save false where it does not fit, and nothing was saved
 * @property {(answer: SessionAnswer) => void} answer
 * @property {(verdict: SessionVerdict) => void} submit
 * @property {() => Promise<void>} close
 * @property {(tell: (words: string) => void) => void} onTrouble tells what is wrong in words for the page, each time
 *   that something is, and "" when all is well again
 */

/**
 * Who has begun the course in one browser, each with data of their own. Opening the page again shows who sits down.
 *
 * @typedef {object} SessionSeats
 * @property {number} at the number of who sits here
 * @property {{ number: number, name: string, data: string }[]} all in the order in which they began
 * @property {(name: string) => boolean} begin for somebody new; false where the browser keeps nothing
 * @property {(number: number) => boolean} sit
 */

/**
 * What has happened since a system was told last. Only what is there is to be written.
 *
 * @typedef {object} SessionChange
 * @property {string} [place]
 * @property {string} [data] sealed
 * @property {(SessionAnswer & { at: Date })[]} answers
 * @property {SessionVerdict & { at: Date }} [verdict]
 * @property {number} seconds since the session began
 */

/**
 * How one system is spoken to. `write` and `end` say whether the system took it; one that answers at once does so at once,
 * since nothing can be waited for while a page goes away.
 *
 * @typedef {object} SessionDriver
 * @property {string} system
 * @property {string} learner
 * @property {string} language
 * @property {Session["mode"]} mode
 * @property {number | null} mark
 * @property {string} place
 * @property {string} data sealed
 * @property {number} most bytes of sealed data
 * @property {number} mostPlace characters of a place
 * @property {boolean} isDone passed, or completed otherwise
 * @property {SessionSeats} [seats] with sealed data
 * @property {(change: SessionChange) => boolean | Promise<boolean>} write
 * @property {(change: SessionChange, isLeaving: boolean) => boolean | Promise<boolean>} end
 */

/**
 * @typedef {object} SessionForms
 * @property {(seconds: number) => string} clock 0001:02:03, as SCORM 1.2 writes a duration
 * @property {(seconds: number) => string} duration PT1H2M3S, as all others do
 * @property {(at: Date) => string} time 14:05:09
 * @property {(text: string) => string} id fit for the strictest system: another text gives another id
 * @property {(chosen: string | string[]) => string[]} choice ids of answers, each once, fit for the strictest system
 * @property {(text: string, most: number) => string} cut
 * @property {(text: string) => number} size bytes as UTF-8
 * @property {(course: SessionCourse, data: string, best: number | null) => string} seal data under the mark of its course and
 *   version, with the best score that passed
 * @property {(course: SessionCourse, sealed: string) => { data: string | null, best: number | null }} unseal no data if it
 *   is another version's or was cut off; neither if it is another course's
 */

const playbookSession = /** @type {PlaybookSession} */ ({});

(() => {
  "use strict";

  playbookSession.systems = ["cmi5", "SCORM 2004", "SCORM 1.2"];
})();
