"""Activities and meetings as iCalendar (RFC 5545), as calendar programs on phones and desks read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from services.chassis.clock import SHANGHAI

MEDIA_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//Gonghui//Gonghui//ZH"
_REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """One activity or meeting in a calendar.

    Args:
        activity: the resource, with title and summary in the reader's language; `all_day` where it lasts whole days.
        sequence: rises with every change of what is shown.
        state: CONFIRMED, TENTATIVE or CANCELLED.
        note: stands before the title: 候补, 待回复.
        address: of its page.
        changed_at: of the last change that is known.
        kind: what it is, as its name in calendars begins: activity, meeting, session.
    """

    activity: Mapping[str, Any]
    sequence: int
    state: str
    note: str
    address: str
    changed_at: datetime
    kind: str = "activity"


def written(name: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar.

    Args:
        name: what programs call it.
        entries: its activities; one with several sessions becomes an event for each.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_zone())
    for entry in entries:
        for event in _events(entry):
            calendar.add_component(event)
    return calendar.to_ical()


def _zone() -> Timezone:
    """Return China's time without its summer times of 1986 to 1991, before which no activity lies."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", SHANGHAI.key)
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001  # a zone begins in its own local time
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _events(entry: Entry) -> Iterable[Event]:
    activity = entry.activity
    sessions = activity["sessions"]
    if not sessions:
        yield _event(entry, f"{entry.kind}-{activity['id']}@gonghui", activity, activity["title"])
    for number, session in enumerate(sessions, 1):
        title = f"{activity['title']} · {session['title']}" if session.get("title") else activity["title"]
        yield _event(entry, f"activity-{activity['id']}-{number}@gonghui", session, title)


def _event(entry: Entry, uid: str, when: Mapping[str, Any], title: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", entry.state)
    event.add("summary", f"【{entry.note}】{title}" if entry.note else title)
    for name, moment in (("dtstart", when["starts_at"]), ("dtend", when["ends_at"])):
        event.add(name, _moment(moment).date() if entry.activity.get("all_day") else _moment(moment))
    event.add("transp", "OPAQUE" if entry.state == "CONFIRMED" else "TRANSPARENT")
    if place := when.get("place") or entry.activity["place"]:
        event.add("location", place)
    if entry.activity["summary"]:
        event.add("description", entry.activity["summary"])
    event.add("url", entry.address)
    return event


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)
