"""Operations of requests: submitting, handling step by step, documents, lists."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    label,
    query,
)
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileContent, FileName, MediaType
from services.contracts.welfare.requests.types import AskedDocument, RequestTypeStep
from services.contracts.welfare.requests.vocabulary import (
    REQUEST_FIELDS,
    REQUEST_ORDERS,
    REQUEST_STATES,
    REQUEST_STEPS,
    REQUESTS_SHOWN,
)

MOST_FILES = 20
"""Of one request."""
_LABELS = REQUEST_FIELDS.texts


class RequestRef(Schema):
    """One request by id."""

    request_id = fields.UUID(required=True)


class SubmitRequest(Schema):
    """What a member asks for, of which type; the text is stored encrypted."""

    type_id = fields.UUID(required=True, metadata=label(_LABELS["type_id"]))
    text = Text(2000, 5, required=True, metadata=label(_LABELS["text"]))


class HandleRequest(RequestRef):
    """A step of a request, with a note for the applicant, stored encrypted."""

    note = Text(500, load_default=None, allow_none=True, metadata=label(_LABELS["note"]))


class FinishRequest(RequestRef):
    """What came of a request."""

    outcome = Text(1000, 2, required=True, metadata=label(_LABELS["outcome"]))


class DeclineRequest(RequestRef):
    """Why a request is not granted."""

    reason = Text(500, 2, required=True, metadata=label(_LABELS["reason"]))


class AttachRequestDocument(RequestRef):
    """A document: JPEG, PNG or PDF up to 10 MB, recognised by its content; `document` is what it is."""

    document = Line(60, 1, required=True, metadata=label(_LABELS["document"]))
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class OpenRequestDocument(RequestRef):
    """One document. Others than the applicant state a purpose, which is logged and told to the applicant."""

    document_id = fields.UUID(required=True)
    purpose = Line(200, 2, load_default=None, allow_none=True, metadata=label(_LABELS["purpose"]))


class UnmaskRequest(RequestRef):
    """The words of a request, for a purpose; the look is logged, and the applicant sees it."""

    purpose = Line(200, 2, required=True, metadata=label(_LABELS["purpose"]))


class ListRequests(PageRequest):
    """Which requests: open ones first by their due day. A handler sees those of the own types."""

    show = Choice(REQUESTS_SHOWN, load_default="open", metadata=label(_LABELS["show"]))
    type_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["type_id"]))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["unit_id"]))
    state = Choice(REQUEST_STATES, load_default=None, allow_none=True, metadata=label(_LABELS["state"]))
    q = Line(60, load_default=None, allow_none=True, metadata=label(_LABELS["q"]))
    ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=100))
    sort = Choice(REQUEST_ORDERS, load_default="due_on", metadata=label(_LABELS["sort"]))


class Request(Schema):
    """诉求 A request in a list; `step_name` is what is being done, `due_on` the last day for it."""

    id = fields.UUID(required=True)
    number = fields.String(required=True, metadata=label(_LABELS["number"]))
    type_id = fields.UUID(required=True)
    type_name = fields.String(required=True, metadata=label(_LABELS["type_id"]))
    member_id = fields.UUID(required=True, metadata=label(_LABELS["member_id"]))
    unit_id = fields.UUID(required=True, metadata=label(_LABELS["unit_id"]))
    state = Choice(REQUEST_STATES, required=True, metadata=label(_LABELS["state"]))
    step = fields.Integer(required=True)
    step_name = fields.String(load_default=None, allow_none=True, metadata=label(_LABELS["step"]))
    submitted_at = Timestamp(required=True, metadata=label(_LABELS["submitted_at"]))
    due_on = fields.Date(load_default=None, allow_none=True, metadata=label(_LABELS["due_on"]))
    overdue = fields.Boolean(required=True)
    ended_at = Timestamp(load_default=None, allow_none=True, metadata=label(_LABELS["ended_at"]))


class MyRequest(Request):
    """One's own request with its text."""

    text = fields.String(load_default=None, allow_none=True, metadata=label(_LABELS["text"]))


class RequestFile(Schema):
    """A document that was handed in."""

    id = fields.UUID(required=True)
    document = fields.String(required=True)
    added_at = Timestamp(required=True)


class RequestEntry(Schema):
    """What was done with a request, when, and what the applicant was told; `has_note` where the note is masked."""

    action = Choice(REQUEST_STEPS, required=True)
    step_name = fields.String(load_default=None, allow_none=True)
    note = fields.String(load_default=None, allow_none=True)
    has_note = fields.Boolean(required=True)
    at = Timestamp(required=True)


