"""Goods handed out for a member after the death: the claim and the use of the account are withdrawn, and can return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.welfare.entitlements.use_cases.accounts import drop_uses, note_uses
from services.welfare.payments.use_cases.beneficiaries import beneficiary
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, HandOut, Programme
from services.welfare.programmes.use_cases.handing_out import FORM, granted

WITHDRAWN = "none"
"""The state of a claim that stands no more; `claim` keeps its number."""

_Row = tuple[HandOut, GoodsEntitlement, Cycle, Programme]


def end_with_death(tx: Transaction, member_id: UUID, died_on: date) -> None:
    """Withdraw the claims of goods that were handed out after the death became true, before it was known."""
    for hand_out, entitlement, _, programme in _claimed(tx, member_id, HandOut.claim_state != WITHDRAWN):
        day = day_of(hand_out.handed_at)
        if day <= died_on:
            continue
        note_change(tx, f"goods/{entitlement.id}", {"claim": (hand_out.claim_state, WITHDRAWN)})
        hand_out.claim_state, hand_out.refused_rule = WITHDRAWN, None
        drop_uses(tx, [entitlement.id])
        tx.record(
            ClaimWithdrawn(
                source_type="benefit",
                source_id=hand_out.id,
                claim=hand_out.claim,
                unit_id=entitlement.unit_id,
                benefit_key=programme.benefit_key,
                amount=hand_out.amount,
                form=FORM,
                spent_on=day,
                beneficiary=beneficiary(member_id, day.year),
                reason_code="after_death",
            )
        )


def undo_death(tx: Transaction, member_id: UUID) -> None:
    """Put claims again that were withdrawn because of a mistaken death, and charge the account."""
    for hand_out, entitlement, cycle, programme in _claimed(tx, member_id, HandOut.claim_state == WITHDRAWN):
        hand_out.claim, hand_out.claim_state = hand_out.claim + 1, "pending"
        day = day_of(hand_out.handed_at)
        use = {"member_id": member_id, "benefit_key": programme.benefit_key, "amount": hand_out.amount}
        note_uses(tx, [{**use, "year": cycle.year, "used_on": day, "source_id": entitlement.id}])
        tx.record(granted(programme, entitlement, hand_out))


def _claimed(tx: Transaction, member_id: UUID, condition: sa.ColumnElement[bool]) -> Sequence[_Row]:
    statement = (
        sa.select(HandOut, GoodsEntitlement, Cycle, Programme)
        .join(GoodsEntitlement, GoodsEntitlement.id == HandOut.entitlement_id)
        .join(Cycle, Cycle.id == HandOut.cycle_id)
        .join(Programme, Programme.id == Cycle.programme_id)
        .where(GoodsEntitlement.member_id == member_id, HandOut.claim > 0, condition)
        .order_by(HandOut.id)
        .with_for_update(of=HandOut)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1], row[2], row[3]) for row in tx.session.execute(statement)]
