"""Finding entries of the ledger, and their sums."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Line, Money, PageRequest, Schema, Vocabulary, label
from services.contracts.governance.funds.vocabulary import SOURCE_TYPES, LineCode, Period, fund_query
from services.contracts.governance.plan.requests import Year

ENTRY_KINDS = Vocabulary("entry", expense="支出", income="收入", reversal="冲销", refund="退还")


class LedgerFilters(Schema):
    """Which entries: of a year or month, of days from `since` to `until`, of a line, a source, a unit or a kind.

    `q` finds words of the description, or the beginning of an entry's number.
    """

    q = Line(50, load_default=None, allow_none=True, metadata=label("摘要或凭证号"))
    year = Year(load_default=None, allow_none=True, metadata=label("年度"))
    since = fields.Date(load_default=None, allow_none=True, metadata=label("从哪天"))
    until = fields.Date(load_default=None, allow_none=True, metadata=label("到哪天"))
    period = Period(load_default=None, allow_none=True)
    line = LineCode(load_default=None, allow_none=True, metadata=label("预算项目"))
    source = Choice(SOURCE_TYPES, load_default=None, allow_none=True, metadata=label("来源"))
    source_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    kind = Choice(ENTRY_KINDS, load_default=None, allow_none=True, metadata=label("类别"))


class ListFundEntries(LedgerFilters, PageRequest):
    """Filters of the ledger; newest entry first."""


class FundTotals(Schema):
    """Sums of the entries that filters find, reversals and refunds taken off.

    `opening` and `closing`: the union's money in the bank before the first day and after the last; null when the
    entries were narrowed by more than days, because what is left out moved it too.
    """

    entries = fields.Integer(required=True)
    income = Money(required=True)
    expense = Money(required=True)
    opening = Money(required=True, allow_none=True)
    closing = Money(required=True, allow_none=True)


get_fund_totals = fund_query(
    "get_fund_totals", LedgerFilters, FundTotals,
    "Get the sums of ledger entries, and the balance before and after them.", title="查看经费账合计",
)  # fmt: skip
