"""Applies a difference to a membership, step by step, by the same use cases as officers."""

from __future__ import annotations

from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.membership.standing.operations import record_decision
from services.membership.hr_sync.use_cases.comparing import FIELDS, Difference
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import admission, changing, roster
from services.membership.record.use_cases.known_to_hr import Member, version_of
from services.membership.record.use_cases.standing import get_member_for_update
from services.membership.retirement.use_cases import confirming, dates
from services.membership.standing.use_cases import deciding

WHY = "from the HR system"


def carry_out(tx: Transaction, found: Difference) -> UUID:
    """Do what a difference says; return the member concerned. Raises what the rules refuse."""
    if found.member is None:
        return _join(tx, found)
    member = found.member
    _correct(tx, found, member)
    if "approved_month" in found.changed:
        asked = {"member_id": member.id, "version": None, "reason": WHY}
        dates.set_approved_month(tx, {**asked, "approved_month": found.changed["approved_month"]})
    if "unit_id" in found.changed:
        tx.session.flush()
        place = {"unit_id": found.changed["unit_id"], "group_id": None, "on": tx.today, "reason": WHY}
        changing.change_unit(tx, {"member_id": member.id, "version": version_of(tx, member.id), **place})
    if found.kind == "retirement":
        confirming.confirm(tx, get_member_for_update(tx, member.id), found.said["retired_on"])
    if found.kind == "leave":
        _leave(tx, found, member)
    return member.id


def _join(tx: Transaction, found: Difference) -> UUID:
    unit_id = found.changed["unit_id"]
    person = {**found.said, "unit_id": unit_id, "joined_on": tx.today, "application_id": None}
    person["id_number_index"] = details.index_of(person["id_number"])
    details.require_sound({name: person[name] for name in FIELDS if name != "hr_id"}, tx.today)
    units = directory.units_by_id(tx, {unit_id}, lock=True)
    admission.hold_series(tx)
    taken = roster.standing_persons(tx, {person["id_number_index"]})
    left = roster.days_left(tx, {person["id_number_index"]})
    refuse_first(*admission.refusals(person, units.get(unit_id), taken, tx.today, left))
    ((member_id, _),) = admission.admit(tx, [person], WHY)
    return member_id


def _correct(tx: Transaction, found: Difference, member: Member) -> None:
    fields = {name: value for name, value in found.changed.items() if name in FIELDS}
    if fields:
        changing.update_member(tx, {"member_id": member.id, "version": member.version, "reason": WHY, **fields})
        tx.session.flush()


def _leave(tx: Transaction, found: Difference, member: Member) -> None:
    left_on = min(found.said["left_on"] or tx.today, tx.today)
    asked = {
        "member_id": member.id,
        "kind": "withdrawal",
        "decided_on": tx.today,
        "effective_on": left_on,
        "decided_by": WHY,
        "reason": WHY,
    }
    schema = record_decision.request_schema
    known = {name: value for name, value in asked.items() if name in schema.fields}
    deciding.record_decision(tx, schema.load(schema.dump(known)))
