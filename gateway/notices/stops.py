"""Stops: an officer's decision that a member, or a kind, is sent nothing outside of the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from gateway.identity.tables import KnownMember
from gateway.notices.tables import NoticeStop
from services.chassis.database.history import note_change
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, InvalidInput, NotFound
from services.chassis.identifiers import uuid7

_OF_ROW = ("id", "member_id", "kind", "reason", "created_at", "ended_at")


def list_stops(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of stops, latest first, ended ones too."""
    keys = [(NoticeStop.id, "desc")]
    page = paginate(tx, sa.select(NoticeStop), keys=keys, cursor=request["cursor"], limit=request["limit"])
    return {"items": [_to_reply(row) for row in page.rows], "next_cursor": page.next_cursor}


def create_stop(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Stop delivery to a member or of a kind; what waits is withheld when its time comes.

    Raises:
        InvalidInput: there is no member with this number.
        Conflict: it is stopped already.
    """
    tx.lock("notice-stops")
    made = NoticeStop(
        id=uuid7(), member_id=_member(tx, request["member_number"]), kind=request["kind"], reason=request["reason"],
        created_at=tx.now, created_by=tx.principal.actor,
    )  # fmt: skip
    same = NoticeStop.member_id == made.member_id if made.member_id else NoticeStop.kind == made.kind
    if tx.session.scalar(sa.select(NoticeStop.id).where(same, NoticeStop.ended_at.is_(None))) is not None:
        raise Conflict("It is stopped already.", rule="notices.is_not_stopped")
    tx.session.add(made)
    note_change(tx, f"stop/{made.id}", {"ended_at": ("", None)}, made.reason)
    tx.session.flush()
    return _to_reply(made)


def end_stop(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End a stop. Raises `NotFound`; ending it again changes nothing."""
    found = tx.session.scalar(sa.select(NoticeStop).where(NoticeStop.id == request["stop_id"]).with_for_update())
    if found is None:
        raise NotFound("There is no such stop.", field="stop_id")
    if found.ended_at is None:
        found.ended_at, found.ended_by = tx.now, tx.principal.actor
        note_change(tx, f"stop/{found.id}", {"ended_at": (None, tx.now)})
    return _to_reply(found)


def _member(tx: Transaction, number: str | None) -> Any:
    if number is None:
        return None
    found = sa.select(KnownMember.member_id).where(KnownMember.number == number.strip().upper())
    member_id = tx.session.scalar(found)
    if member_id is None:
        raise InvalidInput("There is no such member.", field="member_number", rule="notices.member_is_known")
    return member_id


def _to_reply(row: NoticeStop) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _OF_ROW}
