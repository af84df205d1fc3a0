"""Keeping the books: accounting months and proving that the ledger is whole."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Schema, Timestamp
from services.contracts.governance.funds.vocabulary import Period, fund_command, fund_query
from services.contracts.governance.plan.requests import Year


class FundPeriod(Schema):
    """An accounting month and whether it still takes entries."""

    period = Period(required=True)
    state = Choice(("open", "closed"), required=True)
    entries = fields.Integer(required=True)
    closed_at = Timestamp(allow_none=True)


class FundPeriodList(Schema):
    """The accounting months of a year, in order."""

    items = fields.List(fields.Nested(FundPeriod), required=True)


class ListPeriods(Schema):
    """Whose months: those of a year."""

    year = Year(required=True)


class ClosePeriod(Schema):
    """Close an accounting month for good; months before it must be closed first."""

    period = Period(required=True)


class VerifyLedger(Schema):
    """The whole ledger, of up to 5,000 entries: its chain runs through all years."""


class LedgerVerdict(Schema):
    """Whether the ledger is whole: numbers without gap, every entry balanced, every hash right."""

    intact = fields.Boolean(required=True)
    entries = fields.Integer(required=True)
    last_hash = fields.String(required=True)
    broken_at = fields.String(allow_none=True)
    finding = fields.String(allow_none=True)


class LedgerEnd(Schema):
    """Where the chain ended when its proof began."""

    place = fields.Integer(required=True)
    digest = fields.String(required=True)


class VerifyLedgerPart(Schema):
    """The entries behind those proved so far; the figures of the part before go along unchanged."""

    entries = fields.Integer(load_default=0, validate=validate.Range(min=0, max=2**53))
    last_hash = fields.String(load_default="0" * 64, validate=validate.Length(equal=64))
    places = fields.Dict(
        keys=fields.String(validate=validate.Regexp(r"\d{4}\Z")),
        values=fields.Integer(validate=validate.Range(min=0, max=2**53)),
        load_default=dict,
    )
    begun = fields.Nested(LedgerEnd, load_default=None, allow_none=True)


class LedgerPart(LedgerVerdict):
    """The verdict so far, what the next part begins with, and whether this was the last."""

    places = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    begun = fields.Nested(LedgerEnd, required=True)
    ended = fields.Boolean(required=True)
    total = fields.Integer(required=True)


list_fund_periods = fund_query("list_fund_periods", ListPeriods, FundPeriodList, "List a year's accounting months.")
close_fund_period = fund_command("close_fund_period", ClosePeriod, FundPeriod, "Close an accounting month.")
verify_ledger = fund_query("verify_ledger", VerifyLedger, LedgerVerdict, "Verify numbers, balance and hash chain.")
verify_ledger_part = fund_query(
    "verify_ledger_part", VerifyLedgerPart, LedgerPart, "Verify the next 2,000 entries of a ledger of any length."
)
