"""Changing a record: corrections and the move to another unit. Reading is in `reading`, admission in `admission`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.record.fields import CHAIR, OFFICER, SELF, changed_by
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.membership.record.shapes import UpdateMember
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.person.use_cases.persons import given_pinyin, search_keys
from services.membership.record import rules
from services.membership.record.tables import Member
from services.membership.record.use_cases import roster, visibility
from services.membership.versions import require_version

_CHANGEABLE = frozenset(UpdateMember().fields) - {"member_id", "version", "reason"}


def update_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Correct a record; which fields depends on what the asker is to the member."""
    member = _get_for_update(tx, request["member_id"])
    capacities = _capacities(tx, member)
    open_fields = changed_by(capacities)
    given = details.in_written_form({field: request[field] for field in _CHANGEABLE & request.keys()})
    refuse_first(
        rules.fields_are_open(given, open_fields),
        rules.reason_is_given(request["reason"], capacities),
        rules.membership_stands(member.standing),
    )
    require_version(member, request["version"])
    changed = {field: value for field, value in given.items() if getattr(member, field) != value}
    if not changed:
        return visibility.to_reply(tx.principal, member)
    details.require_sound({**_dates_and_number(member, changed), **changed}, tx.today)
    _refuse_clashes(tx, member, changed)
    note_and_apply(tx, member, changed, request["reason"])
    tx.record(
        MemberUpdated(
            member_id=member.id,
            unit_id=member.unit_id,
            employment=member.employment,
            standing=member.standing,
            fields_changed=sorted(changed),
        )
    )
    return visibility.to_reply(tx.principal, member)


def change_unit(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Move a member to another unit."""
    directory.hold_organisation(tx)
    member = _get_for_update(tx, request["member_id"])
    require_version(member, request["version"])
    on = request["on"] or tx.today
    unit_id, group_id = request["unit_id"], request["group_id"]
    units = directory.units_by_id(tx, {unit_id, group_id}, lock=True)
    unit, group = units.get(unit_id), units.get(group_id)
    refuse_first(
        rules.member_may_move(member.standing),
        rules.unit_is_another(member.unit_id, unit_id),
        directory.refusal_to_take_members(unit),
        None if group_id is None else directory.refusal_of_group(group, unit_id),
        rules.move_day_is_possible(on, member.joined_on, tx.today),
        rules.holds_no_post_there(directory.chairs(tx, member.id, member.unit_id)),
    )
    left = member.unit_id
    changes = {"unit_id": (left, unit_id), "group_id": (member.group_id, group_id)}
    note_change(tx, f"member/{member.id}", changes, request["reason"])
    _apply(tx, member, {"unit_id": unit_id, "group_id": group_id})
    tx.record(UnitChanged(member_id=member.id, from_unit_id=left, to_unit_id=unit_id, on=on))
    return visibility.to_reply(tx.principal, member)


def _get_for_update(tx: Transaction, member_id: UUID) -> Member:
    return tx.get(Member, member_id, "There is no such member.", field="member_id", lock=True)


def _capacities(tx: Transaction, member: Member) -> frozenset[str]:
    held = visibility.capacities(tx.principal, member.id, member.unit_id) & {OFFICER, CHAIR, SELF}
    if not held:
        raise NotAllowed("This belongs to another unit.", rule="own_unit")
    return held


def _dates_and_number(member: Member, changed: Mapping[str, Any]) -> dict[str, Any]:
    """What a changed date or number must fit together with."""
    together = ("birth_date", "id_number", "hired_on")
    if not changed.keys() & set(together):
        return {}
    return {field: getattr(member, field) for field in together}


def refusal_of_mixture(member: Member, changed: Mapping[str, Any], today: date) -> Refusal | None:
    """Return why new values don't fit what stays in the record: a number and a date of birth, a birth and a hiring."""
    refusals = details.refusals_of({**_dates_and_number(member, changed), **changed}, today)
    return refusals[0] if refusals else None


def _refuse_clashes(tx: Transaction, member: Member, changed: Mapping[str, Any]) -> None:
    if "id_number" in changed:
        index = details.index_of(changed["id_number"])
        tx.lock(f"person-{index}")
        if index != member.id_number_index:
            refuse_first(roster.refusal_of_second_membership(tx, index))
    if changed.get("hr_id") is not None:
        refuse_first(roster.refusal_of_hr_id(tx, changed["hr_id"]))
    if changed.get("group_id") is not None:
        group = directory.units_by_id(tx, {changed["group_id"]}, lock=True).get(changed["group_id"])
        refuse_first(directory.refusal_of_group(group, member.unit_id))


def note_and_apply(tx: Transaction, member: Member, changed: Mapping[str, Any], reason: str | None) -> None:
    """Change a record that is held, with its history; the fields have been judged."""
    _note(tx, member, changed, reason)
    _apply(tx, member, changed)


def _note(tx: Transaction, member: Member, changed: Mapping[str, Any], reason: str | None) -> None:
    changes = {}
    for field, value in changed.items():
        old, new = visibility.masked(field, getattr(member, field)), visibility.masked(field, value)
        # Both values may be masked alike; the change is still recorded.
        changes[field] = (old, f"{new} *" if old == new else new)
    note_change(tx, f"member/{member.id}", changes, reason)


def _apply(tx: Transaction, member: Member, changed: Mapping[str, Any]) -> None:
    for field, value in changed.items():
        setattr(member, field, value)
    if "name" in changed:
        member.pinyin, member.initials = search_keys(member.name)
        member.given_pinyin = given_pinyin(member.name, member.pinyin)
    if "birth_date" in changed:
        member.birth_month, member.birth_day = member.birth_date.month, member.birth_date.day
    if "id_number" in changed:
        member.id_number_index = details.index_of(member.id_number)
    member.updated_at = tx.now
    member.version += 1
