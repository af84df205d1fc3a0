"""Payments of welfare out of the funds: money reserved for a source, payments for it, the rest given back.

A source is what the money is for: a cycle of goods, a trip, a purchase. Governance answers a payment with
`expense_recorded` or `expense_refused`, a reservation with `funding_committed` or `funding_refused`.
"""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Event, Money, Schema, Vocabulary, label
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES, SOURCE_TYPES, LineCode
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.vocabulary import CLAIM_STATES

RESERVED_FOR = SOURCE_TYPES.only("goods", "trip", "purchase", "aid", "campaign", "mutual_aid", "examination")
"""Sources of payments."""

FUNDING_STATES = Vocabulary(
    "funding_state", asked="待预留", committed="已预留", refused="未能预留", released="已释放",
)  # fmt: skip
"""The answer to a reservation: none yet, committed, refused with the rule; released by its source."""

_SOURCE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0401"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"


def _number() -> fields.Integer:
    """From 1; a request that is put again has a higher one."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class PaymentRequestedData(Schema):
    """What is to be paid, for which source, out of which line or by which benefit's rules.

    `beneficiary` is a pseudonym, the same for one member in a year. `reserved_type` and `reserved_id` name the source
    whose reservation pays, where it is another one than the payment's own. `spent_on` decides which rules apply.
    """

    source_type = Choice(RESERVED_FOR, required=True)
    source_id = fields.UUID(required=True)
    claim = _number()
    unit_id = fields.UUID(allow_none=True, load_default=None)
    benefit_key = LineCode(allow_none=True, load_default=None)
    line_code = LineCode(allow_none=True, load_default=None)
    funding_source = Choice(FUNDING_SOURCES, required=True)
    amount = Money(required=True)
    form = Choice(BENEFIT_FORMS, allow_none=True, load_default=None)
    people = fields.Integer(strict=True, load_default=1, validate=validate.Range(min=1))
    spent_on = fields.Date(required=True)
    beneficiary = fields.String(allow_none=True, load_default=None)
    evidence_kinds = fields.List(fields.String(), load_default=list)
    reserved_type = Choice(RESERVED_FOR, allow_none=True, load_default=None)
    reserved_id = fields.UUID(allow_none=True, load_default=None)


class PaymentRequested(Event, source="welfare"):
    """A payment is asked for: governance posts it or refuses it with the rule, once for each source and number."""

    subject = "payment/{source_id}"
    data = PaymentRequestedData
    example = {
        "source_type": "trip", "source_id": _SOURCE, "claim": 1, "unit_id": _UNIT, "benefit_key": "recuperation",
        "line_code": None, "funding_source": "administration", "amount": "1800.00", "form": None, "people": 1,
        "spent_on": "2026-07-20", "beneficiary": None, "evidence_kinds": ["invoice"], "reserved_type": None,
        "reserved_id": None,
    }  # fmt: skip


class FundingReservedData(Schema):
    """How much a source needs of a year's budget; `claim` numbers what is asked for it, the last one counts.

    A higher number with another amount changes what is reserved.
    """

    source_type = Choice(RESERVED_FOR, required=True)
    source_id = fields.UUID(required=True)
    claim = _number()
    year = fields.Integer(required=True)
    benefit_key = LineCode(allow_none=True, load_default=None)
    line_code = LineCode(allow_none=True, load_default=None)
    funding_source = Choice(FUNDING_SOURCES, required=True)
    amount = Money(required=True)
    title = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=200))
    unit_id = fields.UUID(allow_none=True, load_default=None)


class FundingReserved(Event, source="welfare"):
    """Money is asked to be kept for a source; governance commits it, or refuses with the rule."""

    subject = "funding/{source_id}"
    data = FundingReservedData
    example = {
        "source_type": "goods", "source_id": _SOURCE, "claim": 1, "year": 2026, "benefit_key": "holiday",
        "line_code": None, "funding_source": "union", "amount": "240000.00", "title": "2026 年春节慰问品",
        "unit_id": None,
    }  # fmt: skip


class FundingReleasedData(Schema):
    """Whose reservation ends: all that was asked up to the number `claim`."""

    source_type = Choice(RESERVED_FOR, required=True)
    source_id = fields.UUID(required=True)
    claim = _number()


class FundingReleased(Event, source="welfare"):
    """A source needs no more money: what was not paid of its reservation is free again."""

    subject = "funding/{source_id}"
    data = FundingReleasedData
    example = {"source_type": "goods", "source_id": _SOURCE, "claim": 1}


class PaymentShown(Schema):
    """A payment as its subject shows it: the funds' answer, and the rule that refused."""

    claim = fields.Integer(required=True)
    state = Choice(CLAIM_STATES, required=True, metadata=label("入账"))
    amount = Money(required=True, metadata=label("金额（元）"))
    funding_source = Choice(FUNDING_SOURCES, required=True, metadata=label("资金来源"))
    entry_id = fields.UUID(allow_none=True)
    refused_rule = fields.String(allow_none=True)
    reason_code = fields.String(allow_none=True)


class FundingShown(Schema):
    """A reservation as its subject shows it."""

    claim = fields.Integer(required=True)
    state = Choice(FUNDING_STATES, required=True, metadata=label("经费预留"))
    year = fields.Integer(required=True)
    amount = Money(required=True, metadata=label("预留金额"))
    funding_source = Choice(FUNDING_SOURCES, required=True, metadata=label("资金来源"))
    refused_rule = fields.String(allow_none=True)
    reason_code = fields.String(allow_none=True)
