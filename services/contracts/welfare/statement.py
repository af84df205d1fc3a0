"""Statements of benefits (福利明细): what a member was given, used, may still have, will lose and was refused."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Money, Schema, Text, Timestamp, Vocabulary, command, label, query
from services.contracts.days import Day

STATEMENT_KINDS = Vocabulary(
    "statement_kind", account="福利账户", visit="走访慰问", birthday="生日慰问", care="定时关怀",
    goods="节日慰问品", trip="疗休养", examination="体检",
    aid="困难帮扶", campaign="慰问活动", mutual_aid="互助保障",
)  # fmt: skip
"""What lines are about; a further kind is a word here and a source in welfare."""

STATEMENT_STATES = Vocabulary(
    "statement_state", given="已享受", used="已使用", remaining="可用", expiring="待领取或使用", pending="在办",
    lapsed="已失效", refused="未通过",
)  # fmt: skip

YEARS_BACK = 10
"""The most years before the day that one statement covers."""


class MyStatement(Schema):
    """As of which day, today when left out, and from which year on, the day's own when left out."""

    as_of = Day(load_default=None, allow_none=True, metadata=label("截至日期"))
    year_from = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(1990, 2200), metadata=label("从哪一年起")
    )


class ReadStatement(MyStatement):
    """A member's statement, and for what it is read; the purpose is kept."""

    member_id = fields.UUID(required=True)
    purpose = Text(200, 2, required=True, metadata=label("用途"))


class StatementLine(Schema):
    """One line about one benefit. `words` is why it was refused, in the account's language."""

    kind = Choice(STATEMENT_KINDS, required=True, metadata=label("项目"))
    source_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(STATEMENT_STATES, required=True, metadata=label("状态"))
    title = fields.String(allow_none=True, load_default=None, metadata=label("名称"))
    amount = Money(allow_none=True, load_default=None, metadata=label("金额"))
    on = fields.Date(allow_none=True, load_default=None, metadata=label("日期"))
    until = fields.Date(allow_none=True, load_default=None, metadata=label("截止日期"))
    decision_id = fields.UUID(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)
    params = fields.Dict(load_default=dict)
    words = fields.String(allow_none=True, load_default=None, metadata=label("说明"))


class StatementLook(Schema):
    """That an officer or auditor read the statement, when and why."""

    at = Timestamp(required=True)
    purpose = fields.String(required=True)


class Statement(Schema):
    """福利明细 What was known at the end of a day; `shortened` where a kind has more lines than are told.

    `looks`: the latest looks of others, told to the member only.
    """

    member_id = fields.UUID(required=True)
    as_of = fields.Date(required=True)
    year_from = fields.Integer(required=True)
    lines = fields.List(fields.Nested(StatementLine), required=True)
    shortened = fields.Boolean(load_default=False)
    looks = fields.List(fields.Nested(StatementLook), load_default=list)


my_statement = query(
    "welfare", "my_statement", request=MyStatement, reply=Statement, allow=("member",),
    doc="One's own benefits as they stood on a day: given, used, remaining, expiring, refused and why.",
    title="查看自己的福利明细",
)  # fmt: skip
read_statement = command(
    "welfare", "read_statement", request=ReadStatement, reply=Statement, allow=("officer", "auditor"),
    doc="A member's benefits as they stood on a day; who looks and why is kept.", title="查看会员的福利明细",
)  # fmt: skip
