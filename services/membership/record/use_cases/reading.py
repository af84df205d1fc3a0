"""Reading records: lists, one record, its history and who looked at it. Sensitive fields leave here masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import accesses_of, history_of, note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.events.snapshots import snapshot_page
from services.chassis.security.encryption import mask_name
from services.chassis.security.principal import Principal, require_unit
from services.contracts.membership.record.fields import seen_by, shown_plain_to
from services.contracts.membership.record.shapes import MemberRow
from services.contracts.snapshots import MOST_ROWS
from services.membership.base import is_one_of
from services.membership.record.rules import STANDS
from services.membership.record.tables import Member
from services.membership.record.use_cases import visibility
from services.membership.record.use_cases.search import filtered, sort_keys

masked = visibility.masked
"""A field's value as it may be shown; see `visibility`."""

_ROW = tuple(MemberRow().fields)


def list_members(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of members the asker may see."""
    columns = [getattr(Member, field) for field in _ROW]
    statement = filtered(sa.select(*columns), request, tx.principal)
    page = page_of(tx, statement, request, sort_keys(request["sort"], request["q"]))
    total = None
    if request["with_total"]:
        total = tx.session.scalar(filtered(sa.select(sa.func.count(Member.id)), request, tx.principal))
    return page.reply([row._asdict() for row in page.rows], total=total)


def members_by_number(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The members with the numbers asked for, and the numbers that nobody has."""
    wanted = sa.select(Member.id.label("member_id"), Member.number).where(
        Member.number.in_(request["numbers"]), Member.anonymised_at.is_(None)
    )
    found = [row._asdict() for row in tx.session.execute(wanted)]
    known = {row["number"] for row in found}
    return {"items": found, "not_found": [one for one in request["numbers"] if one not in known]}


def snapshot_members(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the standing of all members, former ones included, for systems that copy members; no particulars."""
    columns = Member.id.label("member_id"), Member.unit_id, Member.standing, Member.employment
    known = sa.select(*columns).where(Member.anonymised_at.is_(None))
    return snapshot_page(tx, known, Member.id, "member", request, MOST_ROWS)


def get_member(tx: Transaction, member_id: UUID) -> dict[str, Any]:
    """One record as the caller may see it: the own one or one of a unit in the caller's charge."""
    return visibility.to_reply(tx.principal, visible_member(tx, member_id))


def unmask_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One masked field in plain; the look is logged and the member can see it."""
    member = _found(tx, request["member_id"])
    field = request["field"]
    if field not in shown_plain_to(visibility.capacities(tx.principal, member.id, member.unit_id)):
        raise NotAllowed("Only the own record can be seen in plain.", rule="own_record")
    note_look(tx, member.id, field, request["purpose"])
    return {"field": field, "value": getattr(member, field)}


def member_history(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of a record's changes, newest first, in the fields the asker may see."""
    member = visible_member(tx, request["member_id"])
    page = history_of(tx, _subject(member.id), cursor=request["cursor"], limit=request["limit"])
    held = visibility.capacities(tx.principal, member.id, member.unit_id)
    items = [
        {
            "at": entry.changed_at,
            "by": entry.changed_by,
            "reason": entry.reason,
            "delegation_id": entry.delegation_id,
            "changes": visibility.visible_changes(entry.changes, held),
        }
        for entry in page.rows
    ]
    return page.reply([item for item in items if item["changes"]])


def member_accesses(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of looks at a record's sensitive fields, newest first."""
    member = _found(tx, request["member_id"])
    if not (tx.principal.has("officer", "auditor") or tx.principal.member_id == member.id):
        raise NotAllowed("Only the own accesses can be seen.", rule="own_record")
    page = accesses_of(tx, _subject(member.id), cursor=request["cursor"], limit=request["limit"])
    items = [
        {
            "at": entry.seen_at,
            "by": entry.seen_by,
            "by_role": _role_of(entry.seen_by, member),
            "field": entry.field,
            "purpose": entry.purpose,
        }
        for entry in page.rows
    ]
    return page.reply(items)


def note_look(tx: Transaction, member_id: UUID, field: str, purpose: str) -> None:
    """Log an access to a member's field; the member's own accesses are stored with the record, not with the account."""
    look = note_access(tx, _subject(member_id), field, purpose)
    if tx.principal.member_id == member_id:
        look.seen_by = _subject(member_id)


def _role_of(seen_by: str, member: Member) -> str:
    """Return in which part somebody looked: the member, an officer, or a service acting for the union."""
    if seen_by == _subject(member.id):
        return "self"
    return "officer" if _is_account(seen_by) else "service"


def _is_account(actor: str) -> bool:
    try:
        UUID(actor)
    except ValueError:
        return False
    return True


def names_of(tx: Transaction, ids: list[UUID]) -> dict[str, Any]:
    """Names by id in one statement, shortened for who may not see them whole."""
    if not ids:
        return {"items": []}
    statement = sa.select(Member.id, Member.name, Member.unit_id).where(Member.id.in_(set(ids)))
    return {"items": [_name_for(tx.principal, *row) for row in tx.session.execute(statement)]}


def member_with_staff_number(tx: Transaction, staff_number: str) -> dict[str, Any]:
    """Return the standing member with a staff number; identity providers may write its letters in either case."""
    written = {staff_number, staff_number.upper(), staff_number.lower()}
    statement = sa.select(Member.id).where(Member.hr_id.in_(written), is_one_of(Member.standing, STANDS)).limit(2)
    found = tx.session.scalars(statement).all()
    return {"member_id": found[0] if len(found) == 1 else None}


def _name_for(principal: Principal, member_id: UUID, name: str, unit_id: UUID) -> dict[str, Any]:
    whole = (
        principal.kind == "service"
        or principal.has("officer", "auditor")
        or unit_id in principal.units("chair")
        or principal.member_id == member_id
    )
    return {"id": member_id, "name": name if whole else mask_name(name), "unit_id": unit_id, "masked": not whole}


def _found(tx: Transaction, member_id: UUID) -> Member:
    return tx.get(Member, member_id, "There is no such member.", field="member_id")


def visible_member(tx: Transaction, member_id: UUID) -> Member:
    """Return a member whose record the asker may see. Raises `NotFound` or `NotAllowed`."""
    member = _found(tx, member_id)
    if tx.principal.member_id != member.id:
        require_unit(tx.principal, member.unit_id)
    return member


def sees_field(tx: Transaction, member: Member, field: str) -> bool:
    """Whether the asker sees a field of a member's record, masked or not."""
    return field in seen_by(visibility.capacities(tx.principal, member.id, member.unit_id))


def _subject(member_id: UUID) -> str:
    return f"member/{member_id}"
