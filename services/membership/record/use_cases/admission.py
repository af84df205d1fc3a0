"""Making members: numbers from the series, rows in bulk, the event others wait for. Who may be admitted is decided
before: by joining for an application, by `roster_import` for a roster.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.database.bulk import insert_rows
from services.chassis.database.history import note_same_change
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.particulars import PARTICULARS
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases.persons import given_pinyin, refusal_of_joining_day, search_keys
from services.membership.record import rules
from services.membership.record.tables import Member
from services.membership.record.use_cases import rejoining
from services.membership.record.use_cases.numbering import hold_series, take_numbers

__all__ = ["admit", "hold_series", "refusals"]

_NOTHING: dict[str, Any] = dict.fromkeys((
    "name", "gender", "birth_date", "id_number", "id_number_index", "phone", "email", "unit_id", "group_id",
    "employment", "original_age", "hired_on", "joined_on", "account_id", "application_id", *PARTICULARS,
))  # fmt: skip
"""What a person may have stated."""


NOBODY: Mapping[str, date] = {}


def refusals(
    person: Mapping[str, Any],
    unit: directory.Unit | None,
    taken: Collection[str],
    today: date,
    left: Mapping[str, date] = NOBODY,
) -> list[Refusal]:
    """Return every reason why a person can't be admitted; ask after `hold_series`.

    Args:
        person: with `id_number_index`, `birth_date` and `joined_on`.
        unit: the unit applied to, held open.
        taken: who is a member already, by `id_number_index`.
        today: the day in China.
        left: when earlier memberships ended, by `id_number_index` (`roster.days_left`).
    """
    answers = (
        directory.refusal_to_take_members(unit),
        rules.person_is_no_member(person["id_number_index"] in taken),
        rules.joined_on_is_possible(person["joined_on"], today),
        rules.joins_after_leaving(person["joined_on"], left.get(person["id_number_index"])),
        refusal_of_joining_day(person["joined_on"], person["birth_date"], today),
    )
    return [answer for answer in answers if answer is not None]


def admit(tx: Transaction, people: Sequence[Mapping[str, Any]], reason: str) -> list[tuple[UUID, str]]:
    """Store people as active members and announce each; return (id, number) in their order.

    Args:
        tx: the transaction; call `hold_series` in it before the last checks.
        people: sound fields in written form, with `id_number_index` and `joined_on`.
        reason: stands in each member's history.
    """
    if not people:
        return []
    former = rejoining.former_members(tx, [person["id_number_index"] for person in people])
    fresh = sum(person["id_number_index"] not in former for person in people)
    numbers = iter(take_numbers(tx, fresh) if fresh else ())
    rows = [
        _row(tx, person, former[person["id_number_index"]].number)
        if person["id_number_index"] in former
        else _row(tx, person, next(numbers))
        for person in people
    ]
    revived = {former[row["id_number_index"]].id: row for row in rows if row["id_number_index"] in former}
    if fresh:
        made = [row for row in rows if row["id_number_index"] not in former]
        insert_rows(tx.session, Member.__table__, {name: [row[name] for row in made] for name in made[0]}, {})
        note_same_change(tx, [f"member/{row['id']}" for row in made], {"standing": (None, "active")}, reason)
    rejoining.revive(tx, former.values(), revived, reason)
    tx.record(*(_joined(row, row["id"] in revived) for row in rows))
    return [(row["id"], row["number"]) for row in rows]


def _row(tx: Transaction, person: Mapping[str, Any], number: str) -> dict[str, Any]:
    birth: date = person["birth_date"]
    pinyin, initials = search_keys(person["name"])
    return {
        **_NOTHING,
        **{field: value for field, value in person.items() if field in _NOTHING},
        "id": person.get("member_id") or uuid7(),
        "number": number,
        "pinyin": pinyin,
        "initials": initials,
        "given_pinyin": given_pinyin(person["name"], pinyin),
        "birth_month": birth.month,
        "birth_day": birth.day,
        "standing": "active",
        "updated_at": tx.now,
        "version": 1,
    }


def _joined(row: Mapping[str, Any], rejoined: bool) -> MemberJoined:
    told = ("unit_id", "number", "application_id", "account_id", "employment", "joined_on")
    return MemberJoined(member_id=row["id"], rejoined=rejoined, **{field: row[field] for field in told})
