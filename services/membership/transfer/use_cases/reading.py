"""Reading transfers: the queue, one with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal, require_unit
from services.membership.base import is_one_of
from services.membership.record.use_cases import search
from services.membership.record.use_cases.standing import Member
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases.transfers import COLUMNS, found, to_reply
from services.membership.transfer.workflow import OPEN_STATES


def list_transfers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of transfers the asker may see, in one statement."""
    columns = [getattr(Transfer, name) for name in COLUMNS]
    listed = sa.select(*columns, Member.name.label("member_name"), Member.number.label("number"))
    statement = _narrowed(listed.join(Member, Member.id == Transfer.member_id), request, tx.principal)
    page = page_of(tx, statement, request, _keys(request["sort"]))
    total = None
    if request["with_total"]:
        counted = sa.select(sa.func.count(Transfer.id)).join(Member, Member.id == Transfer.member_id)
        total = tx.session.scalar(_narrowed(counted, request, tx.principal))
    return page.reply([row._asdict() for row in page.rows], total=total)


def get_transfer(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One transfer: for the member, the chairs of both units, officers and auditors."""
    transfer, principal = found(tx, request["transfer_id"]), tx.principal
    concerned = principal.units("chair") & {transfer.from_unit_id, transfer.to_unit_id}
    if not (principal.has("officer", "auditor") or concerned or principal.member_id == transfer.member_id):
        raise NotAllowed("This is somebody else's transfer.", rule="transfer.own_transfer")
    return to_reply(tx, transfer)


def _narrowed(statement: sa.Select, request: Mapping[str, Any], principal: Principal) -> sa.Select:
    if request["unit_id"] is not None:
        require_unit(principal, request["unit_id"])
        statement = statement.where(_touches([request["unit_id"]]))
    elif not principal.has("officer", "auditor"):
        own = [Transfer.member_id == principal.member_id] if principal.member_id else []
        statement = statement.where(sa.or_(_touches(principal.units("chair")), *own))
    if request["member_id"] is not None:
        statement = statement.where(Transfer.member_id == request["member_id"])
    if request["state"] is not None:
        statement = statement.where(Transfer.state == request["state"])
    if request["ids"] is not None:
        statement = statement.where(Transfer.id.in_(request["ids"]))
    if request["open"]:
        statement = statement.where(is_one_of(Transfer.state, OPEN_STATES))
    return statement.where(search.matching(request["q"])) if request["q"] else statement


def _touches(unit_ids: Any) -> sa.ColumnElement[bool]:
    return sa.or_(Transfer.from_unit_id.in_(unit_ids), Transfer.to_unit_id.in_(unit_ids))


def _keys(sort: str) -> list[Any]:
    direction = "desc" if sort.startswith("-") else "asc"
    return [(getattr(Transfer, sort.removeprefix("-")), direction), (Transfer.id, direction)]
