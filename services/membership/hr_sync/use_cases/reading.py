"""Reading differences and deliveries. Sensitive values leave here masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.membership.hr_sync.client import address
from services.membership.hr_sync.tables import HrRecord, HrRound
from services.membership.hr_sync.use_cases.comparing import Difference, compare
from services.membership.hr_sync.use_cases.receiving import count_open, snapshot_of
from services.membership.record.use_cases.known_to_hr import masked, versions_of

_ROW = (
    "id", "hr_id", "sequence", "state", "kind", "member_id", "fields_changed", "received_at", "problem", "reason",
    "version",
)  # fmt: skip
_SHOWN_FIRST = ("name", "unit_id", "hr_id")


def list_hr_differences(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of differences, latest delivery first."""
    statement = _narrowed(sa.select(HrRecord), request)
    page = page_of(tx, statement, request, [(HrRecord.received_at, "desc"), (HrRecord.id, "desc")])
    known = versions_of(tx, {row.member_id for row in page.rows if row.member_id})
    total = (
        tx.session.scalar(_narrowed(sa.select(sa.func.count(HrRecord.id)), request)) if request["with_total"] else None
    )
    return page.reply([to_reply(row, known) for row in page.rows], total=total)


def get_hr_difference(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One difference, compared with the record as it is now."""
    record = found_record(tx, request["record_id"])
    basics = to_reply(record, versions_of(tx, {record.member_id} if record.member_id else set()))
    if record.state != "open" or record.content is None:
        return {**basics, "changes": [], "member_version": None}
    (found,) = compare(tx, [snapshot_of(record)])
    now = {"kind": found.kind, "fields_changed": sorted(found.changed), "changes": _changes(found)}
    member = {"member_id": found.member.id, "member_version": found.member.version} if found.member else {}
    return {"member_version": None, **basics, **now, **member}


def list_hr_rounds(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of deliveries, latest first."""
    page = page_of(tx, sa.select(HrRound), request, [(HrRound.id, "desc")])
    figures = ("id", "source", "at", "by", "received", "new", "repeated", "older", "differing")
    items = [{name: getattr(row, name) for name in figures} for row in page.rows]
    return page.reply(items, can_pull=bool(address()), open=count_open(tx))


def found_record(tx: Transaction, record_id: UUID, *, lock: bool = False) -> HrRecord:
    """Return a difference; `hold` keeps others from settling it. Raises `NotFound`."""
    return tx.get(HrRecord, record_id, "There is no such difference.", field="record_id", lock=lock)


def to_reply(record: HrRecord, known: Mapping[UUID, Any]) -> dict[str, Any]:
    """Return a difference as lists show it; `known` has version and name of the members concerned."""
    member = known.get(record.member_id) if record.member_id else None
    name = member.name if member else (snapshot_of(record)["name"] if record.content else None)
    changed = record.state == "open" and member is not None and member.version != record.member_version
    return {**{column: getattr(record, column) for column in _ROW}, "name": name, "member_changed": changed}


def _narrowed(statement: sa.Select, request: Mapping[str, Any]) -> sa.Select:
    for column in ("state", "kind"):
        if request[column] is not None:
            statement = statement.where(getattr(HrRecord, column) == request[column])
    return statement


def _changes(found: Difference) -> list[dict[str, Any]]:
    ordered = sorted(found.changed, key=lambda name: (name not in _SHOWN_FIRST, name))
    changes = [_change(found, name) for name in ordered]
    if found.kind in ("leave", "retirement") and found.member is not None:
        changes.insert(0, {"field": "standing", "old": found.member.standing, "new": _AFTER[found.kind]})
    return changes


_AFTER = {"leave": "withdrawn", "retirement": "retained"}


def _change(found: Difference, name: str) -> dict[str, Any]:
    old = getattr(found.member, name) if found.member else None
    return {"field": name, "old": _told(name, old), "new": _told(name, found.changed[name])}


def _told(name: str, value: Any) -> Any:
    shown_value = masked(name, value)
    return str(shown_value) if shown_value is not None and not isinstance(shown_value, (str, int)) else shown_value
