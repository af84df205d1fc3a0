"""The money of a campaign: reserved when it begins, paid when it ends, the rest given back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.care_campaigns.events import CarePaymentRefused
from services.welfare.care_campaigns.tables import CareCampaign, CareItem
from services.welfare.payments.use_cases import reserving
from services.welfare.payments.use_cases.answers import Answer, on_paid, on_payment_refused, on_payment_reversed
from services.welfare.payments.use_cases.paying import Payment, request_payment

SOURCE = "campaign"


def reserve_for_list(tx: Transaction, campaign: CareCampaign) -> int:
    """Ask the funds to keep what everybody on the list may get but who had nothing; return how many they are.

    A campaign without money needs none.
    """
    on_list = CareItem.campaign_id == campaign.id, CareItem.state != "missed"
    people = int(tx.session.scalar(sa.select(sa.func.count()).where(*on_list)) or 0)
    amount = campaign.amount * people
    if not amount:
        return people
    reserving.reserve(
        tx,
        reserving.Reservation(
            source_type=SOURCE,
            source_id=campaign.id,
            year=campaign.starts_on.year,
            amount=amount,
            funding_source="union",
            line_code=campaign.line_code,
            title=campaign.title,
        ),
    )
    return people


def release(tx: Transaction, campaign: CareCampaign) -> None:
    """Give back what is left of the reservation."""
    reserving.release(tx, SOURCE, campaign.id)


def put_to_the_funds(tx: Transaction, campaign: CareCampaign, spent: Any) -> None:
    """Ask the funds to pay what was given; where nothing was, the reservation is given back at once."""
    amount = Decimal(str(spent)).quantize(Decimal("0.01"))
    campaign.refused_rule = campaign.refused_code = None
    if not amount:
        campaign.claim_state = "none"
        release(tx, campaign)
        return
    campaign.claim_state = "pending"
    given = CareItem.campaign_id == campaign.id, CareItem.state == "given"
    people = tx.session.scalar(sa.select(sa.func.count()).where(*given)) or 1
    payment = Payment(
        source_type=SOURCE,
        source_id=campaign.id,
        amount=amount,
        funding_source="union",
        spent_on=campaign.closed_on or tx.today,
        line_code=campaign.line_code,
        form=campaign.form,
        people=people,
        evidence_kinds=[campaign.evidence_needed or "signature"],
    )
    request_payment(tx, payment)


@on_paid(SOURCE)
def note_paid(tx: Transaction, answer: Answer) -> None:
    """The payment stands in the ledger: what is left of the reservation is given back."""
    found = _campaign(tx, answer.source_id)
    if found is not None:
        found.claim_state, found.refused_rule, found.refused_code = "recorded", None, None
        release(tx, found)


@on_payment_refused(SOURCE)
def note_refused(tx: Transaction, answer: Answer) -> None:
    """The funds refused: the payment is open again, with the rule."""
    _reopen(tx, answer, "refused")


@on_payment_reversed(SOURCE)
def note_reversed(tx: Transaction, answer: Answer) -> None:
    """The entry was undone: the payment can be asked for again."""
    _reopen(tx, answer, "reversed")


def _reopen(tx: Transaction, answer: Answer, state: str) -> None:
    found = _campaign(tx, answer.source_id)
    if found is None:
        return
    found.claim_state, found.refused_rule, found.refused_code = state, answer.rule, answer.reason_code
    found.version += 1
    code = answer.reason_code or state
    told = CarePaymentRefused(campaign_id=found.id, rule=answer.rule or "", reason_code=code, open=True)
    tx.record(told)


def _campaign(tx: Transaction, campaign_id: UUID) -> CareCampaign | None:
    return tx.session.get(CareCampaign, campaign_id, with_for_update=True, populate_existing=True)
