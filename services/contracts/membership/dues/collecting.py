"""Collecting dues (会费收缴): payments, refunds, files of the payroll, arrears and reminders."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
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
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.eras import CHARGED_SINCE
from services.contracts.files import PLAIN_FORMATS
from services.contracts.membership.dues.vocabulary import (
    PAYMENT_CHANNELS,
    PAYMENT_KINDS,
    REFUND_STATES,
    JobStarted,
    Month,
    Reason,
)
from services.contracts.membership.record.fields import MEMBER_FIELDS

ARREARS_ORDERS = Vocabulary(
    "arrears_order", {
        "-owed": "欠缴最多", "owed": "欠缴最少", "-months": "欠缴月数最多",
        **MEMBER_FIELDS.only("name", "number").texts,
    },
)  # fmt: skip
_READS = ("officer", "auditor")


class RecordPayment(Schema):
    """Dues that one member paid for one month, at most the amount owed; `note` names the receipt."""

    member_id = fields.UUID(required=True)
    month = Month(required=True, metadata=label("月份"))
    amount = Money(required=True, metadata=label("金额"))
    paid_on = Day(CHARGED_SINCE, load_default=None, allow_none=True, metadata=label("到账日期"))
    note = Text(200, load_default=None, allow_none=True, metadata=label("收据号或备注"))


class Payment(Schema):
    """Money received, or refunded when the amount is negative. `reversed`: whether it was reversed."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    month = Month(required=True, metadata=label("月份"))
    kind = Choice(PAYMENT_KINDS, required=True, metadata=label("类别"))
    channel = Choice(PAYMENT_CHANNELS, required=True, metadata=label("方式"))
    amount = Money(required=True, metadata=label("金额"))
    paid_on = fields.Date(required=True, metadata=label("到账日期"))
    note = fields.String(allow_none=True, required=True, metadata=label("收据号或备注"))
    reversed = fields.Boolean(required=True)
    recorded_at = Timestamp(required=True)


class PaymentsOfMember(PageRequest):
    """Whose payments, latest first; 100 per page."""

    member_id = fields.UUID(required=True)
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=100))


class ReversePayment(Schema):
    """Reverse a payment that was recorded by mistake."""

    payment_id = fields.UUID(required=True)
    reason = Reason()


class AskRefund(Schema):
    """Request a refund; a second officer decides."""

    member_id = fields.UUID(required=True)
    month = Month(required=True)
    amount = Money(required=True)
    reason = Reason()


class Refund(Schema):
    """A refund and the decision about it."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, metadata=label("会员"))
    month = Month(required=True, metadata=label("月份"))
    amount = Money(required=True, metadata=label("金额"))
    reason = fields.String(required=True, metadata=label("原因"))
    state = Choice(REFUND_STATES, required=True, metadata=label("状态"))
    asked_at = Timestamp(required=True, metadata=label("申请时间"))
    asked_by = fields.String(required=True)
    decided_at = Timestamp(allow_none=True, required=True)
    decided_by = fields.String(allow_none=True, required=True)
    decision = fields.String(allow_none=True, required=True)


class RefundFilter(PageRequest):
    """Which refunds to list, latest first."""

    state = Choice(REFUND_STATES, load_default=None, allow_none=True, metadata=label("状态"))


class DecideRefund(Schema):
    """Approve or decline a refund that another officer requested."""

    refund_id = fields.UUID(required=True)
    approve = fields.Boolean(required=True)
    note = Text(200, load_default=None, allow_none=True)


@labelled(MEMBER_FIELDS)
class ArrearsFilter(PageRequest):
    """Members in arrears with their dues.

    `q`: beginning of a name, of its pinyin, or of a number; `months`: for at least so many.
    """

    q = Line(50, load_default=None, allow_none=True, metadata=label("姓名、拼音或会员号"))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    months = fields.Integer(load_default=1, validate=lambda count: 1 <= count <= 120, metadata=label("欠缴月数"))
    sort = Choice(ARREARS_ORDERS, load_default="-owed", metadata=label("排序"))
    with_total = fields.Boolean(load_default=False)


@labelled(MEMBER_FIELDS)
class Arrears(Schema):
    """A member in arrears: for how many months, since which month, how much (absent for a chair)."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    months = fields.Integer(required=True, metadata=label("欠缴月数"))
    since = Month(required=True, metadata=label("最早欠缴"))
    owed = Money(allow_none=True, required=True, metadata=label("欠缴金额"))


class ExportArrears(Schema):
    """The filtered list as a file, for a stated purpose."""

    q = Line(50, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    months = fields.Integer(load_default=1, validate=lambda count: 1 <= count <= 120)
    format = Choice(PLAIN_FORMATS, load_default="xlsx")
    purpose = Text(200, 2, required=True)


class RemindMembers(Schema):
    """Remind all members in arrears for at least so many months; `unit_id` restricts it to a unit.

    Dues that await the payroll of their month are no arrears. `expected`: how many were seen; another number is
    refused.
    """

    unit_id = fields.UUID(load_default=None, allow_none=True)
    months = fields.Integer(load_default=1, validate=lambda count: 1 <= count <= 120)
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


record_dues_payment = command(
    "membership", "record_dues_payment", request=RecordPayment, reply=Payment, allow=("officer",),
    doc="Record dues one member paid for one month.", title="登记缴费",
)  # fmt: skip
list_dues_payments = query(
    "membership", "list_dues_payments", request=PaymentsOfMember, reply=Page(Payment), allow=(*_READS, "member"),
    doc="A member's payments, refunds and reversals, latest first; members: their own.", title="查看缴费记录",
)  # fmt: skip
reverse_dues_payment = command(
    "membership", "reverse_dues_payment", request=ReversePayment, reply=Payment, allow=("officer",),
    doc="Undo a payment recorded by mistake.", title="冲销缴费",
)  # fmt: skip
ask_dues_refund = command(
    "membership", "ask_dues_refund", request=AskRefund, reply=Refund, allow=("officer",),
    doc="Ask for dues to be given back.", title="申请退还会费",
)  # fmt: skip
list_dues_refunds = query(
    "membership", "list_dues_refunds", request=RefundFilter, reply=Page(Refund), allow=_READS,
    doc="Refunds asked for and decided, latest first.", title="查看会费退还",
)  # fmt: skip
decide_dues_refund = command(
    "membership", "decide_dues_refund", request=DecideRefund, reply=Refund, allow=("officer",),
    doc="Approve or decline a refund; never the officer who asked, nor the one who gets it.", title="审批会费退还",
)  # fmt: skip
list_arrears = query(
    "membership", "list_arrears", request=ArrearsFilter, reply=Page(Arrears), allow=(*_READS, "chair"),
    doc="Members in arrears, months that await the payroll left out; a chair: of the own unit, without amounts.",
    title="查看欠费",
)  # fmt: skip
export_arrears = command(
    "membership", "export_arrears", request=ExportArrears, reply=JobStarted, allow=("officer",),
    doc="The filtered list of arrears as a file; long work, logged with its purpose.", title="导出欠费名单",
)  # fmt: skip
remind_of_dues = command(
    "membership", "remind_of_dues", request=RemindMembers, reply=JobStarted, allow=("officer",),
    doc="Remind everybody in arrears; long work.", title="催缴会费",
)  # fmt: skip
