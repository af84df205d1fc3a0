"""Updating and reading the copy of the members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.copies import keep_newest
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.governance.members.tables import KnownMember

VOTING = frozenset({"active", "transferring"})
"""Standings of members who vote and may be elected (总工发〔2016〕27号 Art. 4: who is retained does neither)."""
_PARTS = {"unit_sequence": ("unit_id",), "standing_sequence": ("standing",)}


def keep_joined(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store new members; newer data from events that arrived before are kept."""
    last = _last(events)
    _keep(tx, [_row(one.data["member_id"], one.data["unit_id"], one.sequence, "active", one.sequence) for one in last])


def keep_units(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store that members moved to other units."""
    _keep(tx, [_row(one.data["member_id"], one.data["to_unit_id"], one.sequence, "active", 0) for one in _last(events)])


def keep_standing(tx: Transaction, event: ReceivedEvent) -> None:
    """Store a member's unit and standing from the corrected record; a membership that ended is among them."""
    _keep(
        tx,
        [_row(event.data["member_id"], event.data["unit_id"], event.sequence, event.data["standing"], event.sequence)],
    )


def keep_snapshot(tx: Transaction, items: Sequence[Mapping[str, Any]]) -> None:
    """Store a page of membership's snapshot; newer data from events stay."""
    rows = []
    for item in items:
        member_id, unit_id, sequence = UUID(item["member_id"]), UUID(item["unit_id"]), item["sequence"]
        rows.append(_row(member_id, unit_id, sequence, item["standing"], sequence))
    _keep(tx, rows)


def units_of(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the unit of each known member."""
    known = KnownMember.member_id.in_(member_ids)
    return {row.member_id: row.unit_id for row in tx.session.execute(sa.select(*_PLACE).where(known))}


def voting_members(
    tx: Transaction, unit_ids: Collection[UUID] | None, after: UUID | None, most: int
) -> list[tuple[UUID, UUID]]:
    """Return members who vote with their units, in the order of their ids.

    Args:
        tx: the transaction.
        unit_ids: whose members; None for all.
        after: the last id of the page before; None for the first page.
        most: how many a page has.
    """
    page = sa.select(*_PLACE).where(_VOTES).order_by(KnownMember.member_id).limit(most)
    if unit_ids is not None:
        page = page.where(KnownMember.unit_id.in_(unit_ids))
    if after is not None:
        page = page.where(KnownMember.member_id > after)
    return [(row.member_id, row.unit_id) for row in tx.session.execute(page)]


def voting_among(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the unit of each of these members who votes; others are left out."""
    those = sa.select(*_PLACE).where(KnownMember.member_id.in_(member_ids), _VOTES)
    return {row.member_id: row.unit_id for row in tx.session.execute(those)}


def headcounts(tx: Transaction, unit_ids: Collection[UUID] | None = None) -> dict[UUID, int]:
    """Return how many members who vote each unit has; units without any are left out.

    Args:
        tx: the transaction.
        unit_ids: which units; None for all.
    """
    counts = sa.select(KnownMember.unit_id, sa.func.count().label("members")).where(_VOTES)
    if unit_ids is not None:
        counts = counts.where(KnownMember.unit_id.in_(unit_ids))
    return {row.unit_id: row.members for row in tx.session.execute(counts.group_by(KnownMember.unit_id))}


_PLACE = KnownMember.member_id, KnownMember.unit_id
_VOTES = KnownMember.standing.in_(sorted(VOTING))


def _last(events: Sequence[ReceivedEvent]) -> list[ReceivedEvent]:
    """Return the last event of each member, in the order of the members' ids."""
    latest = {event.data["member_id"]: event for event in sorted(events, key=lambda event: event.sequence)}
    return [latest[member_id] for member_id in sorted(latest)]


def _row(member_id: UUID, unit_id: UUID, unit_seen: int, standing: str, standing_seen: int) -> dict[str, Any]:
    return {
        "member_id": member_id,
        "unit_id": unit_id,
        "unit_sequence": unit_seen,
        "standing": standing,
        "standing_sequence": standing_seen,
    }


def _keep(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    keep_newest(tx.session, KnownMember, rows, "member_id", _PARTS)
