"""Deliveries: one person counts, another confirms; in parts, until everything came or nothing more is expected."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.welfare.procurement.events import PurchaseAccepted
from services.welfare.procurement import delivery_rules as rules
from services.welfare.procurement.tables import Acceptance, AcceptanceLine, Purchase, PurchaseItem
from services.welfare.procurement.use_cases.actions import may_accept
from services.welfare.procurement.use_cases.reading import detail
from services.welfare.procurement.use_cases.store import (
    accepted_amount,
    hands,
    items_of,
    load_purchase,
    move,
    note_step,
    waiting_of,
)
from services.welfare.procurement.workflow import PURCHASE


def count_delivery(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep what the first person counted; it waits for the second."""
    purchase = _arriving(tx, request["purchase_id"])
    items = {one.id: one for one in items_of(tx, purchase.id)}
    refuse_first(
        rules.no_other_count_waits(waiting_of(tx, purchase.id) is not None),
        rules.delivery_day_fits(request["received_on"], _ordered_on(purchase), tx.today),
        rules.count_is_of_the_order([_counted(items, line) for line in request["lines"]]),
    )
    principal = tx.principal
    delivery = Acceptance(
        purchase_id=purchase.id, number=_next_number(tx, purchase.id), state="waiting",
        received_on=request["received_on"], first_by=principal.account_id, first_by_member=principal.member_id,
        first_at=tx.now,
    )  # fmt: skip
    tx.session.add(delivery)
    tx.session.flush()
    tx.session.add_all(AcceptanceLine(acceptance_id=delivery.id, **line) for line in request["lines"])
    note_step(tx, purchase, "counted", tell=True)
    return detail(tx, purchase)


def confirm_delivery(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Confirm what another person counted; when nothing is left to come, the purchase is accepted."""
    purchase = _arriving(tx, request["purchase_id"])
    delivery = _delivery(tx, purchase, request["acceptance_id"])
    first = hands(delivery.first_by, delivery.first_by_member)
    refuse_first(
        rules.count_still_waits(delivery.state),
        rules.another_person_confirms(first, tx.principal.own_ids),
    )
    delivery.state, delivery.second_at = "confirmed", tx.now
    delivery.second_by, delivery.second_by_member = tx.principal.account_id, tx.principal.member_id
    items = items_of(tx, purchase.id)
    _add(tx, items, delivery.id)
    tx.session.flush()
    complete = all(one.accepted == one.quantity for one in items)
    note_step(tx, purchase, "confirmed", tell=not complete)
    if complete:
        _accept(tx, purchase, "accepted", delivery.received_on)
    return detail(tx, purchase)


def withdraw_count(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a count that nobody confirmed: who counted, or the office."""
    purchase = load_purchase(tx, request["purchase_id"], lock=True)
    delivery = _delivery(tx, purchase, request["acceptance_id"])
    first = hands(delivery.first_by, delivery.first_by_member)
    refuse_first(
        rules.count_still_waits(delivery.state),
        rules.count_is_withdrawn_by_its_hands(first, tx.principal.own_ids, tx.principal.has("officer")),
    )
    delivery.state = "withdrawn"
    note_step(tx, purchase, "count_withdrawn", request["reason"], tell=True)
    return detail(tx, purchase)


def finish_delivery(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Expect nothing more: the purchase is accepted with what came so far."""
    purchase = _arriving(tx, request["purchase_id"], by_hand=False)
    items = items_of(tx, purchase.id)
    refuse_first(
        rules.no_other_count_waits(waiting_of(tx, purchase.id) is not None),
        rules.something_was_accepted(accepted_amount(tx, purchase, items)),
    )
    _accept(tx, purchase, "delivery_finished", tx.today, request["reason"])
    return detail(tx, purchase)


def _arriving(tx: Transaction, purchase_id: UUID, *, by_hand: bool = True) -> Purchase:
    purchase = load_purchase(tx, purchase_id, lock=True)
    PURCHASE.apply(purchase.state, "take_delivery", roles=tx.principal.roles)
    refuse_first(may_accept(purchase, tx.principal.own_ids if by_hand else ()))
    return purchase


def _accept(tx: Transaction, purchase: Purchase, step: str, on: date, reason: str | None = None) -> None:
    move(tx, purchase, "take_delivery", step, reason)
    tx.record(
        PurchaseAccepted(
            purchase_id=purchase.id, unit_id=purchase.unit_id, source_type=purchase.source_type,
            source_id=purchase.source_id, amount=accepted_amount(tx, purchase), accepted_on=on,
        )
    )  # fmt: skip


def _add(tx: Transaction, items: list[PurchaseItem], delivery_id: UUID) -> None:
    lines = tx.session.scalars(sa.select(AcceptanceLine).where(AcceptanceLine.acceptance_id == delivery_id))
    by_item = {line.item_id: line for line in lines}
    for item in items:
        if item.id in by_item:
            item.accepted += by_item[item.id].accepted
            item.rejected += by_item[item.id].rejected


def _counted(items: dict[UUID, PurchaseItem], line: dict[str, Any]) -> rules.Counted:
    item = items.get(line["item_id"])
    if item is None:
        raise NotFound("The purchase has no such item.", field="lines")
    left = item.quantity - item.accepted
    return rules.Counted(item.id, line["accepted"], line["rejected"], line["reason"], left)


def _ordered_on(purchase: Purchase) -> date:
    assert purchase.decided_on is not None
    return purchase.signed_on or purchase.decided_on


def _delivery(tx: Transaction, purchase: Purchase, acceptance_id: UUID) -> Acceptance:
    delivery = tx.get(Acceptance, acceptance_id, "There is no such delivery.", lock=True, field="acceptance_id")
    if delivery.purchase_id != purchase.id:
        raise NotFound("The purchase has no such delivery.", field="acceptance_id")
    return delivery


def _next_number(tx: Transaction, purchase_id: UUID) -> int:
    found = sa.select(sa.func.max(Acceptance.number)).where(Acceptance.purchase_id == purchase_id)
    return int(tx.session.scalar(found) or 0) + 1
