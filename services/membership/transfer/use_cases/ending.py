"""What the other subjects do to transfers under way: end them with the membership, let them follow merged units."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.base import is_one_of
from services.membership.record.use_cases import standing
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases.transfers import announce_end, take_step
from services.membership.transfer.workflow import OPEN_STATES


def lapse_open(tx: Transaction, member: standing.Member, reason: str) -> None:
    """End the transfer of a locked member, if one is open; the caller sets the member's standing."""
    statement = sa.select(Transfer).where(Transfer.member_id == member.id, is_one_of(Transfer.state, OPEN_STATES))
    for transfer in tx.session.scalars(statement.with_for_update()):
        take_step(tx, transfer, "lapse", None, reason)
        announce_end(tx, transfer)


def open_into(tx: Transaction, unit_id: UUID) -> int:
    """Return how many transfers to a unit are under way: it is not closed before they are decided."""
    statement = sa.select(sa.func.count()).where(Transfer.to_unit_id == unit_id, is_one_of(Transfer.state, OPEN_STATES))
    return tx.session.scalar(statement) or 0


def follow_units(tx: Transaction, moved: Mapping[UUID, UUID]) -> None:
    """Let transfers under way follow units that were merged; one whose two units become the same lapses.

    Args:
        tx: the transaction that merges the units, after their members were moved (their standing left as it is).
        moved: the new unit by the old one.
    """
    touched = sa.or_(Transfer.from_unit_id.in_(moved), Transfer.to_unit_id.in_(moved))
    ids = sa.select(Transfer.member_id).where(touched, is_one_of(Transfer.state, OPEN_STATES))
    members = standing.members_for_update(tx, list(tx.session.scalars(ids)))
    statement = sa.select(Transfer).where(touched, is_one_of(Transfer.state, OPEN_STATES)).order_by(Transfer.id)
    for transfer in tx.session.scalars(statement.with_for_update().execution_options(populate_existing=True)):
        transfer.from_unit_id = moved.get(transfer.from_unit_id, transfer.from_unit_id)  # type: ignore[arg-type]
        transfer.to_unit_id = moved.get(transfer.to_unit_id, transfer.to_unit_id)  # type: ignore[arg-type]
        member = members.get(transfer.member_id)
        if transfer.from_unit_id == transfer.to_unit_id and member is not None:
            take_step(tx, transfer, "lapse", None, "units_merged")
            announce_end(tx, transfer)
            standing.set_standing(tx, member, "active", "units merged")


def open_of(tx: Transaction, member_id: UUID) -> UUID | None:
    """Return the transfer of a member that is under way."""
    return tx.session.scalar(
        sa.select(Transfer.id).where(Transfer.member_id == member_id, is_one_of(Transfer.state, OPEN_STATES))
    )
