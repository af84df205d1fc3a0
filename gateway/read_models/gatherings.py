"""Meetings and sessions of the congress to which a member was called, from their events.

Events tell no titles: what a calendar shows is which kind of meeting it is, when, and where its page is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext

from gateway.read_models.tables import GatheringView
from gateway.read_models.upserts import keep_newest
from gateway.runtime import gateway
from services.chassis.clock import now, start_of
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

MEETING, SESSION = "meeting", "session"
_MOST = 500


def note_meeting(tx: Transaction, event: ReceivedEvent) -> None:
    """Keep that members were called to a meeting, that it was moved, or that they are not expected any more."""
    data = event.data
    about = {
        "kind": MEETING, "gathering_id": data["meeting_id"], "group_id": data["body_id"],
        "starts_at": data["starts_at"], "ends_at": data["ends_at"], "term": None, "number": None,
        "state": "cancelled" if event.type == "meeting_cancelled" else "called",
    }  # fmt: skip
    _keep(tx, event, data["member_ids"], about)


def note_session(tx: Transaction, event: ReceivedEvent) -> None:
    """Keep that members were called or invited to a session of the congress; it lasts whole days."""
    data = event.data
    about = {
        "kind": SESSION, "gathering_id": data["session_id"], "group_id": data["congress_id"],
        "starts_at": start_of(data["opens_on"]), "ends_at": start_of(data["closes_on"] + timedelta(days=1)),
        "term": data["term"], "number": data["number"], "state": "called",
    }  # fmt: skip
    _keep(tx, event, data["member_ids"], about)


def end_seat(tx: Transaction, member_id: UUID, congress_id: UUID) -> None:
    """Take the coming sessions of a term off the calendar of a delegate whose seat ended."""
    own = GatheringView.member_id == member_id, GatheringView.group_id == congress_id
    coming = GatheringView.kind == SESSION, GatheringView.starts_at > tx.now, GatheringView.state == "called"
    ended = sa.update(GatheringView).where(*own, *coming).values(state="cancelled", ended=True, at=tx.now)
    tx.session.execute(ended.execution_options(synchronize_session=False))


def of_member(member_id: UUID, since: datetime) -> list[GatheringView]:
    """Return what a member was called to that ended after a moment, the next first; cancelled ones too."""
    own = GatheringView.member_id == member_id, GatheringView.ends_at >= since
    return _read(sa.select(GatheringView).where(*own))


def between(member_id: UUID, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Return what a member is called to between two moments, the first first, as pages show it."""
    own = GatheringView.member_id == member_id, GatheringView.state == "called"
    overlaps = GatheringView.ends_at > start, GatheringView.starts_at < end
    names = ("kind", "gathering_id", "starts_at", "ends_at")
    found = _read(sa.select(GatheringView).where(*own, *overlaps))
    return [{**{name: getattr(one, name) for name in names}, "title": title_of(one)} for one in found]


def title_of(one: GatheringView) -> str:
    """Return what calendars call a gathering: its kind and no more, because they are read and stored elsewhere."""
    if one.kind == MEETING:
        return gettext("工会会议")
    return gettext("第 %(term)s 届第 %(number)s 次代表大会", term=one.term, number=one.number)


def change_of(member_id: UUID | None, gathering_id: UUID) -> tuple[int, datetime]:
    """Return number and time of the last change a member was told of; the first one where none was told."""
    with gateway().database.session(readonly=True) as session:
        found = session.get(GatheringView, (member_id, gathering_id)) if member_id else None
    return (sequence_of(found), found.at) if found is not None else (0, now())


def sequence_of(one: GatheringView) -> int:
    """Return the number of a gathering's last change for a calendar: it rises also when a seat ends."""
    return 2 * one.sequence + one.ended


def _keep(tx: Transaction, event: ReceivedEvent, member_ids: Iterable[UUID], about: dict[str, Any]) -> None:
    same = {**about, "ended": False, "at": event.time, "sequence": event.sequence}
    rows = [{"member_id": one, **same} for one in member_ids]
    keep_newest(tx, GatheringView, rows, key=["member_id", "gathering_id"])


def _read(statement: sa.Select[tuple[GatheringView]]) -> list[GatheringView]:
    ordered = statement.order_by(GatheringView.starts_at, GatheringView.gathering_id).limit(_MOST)
    with gateway().database.session(readonly=True) as session:
        return list(session.scalars(ordered))
