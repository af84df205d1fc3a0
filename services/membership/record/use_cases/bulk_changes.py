"""Correcting many records at once, as a roster or the personnel office states them; few statements for any number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.record.operations import MemberUpdated
from services.membership.person.use_cases import persons as details
from services.membership.record import rules
from services.membership.record.tables import Member
from services.membership.record.use_cases import changing, roster

CORRECTED = (
    "name", "gender", "birth_date", "id_number", "phone", "email", "employment", "original_age", "hired_on",
    "hr_id",
)  # fmt: skip


def correct_members(
    tx: Transaction, stated: Mapping[UUID, Mapping[str, Any]], reason: str
) -> tuple[list[UUID], dict[UUID, Refusal]]:
    """Correct records to what is stated; what is absent or empty stays as it is.

    Each change stands in the member's history and is announced, as if it had been made alone.

    Args:
        tx: the transaction, of an officer or the union itself.
        stated: sound fields in written form by member; fields other than `CORRECTED` are passed over.
        reason: why, for the history.

    Returns:
        The members something changed for, and why others could not be corrected.
    """
    statement = sa.select(Member).where(Member.id.in_(stated)).order_by(Member.id).with_for_update()
    members = list(tx.session.scalars(statement))
    numbers = _new_numbers(members, stated)
    taken = set(roster.standing_persons(tx, set(numbers.values())))
    hr_ids = set(roster.taken_hr_ids(tx, {said["hr_id"] for said in stated.values() if said.get("hr_id")}))
    changed: list[UUID] = []
    refused: dict[UUID, Refusal] = {}
    for member in members:
        given = {name: stated[member.id][name] for name in CORRECTED if stated[member.id].get(name) is not None}
        differing = {name: value for name, value in given.items() if getattr(member, name) != value}
        refusal = rules.membership_stands(member.standing) or changing.refusal_of_mixture(member, differing, tx.today)
        if refusal is None and member.id in numbers:
            refusal = rules.person_is_no_member(numbers[member.id] in taken)
            taken.add(numbers[member.id])
        if refusal is None and differing.get("hr_id") is not None:
            refusal = roster.refusal_of_taken_hr_id(differing["hr_id"], hr_ids)
            hr_ids.add(differing["hr_id"])
        if refusal is not None:
            refused[member.id] = refusal
        elif differing:
            _correct(tx, member, differing, reason)
            changed.append(member.id)
    return changed, refused


def _new_numbers(members: list[Member], stated: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, str]:
    """Return the keyed hashes of identity numbers that differ from the stored ones."""
    found = {}
    for member in members:
        number = stated[member.id].get("id_number")
        index = details.index_of(number) if number else member.id_number_index
        if index != member.id_number_index:
            found[member.id] = index
    return found


def _correct(tx: Transaction, member: Member, changed: Mapping[str, Any], reason: str) -> None:
    changing.note_and_apply(tx, member, changed, reason)
    tx.record(
        MemberUpdated(
            member_id=member.id,
            unit_id=member.unit_id,
            employment=member.employment,
            standing=member.standing,
            fields_changed=sorted(changed),
        )
    )
