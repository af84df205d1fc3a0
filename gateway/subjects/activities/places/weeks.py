"""The week of a place as its pages draw it: days with their slots, times in China, links to the weeks beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request

from gateway.portal.formats import as_date, as_moment
from gateway.portal.service_calls import Part, part
from services.chassis.clock import SHANGHAI
from services.contracts.activities.places.bookings import place_week

COVERS = {"home": "social", "court": "match", "gym": "sports", "room": "seminar", "studio": "choir"}
"""Drawings that stand for places without a photo, by the kind of activity they belong to."""


def week_of(place_id: Any) -> Part:
    """Return the week that the address asks for, the present one else."""
    return part(place_week, {"place_id": str(place_id), **({"day": day} if (day := _asked()) else {})})


def drawn(week: Part) -> dict[str, Any]:
    """Return the days of a week with the times of their slots, and the weeks before and after."""
    days = [{**one, "slots": [_slot(slot) for slot in one["slots"]]} for one in (week.data or {}).get("days", [])]
    if not days:
        return {"days": [], "before": None, "after": None}
    monday = date.fromisoformat(days[0]["day"])
    return {
        "days": days,
        "before": (monday - timedelta(days=7)).isoformat(),
        "after": (monday + timedelta(days=7)).isoformat(),
    }


def clock_of(moment: str) -> str:
    """Return the time of day in China, as `08:30`."""
    found = as_moment(moment)
    return f"{found.astimezone(SHANGHAI):%H:%M}" if found else ""


def cover_of_place(kind: str) -> str:
    """Return the kind of activity whose drawing stands for a place without a photo."""
    return COVERS.get(kind, "other")


def _slot(slot: dict[str, Any]) -> dict[str, Any]:
    opens, closes = clock_of(slot["starts_at"]), clock_of(slot["ends_at"])
    return {**slot, "opens": opens, "closes": "24:00" if closes == "00:00" else closes}


def _asked() -> str | None:
    try:
        found = as_date(request.args.get("day"))
    except ValueError:
        return None
    return found.isoformat() if found else None
