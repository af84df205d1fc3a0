"""Words shared by the contracts of the dues: months, states, kinds, references."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import InputError, Money, Schema, Text, Vocabulary
from services.contracts.membership.record.fields import MEMBER_FIELDS

DUES_COLUMNS = Vocabulary(
    "dues_column", MEMBER_FIELDS.only("number", "id_number").texts, amount="金额", base="缴费基数"
)  # fmt: skip
EXEMPTION_REASONS = Vocabulary(
    "dues_exemption", unpaid_leave="停薪留职", long_sick_leave="长期病假", study_abroad="公派出国",
    hardship="生活困难",
)  # fmt: skip


CHARGE_STATES = Vocabulary(
    "dues_charge", waiting="待代扣", open="欠缴", part="部分缴", paid="已缴", over="多缴", void="免收"
)  # fmt: skip
"""How one member's dues of a month stand; `waiting`: charged, and the month's payroll has not run yet."""
CHARGED_MONTH_STATES = Vocabulary("dues_month", waiting="待代扣", settled="已入账", owing="有欠缴")
"""How a charged month stands: it awaits its payroll, everything came in, or some are in arrears."""
DUES_FILE_KINDS = Vocabulary("dues_file_kind", payroll="工资代扣", bases="缴费基数")
DUES_FILE_STATES = Vocabulary(
    "dues_file", uploaded="待对应列", checking="核对中", checked="待确认", posting="入账中", posted="已完成",
    dropped="已作废", failed="失败",
)  # fmt: skip
VERDICTS = Vocabulary(
    "dues_verdict", exact="正好缴清", short="少缴", over="超过应缴", unknown="查无此会员",
    conflict="会员号与身份证号不是同一人", twice="文件中重复", paid="该月已缴清", posted="同一文件已入账",
    not_charged="该月未计收", unchanged="基数未变", late="已有更晚的基数", beyond="标题之外还有内容",
    ambiguous="数值有两种读法", bad="内容无效",
)  # fmt: skip
"""The result of checking a row; the first two can be posted, `unchanged` and `late` exist for files of bases only.

`conflict`: number and identity number belong to two people; `beyond`: cells in columns without heading; `ambiguous`:
the figure can be read in two ways."""
PAYMENT_KINDS = Vocabulary("dues_payment", payment="缴费", reversal="冲销", refund="退还", carry="结转转出")
PAYMENT_CHANNELS = Vocabulary("dues_channel", payroll="工资代扣", single="单笔登记", credit="多缴结转")
"""`credit`: carried from a month that was overpaid; no money was received or paid."""
CHANNELS = PAYMENT_CHANNELS.only("payroll", "single")
"""Ways of payment."""
REFUND_STATES = Vocabulary("dues_refund", asked="待审批", approved="已批准", declined="不批准")

_MONTH_FORM = InputError("dues.month_form", "A month as 2026-03.")
_BASE = validate.Range(min=0, min_inclusive=False, max=1_000_000)


def Month(**kwargs: object) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """A month of dues, `2026-03`."""
    check = validate.Regexp(r"\A20\d\d-(0[1-9]|1[0-2])\Z", re.ASCII, error=_MONTH_FORM)
    return fields.String(validate=check, **kwargs)  # type: ignore[arg-type]


def BaseAmount(**kwargs: object) -> fields.Decimal:  # noqa: N802
    """A monthly base in yuan."""
    return Money(validate=_BASE, **kwargs)


def Reason(**kwargs: Any) -> fields.String:  # noqa: N802
    """Why, in the words of the person who does it."""
    return Text(200, 2, required=True, **kwargs)


class MonthRef(Schema):
    """Which month."""

    month = Month(required=True)


class DuesRule(Schema):
    """A dated figure of the dues, and its document."""

    key = fields.String(required=True)
    value = fields.String(required=True)
    unit = fields.String(required=True)
    ruleset = fields.String(required=True)
    document = fields.String(required=True)
    number = fields.String(allow_none=True)
    article = fields.String(allow_none=True)
    valid_from = fields.Date(required=True)


class JobStarted(Schema):
    """The job that was started; `get_job` returns its progress."""

    job_id = fields.UUID(required=True)
