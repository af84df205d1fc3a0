"""Counting an audience: membership's active members, page by page, each decided as a registration would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import get_activity, require_organiser
from services.activities.facts.use_cases.asking import PURPOSE
from services.activities.facts.use_cases.keeping import facts_needed
from services.activities.registration.audience_rules import as_counted
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases.seating import seen_in_audience
from services.chassis.clock import day_of
from services.chassis.process.runtime import Call
from services.contracts.membership.facts import MOST_MEMBERS, facts_of_members


def count_audience(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many members an audience has, asking membership for a thousand at a time.

    Raises:
        NotFound: no such activity.
        NotAllowed: a chair counts for activities of the own unit and for planned ones only.
        Unavailable: membership does not answer.
    """
    audience, day = request["audience"], request["on"]
    if request["activity_id"] is not None:
        with call.transaction(readonly=True) as tx:
            activity = get_activity(tx, request)
            require_organiser(tx.principal, activity.organiser_unit_id)
            audience, day = activity.audience, day_of(activity.starts_at)
    members = _members(call, audience, day, f"activity/{request['activity_id'] or 'new'}")
    answers = Counter(seen_in_audience(audience, member) for member in members)
    return {
        "members": answers.total(),
        "in_audience": as_counted(answers[True]),
        "undecided": as_counted(answers[None]),
    }


def in_audience(call: Call, audience: Mapping[str, Any], day: date, about: str) -> list[Mapping[str, Any]]:
    """Return who is in an audience, as membership tells them; those of whom too little is known are not.

    Args:
        call: no transaction of it is open.
        audience: with the successors of closed units.
        day: of the ages.
        about: what is decided, for the log of questions.

    Raises:
        Unavailable: membership does not answer.
    """
    return [one for one in _members(call, audience, day, about) if seen_in_audience(audience, one)]


def who_have_seats(activity_id: UUID) -> sa.Select[UUID]:
    """Return the select of the members who have a seat in an activity, and once it is over took part."""
    seated = Registration.activity_id == activity_id, Registration.state == "confirmed"
    return sa.select(Registration.member_id).where(*seated)


def _members(call: Call, audience: Mapping[str, Any], day: date, about: str) -> Iterator[Mapping[str, Any]]:
    facts = ["unit_id", "employment", "standing", *facts_needed(audience)]
    if audience.get("joined_since") is not None:
        facts.append("joined_on")
    cursor = None
    while True:
        page = call.rpc(
            facts_of_members,
            {
                "purpose": PURPOSE, "facts": facts, "on": day.isoformat(), "about": about,
                "unit_ids": [str(unit) for unit in audience["units"]], "cursor": cursor, "limit": MOST_MEMBERS,
            },
        )  # fmt: skip
        yield from page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return
