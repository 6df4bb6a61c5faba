"""In goes a forecast, out comes what people and programs read: a table, JSON, a calendar."""

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
    """By day: the policy versions that come into force, what goes stale that day, the reviews that fall due."""
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
        documents = {one.document.path for one in forecast.work if one.document}
        arrivals = count(len(forecast.arrivals), "policy version")
        yield f"\n{count(len(documents), 'document')} to work on, {arrivals} {reach}."
    else:
        yield f"Nothing falls due {reach}."


def _format_day(arrivals: list[Arrival], work: list[Work]) -> Iterator[tuple[str, str]]:
    for one in arrivals:
        yield "policy", f"{one.document.id} {one.entry.version} comes into force{_describe_changes(one)}"
    for code, owner, ids in _group_by_owner(work):
        yield "review due" if code == REVIEW else code, f"{owner}: {', '.join(ids)}"


def _group_by_day(forecast: Forecast) -> dict[date, tuple[list[Arrival], list[Work]]]:
    found: dict[date, tuple[list[Arrival], list[Work]]] = defaultdict(lambda: ([], []))
    for arrival in forecast.arrivals:
        found[arrival.day][0].append(arrival)
    for work in forecast.work:
        found[_choose_day(work)][1].append(work)
    return dict(sorted(found.items()))


def _choose_day(work: Work) -> date:
    """A review is work on the last day on which it is in time; all else on the day from which it is wrong."""
    return work.day - timedelta(days=1) if work.check.code == REVIEW else work.day


def _group_by_owner(work: list[Work]) -> list[tuple[str, str, list[str]]]:
    """Code, owner and the ids of the documents."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for one in work:
        owner = one.document.body.owner if one.document else "nobody"
        found[one.check.code, owner][one.document.id if one.document else one.fault.spot.path] = None
    return [(code, owner, list(ids)) for (code, owner), ids in sorted(found.items())]


def _describe_changes(arrival: Arrival) -> str:
    told = ", ".join(f"{change.section} {change.kind}" for change in arrival.entry.changes)
    return f": {told}" if told else ""


def as_json(forecast: Forecast) -> str:
    """`{"after", "until", "policies", "work"}`; `day` is the first day on which `check` finds the work undone."""
    told = {
        "after": str(forecast.after),
        "until": str(forecast.until),
        "policies": [_convert_arrival(one) for one in forecast.arrivals],
        "work": [_convert_work(one) for one in forecast.work],
    }
    return json.dumps(told, indent=2)


def _convert_arrival(one: Arrival) -> dict[str, Any]:
    changes = [{"section": change.section, "kind": change.kind} for change in one.entry.changes]
    return {"day": str(one.day), "policy": one.document.id, "version": one.entry.version, "changes": changes}


def _convert_work(one: Work) -> dict[str, Any]:
    return {
        "day": str(one.day),
        "code": one.check.code,
        "severity": one.check.severity,
        "path": one.fault.spot.path,
        "id": one.document.id if one.document else None,
        "owner": one.document.body.owner if one.document else None,
        "message": one.fault.message,
        "hint": one.fault.edit,
    }


def calendar(forecast: Forecast) -> str:
    """An iCalendar file (RFC 5545) with an all-day event for each policy version and each team's reviews of a day."""
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
    """Day, a name of the event that stays the same, title and description."""
    for day, (arrivals, work) in _group_by_day(forecast).items():
        for one in arrivals:
            title = f"{one.document.body.title} {one.entry.version} comes into force"
            yield day, f"{one.document.id}-{one.entry.version}", title, one.entry.note or title
        for code, owner, ids in _group_by_owner(work):
            what = count(len(ids), "review") + " due" if code == REVIEW else f"{count(len(ids), 'document')}: {code}"
            yield day, f"{code}-{owner}", f"{owner}: {what}", ", ".join(ids)


FORMATS: dict[str, Callable[[Forecast], str]] = {"table": table, "json": as_json, "ics": calendar}
