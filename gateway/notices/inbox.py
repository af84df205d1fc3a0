"""A reader's own notices: listed, counted, marked as read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import sqlalchemy as sa

from gateway.live import telling
from gateway.notices.tables import STILL_UNREAD, Notice
from gateway.read_models.viewer_cache import forget_own
from services.chassis.database.engine import rows_changed
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound

UNREAD = (
    sa.select(Notice.recipient_id, sa.func.count().label("count"))
    .where(STILL_UNREAD, Notice.recipient_id.in_(sa.bindparam("recipient_ids", expanding=True)))
    .group_by(Notice.recipient_id)
)
"""Numbers of unread notices by recipient."""


def list_notices(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's notices, newest first. Raises `InvalidInput` for an invalid cursor."""
    statement = sa.select(Notice).where(Notice.recipient_id.in_(tx.principal.own_ids))
    if request["kind"] is not None:
        statement = statement.where(Notice.kind == request["kind"])
    if request["state"] is not None:
        statement = statement.where(STILL_UNREAD if request["state"] == "unread" else Notice.read_at.is_not(None))
    keys = [(Notice.at, "desc"), (Notice.id, "desc")]
    page = paginate(tx, statement, keys=keys, cursor=request["cursor"], limit=request["limit"])
    return {"items": [_to_reply(row) for row in page.rows], "next_cursor": page.next_cursor}


def count_unread(tx: Transaction, _request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many of the caller's notices are unread."""
    given = {"recipient_ids": tx.principal.own_ids}
    return {"count": sum(row.count for row in tx.session.execute(UNREAD, given))}


def read_notice(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Mark one of the caller's notices as read and return it. Raises `NotFound`, also for another person's."""
    notice = tx.session.get(Notice, request["notice_id"])
    if notice is None or notice.recipient_id not in tx.principal.own_ids:
        raise NotFound("There is no such notice.", field="notice_id")
    if notice.read_at is None:
        notice.read_at = tx.now
        tx.after_commit(forget_own)
        tx.after_commit(partial(telling.tell_messages, tx.principal.own_ids))
    return _to_reply(notice)


def read_all(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Mark the caller's notices as read, of one kind or all; return how many were unread."""
    conditions: list[Any] = [STILL_UNREAD, Notice.recipient_id.in_(tx.principal.own_ids)]
    if request["kind"] is not None:
        conditions.append(Notice.kind == request["kind"])
    if request["until"] is not None:
        conditions.append(Notice.at <= request["until"])
    marked = rows_changed(tx.session, sa.update(Notice).where(*conditions).values(read_at=tx.now))
    if marked:
        tx.after_commit(forget_own)
        tx.after_commit(partial(telling.tell_messages, tx.principal.own_ids))
    return {"count": marked}


def _to_reply(row: Notice) -> dict[str, Any]:
    names = ("id", "kind", "at", "subject_id", "params", "read_at")
    return {**{name: getattr(row, name) for name in names}, "state": "unread" if row.read_at is None else "read"}
