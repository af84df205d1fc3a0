"""What the units decide about a transfer, and its taking effect: at once, or on its day by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.contracts.membership.transfer import TransferApproved, TransferReleased
from services.membership.organisation.use_cases import directory, leaving
from services.membership.record.use_cases import standing
from services.membership.standing.use_cases import ends
from services.membership.transfer.tables import Transfer
from services.membership.transfer.use_cases.transfers import (
    announce_end,
    capacities,
    facts,
    get_for_update,
    take_step,
    to_reply,
)
from services.membership.transfer.workflow import RECEIVING, RELEASING, TRANSFER
from services.membership.versions import require_version

_AT_ONCE = 100


def decide_transfer(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A unit's decision, by its chair or, while it has none, by an officer."""
    transfer, member = get_for_update(tx, request["transfer_id"])
    mine, decision = capacities(tx, transfer), request["decision"]
    if not mine & {RELEASING, RECEIVING}:
        detail = "The chairs of the two units decide; an officer where a unit has no chair. Nobody about himself."
        raise NotAllowed(detail, rule="transfer.decider_is_in_charge")
    TRANSFER.apply(transfer.state, decision, roles=mine)
    require_version(transfer, request["version"])
    take_step(tx, transfer, decision, mine, request["reason"])
    if decision == "release":
        tx.record(TransferReleased(**facts(transfer)))
    elif decision == "accept":
        transfer.effective_on = max(transfer.effective_on, tx.today)
        tx.record(TransferApproved(**facts(transfer), effective_on=transfer.effective_on))
        if transfer.effective_on <= tx.today:
            take_effect(tx, transfer, member)
    else:
        announce_end(tx, transfer)
        standing.set_standing(tx, member, "active", "transfer refused")
    return to_reply(tx, transfer)


def take_due_effect(tx: Transaction) -> int:
    """Let accepted transfers whose day has come take effect; return how many. Called periodically."""
    due = (
        sa.select(Transfer.id, Transfer.member_id)
        .where(Transfer.state == "accepted", Transfer.effective_on <= tx.today)
        .order_by(Transfer.effective_on, Transfer.id)
        .limit(_AT_ONCE)
    )
    found = list(tx.session.execute(due))
    members = standing.members_for_update(tx, [row.member_id for row in found])
    ids = [row.id for row in found]
    held_now = sa.select(Transfer).where(Transfer.id.in_(ids)).order_by(Transfer.effective_on, Transfer.id)
    for transfer in tx.session.scalars(held_now.with_for_update().execution_options(populate_existing=True)).all():
        # Somebody may have withdrawn it while the members were waited for.
        if transfer.state == "accepted":
            take_effect(tx, transfer, members[transfer.member_id])
    return len(found)


def take_effect(tx: Transaction, transfer: Transfer, member: standing.Member) -> None:
    """Switch a held member over in this transaction; where the new unit has closed the transfer lapses instead."""
    if transfer.kind == "out":
        take_step(tx, transfer, "take_effect", None)
        announce_end(tx, transfer)
        ends.end_by_transfer_out(tx, member, transfer.effective_on, transfer.other_union or "")
        return
    unit = directory.units_by_id(tx, {transfer.to_unit_id}, lock=True).get(transfer.to_unit_id)  # type: ignore[arg-type]
    if directory.refusal_to_take_members(unit) is not None or unit is None:
        take_step(tx, transfer, "lapse", None, "unit_closed")
        announce_end(tx, transfer)
        standing.set_standing(tx, member, "active", "transfer lapsed: the unit is closed")
        return
    take_step(tx, transfer, "take_effect", None)
    announce_end(tx, transfer)
    leaving.end_posts(tx, member.id, tx.today, "transferred to another unit", unit_id=member.unit_id)
    standing.move(tx, member, unit.id, on=transfer.effective_on, reason="transfer")
