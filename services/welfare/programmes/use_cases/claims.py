"""The funds' answers about goods that were handed out, and putting refused claims again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.events.envelope import ReceivedEvent
from services.welfare.programmes import rules
from services.welfare.programmes.tables import GoodsEntitlement, HandOut
from services.welfare.programmes.use_cases.handing_out import granted
from services.welfare.programmes.use_cases.reading import REFUSED, reconcile_cycle
from services.welfare.programmes.use_cases.store import load_cycle, programme_of

AT_ONCE = 500


def on_answer(tx: Transaction, event: ReceivedEvent, claim_state: str) -> None:
    """Store the answer: recorded, refused or reversed; about an earlier claim or older than the last it is ignored."""
    hand_out = tx.session.get(HandOut, event.data["source_id"], with_for_update=True, populate_existing=True)
    if hand_out is None or event.sequence <= hand_out.claim_sequence or event.data["claim"] != hand_out.claim:
        return
    if hand_out.claim_state == "none":  # withdrawn meanwhile: the answer ends it, and it is not put again
        return
    hand_out.claim_sequence, hand_out.claim_state = event.sequence, claim_state
    hand_out.refused_rule = event.data["rule"] if claim_state == "refused" else None


def any_claimed(tx: Transaction, package_ids: Collection[UUID]) -> bool:
    """Whether a hand-out of one of these packages made a claim on the funds."""
    claimed = sa.select(HandOut.id).where(HandOut.package_id.in_(package_ids), HandOut.claim > 0).limit(1)
    return bool(package_ids) and tx.session.scalar(claimed) is not None


def claim_goods_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put claims that were refused or reversed again, some at once; return the reconciliation, which counts the rest.

    Raises:
        Refused: there are none.
    """
    cycle = load_cycle(tx, request["cycle_id"])
    programme = programme_of(tx, cycle)
    statement = (
        sa.select(HandOut, GoodsEntitlement)
        .join(GoodsEntitlement, GoodsEntitlement.id == HandOut.entitlement_id)
        .where(HandOut.cycle_id == cycle.id, HandOut.claim_state.in_(REFUSED))
        .order_by(HandOut.id)
        .limit(AT_ONCE)
        .with_for_update(of=HandOut)
        .execution_options(populate_existing=True)
    )
    rows = tx.session.execute(statement).all()
    refuse_first(rules.claims_can_be_put_again(len(rows)))
    for hand_out, _ in rows:
        hand_out.claim += 1
        hand_out.claim_state, hand_out.refused_rule = "pending", None
    tx.session.flush()
    tx.record(*(granted(programme, entitlement, hand_out) for hand_out, entitlement in rows))
    note_change(tx, f"cycle/{cycle.id}", {"claims put again": (0, len(rows))})
    return reconcile_cycle(tx, request)
