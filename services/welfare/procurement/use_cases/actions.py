"""What a caller may do with a purchase now."""

from __future__ import annotations

from uuid import UUID

from services.chassis.rules.refusal import Refusal
from services.chassis.security.principal import Principal
from services.welfare.procurement import delivery_rules as rules
from services.welfare.procurement.tables import Acceptance, Purchase
from services.welfare.procurement.use_cases.store import hands
from services.welfare.procurement.workflow import ORDERED, PURCHASE

_HIDDEN = ("take_delivery", "drop_quotes", "pay", "refuse_payment", "reverse_payment")
"""Actions of the workflow that are no button of their own."""


def may_accept(purchase: Purchase, own_ids: tuple[UUID, ...]) -> Refusal | None:
    """Return why somebody may not accept a purchase that was ordered: no contract yet, or decided alone."""
    decider = hands(purchase.decided_by, purchase.decided_by_member)
    way = purchase.way or "alone"
    return rules.contract_is_signed(way, purchase.state) or rules.accepter_did_not_decide(way, decider, own_ids)


def actions_of(purchase: Purchase, deliveries: list[Acceptance], accepted: bool, principal: Principal) -> list[str]:
    """Return what a caller may do: actions of the workflow, and of its deliveries.

    Args:
        purchase: which one.
        deliveries: counted so far.
        accepted: whether something was accepted by two persons.
        principal: the caller.
    """
    roles = principal.roles & {"officer", "chair"}
    if not roles:
        return []
    counted = [one for one in deliveries if one.state != "withdrawn"]
    fixed = ("undo_decision", "undo_contract", "cancel", "sign") if counted else ()
    legal = [one for one in PURCHASE.legal(purchase.state, roles) if one not in _HIDDEN and one not in fixed]
    return legal + _deliveries(purchase, counted, accepted, principal)


def _deliveries(purchase: Purchase, counted: list[Acceptance], accepted: bool, principal: Principal) -> list[str]:
    if purchase.state not in ORDERED:
        return []
    waiting = next((one for one in counted if one.state == "waiting"), None)
    free = may_accept(purchase, principal.own_ids) is None
    if waiting is None:
        found = ["count"] if free else []
        return found + (["finish"] if accepted and principal.has("officer") else [])
    first = hands(waiting.first_by, waiting.first_by_member)
    other = rules.another_person_confirms(first, principal.own_ids) is None
    mine = rules.count_is_withdrawn_by_its_hands(first, principal.own_ids, principal.has("officer")) is None
    return (["confirm"] if other and free else []) + (["withdraw_count"] if mine else [])