class RequestWords(Schema):
    """What the applicant asked for and was told, in plain; the look was logged."""

    text = fields.String(load_default=None, allow_none=True, metadata=label(_LABELS["text"]))
    history = fields.List(fields.Nested(RequestEntry), required=True)


class RequestLook(Schema):
    """That somebody else read the words or opened a document (`field`): when, for which purpose."""

    at = Timestamp(required=True)
    field = fields.String(required=True)
    purpose = fields.String(required=True)


class RequestDetail(Request):
    """One request whole. Text and notes are for the applicant; those who handle it read them by `unmask_request`.

    `has_text`: whether there are words that are kept. `opens`: whether the caller may open words and files. `missing`:
    required documents that were not handed in. `actions`: what the caller may do now. `looks`: what others read or
    opened, told to the applicant.
    """

    has_text = fields.Boolean(required=True)
    opens = fields.Boolean(required=True)

    text = fields.String(load_default=None, allow_none=True, metadata=label(_LABELS["text"]))
    steps = fields.List(fields.Nested(RequestTypeStep), required=True)
    documents = fields.List(fields.Nested(AskedDocument), required=True)
    missing = fields.List(fields.String(), required=True)
    files = fields.List(fields.Nested(RequestFile), required=True)
    history = fields.List(fields.Nested(RequestEntry), required=True)
    actions = fields.List(fields.String(), required=True)
    looks = fields.List(fields.Nested(RequestLook), load_default=list)


_HANDLES = ("officer", "handler")

submit_request = command(
    "welfare", "submit_request", request=SubmitRequest, reply=Request, allow=("member",),
    doc="Ask the union for something of an offered type.", title="提交诉求",
)  # fmt: skip
my_requests = query(
    "welfare", "my_requests", request=PageRequest, reply=Page(MyRequest), allow=("member",),
    doc="One's own requests, newest first.", title="查看自己的诉求",
)  # fmt: skip
list_requests = query(
    "welfare", "list_requests", request=ListRequests, reply=Page(Request), allow=("officer", "auditor", "handler"),
    doc="Requests, by default the open ones by their due day; a handler: of the own types.", title="查看诉求",
)  # fmt: skip
get_request = query(
    "welfare", "get_request", request=RequestRef, reply=RequestDetail,
    allow=("officer", "auditor", "handler", "member"),
    doc="One request; its words only to the applicant, auditors see no files either.", title="查看一件诉求",
)  # fmt: skip
unmask_request = command(
    "welfare", "unmask_request", request=UnmaskRequest, reply=RequestWords, allow=_HANDLES,
    doc="Read what a request says, for a purpose; who looks and why is kept and told to the applicant.",
    title="查看诉求内容",
)  # fmt: skip
accept_request = command(
    "welfare", "accept_request", request=HandleRequest, reply=Request, allow=_HANDLES,
    doc="Accept a request whose required documents are there; its first step begins.", title="受理诉求",
)  # fmt: skip
advance_request = command(
    "welfare", "advance_request", request=HandleRequest, reply=Request, allow=_HANDLES,
    doc="End the step of a request; the next one begins.", title="完成诉求的一个环节",
)  # fmt: skip
finish_request = command(
    "welfare", "finish_request", request=FinishRequest, reply=Request, allow=_HANDLES,
    doc="End a request in its last step, with its outcome.", title="办结诉求",
)  # fmt: skip
decline_request = command(
    "welfare", "decline_request", request=DeclineRequest, reply=Request, allow=_HANDLES,
    doc="Decline a request with a reason.", title="不予办理诉求",
)  # fmt: skip
withdraw_request = command(
    "welfare", "withdraw_request", request=RequestRef, reply=Request, allow=("member",),
    doc="Withdraw one's own request.", title="撤回诉求",
)  # fmt: skip
attach_request_document = command(
    "welfare", "attach_request_document", request=AttachRequestDocument, reply=Request, allow=("member",),
    doc="Hand in a document for one's own open request; it is stored encrypted.", title="上传诉求材料",
)  # fmt: skip
open_request_document = command(
    "welfare", "open_request_document", request=OpenRequestDocument, reply=FileContent,
    allow=("officer", "handler", "member"), doc="A document of a request; looks of others, for a purpose, are logged.",
    title="打开诉求材料",
)  # fmt: skip
