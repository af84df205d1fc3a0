"""The event that withdraws a claim on the funds."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema, Vocabulary
from services.contracts.governance.funds.vocabulary import SOURCE_TYPES
from services.contracts.vocabulary import BENEFIT_FORMS

WITHDRAWN_BECAUSE = Vocabulary("claim_withdrawal", after_death="会员已去世")
"""`after_death`: the benefit was given after the member's death, which became known later."""


class ClaimWithdrawnData(Schema):
    """Which claim, of a visit, a birthday grant or another benefit, with its data.

    With it the claim can be refused if it arrives later.
    `claim` counts as in `visit_completed`; `spent_on` is the day of the visit, or the one the benefit was granted on.
    """

    source_type = Choice(SOURCE_TYPES.only("visit", "birthday", "benefit"), required=True)
    source_id = fields.UUID(required=True)
    claim = fields.Integer(required=True)
    unit_id = fields.UUID(required=True)
    benefit_key = fields.String(required=True)
    amount = Money(required=True)
    form = Choice(BENEFIT_FORMS, allow_none=True, load_default=None)
    spent_on = fields.Date(required=True)
    beneficiary = fields.String(required=True)
    reason_code = Choice(WITHDRAWN_BECAUSE, required=True)


class ClaimWithdrawn(Event, source="welfare"):
    """A claim was withdrawn: it is refused when it arrives, and reversed if it is in the ledger already."""

    subject = "claim/{source_id}"
    data = ClaimWithdrawnData
    example = {
        "source_type": "visit", "source_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0102", "claim": 1,
        "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "benefit_key": "birth", "amount": "500.00", "form": "goods",
        "spent_on": "2023-03-02", "beneficiary": "6f1c2e0d9b8a47563c4d5e6f7a8b9c0d", "reason_code": "after_death",
    }  # fmt: skip
