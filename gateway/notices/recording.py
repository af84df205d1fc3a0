"""Recording notices in the transaction of the read model that an event changes: once for each recipient.

Belongs here: who is told of an entry, and storing it. Not: what it says (`wording`), how it leaves (`queueing`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from gateway.identity.grants import MEMBER_STANDINGS, held_on
from gateway.identity.tables import HeldPost, KnownMember
from gateway.live import telling
from gateway.notices.queueing import queue_mail
from gateway.notices.tables import Notice
from gateway.read_models.tables import RegistrationView
from gateway.read_models.viewer_cache import forget_own
from services.chassis.database.bulk import columns_of, insert_new, is_among
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7

_KEY = ("recipient_id", "kind", "event_id")
_AT_ONCE = 1000
"""Rows stored in one statement."""

Holders = Mapping[tuple[str, UUID | None], Sequence[UUID]]
"""Members who hold a role: `chair` by unit, `officer` under no unit."""


def record_entries(tx: Transaction, entries: Iterable[tuple[ReceivedEvent, Mapping[str, Any]]]) -> None:
    """Store a notice for each recipient of each entry of a timeline or to-do list; see `record`.

    Args:
        tx: the transaction that stores the entries.
        entries: the event and the row of the entry: kind, subject and params, and the recipient as `member_id`,
            `account_id`, `activity_id` (all who registered) or `role` with `unit_id`.
    """
    found = list(entries)
    registered = _registered(tx.session, {row["activity_id"] for _, row in found if row.get("activity_id")})
    holders = _holders(tx) if any(row.get("role") for _, row in found) else {}
    record(
        tx,
        (
            {
                "recipient_id": recipient,
                "kind": row["kind"],
                "event_id": event.id,
                "subject_id": row["subject_id"],
                "at": event.time,
                "params": {**row["params"], "overdue": True} if row.get("overdue") else row["params"],
            }
            for event, row in found
            for recipient in _recipients(row, registered, holders)
        ),
    )


def record(tx: Transaction, notices: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Store notices that do not exist yet, by recipient, kind and event; return those that are new.

    Args:
        tx: the transaction.
        notices: recipient, kind, event, subject, time and params of each.
    """
    wanted = {tuple(row[name] for name in _KEY): {"id": uuid7(), **row} for row in notices}
    rows = list(wanted.values())
    new: list[dict[str, Any]] = []
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        stored = insert_new(tx.session, Notice.__table__, columns_of(part), {}, _KEY)
        new += part if stored == len(part) else _among_stored(tx.session, part)
    if new:
        queue_mail(tx, new)
        tx.after_commit(forget_own)
        tx.after_commit(lambda: telling.tell_messages(row["recipient_id"] for row in new))
    return new


def record_own(tx: Transaction, kind: str, recipient_id: UUID, **params: Any) -> None:
    """Store a notice to a member or account about what the gateway itself did; each call gives one."""
    said = {"subject_id": recipient_id, "at": tx.now, "params": params}
    record(tx, [{"recipient_id": recipient_id, "kind": kind, "event_id": uuid7(), **said}])


def _among_stored(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["id"] for row in rows]
    stored = set(session.scalars(sa.select(Notice.id).where(is_among(session, [Notice.id], ids))))
    return [row for row in rows if row["id"] in stored]


def _recipients(row: Mapping[str, Any], registered: Mapping[UUID, Sequence[UUID]], holders: Holders) -> Sequence[UUID]:
    if row.get("activity_id") is not None:
        return registered.get(row["activity_id"], ())
    if row.get("role") is None:
        # Applicants who follow their application by its receipt code have no account.
        one = row["member_id"] or row["account_id"]
        return [] if one is None else [one]
    officers = holders.get(("officer", None), ())
    return officers if row["role"] == "officer" else holders.get(("chair", row["unit_id"])) or officers


def _registered(session: Session, activity_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    """Return the members who take part in activities or wait for a seat, by activity."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    wanted = list(activity_ids)
    if wanted:
        in_force = RegistrationView.activity_id.in_(wanted), RegistrationView.state != "cancelled"
        for row in session.execute(
            sa.select(RegistrationView.activity_id, RegistrationView.member_id).where(*in_force)
        ):
            found[row.activity_id].append(row.member_id)
    return found


def _holders(tx: Transaction) -> Holders:
    """Return today's chairs and officers; a post of a person who is no member any more gives no role."""
    posts = (
        held_on(tx.today)
        .join(KnownMember, KnownMember.member_id == HeldPost.member_id, isouter=True)
        .where(HeldPost.role.in_(("chair", "officer")))
        .where(sa.or_(KnownMember.member_id.is_(None), KnownMember.standing.in_(MEMBER_STANDINGS)))
    )
    found: dict[tuple[str, UUID | None], dict[UUID, None]] = defaultdict(dict)
    for member_id, unit_id, role, _ in tx.session.execute(posts):
        found[role, unit_id if role == "chair" else None][member_id] = None
    return {key: list(members) for key, members in found.items()}
