"""Events of the funds. Ids, codes and amounts only: never who received what."""

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema, Vocabulary
from services.contracts.governance.funds.vocabulary import SOURCE_TYPES, LineCode, Period

REASON_CODES = Vocabulary(
    "refusal_reason", no_rule_in_force="没有现行标准。", claim_withdrawn="报销已由福利服务撤回。",
    cap_exceeded="超过每次的上限。", year_cap_exceeded="超过每人每年的上限。",
    form_not_allowed="发放形式不符合规定。", funding_source_wrong="资金来源不对，这一项不能列工会经费。",
    budget_exhausted="预算余额不足。", no_budget_line="当年预算里没有对应的项目。",
    period_closed="会计期间已经结账。", benefit_unknown="没有这个慰问项目：还没有设定它的预算项目。",
)  # fmt: skip

_ENTRY = "0190d5a0-0000-7000-8000-000000000011"
_VISIT = "0190d5a0-0000-7000-8000-000000000012"
_UNIT = "0190d5a0-0000-7000-8000-000000000013"
_REFUSAL = "0190d5a0-0000-7000-8000-000000000014"


class ExpenseRecordedData(Schema):
    """Which claim of which source was posted, with number, line and rule."""

    entry_id = fields.UUID(required=True)
    number = fields.String(required=True)
    source_type = Choice(SOURCE_TYPES, required=True)
    source_id = fields.UUID(required=True)
    claim = fields.Integer(load_default=1)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    line_code = LineCode(required=True)
    amount = Money(required=True)
    rule_key = fields.String(allow_none=True, load_default=None)
    posted_on = fields.Date(required=True)


class ExpenseRecorded(Event, source="governance"):
    """An expense passed every rule and was posted; its source (a visit, a birthday) can be closed."""

    subject = "expense/{source_type}/{source_id}"
    data = ExpenseRecordedData
    example = {
        "entry_id": _ENTRY, "number": "2026-000041", "source_type": "visit", "source_id": _VISIT, "claim": 1,
        "unit_id": _UNIT, "line_code": "care.birth", "amount": "500.00", "rule_key": "benefit.birth.cap",
        "posted_on": "2026-03-09",
    }  # fmt: skip


class ExpenseRefusedData(Schema):
    """Which claim of which source was refused, by which rule; `rule` is the key of the rule asked for."""

    refusal_id = fields.UUID(required=True)
    source_type = Choice(SOURCE_TYPES, required=True)
    source_id = fields.UUID(required=True)
    claim = fields.Integer(load_default=1)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    rule = fields.String(required=True)
    reason_code = Choice(REASON_CODES, required=True)


class ExpenseRefused(Event, source="governance"):
    """An expense broke a rule, or no rule exists for it; nothing was posted, the reason names the rule."""

    subject = "expense/{source_type}/{source_id}"
    data = ExpenseRefusedData
    example = {
        "refusal_id": _REFUSAL, "source_type": "visit", "source_id": _VISIT, "claim": 1, "unit_id": _UNIT,
        "rule": "benefit.hardship.cap", "reason_code": "no_rule_in_force",
    }  # fmt: skip


class ExpenseReversedData(Schema):
    """Which entry was reversed, by which entry, and the claim it was for."""

    entry_id = fields.UUID(required=True)
    number = fields.String(required=True)
    reverses = fields.UUID(required=True)
    source_type = Choice(SOURCE_TYPES, required=True)
    source_id = fields.UUID(required=True)
    claim = fields.Integer(load_default=1)
    line_code = LineCode(allow_none=True, load_default=None)
    amount = Money(required=True)


class ExpenseReversed(Event, source="governance"):
    """An entry was reversed; the amount is available again on its budget line."""

    subject = "expense/{source_type}/{source_id}"
    data = ExpenseReversedData
    example = {
        "entry_id": _REFUSAL, "number": "2026-000042", "reverses": _ENTRY, "source_type": "visit",
        "source_id": _VISIT, "claim": 1, "line_code": "care.birth", "amount": "500.00",
    }  # fmt: skip


class BudgetLineSetData(Schema):
    """The line and what it may spend in its year."""

    line_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    code = LineCode(required=True)
    amount = Money(required=True)


class BudgetLineSet(Event, source="governance"):
    """A line of a year's budget was created or its amount changed."""

    subject = "budget_line/{line_id}"
    data = BudgetLineSetData
    example = {"line_id": _ENTRY, "year": 2026, "code": "care.birth", "amount": "60000.00"}


class FundPeriodClosedData(Schema):
    """The month, the number of its entries, and the hash of the last one."""

    period = Period(required=True)
    entries = fields.Integer(required=True)
    last_hash = fields.String(required=True)


class FundPeriodClosed(Event, source="governance"):
    """An accounting month was closed; the hash covers all entries up to its end."""

    subject = "fund_period/{period}"
    data = FundPeriodClosedData
    example = {"period": "2026-03", "entries": 128, "last_hash": "9f" * 32}
