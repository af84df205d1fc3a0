"""Rules of the draw of a round: when each step may be made, and that nobody steers the result. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from services.chassis.rules.refusal import Refusal


def last_day_has_come(apply_until: date, today: date) -> Refusal | None:
    """Entries are closed on the last day that was published or later, so that nobody is shut out."""
    if today >= apply_until:
        return None
    return Refusal(
        "recuperation.last_day_has_come",
        f"Applications are taken until {apply_until}.",
        "round_id",
        {"apply_until": apply_until.isoformat()},
    )


def list_is_unchanged(published: str | None, now: str) -> Refusal | None:
    """The list is the one whose hash was published when the entries were closed."""
    if published == now:
        return None
    return Refusal("recuperation.list_is_unchanged", "The list is not the one that was published.", "round_id")


def draw_is_before_departure(public_day: date, starts_on: Collection[date]) -> Refusal | None:
    """The public value becomes known before the first trip begins."""
    first = min(starts_on, default=None)
    if first is None or public_day < first:
        return None
    return Refusal(
        "recuperation.draw_is_before_departure",
        f"The first trip begins on {first}.",
        "public_day",
        {"starts_on": first.isoformat()},
    )


def people_enter_the_value(kind: str) -> Refusal | None:
    """Two people enter the public value: not a program, whose key anybody may hold."""
    if kind == "account":
        return None
    return Refusal("recuperation.people_enter_the_value", "The public value is entered by people.")


def value_is_written_so(is_written_like_it: bool, example: str | None) -> Refusal | None:
    """The public value is written as the example that was published with the commitment."""
    if example is None or is_written_like_it:
        return None
    return Refusal(
        "recuperation.value_is_written_so", f"Write it like {example}.", "public_value", {"example": example}
    )


def somebody_applied(count: int) -> Refusal | None:
    """Entries are closed when there are some."""
    if count:
        return None
    return Refusal("recuperation.somebody_applied", "Nobody has applied yet.", "round_id")


def public_day_is_ahead(public_day: date, today: date) -> Refusal | None:
    """The public value of a later day is named: nobody knows it when the secret is committed."""
    if public_day > today:
        return None
    return Refusal("recuperation.public_day_is_ahead", "Name a day after today.", "public_day")


def public_value_can_exist(public_day: date, today: date) -> Refusal | None:
    """The public value is entered on its day at the earliest."""
    if today >= public_day:
        return None
    return Refusal(
        "recuperation.public_value_can_exist",
        f"The public value is known on {public_day}.",
        "public_value",
        {"public_day": public_day.isoformat()},
    )
