"""Lists and counts of members with an account, an unused slip, an expired slip, or neither."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from gateway.identity import invitations
from gateway.identity.grants import MEMBER_STANDINGS
from gateway.identity.tables import Account, Invitation, KnownMember
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal, require_unit

_IS_SLIP = Invitation.purpose == invitations.ACCOUNT
_OPEN = sa.and_(Invitation.member_id == KnownMember.member_id, _IS_SLIP, *invitations.is_open())
_COLUMNS = (
    KnownMember.member_id, KnownMember.number, KnownMember.unit_id, Account.created_at.label("opened_at"),
    Invitation.channel, Invitation.issued_at, Invitation.expires_at,
)  # fmt: skip


def list_holders(
    tx: Transaction, request: Mapping[str, Any], member_ids: Collection[UUID] | None = None
) -> dict[str, Any]:
    """Return a page of members by number, only of these ids where they are given."""
    statement = _members(sa.select(*_COLUMNS), _within(tx.principal, request["unit_id"]))
    if request["state"] is not None:
        statement = statement.where(_condition(request["state"], tx.now))
    if member_ids is not None:
        statement = statement.where(KnownMember.member_id.in_(member_ids))
    if request["number"]:
        statement = statement.where(KnownMember.number.startswith(request["number"].strip().upper(), autoescape=True))
    page = page_of(tx, statement, request, [(KnownMember.number, "asc"), (KnownMember.member_id, "asc")])
    return page.reply([_to_reply(row, tx.now) for row in page.rows])


def figures(tx: Transaction, unit_id: UUID | None) -> dict[str, Any]:
    """Return the numbers of accounts and slips by unit."""
    within = _within(tx.principal, unit_id)
    counted = {
        state: sa.func.count(sa.case((_condition(state, tx.now), KnownMember.member_id)))
        for state in ("account", "slip", "expired", "none")
    }
    columns = [KnownMember.unit_id, sa.func.count().label("members"), *(one.label(key) for key, one in counted.items())]
    rows = tx.session.execute(_members(sa.select(*columns), within).group_by(KnownMember.unit_id)).mappings().all()
    used = _used(tx, within)
    return {"items": [{**row, "used": used.get(row["unit_id"], 0)} for row in rows]}


def _used(tx: Transaction, within: Sequence[UUID] | None) -> dict[UUID | None, int]:
    statement = (
        sa.select(KnownMember.unit_id, sa.func.count())
        .join(Invitation, Invitation.member_id == KnownMember.member_id)
        .where(Invitation.used_at.is_not(None), _IS_SLIP, KnownMember.standing.in_(MEMBER_STANDINGS))
        .group_by(KnownMember.unit_id)
    )
    if within is not None:
        statement = statement.where(KnownMember.unit_id.in_(within))
    return {row[0]: row[1] for row in tx.session.execute(statement)}


def without_account(
    session: Session,
    principal: Principal,
    request: Mapping[str, Any],
    now: datetime,
    *,
    after: str = "",
    limit: int,
) -> list[sa.Row[Any]]:
    """Return (member_id, number, unit_id) of the next members who get a slip, by number.

    Args:
        session: on the gateway's database.
        principal: who asks.
        request: a loaded `PrintSlips`.
        now: the present.
        after: the number after which to begin.
        limit: how many at most.

    Raises:
        NotAllowed: the unit is another chair's.
    """
    columns = sa.select(KnownMember.member_id, KnownMember.number, KnownMember.unit_id)
    statement = _wanted(columns, principal, request, now).where(KnownMember.number > after)
    return list(session.execute(statement.order_by(KnownMember.number).limit(limit)))


def count_without_account(session: Session, principal: Principal, request: Mapping[str, Any], now: datetime) -> int:
    """Return how many members would get slips."""
    return session.scalar(_wanted(sa.select(sa.func.count()), principal, request, now)) or 0


def with_open_slips(session: Session, principal: Principal, request: Mapping[str, Any], most: int) -> list[UUID]:
    """Return the members whose unused slips a `RevokeSlips` request revokes, with a limit."""
    statement = _chosen(_members(sa.select(KnownMember.member_id), _within(principal, request["unit_id"])), request)
    return list(session.scalars(statement.where(Invitation.id.is_not(None)).limit(most)))


def count_open_slips(session: Session, principal: Principal, request: Mapping[str, Any]) -> int:
    """Return how many unused slips a `RevokeSlips` request would end."""
    statement = _chosen(_members(sa.select(sa.func.count()), _within(principal, request["unit_id"])), request)
    return session.scalar(statement.where(Invitation.id.is_not(None))) or 0


def _wanted(
    statement: sa.Select[*tuple[Any, ...]], principal: Principal, request: Mapping[str, Any], now: datetime
) -> sa.Select[*tuple[Any, ...]]:
    states = ("none", "expired", "slip") if request["replace"] else ("none", "expired")
    found = _chosen(_members(statement, _within(principal, request["unit_id"])), request)
    return found.where(sa.or_(*(_condition(state, now) for state in states)))


def _chosen(statement: sa.Select[*tuple[Any, ...]], request: Mapping[str, Any]) -> sa.Select[*tuple[Any, ...]]:
    member_ids: Collection[UUID] | None = request["member_ids"]
    return statement if member_ids is None else statement.where(KnownMember.member_id.in_(member_ids))


def _members(statement: sa.Select[*tuple[Any, ...]], within: Sequence[UUID] | None) -> sa.Select[*tuple[Any, ...]]:
    """Return a select of members with, if they exist, account and open invitation."""
    joined = (
        statement.select_from(KnownMember)
        .outerjoin(Account, Account.member_id == KnownMember.member_id)
        .outerjoin(Invitation, _OPEN)
        .where(KnownMember.standing.in_(MEMBER_STANDINGS), KnownMember.number.is_not(None))
    )
    return joined if within is None else joined.where(KnownMember.unit_id.in_(within))


def _within(principal: Principal, unit_id: UUID | None) -> Sequence[UUID] | None:
    """Return the requested units that the caller may see; None for all."""
    if unit_id is not None:
        require_unit(principal, unit_id, also=("officer",))
        return [unit_id]
    if principal.has("officer"):
        return None
    mine = sorted(principal.units("chair"))
    if not mine:
        raise NotAllowed("This belongs to another unit.", rule="own_unit")
    return mine


def _condition(state: str, now: datetime) -> sa.ColumnElement[bool]:
    nothing = Account.id.is_(None)
    return {
        "account": Account.id.is_not(None),
        "slip": sa.and_(nothing, Invitation.expires_at > now),
        "expired": sa.and_(nothing, Invitation.expires_at <= now),
        "none": sa.and_(nothing, Invitation.id.is_(None)),
    }[state]


def _to_reply(row: Any, now: datetime) -> dict[str, Any]:
    if row.opened_at is not None:
        state = "account"
    elif row.expires_at is None:
        state = "none"
    else:
        state = "slip" if row.expires_at > now else "expired"
    hidden = state == "account"
    return {
        "member_id": row.member_id, "number": row.number, "unit_id": row.unit_id, "state": state,
        "opened_at": row.opened_at,
        **{name: None if hidden else getattr(row, name) for name in ("channel", "issued_at", "expires_at")},
    }  # fmt: skip
