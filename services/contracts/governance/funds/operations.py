"""Operations of the fund ledger: entries, refusals and accounting months."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Money, Page, PageRequest, Schema, Text, Timestamp, Vocabulary, label
from services.contracts.governance.funds.ledger import ENTRY_KINDS, ListFundEntries
from services.contracts.governance.funds.vocabulary import (
    FUNDING_SOURCES,
    SOURCE_TYPES,
    Amount,
    LineCode,
    Period,
    PostingDay,
    RuleExplained,
    fund_command,
    fund_query,
)
from services.contracts.vocabulary import BENEFIT_FORMS

REFUSAL_STATES = Vocabulary("refusal", open="待处理", settled="已处理")
RETRY_OUTCOMES = Vocabulary("retry_outcome", recorded="已入账", refused="未予入账")
INCOME_KINDS = Vocabulary(
    "income", dues="会费", allocation="拨缴经费", superior="上级补助", administration="行政补助", business="事业收入",
    investment="投资收益", other="其他收入",
)  # fmt: skip


class FundLine(Schema):
    """One side of an entry: an account debited or credited."""

    account = fields.String(required=True)
    account_name = fields.String(required=True)
    account_name_en = fields.String(required=True)
    debit = Money(required=True)
    credit = Money(required=True)


class FundEntry(Schema):
    """An immutable ledger entry. A mistake is reversed by another entry; `reverses` and `reversed_by` link the two."""

    id = fields.UUID(required=True)
    number = fields.String(required=True, metadata=label("凭证号"))
    kind = Choice(ENTRY_KINDS, required=True, metadata=label("类别"))
    posted_on = fields.Date(required=True, metadata=label("入账日期"))
    period = Period(required=True)
    amount = Money(required=True, metadata=label("金额（元）"))
    description = fields.String(required=True, metadata=label("摘要"))
    description_en = fields.String(allow_none=True)
    line_code = fields.String(allow_none=True, metadata=label("预算项目"))
    unit_id = fields.UUID(allow_none=True, metadata=label("分工会"))
    form = fields.String(allow_none=True)
    funding_source = Choice(FUNDING_SOURCES, required=True, metadata=label("资金来源"))
    source_type = Choice(SOURCE_TYPES, required=True, metadata=label("来源"))
    source_id = fields.UUID(required=True)
    claim = fields.Integer(required=True)
    benefit_key = fields.String(allow_none=True)
    rule_key = fields.String(allow_none=True)
    override_reason = fields.String(allow_none=True)
    spent_on = fields.Date(required=True)
    recorded_by = fields.String(required=True)
    reverses = fields.UUID(allow_none=True)
    reversed_by = fields.UUID(allow_none=True)
    recorded_at = Timestamp(required=True)


class FundEntryDetail(FundEntry):
    """An entry with both sides, the rules it was checked against and its position in the hash chain."""

    lines = fields.List(fields.Nested(FundLine), required=True)
    rules = fields.List(fields.Nested(RuleExplained), required=True)
    people = fields.Integer(required=True)
    evidence_kinds = fields.List(fields.String(), required=True)
    decision = fields.String(allow_none=True)
    sequence = fields.Integer(required=True)
    previous_hash = fields.String(required=True)
    hash = fields.String(required=True)


def _cited() -> fields.UUID:
    """Return the field of a meeting's decision that is cited: it passed and stands when the entry is made."""
    return fields.UUID(load_default=None, allow_none=True, metadata=label("引用会议决议"))


class GetFundEntry(Schema):
    """One entry by id."""

    entry_id = fields.UUID(required=True)


class RecordExpense(Schema):
    """An expense an officer records, with the decision and the evidence behind it.

    With a `benefit_key` the dated rules of that benefit apply to the amount per head (`people`).
    """

    line_code = LineCode(required=True, metadata=label("预算项目"))
    amount = Amount(required=True, metadata=label("金额（元）"))
    description = Text(200, 1, required=True, metadata=label("用途"))
    posted_on = PostingDay(load_default=None, allow_none=True, metadata=label("入账日期"))
    form = Choice(BENEFIT_FORMS, load_default="cash", metadata=label("支出形式"))
    funding_source = Choice(FUNDING_SOURCES, load_default="union", metadata=label("资金来源"))
    benefit_key = LineCode(load_default=None, allow_none=True, metadata=label("适用的慰问标准"))
    people = fields.Integer(
        strict=True, load_default=1, validate=validate.Range(min=1, max=1_000_000), metadata=label("受益人数")
    )
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("分工会"))
    decision = Text(200, 1, required=True, metadata=label("决定依据"))
    decision_id = _cited()
    evidence_kinds = fields.List(
        Text(40, 1), required=True, validate=validate.Length(min=1, max=20), metadata=label("凭证")
    )
    commitment_id = fields.UUID(load_default=None, allow_none=True)


