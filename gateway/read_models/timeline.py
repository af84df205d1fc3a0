"""The timeline: events about a member and about the activities the member takes part in, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from gateway.notices.recording import record_entries
from gateway.read_models.tables import RegistrationView, TimelineEntry
from gateway.read_models.wording import in_words
from gateway.runtime import gateway
from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Principal
from services.contracts.activities.calendar.events import QUIET_CHANGES


def note(tx: Transaction, event: ReceivedEvent, **entry: Any) -> None:
    """Add an entry for a member, an account, or all who take part in an activity; its kind is the event's type.

    Args:
        tx: the transaction.
        event: the received event.
        entry: `subject_id`, the recipient as `member_id`, `account_id` or `activity_id`, and `params`.
    """
    note_many(tx, [{"event": event, **entry}])


def note_many(tx: Transaction, entries: Iterable[dict[str, Any]]) -> None:
    """Add several entries, and a notice for each recipient; each has its `event` and the arguments of `note`."""
    found = [(entry["event"], _row(**entry)) for entry in entries]
    if found:
        insert_rows(tx.session, TimelineEntry.__table__, columns_of([row for _, row in found]), {})
        record_entries(tx, found)


def note_registrations(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Add an entry for each member whose registration changed."""
    told = ("position", "moved_up", "moved_back", "cause")
    note_many(
        tx,
        (
            {
                "event": event,
                "subject_id": event.data["activity_id"],
                "member_id": event.data["member_id"],
                "params": {name: event.data[name] for name in told if event.data.get(name) is not None},
            }
            for event in events
        ),
    )


def note_of_member(tx: Transaction, event: ReceivedEvent) -> None:
    """Add an entry for the member an event is about, who is its subject as well."""
    note(tx, event, subject_id=event.data["member_id"], member_id=event.data["member_id"])


def note_joined(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Add the welcome to each new member's timeline."""
    note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["unit_id"], "member_id": event.data["member_id"]}
            for event in events
        ),
    )


def note_moved(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Add the move to another unit to each member's timeline."""
    note_many(
        tx,
        (
            {"event": event, "subject_id": event.data["to_unit_id"], "member_id": event.data["member_id"]}
            for event in events
        ),
    )


def note_activities(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Add one entry for all who take part in a changed activity; one of its audience or options alone gives none."""
    note_many(
        tx,
        (
            {
                "event": event,
                "subject_id": event.data["activity_id"],
                "activity_id": event.data["activity_id"],
                "params": {"changed": event.data["changed"]} if "changed" in event.data else {},
            }
            for event in events
            if event.data.get("changed") not in QUIET_CHANGES
        ),
    )


def of(principal: Principal, *, cursor: str | None = None, limit: int = 20) -> dict[str, Any]:
    """Return one page of the reader's messages, newest first. Raises `InvalidInput` for an invalid cursor."""
    concerns = _concerns(principal)
    if not concerns:
        return {"items": [], "next_cursor": None, "total": None}
    ids = sa.union_all(*concerns) if len(concerns) > 1 else concerns[0]
    with gateway().transaction(readonly=True) as tx:
        found = paginate(
            tx,
            sa.select(TimelineEntry).where(TimelineEntry.id.in_(ids)),
            keys=[(TimelineEntry.at, "desc"), (TimelineEntry.id, "desc")],
            cursor=cursor,
            limit=limit,
        )
    items = [in_words(row, ("id", "kind", "at", "subject_id", "params")) for row in found.rows]
    return {"items": items, "next_cursor": found.next_cursor, "total": None}


def _concerns(principal: Principal) -> list[sa.Select]:
    """Return a select of entries' ids for each kind of recipient; each uses its own index."""
    entry = aliased(TimelineEntry)
    concerns: list[sa.Select] = []
    if principal.account_id is not None:
        concerns.append(sa.select(entry.id).where(entry.account_id == principal.account_id))
    if principal.member_id is not None:
        taking_part = sa.and_(
            RegistrationView.activity_id == entry.activity_id,
            RegistrationView.member_id == principal.member_id,
            RegistrationView.state != "cancelled",
        )
        concerns.append(sa.select(entry.id).where(entry.member_id == principal.member_id))
        concerns.append(sa.select(entry.id).join(RegistrationView, taking_part))
    return concerns


def _row(
    event: ReceivedEvent,
    subject_id: UUID,
    member_id: UUID | None = None,
    account_id: UUID | None = None,
    activity_id: UUID | None = None,
    params: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "kind": event.type,
        "at": event.time,
        "subject_id": subject_id,
        "member_id": member_id,
        "account_id": account_id,
        "activity_id": activity_id,
        "params": dict(params or {}),
    }
