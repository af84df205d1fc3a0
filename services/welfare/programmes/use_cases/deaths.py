"""Goods handed out after a member's death, to a proxy who did not know: their claims on the funds are withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of, start_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.encryption import pseudonym
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, HandOut, Programme

_CLAIMED = ("pending", "recorded")


def withdraw_after_death(tx: Transaction, member_id: UUID, died_on: date) -> None:
    """Withdraw the claims of goods handed out on a later day than the death; the record of the hand-out stays."""
    statement = (
        sa.select(HandOut, GoodsEntitlement, Programme)
        .join(GoodsEntitlement, GoodsEntitlement.id == HandOut.entitlement_id)
        .join(Cycle, Cycle.id == HandOut.cycle_id)
        .join(Programme, Programme.id == Cycle.programme_id)
        .where(
            GoodsEntitlement.member_id == member_id,
            HandOut.handed_at >= start_of(died_on + timedelta(days=1)),
            HandOut.claim_state.in_(_CLAIMED),
        )
        .order_by(HandOut.id)
        .with_for_update(of=HandOut)
    )
    for hand_out, entitlement, programme in tx.session.execute(statement):
        day = day_of(hand_out.handed_at)
        tx.record(
            ClaimWithdrawn(
                source_type="benefit",
                source_id=hand_out.id,
                claim=hand_out.claim,
                unit_id=entitlement.unit_id,
                benefit_key=programme.benefit_key,
                amount=hand_out.amount,
                form="goods",
                spent_on=day,
                beneficiary=pseudonym(entitlement.member_id, f"beneficiary:{day.year}"),
                reason_code="after_death",
            )
        )
