"""The funds' answers to a reservation that welfare asked for."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema
from services.contracts.governance.funds.events import REASON_CODES
from services.contracts.governance.funds.vocabulary import SOURCE_TYPES, LineCode

_COMMITMENT = "0190d5a0-0000-7000-8000-000000000015"
_CYCLE = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0401"


class FundingCommittedData(Schema):
    """For which request of which source how much is reserved on which line."""

    commitment_id = fields.UUID(required=True)
    source_type = Choice(SOURCE_TYPES, required=True)
    source_id = fields.UUID(required=True)
    claim = fields.Integer(required=True)
    year = fields.Integer(required=True)
    line_code = LineCode(required=True)
    amount = Money(required=True)


class FundingCommitted(Event, source="governance"):
    """Money of a budget line is reserved for a source until it is paid or released."""

    subject = "funding/{source_type}/{source_id}"
    data = FundingCommittedData
    example = {
        "commitment_id": _COMMITMENT, "source_type": "goods", "source_id": _CYCLE, "claim": 1, "year": 2026,
        "line_code": "care.holiday", "amount": "240000.00",
    }  # fmt: skip


class FundingRefusedData(Schema):
    """Which request of which source was refused, by which rule of which document; where money lacked, how much."""

    source_type = Choice(SOURCE_TYPES, required=True)
    source_id = fields.UUID(required=True)
    claim = fields.Integer(required=True)
    rule = fields.String(required=True)
    reason_code = Choice(REASON_CODES, required=True)
    line_code = LineCode(allow_none=True, load_default=None)
    available = Money(allow_none=True, load_default=None)
    needed = Money(allow_none=True, load_default=None)
    document = fields.String(allow_none=True, load_default=None)
    article = fields.String(allow_none=True, load_default=None)


class FundingRefused(Event, source="governance"):
    """Nothing more was reserved for a source; what was reserved for it before still is."""

    subject = "funding/{source_type}/{source_id}"
    data = FundingRefusedData
    example = {
        "source_type": "goods", "source_id": _CYCLE, "claim": 1, "rule": "fund.line_has_money",
        "reason_code": "budget_exhausted", "line_code": "care.holiday", "available": "180000.00", "needed": "240000.00",
        "document": None, "article": None,
    }  # fmt: skip