class RecordIncome(Schema):
    """Income: dues, the allocation, grants."""

    kind = Choice(INCOME_KINDS, required=True, metadata=label("收入类别"))
    amount = Amount(required=True, metadata=label("金额（元）"))
    description = Text(200, 1, required=True, metadata=label("摘要"))
    posted_on = PostingDay(load_default=None, allow_none=True, metadata=label("入账日期"))


class ReverseEntry(Schema):
    """Reverse an entry; only once, and never a reversal."""

    entry_id = fields.UUID(required=True)
    reason = Text(300, 1, required=True)


class FundRefusal(Schema):
    """An expense that was not recorded, with the rule that refused it."""

    id = fields.UUID(required=True)
    source_type = Choice(SOURCE_TYPES, required=True, metadata=label("来源"))
    source_id = fields.UUID(required=True)
    claim = fields.Integer(required=True)
    unit_id = fields.UUID(allow_none=True, metadata=label("分工会"))
    benefit_key = fields.String(allow_none=True, metadata=label("慰问项目"))
    line_code = fields.String(allow_none=True)
    amount = Money(required=True, metadata=label("金额（元）"))
    form = fields.String(allow_none=True)
    spent_on = fields.Date(required=True, metadata=label("发生日期"))
    rule = fields.String(required=True, metadata=label("规则"))
    reason_code = fields.String(required=True)
    detail = fields.String(required=True, metadata=label("原因"))
    rules = fields.List(fields.Nested(RuleExplained), required=True)
    state = Choice(REFUSAL_STATES, required=True, metadata=label("状态"))
    overridable = fields.Boolean(required=True)
    entry_id = fields.UUID(allow_none=True)
    refused_at = Timestamp(required=True)


class ListRefusals(PageRequest):
    """Which refused expenses to list."""

    state = Choice(REFUSAL_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    reason_code = Text(60, load_default=None, allow_none=True)
    source = Choice(SOURCE_TYPES, load_default=None, allow_none=True, metadata=label("来源"))
    rule = Text(120, load_default=None, allow_none=True)
    with_total = fields.Boolean(load_default=False)


class RetryRefusal(Schema):
    """Check a refused expense again, after its budget or rule was corrected."""

    refusal_id = fields.UUID(required=True)


class RetryRefusals(Schema):
    """Check open refused expenses again, some hundred at once, the oldest first: of one source, or refused by one rule.

    `after`: the id that the call before answered.
    """

    source = Choice(SOURCE_TYPES, load_default=None, allow_none=True)
    rule = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(r"\A[a-z][a-z0-9_.]{0,119}\Z"))
    after = fields.UUID(load_default=None, allow_none=True)


class RefusalsRetried(Schema):
    """How many were recorded and how many refused again. `after`: what to ask for next; null when all were checked."""

    recorded = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    after = fields.UUID(allow_none=True, required=True)


class OverrideRefusal(Schema):
    """Record an expense for which no rule exists, by a named officer, with the reason and the decision behind it."""

    refusal_id = fields.UUID(required=True)
    reason = Text(300, 5, required=True)
    decision = Text(200, 1, required=True)
    decision_id = _cited()


class RefusalOutcome(Schema):
    """The result of checking again: recorded with its entry, or refused again with the rule."""

    outcome = Choice(RETRY_OUTCOMES, required=True)
    refusal = fields.Nested(FundRefusal, required=True)


list_fund_entries = fund_query(
    "list_fund_entries", ListFundEntries, Page(FundEntry),
    "List ledger entries, newest first.", title="查看经费账",
)  # fmt: skip
get_fund_entry = fund_query(
    "get_fund_entry", GetFundEntry, FundEntryDetail,
    "Get an entry with both sides and its rules.", title="查看一笔账",
)  # fmt: skip
record_expense = fund_command(
    "record_expense", RecordExpense, FundEntryDetail,
    "Record an expense under a budget line.", title="登记支出",
)  # fmt: skip
record_income = fund_command(
    "record_income", RecordIncome, FundEntryDetail,
    "Record money that came in.", title="登记收入",
)  # fmt: skip
reverse_entry = fund_command(
    "reverse_entry", ReverseEntry, FundEntryDetail,
    "Undo an entry by its mirror image.", title="冲销一笔账",
)  # fmt: skip
list_refusals = fund_query(
    "list_refusals", ListRefusals, Page(FundRefusal),
    "List refused expenses, newest first.", title="查看未通过的支出",
)  # fmt: skip
retry_refusal = fund_command(
    "retry_refusal", RetryRefusal, RefusalOutcome,
    "Check a refused expense again.", title="重新检查支出",
)  # fmt: skip
retry_refusals = fund_command(
    "retry_refusals", RetryRefusals, RefusalsRetried,
    "Check refused expenses again.", title="批量重新检查支出",
)  # fmt: skip
override_refusal = fund_command(
    "override_refusal", OverrideRefusal, RefusalOutcome,
    "Record an expense no rule speaks about.", title="批准规则未涉及的支出",
)  # fmt: skip
