"""Reading standings: how one membership stands, and every change with its decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal, require_unit
from services.contracts.membership.standing.shapes import StandingChange as ChangeShape
from services.membership.record.use_cases import search
from services.membership.record.use_cases.standing import Member, member_of
from services.membership.standing import rules
from services.membership.standing.tables import StandingChange
from services.membership.standing.use_cases.leaving import leave_shown, open_request
from services.membership.transfer.use_cases.ending import open_of

_NAMED = ("member_name", "number")
_COLUMNS = tuple(name for name in ChangeShape().fields if name not in _NAMED)
_CONFIDENTIAL = ("reason", "talk_note", "unpaid_since", "inactive_since", "talked_on")


def member_standing(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The state of a membership, for the member and for callers who may see the record."""
    member_id = request["member_id"] or tx.principal.member_id
    if member_id is None:
        raise NotAllowed("Only a member has a standing.", rule="own_record")
    member = member_of(tx, member_id)
    if tx.principal.member_id != member.id:
        require_unit(tx.principal, member.unit_id)
    keeps, ended = rules.kept_and_ended(member.standing)
    leave = open_request(tx, member.id)
    sees = tx.principal.has("officer") or tx.principal.member_id == member.id
    names = ("number", "unit_id", "standing", "joined_on", "retired_on", "version")
    return {
        "member_id": member.id,
        **{name: getattr(member, name) for name in names},
        "keeps": keeps,
        "ended": ended,
        "transfer_id": open_of(tx, member.id),
        "leave": leave_shown(leave, member, plain=sees) if leave else None,
    }


def list_standing_changes(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of changes the asker may see, newest first."""
    listed = sa.select(StandingChange, Member).join(Member, Member.id == StandingChange.member_id)
    statement = _narrowed(listed, request, tx.principal)
    page = page_of(tx, statement, request, [(StandingChange.id, "desc")])
    total = None
    if request["with_total"]:
        counted = sa.select(sa.func.count(StandingChange.id)).join(Member, Member.id == StandingChange.member_id)
        total = tx.session.scalar(_narrowed(counted, request, tx.principal))
    items = [to_reply(tx, change, member) for change, member in page.rows]
    return page.reply(items, total=total)


def to_reply(tx: Transaction, change: StandingChange, member: Member) -> dict[str, Any]:
    """Return a change; its reason and grounds for the member, officers and auditors only."""
    told = {name: getattr(change, name) for name in _COLUMNS}
    if not (tx.principal.has("officer", "auditor") or tx.principal.member_id == member.id):
        told |= dict.fromkeys(_CONFIDENTIAL)
    return {**told, "member_name": member.name, "number": member.number}


def _narrowed(statement: sa.Select, request: Mapping[str, Any], principal: Principal) -> sa.Select:
    if request["unit_id"] is not None:
        require_unit(principal, request["unit_id"])
        statement = statement.where(StandingChange.unit_id == request["unit_id"])
    elif not principal.has("officer", "auditor"):
        own = [StandingChange.member_id == principal.member_id] if principal.member_id else []
        statement = statement.where(sa.or_(StandingChange.unit_id.in_(principal.units("chair")), *own))
    for name in ("member_id", "kind"):
        if request[name] is not None:
            statement = statement.where(getattr(StandingChange, name) == request[name])
    if request["year"] is not None:
        first, last = date(request["year"], 1, 1), date(request["year"], 12, 31)
        statement = statement.where(StandingChange.effective_on.between(first, last))
    return statement.where(search.matching(request["q"])) if request["q"] else statement
