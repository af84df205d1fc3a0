"""Whom a survey asks: everybody of the audience, or those registered for an activity, frozen when it is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from services.activities.calendar.use_cases.following import with_heirs_of
from services.activities.facts.use_cases.keeping import facts_needed
from services.activities.participants.use_cases.reading import who_take_part
from services.activities.registration.use_cases.counting import in_audience, who_have_seats
from services.activities.surveys.tables import SMALL, Survey, SurveyGroup, SurveyRoll
from services.activities.surveys.use_cases.store import survey_of
from services.chassis.clock import day_of
from services.chassis.database.bulk import insert_rows
from services.chassis.database.transaction import Transaction
from services.chassis.process.runtime import Call

_FOUND = "members found by facts"
"""Where members lie in a request that membership was asked for: no field of its schema."""
Members = list[tuple[UUID, UUID | None]]
"""Members with their units."""


def prepare(call: Call, request: dict[str, Any]) -> None:
    """Ask membership who is in the audience of a draft, where that depends on facts; no transaction is open meanwhile.

    Raises:
        Unavailable: membership does not answer.
    """
    with call.transaction(readonly=True) as tx:
        row = survey_of(tx, request["survey_id"])
        audience, day = _audience(tx, row), day_of(row.opens_at or tx.now)
    if row.state != "draft" or row.electorate != "members" or not facts_needed(audience):
        return
    told = in_audience(call, audience, day, f"survey/{row.id}")
    request[_FOUND] = [(UUID(one["member_id"]), UUID(one["unit_id"]) if one["unit_id"] else None) for one in told]


def freeze(tx: Transaction, row: Survey, request: Mapping[str, Any]) -> int:
    """Write the roll and its groups, and return its size; the smallest size of a group is fixed before.

    Args:
        tx: the transaction that opens the survey.
        row: held.
        request: as `prepare` left it.
    """
    members = request[_FOUND] if _FOUND in request else _members(tx, row)
    groups = _groups(row, members)
    sizes = Counter(groups.get(unit_id, SMALL) for _, unit_id in members)
    numbered = {number: unit_id for unit_id, number in groups.items()}
    for number in sorted(sizes):
        unit_id = numbered.get(number)
        tx.session.add(SurveyGroup(survey_id=row.id, number=number, unit_id=unit_id, entitled=sizes[number]))
    tx.session.flush()
    if members:
        columns: dict[str, list[Any]] = {
            "member_id": [member_id for member_id, _ in members],
            "group_number": [groups.get(unit_id, SMALL) for _, unit_id in members],
        }
        insert_rows(tx.session, SurveyRoll.__table__, columns, {"survey_id": row.id})
    return len(members)


def _groups(row: Survey, members: Iterable[tuple[UUID, UUID | None]]) -> dict[UUID | None, int]:
    """Return a number for each unit that is counted by itself: with members enough, where units are asked for."""
    if not row.by_unit:
        return {}
    sizes = Counter(unit_id for _, unit_id in members if unit_id is not None)
    large = sorted(unit_id for unit_id, size in sizes.items() if size >= (row.smallest or 1))
    return {unit_id: number for number, unit_id in enumerate(large, SMALL + 1)}


def _members(tx: Transaction, row: Survey) -> Members:
    if row.electorate == "activity" and row.activity_id is not None:
        asked = who_take_part(row.audience, among=who_have_seats(row.activity_id))
    else:
        asked = who_take_part(_audience(tx, row))
    return [(one.member_id, one.unit_id) for one in tx.session.execute(asked)]


def _audience(tx: Transaction, row: Survey) -> dict[str, Any]:
    """Return the audience with the successors of closed units."""
    return {**row.audience, "units": with_heirs_of(tx, row.audience["units"], row.created_at)}
