"""Bookkeeping: accounting months and verification of the ledger."""

from marshmallow import fields, validate

from services.chassis.schema import Choice, Schema, Timestamp
from services.contracts.governance.funds.vocabulary import PERIOD_STATES, Period, fund_command, fund_query
from services.contracts.governance.plan.requests import Year


class FundPeriod(Schema):
    """An accounting month, open or closed."""

    period = Period(required=True)
    state = Choice(PERIOD_STATES, required=True)
    entries = fields.Integer(required=True)
    closed_at = Timestamp(allow_none=True)


class FundPeriodList(Schema):
    """The accounting months of a year, in order."""

    items = fields.List(fields.Nested(FundPeriod), required=True)


class ListPeriods(Schema):
    """The year of the months."""

    year = Year(required=True)


class ClosePeriod(Schema):
    """Close an accounting month permanently; earlier months must be closed first."""

    period = Period(required=True)


class VerifyLedger(Schema):
    """The whole ledger, of up to 5,000 entries: its chain runs through all years."""


class LedgerVerdict(Schema):
    """The result of a verification: no gaps in the numbers, every entry balanced, every hash correct."""

    intact = fields.Boolean(required=True)
    entries = fields.Integer(required=True)
    last_hash = fields.String(required=True)
    broken_at = fields.String(allow_none=True)
    finding = fields.String(allow_none=True)


class LedgerEnd(Schema):
    """The end of the hash chain when its verification began."""

    place = fields.Integer(required=True)
    digest = fields.String(required=True)


class VerifyLedgerPart(Schema):
    """Verify the next entries; the figures of the previous part are passed on unchanged."""

    entries = fields.Integer(load_default=0, validate=validate.Range(min=0, max=2**53))
    last_hash = fields.String(load_default="0" * 64, validate=validate.Length(equal=64))
    places = fields.Dict(
        keys=fields.String(validate=validate.Regexp(r"\d{4}\Z")),
        values=fields.Integer(validate=validate.Range(min=0, max=2**53)),
        load_default=dict,
    )
    begun = fields.Nested(LedgerEnd, load_default=None, allow_none=True)


class LedgerPart(LedgerVerdict):
    """The result so far, the beginning of the next part, and whether this was the last one."""

    places = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    begun = fields.Nested(LedgerEnd, required=True)
    ended = fields.Boolean(required=True)
    total = fields.Integer(required=True)


list_fund_periods = fund_query(
    "list_fund_periods", ListPeriods, FundPeriodList,
    "List a year's accounting months.", title="查看会计期间",
)  # fmt: skip
close_fund_period = fund_command(
    "close_fund_period", ClosePeriod, FundPeriod,
    "Close an accounting month.", title="结账",
)  # fmt: skip
verify_ledger = fund_query(
    "verify_ledger", VerifyLedger, LedgerVerdict,
    "Verify numbers, balance and hash chain.", title="校验账本",
)  # fmt: skip
verify_ledger_part = fund_query(
    "verify_ledger_part", VerifyLedgerPart, LedgerPart, "Verify the next 2,000 entries of a ledger of any length."
)
