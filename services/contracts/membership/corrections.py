"""Requests for correction (更正申请): members report mistakes in their records, an officer decides with a reason.

Source: 个人信息保护法 Art. 46. Fields that members may change themselves are changed directly (record).
"""

from marshmallow import fields

from services.chassis.schema import (
    Choice,
    Event,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    label,
    query,
)
from services.contracts.ids import ids_filter
from services.contracts.membership.record.attachments import AttachedFile, DocumentUpload
from services.contracts.membership.record.fields import FIELDS, MEMBER_FIELDS, OFFICER, SELF

CORRECTABLE = MEMBER_FIELDS.only(
    *(
        field.name
        for field in FIELDS
        if OFFICER in field.changes and SELF not in field.changes and field.name != "group_id"
    )
)
"""Fields that only officers correct."""

CORRECTION_STATES = Vocabulary("correction", asked="待答复", accepted="已更正", refused="未同意", taken_back="已撤回")
DECISIONS = Vocabulary("correction_decision", accept="同意并更正", refuse="拒绝")


class AskCorrection(Schema):
    """Request a correction: the field, its correct value, the reason, and evidence.

    `document_id` names a document of the own record; `evidence` attaches a new one to it with the request.
    """

    field = Choice(CORRECTABLE, required=True)
    value = Text(200, 1, required=True, metadata=label("应为"))
    reason = Text(500, 2, required=True, metadata=label("说明"))
    document_id = fields.UUID(load_default=None, allow_none=True)
    evidence = fields.Nested(DocumentUpload, load_default=None, allow_none=True)


class CorrectionRef(Schema):
    """One request by id."""

    correction_id = fields.UUID(required=True)


class OpenCorrection(CorrectionRef):
    """One request with the requested value in plain; when an officer reads it, that is logged."""


class DecideCorrection(CorrectionRef):
    """Accept, then the record is corrected with its history; or refuse with a reason for the member."""

    version = fields.Integer(required=True, strict=True)
    decision = Choice(DECISIONS, required=True)
    answer = Text(500, 2, load_default=None, allow_none=True)


class CorrectionFilter(PageRequest):
    """Requests by state, newest first."""

    state = Choice(CORRECTION_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    ids = ids_filter()


class Correction(Schema):
    """更正申请 A request; `value` and `present` are masked in lists where the field is.

    `document` describes the document `document_id`; null once the member has removed it from the record.
    """

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, metadata=label("会员"))
    unit_id = fields.UUID(required=True)
    field = Choice(CORRECTABLE, required=True, metadata=label("内容"))
    value = fields.String(allow_none=True, load_default=None, metadata=label("应为"))
    present = fields.String(allow_none=True, load_default=None, metadata=label("现为"))
    reason = fields.String(required=True, metadata=label("说明"))
    document_id = fields.UUID(allow_none=True, load_default=None)
    document = fields.Nested(AttachedFile, allow_none=True, load_default=None)
    state = Choice(CORRECTION_STATES, required=True, metadata=label("状态"))
    asked_at = Timestamp(required=True, metadata=label("提出"))
    decided_at = Timestamp(allow_none=True, load_default=None)
    answer = fields.String(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


list_my_corrections = query(
    "membership", "list_my_corrections", request=CorrectionFilter, reply=Page(Correction), allow=("member",),
    doc="The own requests for correction, newest first.", title="查看自己的更正申请",
)  # fmt: skip
list_corrections = query(
    "membership", "list_corrections", request=CorrectionFilter, reply=Page(Correction), allow=("officer", "auditor"),
    doc="Requests for correction, newest first.", title="查看更正申请",
)  # fmt: skip
ask_correction = command(
    "membership", "ask_correction", request=AskCorrection, reply=Correction, allow=("member",),
    doc="Ask that a field of the own record be set right.", title="申请更正",
)  # fmt: skip
take_back_correction = command(
    "membership", "take_back_correction", request=CorrectionRef, reply=Correction, allow=("member",),
    doc="Take the own request back before it is decided.", title="撤回更正申请",
)  # fmt: skip
open_correction = command(
    "membership", "open_correction", request=OpenCorrection, reply=Correction, allow=("officer",),
    doc="One request with its value in plain; the look is logged.", title="打开更正申请",
)  # fmt: skip
decide_correction = command(
    "membership", "decide_correction", request=DecideCorrection, reply=Correction, allow=("officer",),
    doc="Accept a request, which corrects the record, or refuse it with the reason.", title="审批更正申请",
)  # fmt: skip

_EXAMPLE = {
    "correction_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0051", "member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
    "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001",
}  # fmt: skip


class CorrectionData(Schema):
    """Which request of which member."""

    correction_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


class CorrectionAsked(Event, source="membership"):
    """A member requested a correction of the own record; an officer has to decide."""

    subject = "correction/{correction_id}"
    data = CorrectionData
    example = _EXAMPLE


class CorrectionEndedData(CorrectionData):
    """The outcome of the request: accepted, refused or taken_back."""

    outcome = fields.String(required=True)


class CorrectionEnded(Event, source="membership"):
    """A request for correction was accepted, refused or taken back."""

    subject = "correction/{correction_id}"
    data = CorrectionEndedData
    example = {**_EXAMPLE, "outcome": "accepted"}
