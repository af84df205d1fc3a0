"""Keeping the books: accounting months and proving that the ledger is whole."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp
from services.contracts.governance.money import Period, fund_command, fund_query
from services.contracts.governance.plan_requests import Year


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
    """The whole ledger: its chain runs through all years."""


class LedgerVerdict(Schema):
    """Whether the ledger is whole: numbers without gap, every entry balanced, every hash right."""

    intact = fields.Boolean(required=True)
    entries = fields.Integer(required=True)
    last_hash = fields.String(required=True)
    broken_at = fields.String(allow_none=True)
    finding = fields.String(allow_none=True)


list_fund_periods = fund_query("list_fund_periods", ListPeriods, FundPeriodList, "List a year's accounting months.")
close_fund_period = fund_command("close_fund_period", ClosePeriod, FundPeriod, "Close an accounting month.")
verify_ledger = fund_query("verify_ledger", VerifyLedger, LedgerVerdict, "Verify numbers, balance and hash chain.")
