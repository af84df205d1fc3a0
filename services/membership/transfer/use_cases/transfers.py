"""What the steps of a transfer share: locking, capacities of the asker, steps, events, replies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import Principal
from services.contracts.membership.transfer import TransferEnded, TransferRow
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import standing
from services.membership.transfer import rules
from services.membership.transfer.tables import Transfer, TransferStep
from services.membership.transfer.workflow import APPLICANT, RECEIVING, RELEASING, TRANSFER

_NAMED = ("member_name", "number")
COLUMNS = tuple(name for name in TransferRow().fields if name not in _NAMED)
_WHOLE = (*COLUMNS, "reason", "former_number", "member_since")


def found(tx: Transaction, transfer_id: UUID) -> Transfer:
    """Return a transfer. Raises `NotFound`."""
    return tx.get(Transfer, transfer_id, "There is no such transfer.", field="transfer_id")


def get_for_update(tx: Transaction, transfer_id: UUID) -> tuple[Transfer, standing.Member]:
    """Return a transfer and its member, held in the order everybody holds them: the member first."""
    member = standing.get_member_for_update(tx, found(tx, transfer_id).member_id)
    transfer = tx.session.get_one(Transfer, transfer_id, with_for_update=True)
    return transfer, member


def capacities(tx: Transaction, transfer: Transfer) -> frozenset[str]:
    """Return the caller's parts in a transfer: applicant, releasing or receiving side, officer.

    Members do not decide about themselves: the member is always the applicant only.
    """
    principal = tx.principal
    if principal.member_id == transfer.member_id:
        return frozenset({APPLICANT})
    mine = set(principal.roles & {"officer"})
    if transfer.requested_by is not None and transfer.requested_by == principal.account_id:
        mine.add(APPLICANT)
    chaired = directory.chaired_units(tx, [one for one in (transfer.from_unit_id, transfer.to_unit_id) if one])
    if _speaks_for(principal, transfer.from_unit_id, chaired):
        mine.add(RELEASING)
    if _speaks_for(principal, transfer.to_unit_id, chaired):
        mine.add(RECEIVING)
    return frozenset(mine)


def take_step(
    tx: Transaction, transfer: Transfer, action: str, roles: frozenset[str] | None, reason: str | None = None
) -> None:
    """Move a held transfer along the workflow and keep the step. `roles` None: the system itself moves."""
    transfer.state = TRANSFER.apply(transfer.state, action, roles=roles)
    transfer.updated_at = tx.now
    transfer.version = (transfer.version or 0) + 1
    tx.session.add(
        TransferStep(
            transfer_id=transfer.id,
            action=action,
            state=transfer.state,
            at=tx.now,
            account_id=None if roles is None else tx.principal.account_id,
            reason=reason,
        )
    )


def facts(transfer: Transfer) -> dict[str, Any]:
    """Return what events tell of a transfer."""
    names = ("member_id", "kind", "from_unit_id", "to_unit_id")
    return {"transfer_id": transfer.id, **{name: getattr(transfer, name) for name in names}}


def announce_end(tx: Transaction, transfer: Transfer) -> None:
    """Announce that a transfer is over, and how."""
    tx.record(TransferEnded(**facts(transfer), outcome=transfer.state))


def to_reply(tx: Transaction, transfer: Transfer) -> dict[str, Any]:
    """Return a transfer with its steps for the one who asks."""
    tx.session.flush()
    member = standing.member_of(tx, transfer.member_id)
    steps = sa.select(TransferStep).where(TransferStep.transfer_id == transfer.id).order_by(TransferStep.id)
    mine = capacities(tx, transfer)
    return {
        **{name: getattr(transfer, name) for name in _WHOLE},
        "member_name": member.name,
        "number": member.number,
        "steps": list(tx.session.scalars(steps)),
        "actions": [one for one in TRANSFER.legal(transfer.state, mine) if one in _OFFERED] if mine else [],
    }


_OFFERED = ("release", "accept", "refuse", "withdraw")


def _speaks_for(principal: Principal, unit_id: UUID | None, chaired: frozenset[UUID]) -> bool:
    return rules.speaks_for_unit(
        unit_id, principal.units("chair"), is_officer=principal.has("officer"), has_chair=unit_id in chaired
    )
