"""Giving out gifts of a kind, withdrawing one, and the funds' answers to their claims."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.refusal import number_is_as_seen
from services.contracts.welfare.birthdays import BenefitGranted
from services.contracts.welfare.care import MOST_AT_ONCE, CareGiftGiven
from services.welfare.care import rules
from services.welfare.care.tables import CareGift
from services.welfare.care.use_cases.reading import count_to_give, of_month, to_give
from services.welfare.care.use_cases.store import index_of_kind, move, subject_of
from services.welfare.payments.use_cases.beneficiaries import beneficiary
from services.welfare.rulebook.use_cases import rules_in_force as rulebook


def give_care_gifts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give out a month's gifts of a kind, or those named; also those whose claim was refused or reversed.

    Raises:
        NoRuleInForce: no rule says what may be given.
        Refused: above the cap, in another form, nothing is due, or another number was seen.
    """
    kind = request["kind"]
    cap = rulebook.require_gift_allowed(tx, kind, request["amount"], request["form"], tx.today)
    tx.lock(f"care-giving-{kind}")
    wanted = [*of_month(request["year"], request["month"]), CareGift.kind_index == index_of_kind(kind)]
    if request["gift_ids"] is not None:
        wanted.append(CareGift.id.in_(request["gift_ids"]))
    count = count_to_give(tx, *wanted)
    refuse_first(rules.somebody_is_due(count), number_is_as_seen(count, request["expected"]))
    statement = sa.select(CareGift).where(*wanted, to_give())
    first = statement.order_by(CareGift.due_on, CareGift.id).limit(MOST_AT_ONCE).with_for_update()
    gifts = list(tx.session.scalars(first, execution_options={"populate_existing": True}))
    for gift in gifts:
        _give(tx, gift, request)
    tx.session.flush()
    tx.record(*(_claim(gift, kind, cap.key) for gift in gifts))
    return {"given": len(gifts), "due": count - len(gifts)}


def withdraw_care_gift(tx: Transaction, request: dict[str, Any]) -> CareGift:
    """Take a gift off the list before it was given; it does not become due again."""
    gift = tx.get(CareGift, request["gift_id"], "There is no such gift.", field="gift_id", lock=True)
    refuse_first(rules.gift_can_be_withdrawn(gift.state))
    move(tx, gift, rules.WITHDRAWN, "officer")
    gift.end_reason = request["reason"]
    return gift


def on_answer(tx: Transaction, event: ReceivedEvent, claim_state: str) -> None:
    """Store the funds' answer; about an earlier claim, or older than the last one heard, it is ignored."""
    gift = tx.session.get(CareGift, event.data["source_id"], with_for_update=True, populate_existing=True)
    if gift is None or event.sequence <= gift.claim_sequence or event.data["claim"] != gift.claim:
        return
    note_change(tx, subject_of(gift), {"claim_state": (gift.claim_state, claim_state)})
    gift.claim_sequence, gift.claim_state = event.sequence, claim_state
    gift.entry_id = event.data["entry_id"] if claim_state == "recorded" else None
    gift.refused_rule = event.data["rule"] if claim_state == "refused" else None


def _give(tx: Transaction, gift: CareGift, request: dict[str, Any]) -> None:
    """Store what was given; where only the claim was refused the gift keeps its day and nobody is told again."""
    changes = {"amount": (gift.amount, request["amount"]), "claim_state": (gift.claim_state, "pending")}
    note_change(tx, subject_of(gift), changes)
    gift.amount, gift.form = request["amount"], request["form"]
    gift.claim += 1
    gift.claim_state, gift.refused_rule, gift.entry_id = "pending", None, None
    if gift.state == rules.GIVEN:
        note_change(tx, subject_of(gift), {"step": (None, "claimed_again")})
        return
    gift.given_on, gift.given_at, gift.given_by = tx.today, tx.now, tx.principal.account_id
    move(tx, gift, rules.GIVEN)
    tx.record(CareGiftGiven(gift_id=gift.id, member_id=gift.member_id, unit_id=gift.unit_id, given_at=tx.now))


def _claim(gift: CareGift, kind: str, rule_key: str) -> BenefitGranted:
    assert gift.given_on is not None
    return BenefitGranted(
        grant_id=gift.id,
        unit_id=gift.unit_id,
        benefit_key=kind,
        amount=gift.amount,
        form=gift.form,
        granted_on=gift.given_on,
        beneficiary=beneficiary(gift.member_id, gift.given_on.year),
        rule_key=rule_key,
        claim=gift.claim,
    )
