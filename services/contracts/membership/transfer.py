"""Transfers of membership (转会): between units with both units' approval, to another union, from another union.

Belongs here: operations and events of transfers. Not: corrections of a wrong unit (record), moves because units were
merged (organisation).
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validates_schema

from services.chassis.schema import (
    Choice,
    Event,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    invalid,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.ids import ids_filter
from services.contracts.membership.record.fields import MEMBER_FIELDS

LAPSE_CAUSES = Vocabulary(
    "transfer_lapse", unit_closed="接收单位已停用", units_merged="两个单位已合并", retired="会员已退休",
    membership_ended="会籍已终止",
)  # fmt: skip
TRANSFER_STEPS = Vocabulary(
    "transfer_step", release="调出单位同意", accept="调入单位接收", take_effect="生效", refuse="不同意",
    withdraw="撤回", lapse="失效", take_in="登记转入",
)  # fmt: skip


TRANSFER_KINDS = Vocabulary(
    "transfer_kind", {
        "internal": "校内转会", "out": "转往外单位工会", "in": "从外单位工会转入",
    },
)  # fmt: skip
"""Between two units of the union, to another union, from another union."""

TRANSFER_STATES = Vocabulary(
    "transfer", requested="待调出单位同意", released="待调入单位接收", accepted="已接收，待生效", effective="已生效",
    refused="未同意", withdrawn="已撤回", lapsed="已失效",
)  # fmt: skip
TRANSFER_STAGES = Vocabulary(
    "transfer_stage", requested="调出单位同意", released="调入单位接收", accepted="到日生效", effective="已转入",
)  # fmt: skip
"""States of a transfer that comes about, each called what is done in it."""
TRANSFER_ORDERS = Vocabulary(
    "transfer_order", {"-requested_at": "最近申请", "requested_at": "最早申请", "effective_on": "生效日期"}
)


class TransferStep(Schema):
    """One step of a transfer: what was done, when, by which account (null: by the system), why."""

    action = fields.String(required=True)
    state = fields.String(required=True)
    at = Timestamp(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)
    reason = fields.String(allow_none=True, load_default=None)


@labelled(MEMBER_FIELDS)
class TransferRow(Schema):
    """A transfer in a list."""

    id = fields.UUID(required=True)
    kind = Choice(TRANSFER_KINDS, required=True)
    state = Choice(TRANSFER_STATES, required=True, metadata=label("状态"))
    member_id = fields.UUID(required=True)
    member_name = fields.String(required=True, metadata=label("姓名"))
    number = fields.String(required=True)
    from_unit_id = fields.UUID(allow_none=True, load_default=None, metadata=label("调出"))
    to_unit_id = fields.UUID(allow_none=True, load_default=None, metadata=label("调入"))
    other_union = fields.String(allow_none=True, load_default=None)
    effective_on = fields.Date(required=True, metadata=label("生效日期"))
    requested_at = Timestamp(required=True, metadata=label("申请时间"))
    version = fields.Integer(required=True)


class Transfer(TransferRow):
    """转会 A transfer with its steps; `actions` are those open to the caller."""

    reason = fields.String(allow_none=True, load_default=None)
    former_number = fields.String(allow_none=True, load_default=None)
    member_since = fields.Date(allow_none=True, load_default=None)
    steps = fields.List(fields.Nested(TransferStep), required=True)
    actions = fields.List(fields.String(), required=True)


class RequestTransfer(Schema):
    """Ask for a transfer: to a unit (`to_unit_id`) or to another university's union (`other_union`).

    Without `member_id` one's own. `effective_on` is the day it takes effect, by default today.
    """

    member_id = fields.UUID(load_default=None, allow_none=True)
    to_unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("转往分工会"))
    other_union = Line(100, 2, load_default=None, allow_none=True, metadata=label("外单位工会名称"))
    effective_on = Day(years_ahead=2, load_default=None, allow_none=True, metadata=label("生效日期"))
    reason = Text(200, 2, required=True, metadata=label("原因"))

    @validates_schema
    def _one_destination(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("to_unit_id") is None) == (data.get("other_union") is None):
            detail = "Give the unit or the other union, one of them."
            raise invalid("transfer.one_destination", detail, field="to_unit_id")


class RecordTransferIn(Schema):
    """A member came from another union: its name, the member number there and the day of joining."""

    member_id = fields.UUID(required=True)
    other_union = Line(100, 2, required=True, metadata=label("原工会名称"))
    former_number = Line(40, 1, load_default=None, allow_none=True, metadata=label("原会员号"))
    member_since = Day(load_default=None, allow_none=True, metadata=label("在原工会入会日期"))
    reason = Text(200, 2, required=True, metadata=label("说明"))


class DecideTransfer(Schema):
    """The decision of a unit: the old one releases, the new one accepts, either can refuse with a reason."""

    transfer_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    decision = Choice(TRANSFER_STEPS.only("release", "accept", "refuse"), required=True)
    reason = Text(200, 2, load_default=None, allow_none=True)

    @validates_schema
    def _refusals_have_reasons(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("decision") == "refuse" and not data.get("reason"):
            raise invalid("transfer.reason_missing", "Say why the transfer is refused.", field="reason")


class WithdrawTransfer(Schema):
    """Take a transfer back before it takes effect."""

    transfer_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
    reason = Text(200, 2, required=True)


class TransferRef(Schema):
    """One transfer by id."""

    transfer_id = fields.UUID(required=True)


@labelled(MEMBER_FIELDS)
class TransferFilter(PageRequest):
    """Which transfers to list; `open` leaves out ended ones. Members get their own, chairs their unit's."""

    q = Line(50, load_default=None, allow_none=True, metadata=label("姓名、拼音或会员号"))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(TRANSFER_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    open = fields.Boolean(load_default=False, metadata=label("范围"))
    ids = ids_filter()
    sort = Choice(TRANSFER_ORDERS, load_default="-requested_at", metadata=label("排序"))
    with_total = fields.Boolean(load_default=False)


_SEES = ("member", "chair", "officer", "auditor")

request_transfer = command(
    "membership", "request_transfer", request=RequestTransfer, reply=Transfer, allow=("member", "chair", "officer"),
    doc="Ask for a transfer: the member, the chair of the unit (who thereby releases) or an officer.", title="申请转会",
)  # fmt: skip
record_transfer_in = command(
    "membership", "record_transfer_in", request=RecordTransferIn, reply=Transfer, allow=("officer",),
    doc="Note that a member came from another union, with the number there.", title="登记外单位转入",
)  # fmt: skip
decide_transfer = command(
    "membership", "decide_transfer", request=DecideTransfer, reply=Transfer, allow=("chair", "officer"),
    doc="Release, accept or refuse for a unit: its chair, or an officer while the unit has no chair.", title="审核转会",
)  # fmt: skip
withdraw_transfer = command(
    "membership", "withdraw_transfer", request=WithdrawTransfer, reply=Transfer, allow=("member", "chair", "officer"),
    doc="Take a transfer back: the member, whoever asked for it, or an officer.", title="撤回转会",
)  # fmt: skip
list_transfers = query(
    "membership", "list_transfers", request=TransferFilter, reply=Page(TransferRow), allow=_SEES,
    doc="Transfers by state and unit; a chair sees those from and to the own unit, a member the own ones.",
    title="查看转会列表",
)  # fmt: skip
get_transfer = query(
    "membership", "get_transfer", request=TransferRef, reply=Transfer, allow=_SEES,
    doc="One transfer with its steps and the moves open to the asker.", title="查看转会",
)  # fmt: skip

_TRANSFER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0021"


class TransferData(Schema):
    """Which transfer of which member, from and to which unit; a unit is null when it is another union."""

    transfer_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    from_unit_id = fields.UUID(allow_none=True, load_default=None)
    to_unit_id = fields.UUID(allow_none=True, load_default=None)


class TransferRequested(Event, source="membership"):
    """A transfer was requested; the old unit's chair has to release the member, who stays there meanwhile."""

    subject = "transfer/{transfer_id}"
    data = TransferData
    example = {"transfer_id": _TRANSFER, "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "kind": "internal",
               "from_unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001",
               "to_unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0006"}  # fmt: skip


class TransferReleased(Event, source="membership"):
    """The old unit agreed; the new unit's chair, or the union for another union, has to accept."""

    subject = "transfer/{transfer_id}"
    data = TransferData
    example = TransferRequested.example


class TransferApprovedData(TransferData):
    """The day from which the member is in the new unit."""

    effective_on = fields.Date(required=True)


class TransferApproved(Event, source="membership"):
    """Both sides agreed; `unit_changed` (or `member_left`) follows on the day it takes effect."""

    subject = "transfer/{transfer_id}"
    data = TransferApprovedData
    example = {**TransferRequested.example, "effective_on": "2023-09-01"}


class TransferEndedData(TransferData):
    """The outcome: effective, refused, withdrawn or lapsed. The reason is not in the event."""

    outcome = fields.String(required=True)


class TransferEnded(Event, source="membership"):
    """A transfer ended; unless it took effect, the member stays in the old unit."""

    subject = "transfer/{transfer_id}"
    data = TransferEndedData
    example = {**TransferRequested.example, "outcome": "effective"}
