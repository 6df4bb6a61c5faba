"""A launch server and record store for cmi5 that holds a course to the rules: who may say what, when, and how often."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from lms.server import serving

VERBS = "http://adlnet.gov/expapi/verbs/"
CONTEXT = "https://w3id.org/xapi/cmi5/context/"
SESSION = f"{CONTEXT}extensions/sessionid"
MARK = f"{CONTEXT}extensions/masteryscore"
CMI5, MOVE_ON = f"{CONTEXT}categories/cmi5", f"{CONTEXT}categories/moveon"
UNIT = "https://lms.example/units/17"
DURATION = re.compile(r"PT(?=\d)(\d+H)?(\d+M)?(\d+S)?")
DEFINED = ("initialized", "completed", "passed", "failed", "terminated")


@dataclass
class RecordStore:
    """Launches of one unit by one learner. `refused` has every breach of a rule, `said` the verbs of each session."""

    mode: str = "Normal"
    mark: float | None = 0.8
    back: str = ""
    origin: str = ""
    is_failing: bool = False
    spent: set[str] = field(default_factory=set)
    state: dict[str, Any] = field(default_factory=dict)
    statements: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sessions: int = 0

    @property
    def actor(self) -> dict[str, Any]:
        return {"objectType": "Agent", "name": "Ines Mora", "account": {"homePage": self.origin, "name": "17"}}

    def launch(self, page: str) -> str:
        """The address of a new session."""
        self.sessions += 1
        told = {
            "endpoint": f"{self.origin}/xapi/",
            "fetch": f"{self.origin}/fetch?session={self.sessions}",
            "actor": json.dumps(self.actor),
            "registration": "c0ffee00-0000-4000-8000-000000000001",
            "activityId": UNIT,
        }
        return f"{page}?{urlencode(told)}"

    def said(self, session: int | None = None) -> list[str]:
        return [_verb(one) for one in self.statements if _session(one) == str(session or self.sessions)]

    def first(self, verb: str) -> dict[str, Any]:
        return next(one for one in self.statements if _verb(one) == verb)

    def launch_data(self) -> dict[str, Any]:
        told = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"id": "urn:uuid:unit"}]},
                "extensions": {SESSION: str(self.sessions)},
            },
            "launchMode": self.mode,
            "moveOn": "CompletedAndPassed",
        }
        return (
            told
            | ({"masteryScore": self.mark} if self.mark is not None else {})
            | ({"returnURL": self.back} if self.back else {})
        )

    def record(self, statement: dict[str, Any]) -> HTTPStatus:
        if any(one["id"] == statement["id"] for one in self.statements):
            return HTTPStatus.CONFLICT
        faults = list(self.judge(statement))
        self.refused += faults
        if faults:
            return HTTPStatus.FORBIDDEN
        self.statements.append(statement)
        return HTTPStatus.NO_CONTENT

    def judge(self, statement: dict[str, Any]) -> Iterator[str]:
        verb, result, context = _verb(statement), statement.get("result", {}), statement["context"]
        before = self.said()
        categories = {one["id"] for one in context["contextActivities"].get("category", [])}
        if not re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", statement["id"]):
            yield f"{verb}: the id is no UUID"
        if _session(statement) != str(self.sessions) or context.get("registration", "")[:6] != "c0ffee":
            yield f"{verb}: not of this session"
        if not context["contextActivities"].get("grouping"):
            yield f"{verb}: the template of the context is lost"
        if statement["actor"] != self.actor:
            yield f"{verb}: not this learner"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", statement["timestamp"]):
            yield f"{verb}: the time is not UTC"
        if "terminated" in before or (not before) != (verb == "initialized"):
            yield f"{verb}: out of order after {before}"
        if "duration" in result and not DURATION.fullmatch(result["duration"]):
            yield f"{verb}: {result['duration']} is no duration"
        if verb not in DEFINED:
            if CMI5 in categories or not statement["object"]["id"].startswith(f"{UNIT}/question/"):
                yield f"{verb}: takes itself for a statement of cmi5"
            return
        if CMI5 not in categories or statement["object"]["id"] != UNIT:
            yield f"{verb}: is no statement of cmi5"
        if self.mode != "Normal" and verb not in ("initialized", "terminated"):
            yield f"{verb}: in mode {self.mode}"
        if verb in before or (verb in ("passed", "failed") and {"passed", "failed"} & {*before}):
            yield f"{verb}: said again in a session"
        ever = [_verb(one) for one in self.statements]
        if verb in ("completed", "passed") and verb in ever:
            yield f"{verb}: said again"
        if verb == "failed" and "passed" in ever:
            yield "failed: after passed"
        if ("success" in result) != (verb in ("passed", "failed")) or ("completion" in result) != (verb == "completed"):
            yield f"{verb}: has {result}"
        if (MOVE_ON in categories) != (verb in ("completed", "passed", "failed")):
            yield f"{verb}: wrong category for moveOn"
        if verb != "initialized" and "duration" not in result:
            yield f"{verb}: without a duration"
        if verb in ("passed", "failed"):
            yield from self._judge_score(verb, result.get("score", {}), context)
        elif "score" in result:
            yield f"{verb}: has a score"

    def _judge_score(self, verb: str, score: dict[str, Any], context: dict[str, Any]) -> Iterator[str]:
        if self.mark is not None and context["extensions"].get(MARK) != self.mark:
            yield f"{verb}: without the mark"
        if self.mark is not None and (score["scaled"] >= self.mark) != (verb == "passed"):
            yield f"{verb}: with {score['scaled']}"
        if not (0 <= score["scaled"] <= 1 and score["min"] <= score["raw"] <= score["max"]):
            yield f"{verb}: the score is out of its range"


def _verb(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"].removeprefix(VERBS))


def _session(statement: dict[str, Any]) -> str | None:
    return statement["context"].get("extensions", {}).get(SESSION)


@contextmanager
def recording(store: RecordStore) -> Iterator[None]:
    """Answers for a store, at an origin of its own."""

    class _Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_OPTIONS(self) -> None:
            self._send(HTTPStatus.NO_CONTENT)

        def do_POST(self) -> None:
            store.asked.append(f"POST {urlsplit(self.path).path}")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path.startswith("/fetch"):
                told = {"error-code": "1", "error-text": "used"} if self.path in store.spent else {"auth-token": "dG9r"}
                store.spent.add(self.path)
                self._send(HTTPStatus.OK, told)
            elif self._is_known():
                statuses = [store.record(one) for one in json.loads(body)]
                self._send(HTTPStatus.OK if all(one < 400 for one in statuses) else HTTPStatus.FORBIDDEN, [])

        def do_PUT(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            store.asked.append(f"PUT {parts.path} {asked.get('stateId', '')}".strip())
            if not self._is_known():
                return
            if store.is_failing:
                self._send(HTTPStatus.SERVICE_UNAVAILABLE)
            elif parts.path == "/xapi/statements" and asked["statementId"] == body["id"]:
                self._send(store.record(body))
            elif parts.path == "/xapi/activities/state" and asked["stateId"] != "LMS.LaunchData":
                store.state[asked["stateId"]] = body
                self._send(HTTPStatus.NO_CONTENT)
            else:
                self._send(HTTPStatus.BAD_REQUEST)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            known = store.state | {
                "LMS.LaunchData": store.launch_data(),
                "cmi5LearnerPreferences": {"languagePreference": "es"},
            }
            name = asked.get("stateId") or asked.get("profileId", "")
            store.asked.append(f"GET {parts.path} {name}")
            if self._is_known():
                self._send(HTTPStatus.OK if name in known else HTTPStatus.NOT_FOUND, known.get(name))

        def _is_known(self) -> bool:
            is_known = (
                self.headers["Authorization"] == "Basic dG9r" and self.headers["X-Experience-API-Version"] == "1.0.3"
            )
            if not is_known:
                store.refused.append(f"{self.command} {self.path}: who are you?")
                self._send(HTTPStatus.UNAUTHORIZED)
            return is_known

        def _send(self, status: HTTPStatus, told: object = None) -> None:
            body = b"" if told is None else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Methods", "GET, PUT, POST")
            self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Experience-API-Version")
            if status != HTTPStatus.NO_CONTENT:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with serving(_Answer) as origin:
        store.origin = origin
        yield
