"""Compares HR's records with members' records: the person, the differing fields, the effect of applying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal
from services.membership.hr_sync import rules
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases.known_to_hr import Member, members_known_to_hr

FIELDS = (
    "name", "gender", "birth_date", "id_number", "phone", "email", "employment", "original_age", "hired_on", "hr_id",
)  # fmt: skip
"""Fields of the record that HR's data corrects."""
NEEDED = ("name", "gender", "birth_date", "id_number", "employment")

Snapshot = Mapping[str, Any]


@dataclass
class Difference:
    """What one of HR's records and the membership differ in."""

    said: dict[str, Any]
    member: Member | None
    kind: str | None
    changed: dict[str, Any] = field(default_factory=dict)
    """New values by field: those of `FIELDS`, and `unit_id`, `approved_month`."""
    refusal: Refusal | None = None
    """Why it can't be applied as it is."""


def compare(tx: Transaction, snapshots: Sequence[Snapshot]) -> list[Difference]:
    """Compare HR's records with the memberships, in few statements; the results are in the order of the records."""
    said = [details.in_written_form(one) for one in snapshots]
    indexes = [details.index_of(one["id_number"]) if one["id_number"] else None for one in said]
    members = members_known_to_hr(tx, {one["hr_id"] for one in said}, {index for index in indexes if index})
    by_hr_id = {member.hr_id: member for member in members if member.hr_id}
    by_person = {member.id_number_index: member for member in members}
    units = directory.open_units_by_code(tx, {one["unit_code"] for one in said if one["unit_code"]})
    return [
        _difference(one, by_hr_id.get(one["hr_id"]) or by_person.get(index or ""), units)
        for one, index in zip(said, indexes, strict=True)
    ]


def _difference(said: dict[str, Any], member: Member | None, units: Mapping[str, UUID]) -> Difference:
    unit_id = units.get(said["unit_code"] or "")
    changed = _changed(said, member)
    if unit_id is not None and (member is None or member.unit_id != unit_id):
        changed["unit_id"] = unit_id
    if member is not None and member.standing != "retained":
        changed |= _month(said["approved_month"], member)
    kind = rules.kind_of(said["status"], member.standing if member else None, changed)
    if kind in ("leave", "retirement"):
        changed.pop("unit_id", None)
    return Difference(said, member, kind, changed if kind else {}, _refusal(said, kind, unit_id))


def _changed(said: Mapping[str, Any], member: Member | None) -> dict[str, Any]:
    return {
        name: said[name]
        for name in FIELDS
        if said[name] is not None and (not member or getattr(member, name) != said[name])
    }


def _month(approved: date | None, member: Member) -> dict[str, date]:
    if approved is None or approved.replace(day=1) == member.approved_month:
        return {}
    return {"approved_month": approved.replace(day=1)}


def _refusal(said: Mapping[str, Any], kind: str | None, unit_id: UUID | None) -> Refusal | None:
    if kind == "join":
        missing = [name for name in NEEDED if said[name] is None]
        return rules.record_is_complete(missing) or rules.unit_is_known(said["unit_code"], unit_id is not None)
    if kind in ("move", "change") and said["unit_code"]:
        return rules.unit_is_known(said["unit_code"], unit_id is not None)
    return None


def names_of(differences: Iterable[Difference]) -> list[list[str]]:
    """Return the names of the fields each differs in."""
    return [sorted(one.changed) for one in differences]
