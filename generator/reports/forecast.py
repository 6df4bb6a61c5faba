"""Writes a forecast as a table, as JSON or as a calendar."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from generator.analysis.forecast import Arrival, Forecast, Work
from generator.wording import count

REVIEW = "overdue-review"


def table(forecast: Forecast) -> str:
    """By day: the policy versions that come into force, what goes stale, and the reviews that fall due."""
    return "\n".join(_format_table(forecast))


def _format_table(forecast: Forecast) -> Iterator[str]:
    lines = [(str(day), *line) for day, items in _group_by_day(forecast).items() for line in _format_day(*items)]
    width = max((len(what) for _, what, _ in lines), default=0)
    last = ""
    for day, what, rest in lines:
        yield f"{day if day != last else '':<10}  {what:<{width}}  {rest}"
        last = day
    reach = f"after {forecast.after}, up to {forecast.until}"
    if lines:
        documents = {work.document.path for work in forecast.work if work.document}
        arrivals = count(len(forecast.arrivals), "policy version")
        yield f"\n{count(len(documents), 'document')} to work on, {arrivals} {reach}."
    else:
        yield f"Nothing falls due {reach}."


def _format_day(arrivals: list[Arrival], work: list[Work]) -> Iterator[tuple[str, str]]:
    for arrival in arrivals:
        yield "policy", f"{arrival.document.id} {arrival.entry.version} comes into force{_describe_changes(arrival)}"
    for code, owner, ids in _group_by_owner(work):
        yield "review due" if code == REVIEW else code, f"{owner}: {', '.join(ids)}"


def _group_by_day(forecast: Forecast) -> dict[date, tuple[list[Arrival], list[Work]]]:
    days: dict[date, tuple[list[Arrival], list[Work]]] = defaultdict(lambda: ([], []))
    for arrival in forecast.arrivals:
        days[arrival.day][0].append(arrival)
    for work in forecast.work:
        days[_choose_day(work)][1].append(work)
    return dict(sorted(days.items()))


def _choose_day(work: Work) -> date:
    """The last day on which a review is in time; for all other work, the first day on which something is wrong."""
    return work.day - timedelta(days=1) if work.check.code == REVIEW else work.day


def _group_by_owner(items: list[Work]) -> list[tuple[str, str, list[str]]]:
    """Code, owner and the ids of the documents."""
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for work in items:
        owner = work.document.body.owner if work.document else "nobody"
        groups[work.check.code, owner][work.document.id if work.document else work.fault.spot.path] = None
    return [(code, owner, list(ids)) for (code, owner), ids in sorted(groups.items())]


def _describe_changes(arrival: Arrival) -> str:
    changes = ", ".join(f"{change.section} {change.kind}" for change in arrival.entry.changes)
    return f": {changes}" if changes else ""


def as_json(forecast: Forecast) -> str:
    """`{"after", "until", "policies", "work"}`; `day` is the first day on which `check` reports the work as undone."""
    report = {
        "after": str(forecast.after),
        "until": str(forecast.until),
        "policies": [_convert_arrival(arrival) for arrival in forecast.arrivals],
        "work": [_convert_work(work) for work in forecast.work],
    }
    return json.dumps(report, indent=2)


def _convert_arrival(arrival: Arrival) -> dict[str, Any]:
    changes = [{"section": change.section, "kind": change.kind} for change in arrival.entry.changes]
    version = arrival.entry.version
    return {"day": str(arrival.day), "policy": arrival.document.id, "version": version, "changes": changes}


def _convert_work(work: Work) -> dict[str, Any]:
    return {
        "day": str(work.day),
        "code": work.check.code,
        "severity": work.check.severity,
        "path": work.fault.spot.path,
        "id": work.document.id if work.document else None,
        "owner": work.document.body.owner if work.document else None,
        "message": work.fault.message,
        "hint": work.fault.advice,
    }


def calendar(forecast: Forecast) -> str:
    """An iCalendar file (RFC 5545): all-day events for policy versions, and for each team's work of a kind on a day."""
    from icalendar import Calendar, Event

    book = Calendar()
    book.add("prodid", "-//playbook//forecast//EN")
    book.add("version", "2.0")
    stamp = datetime.combine(forecast.after, time(), UTC)
    for day, name, title, description in _list_events(forecast):
        event = Event()
        event.add("uid", f"{day}-{name}@playbook")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        if day < date.max:
            event.add("dtend", day + timedelta(days=1))
        event.add("summary", title)
        event.add("description", description)
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    text: str = book.to_ical().decode()
    return text


def _list_events(forecast: Forecast) -> Iterator[tuple[date, str, str, str]]:
    """Day, a name that is the same in every export, title and description."""
    for day, (arrivals, work) in _group_by_day(forecast).items():
        for arrival in arrivals:
            title = f"{arrival.document.body.title} {arrival.entry.version} comes into force"
            yield day, f"{arrival.document.id}-{arrival.entry.version}", title, arrival.entry.note or title
        for code, owner, ids in _group_by_owner(work):
            what = count(len(ids), "review") + " due" if code == REVIEW else f"{count(len(ids), 'document')}: {code}"
            yield day, f"{code}-{owner}", f"{owner}: {what}", ", ".join(ids)


FORMATS: dict[str, Callable[[Forecast], str]] = {"table": table, "json": as_json, "ics": calendar}
