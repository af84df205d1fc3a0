"""The form of a place: its fields, and a line of opening times for each day of the week."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from gateway.portal.forms import Field, Form
from gateway.portal.people import unit_choices
from services.chassis.errors import InvalidInput
from services.chassis.input_errors import InputError
from services.contracts.activities.places.places import AddPlace
from services.contracts.activities.places.vocabulary import WEEKDAYS
from services.contracts.vocabulary import EMPLOYMENTS

FIELDS: tuple[Field | str, ...] = (
    "name", "name_en", "kind", "address", Field("about", control="textarea"), "slot_minutes", "capacity",
    "waiting_list", "for_retained", "closed_on_days_off",
    Field("units", control="checks", choices=unit_choices), Field("employments", control="checks", choices=EMPLOYMENTS),
)  # fmt: skip
_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~至]\s*(\d{1,2})[:：](\d{2})")
_BETWEEN = re.compile(r"[\s,，、;；]*")
_UNREADABLE = InputError("places.hours_are_written", "Write times of opening as 08:00-12:00.")


def place_form(values: Mapping[str, Any] | None) -> Form:
    """Return the form, filled in with a place or as it was sent."""
    posted = request.form if request.method == "POST" else None
    return Form(AddPlace, FIELDS, values=values, posted=posted)


def posted_hours() -> dict[str, str]:
    """Return the line of each weekday as it was sent."""
    return {day: request.form.get(f"hours-{day}", "").strip() for day in WEEKDAYS}


def lines_of(hours: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return opening times as a line for each weekday."""
    spans: dict[str, list[str]] = {day: [] for day in WEEKDAYS}
    for one in sorted(hours, key=lambda one: one["opens"]):
        spans[one["weekday"]].append(f"{one['opens']}-{one['closes']}")
    return {day: " ".join(found) for day, found in spans.items()}


def read_hours(lines: Mapping[str, str]) -> list[dict[str, str]]:
    """Return opening times from a line for each weekday.

    Raises:
        InvalidInput: a line can't be read.
    """
    return [one for day, line in lines.items() for one in _of_line(day, line)]


def _of_line(day: str, line: str) -> list[dict[str, str]]:
    if _BETWEEN.fullmatch(_SPAN.sub("", line)) is None:
        raise InvalidInput(errors={"hours": [_UNREADABLE]})
    found = _SPAN.findall(line)
    return [
        {"weekday": day, "opens": f"{int(h1):02}:{m1}", "closes": f"{int(h2):02}:{m2}"} for h1, m1, h2, m2 in found
    ]  # fmt: skip
