"""The budget of a year: its lines, commitments on them, and the year in figures."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Line,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    label,
)
from services.contracts.governance.funds.vocabulary import (
    EXPENSE_CATEGORIES,
    FUNDING_SOURCES,
    SOURCE_TYPES,
    WRITERS,
    Amount,
    LineCode,
    fund_command,
    fund_query,
)
from services.contracts.governance.plan.requests import Year

COMMITMENT_STATES = Vocabulary("commitment", open="预占中", settled="已支出", released="已释放")
NEW_LINES = Vocabulary(
    "new_lines", year="复制上一年的项目和金额", benefits="建立慰问项目，金额为零",
    demonstration="按示例建立（金额仅供试用）",
)  # fmt: skip


class BudgetLine(Schema):
    """A line of the year's budget. `available` = amount - committed - spent."""

    id = fields.UUID(required=True)
    year = Year(required=True)
    code = LineCode(required=True)
    name = fields.String(required=True, metadata=label("项目"))
    name_en = fields.String(required=True)
    management_code = Choice(EXPENSE_CATEGORIES, required=True, metadata=label("科目"))
    management_name = fields.String(required=True)
    management_name_en = fields.String(required=True)
    accounting_code = fields.String(required=True)
    accounting_name = fields.String(required=True)
    accounting_name_en = fields.String(required=True)
    funding_source = Choice(FUNDING_SOURCES, required=True, metadata=label("资金来源"))
    amount = Money(required=True, metadata=label("预算"))
    committed = Money(required=True, metadata=label("已预占"))
    spent = Money(required=True, metadata=label("已支出"))
    available = Money(required=True, metadata=label("可用"))
    version = fields.Integer(required=True)


class BudgetLineList(Schema):
    """The lines of one year with their sums."""

    year = Year(required=True)
    items = fields.List(fields.Nested(BudgetLine), required=True)
    amount = Money(required=True)
    committed = Money(required=True)
    spent = Money(required=True)
    available = Money(required=True)


class ListBudgetLines(Schema):
    """The year of the lines."""

    year = Year(required=True, metadata=label("年度"))


class SetBudgetLine(Schema):
    """Create a line of the year's budget or adjust it; the amount cannot fall below what is committed and spent.

    Without an English name the Chinese one stands for both.
    """

    year = Year(required=True)
    code = LineCode(required=True, metadata=label("代码"))
    name = Line(60, 1, metadata=label("名称"))
    name_en = Line(100, 1, allow_none=True, metadata=label("英文名称"))
    management_code = LineCode(metadata=label("收支管理办法科目"))
    accounting_code = LineCode(metadata=label("工会会计制度科目"))
    funding_source = Choice(FUNDING_SOURCES, metadata=label("资金来源"))
    amount = Money(required=True, validate=validate.Range(min=0, max=1_000_000_000), metadata=label("预算金额（元）"))
    reason = Text(300, load_default=None, allow_none=True, metadata=label("调整说明"))
    version = fields.Integer(strict=True, load_default=None, allow_none=True)


class OpenBudget(Schema):
    """Add the lines that a year lacks; existing lines are not changed.

    `lines`: `year` copies those of `from_year` with their amounts; `benefits` adds the lines from which benefits are
    paid, without amounts; `demonstration` is the shipped example.
    """

    year = Year(required=True)
    lines = Choice(NEW_LINES, load_default="demonstration")
    from_year = Year(load_default=None, allow_none=True)


class Commitment(Schema):
    """A commitment: money of a budget line that is reserved but not yet spent. `paid` is what was spent of it."""

    id = fields.UUID(required=True)
    source_type = Choice(SOURCE_TYPES, required=True, metadata=label("来源"))
    source_id = fields.UUID(required=True)
    line_code = LineCode(required=True, metadata=label("预算项目"))
    year = Year(required=True)
    amount = Money(required=True, metadata=label("预留金额"))
    paid = Money(required=True, metadata=label("已支付"))
    state = Choice(COMMITMENT_STATES, required=True, metadata=label("状态"))
    description = fields.String(required=True, metadata=label("用途"))
    unit_id = fields.UUID(allow_none=True)
    created_at = Timestamp(required=True)


class ListCommitments(PageRequest):
    """Filters of the commitments."""

    year = Year(load_default=None, allow_none=True, metadata=label("年度"))
    line = LineCode(load_default=None, allow_none=True)
    state = Choice(COMMITMENT_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    source = Choice(SOURCE_TYPES, load_default=None, allow_none=True, metadata=label("来源"))


class CommitFunds(Schema):
    """Reserve money of a line before it is spent."""

    year = Year(required=True)
    line_code = LineCode(required=True)
    amount = Amount(required=True)
    description = Text(200, 1, required=True)


class ReleaseCommitment(Schema):
    """Release an open commitment."""

    commitment_id = fields.UUID(required=True)
    reason = Text(300, 1, required=True)


class FundSlice(Schema):
    """A sum of the year for one category."""

    code = fields.String(required=True)
    name = fields.String(required=True, metadata=label("项目"))
    name_en = fields.String(required=True)
    amount = Money(required=True)


class FundSummary(Schema):
    """A year's income and expense, for the dashboard and the disclosure page."""

    year = Year(required=True)
    income = Money(required=True)
    expense = Money(required=True)
    budget = Money(required=True)
    committed = Money(required=True)
    by_line = fields.List(fields.Nested(FundSlice), required=True)
    by_category = fields.List(fields.Nested(FundSlice), required=True)
    by_month = fields.List(fields.Nested(FundSlice), required=True)
    by_income = fields.List(fields.Nested(FundSlice), required=True)
    refusals_open = fields.Integer(required=True)
    reversals = fields.Integer(load_default=0)


class FundSummaryOfYear(Schema):
    """The year of the figures."""

    year = Year(required=True)


list_budget_lines = fund_query(
    "list_budget_lines", ListBudgetLines, BudgetLineList,
    "List a year's budget lines.", title="查看预算",
)  # fmt: skip
set_budget_line = fund_command(
    "set_budget_line", SetBudgetLine, BudgetLine,
    "Create or adjust a budget line.", title="设定预算项目",
)  # fmt: skip
open_budget = command(
    "governance", "open_budget", request=OpenBudget, reply=BudgetLineList, allow={*WRITERS, SYSTEM},
    doc="Open a year's budget: with last year's lines, those benefits need, or the demonstration's.", title="开立预算",
)  # fmt: skip
list_commitments = fund_query(
    "list_commitments", ListCommitments, Page(Commitment),
    "List money set aside, newest first.", title="查看预留经费",
)  # fmt: skip
commit_funds = fund_command(
    "commit_funds", CommitFunds, Commitment,
    "Set money of a line aside.", title="预留经费",
)  # fmt: skip
release_commitment = fund_command(
    "release_commitment", ReleaseCommitment, Commitment,
    "Give a commitment back to its line.", title="释放预留经费",
)  # fmt: skip
get_fund_summary = fund_query(
    "get_fund_summary", FundSummaryOfYear, FundSummary,
    "Get a year's income and expense.", title="查看收支汇总",
)  # fmt: skip
