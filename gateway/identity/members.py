"""The copy of members that roles depend on: unit, standing and account, from events of membership."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.identity.accounts import bind_members
from gateway.identity.look_ups import forget_look_ups
from gateway.identity.tables import KnownMember
from gateway.read_models.upserts import keep_newest
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def note_joined(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store new members, and bind the accounts they applied with.

    Fields that only this event has are stored even if a later event of the member arrived before.
    """
    rows = []
    for event in events:
        data = event.data
        once = {"number": data["number"], "joined_on": data["joined_on"], "joined_at": event.time}
        rows.append({"member_id": data["member_id"], **once, **_now(data["unit_id"], "active", event)})
    keep_newest(tx, KnownMember, rows, key=["member_id"])
    _fill_in_late(tx, rows)
    bind_members(
        tx,
        {event.data["account_id"]: event.data["member_id"] for event in events if event.data["account_id"] is not None},
        again={event.data["member_id"] for event in events if event.data["rejoined"]},
    )
    tx.after_commit(forget_look_ups)


def _fill_in_late(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Add the fields of this event to members whose later events arrived first."""
    joined = {row["member_id"]: row for row in rows}
    late = KnownMember.member_id.in_(list(joined)), KnownMember.number.is_(None)
    for member in tx.session.scalars(sa.select(KnownMember).where(*late)):
        row = joined[member.member_id]
        member.number, member.joined_on, member.joined_at = row["number"], row["joined_on"], row["joined_at"]
    tx.session.flush()


def note_updated(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store unit and standing after a record was corrected."""
    rows = [
        {
            "member_id": event.data["member_id"],
            **_now(event.data["unit_id"], event.data["standing"], event),
        }
        for event in events
    ]
    keep_newest(tx, KnownMember, rows, key=["member_id"])
    tx.after_commit(forget_look_ups)


def note_moved(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store the units that members moved to; their standing does not change."""
    rows = [
        {"member_id": event.data["member_id"], **_now(event.data["to_unit_id"], "active", event)} for event in events
    ]
    keep_newest(tx, KnownMember, rows, key=["member_id"], untouched=("standing",))
    tx.after_commit(forget_look_ups)


def _now(unit_id: UUID, standing: str, event: ReceivedEvent) -> dict[str, Any]:
    return {"unit_id": unit_id, "standing": standing, "sequence": event.sequence}
