"""Joining the union (入会): the application, its review by the unit and approval by the union.

Belongs here: operations of applicants, unit chairs and officers, and the events up to `member_joined`. Not: the member
record that approval creates (record).
"""

from marshmallow import fields

from services.chassis.schema import ACCOUNT, PUBLIC, Event, Page, PageRequest, Schema, command, query
from services.contracts.files import FileContent
from services.contracts.jobs import Job
from services.contracts.membership.joining.applications import (
    Application,
    ApplicationFilter,
    ApplicationRef,
    ApplicationRow,
    CheckApplicant,
    CheckedApplicant,
    EmploymentTermsList,
    EmploymentTermsRequest,
    MoveApplication,
    ProposedNewcomers,
    ProposeNewcomers,
    SubmitApplication,
    UnmaskApplication,
    UpdateApplication,
    WithdrawApplication,
)
from services.contracts.membership.joining.approval import (
    ApprovalOutcomes,
    ApprovalRunOutcomes,
    ApprovalRunRef,
    ApproveApplication,
    ApproveApplications,
    RejectApplication,
    ReturnApplication,
    ReviewApplication,
    StartApproval,
)
from services.contracts.membership.joining.files import (
    ApplicationFileRef,
    AttachToApplication,
    OpenApplicationFile,
    ReplaceApplicationPhoto,
)
from services.contracts.membership.joining.receipts import (
    ApplicationStanding,
    AttachWithReceipt,
    DetachWithReceipt,
    FollowApplication,
    ReplacePhotoWithReceipt,
)
from services.contracts.membership.joining.unconfirmed import (
    ListUnconfirmed,
    RejectedUnconfirmed,
    RejectUnconfirmed,
    UnconfirmedRow,
)
from services.contracts.membership.person import PlainValue

submit_application = command(
    "membership", "submit_application", request=SubmitApplication, reply=Application, allow=(PUBLIC,),
    doc="Apply to join, or save a draft; without an account the reply holds the code to follow it with.",
)  # fmt: skip
propose_newcomers = command(
    "membership", "propose_newcomers", request=ProposeNewcomers, reply=ProposedNewcomers, allow=("chair", "officer"),
    doc="A unit applies for its newcomers together: its chair, or an officer while the unit has no chair.",
    title="为新教职工集体申请",
)  # fmt: skip
check_applicant = command(
    "membership", "check_applicant", request=CheckApplicant, reply=CheckedApplicant, allow=(PUBLIC,),
    doc="Everything that is wrong with what an applicant states, field by field, and what the identity number says; "
    "nothing is stored.", title="核对入会申请的内容",
)  # fmt: skip
update_application = command(
    "membership", "update_application", request=UpdateApplication, reply=Application, allow=(ACCOUNT,),
    doc="Correct the own application while it is a draft or was returned.", title="修改自己的入会申请",
)  # fmt: skip
submit_draft = command(
    "membership", "submit_draft", request=MoveApplication, reply=Application, allow=(ACCOUNT,),
    doc="Submit the own draft, or the own returned application again.", title="提交自己的入会申请",
)  # fmt: skip
withdraw_application = command(
    "membership", "withdraw_application", request=WithdrawApplication, reply=Application, allow=(ACCOUNT,),
    doc="Take the own application back before it is decided.", title="撤回自己的入会申请",
)  # fmt: skip
review_application = command(
    "membership", "review_application", request=ReviewApplication, reply=Application, allow=("chair", "officer"),
    doc="Accept, return or reject for the unit: its chair, or an officer while the unit has no chair.",
    title="分工会审核入会申请",
)  # fmt: skip
approve_application = command(
    "membership", "approve_application", request=ApproveApplication, reply=Application, allow=("officer",),
    doc="Approve what the unit accepted: a member with the next number.", title="批准入会",
)  # fmt: skip
approve_applications = command(
    "membership", "approve_applications", request=ApproveApplications, reply=ApprovalOutcomes, allow=("officer",),
    doc="Approve up to 1,000 applications at once.", title="批量批准入会",
)  # fmt: skip
reject_application = command(
    "membership", "reject_application", request=RejectApplication, reply=Application, allow=("officer",),
    doc="Reject what the unit accepted, with a reason.", title="不批准入会",
)  # fmt: skip
return_application = command(
    "membership", "return_application", request=ReturnApplication, reply=Application, allow=("officer",),
    doc="Send what the unit accepted back to the applicant, with a reason.", title="退回入会申请",
)  # fmt: skip
list_applications = query(
    "membership", "list_applications", request=ApplicationFilter, reply=Page(ApplicationRow),
    allow=("chair", "officer", "auditor"), doc="Applications by state and unit; a chair sees the own unit's.",
    title="查看入会申请列表",
)  # fmt: skip
my_applications = query(
    "membership", "my_applications", request=PageRequest, reply=Page(ApplicationRow), allow=(ACCOUNT,),
    doc="The applications of the asking account, newest first.", title="查看入会申请",
)  # fmt: skip
get_application = query(
    "membership", "get_application", request=ApplicationRef, reply=Application, allow=(ACCOUNT,),
    doc="One application with its steps: for the applicant, the unit's chair, officers and auditors.",
    title="查看入会申请", reach={"officer": "union", "auditor": "union", "chair": "unit"},
)  # fmt: skip
follow_application = query(
    "membership", "follow_application", request=FollowApplication, reply=ApplicationStanding, allow=(PUBLIC,),
    doc="Where an application stands, by id and receipt code.", title="凭回执查询申请进度",
)  # fmt: skip
attach_with_receipt = command(
    "membership", "attach_with_receipt", request=AttachWithReceipt, reply=ApplicationStanding, allow=(PUBLIC,),
    doc="Attach a document by the receipt code, once the unit has looked at the application.", title="凭回执补充材料",
)  # fmt: skip
replace_photo_with_receipt = command(
    "membership", "replace_photo_with_receipt", request=ReplacePhotoWithReceipt, reply=ApplicationStanding,
    allow=(PUBLIC,), doc="Give the application a photo by the receipt code, agreeing to its use.",
    title="凭回执更换照片",
)  # fmt: skip
detach_with_receipt = command(
    "membership", "detach_with_receipt", request=DetachWithReceipt, reply=ApplicationStanding, allow=(PUBLIC,),
    doc="Take the photo or a document off an application by the receipt code.", title="凭回执删除材料",
)  # fmt: skip
submit_with_receipt = command(
    "membership", "submit_with_receipt", request=FollowApplication, reply=ApplicationStanding, allow=(PUBLIC,),
    doc="Submit a returned application again by the receipt code.", title="凭回执重新提交",
)  # fmt: skip
list_unconfirmed = query(
    "membership", "list_unconfirmed", request=ListUnconfirmed, reply=Page(UnconfirmedRow),
    allow=("chair", "officer", "auditor"), doc="Applications no unit has looked at yet; a chair sees the own unit's.",
    title="查看尚未审核的申请",
)  # fmt: skip
reject_unconfirmed = command(
    "membership", "reject_unconfirmed", request=RejectUnconfirmed, reply=RejectedUnconfirmed,
    allow=("chair", "officer"), doc="Reject many applications no unit has looked at, if they are as many as expected.",
    title="批量拒绝尚未审核的申请",
)  # fmt: skip
unmask_application = command(
    "membership", "unmask_application", request=UnmaskApplication, reply=PlainValue, allow=("chair", "officer"),
    doc="One sensitive field of an application in plain, for a purpose that is logged.", title="查看申请的敏感项",
)  # fmt: skip
attach_to_application = command(
    "membership", "attach_to_application", request=AttachToApplication, reply=Application,
    allow=(ACCOUNT,), doc="Attach a document to an application before the union decides: its applicant or the unit.",
    title="为申请添加材料", reach={"officer": "union", "chair": "unit"},
)  # fmt: skip
replace_application_photo = command(
    "membership", "replace_application_photo", request=ReplaceApplicationPhoto, reply=Application, allow=(ACCOUNT,),
    doc="Give the own application a photo, agreeing to its use.", title="更换自己申请的照片",
)  # fmt: skip
detach_from_application = command(
    "membership", "detach_from_application", request=ApplicationFileRef, reply=Application, allow=(ACCOUNT,),
    doc="Take the photo or a document off an application before the union decides.",
    title="删除申请的材料", reach={"officer": "union", "chair": "unit"},
)  # fmt: skip
open_application_file = command(
    "membership", "open_application_file", request=OpenApplicationFile, reply=FileContent, allow=(ACCOUNT,),
    doc="A document of an application; a look by somebody else than the applicant is logged.",
    title="打开申请的材料", reach={"officer": "union", "chair": "unit"},
)  # fmt: skip
application_photo = query(
    "membership", "application_photo", request=ApplicationRef, reply=FileContent, allow=(ACCOUNT,),
    doc="The photo of an application: for the applicant, the unit's chair and officers.",
    title="查看申请的照片", reach={"officer": "union", "chair": "unit"},
)  # fmt: skip
employment_terms = query(
    "membership", "employment_terms", request=EmploymentTermsRequest, reply=EmploymentTermsList, allow=(PUBLIC,),
    doc="What the rules in force ask of each form of employment, with where it is written.",
    title="查看各用工形式的入会要求",
)  # fmt: skip
start_approval = command(
    "membership", "start_approval", request=StartApproval, reply=Job, allow=("officer",),
    doc="Approve many applications as long work whose progress can be followed.", title="开始批量批准",
)  # fmt: skip
approval_outcomes = query(
    "membership", "approval_outcomes", request=ApprovalRunRef, reply=ApprovalRunOutcomes, allow=("officer",),
    doc="What became of each application of a batch.", title="查看批量批准的结果",
)  # fmt: skip

_APPLICATION = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0004"
_ACCOUNT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0005"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"


class ApplicationFact(Schema):
    """Which application of which unit, and the account it was made with, if any."""

    application_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)


class ApplicationSubmitted(Event, source="membership"):
    """An application was submitted, or submitted again after it was returned; the unit's chair has to review it."""

    subject = "application/{application_id}"
    data = ApplicationFact
    example = {"application_id": _APPLICATION, "unit_id": _UNIT, "account_id": _ACCOUNT}


class ApplicationReviewed(Event, source="membership"):
    """The unit accepted an application; the union has to approve it."""

    subject = "application/{application_id}"
    data = ApplicationFact
    example = ApplicationSubmitted.example


class ApplicationReturned(Event, source="membership"):
    """An application was sent back to the applicant for correction."""

    subject = "application/{application_id}"
    data = ApplicationFact
    example = ApplicationSubmitted.example


class ApplicationRejectedData(ApplicationFact):
    """Who rejected: the unit or the union. The reason is not in the event."""

    by = fields.String(required=True)


class ApplicationRejected(Event, source="membership"):
    """An application was rejected, by the unit or the union."""

    subject = "application/{application_id}"
    data = ApplicationRejectedData
    example = {**ApplicationSubmitted.example, "by": "unit"}


class ApplicationWithdrawn(Event, source="membership"):
    """The applicant withdrew the application."""

    subject = "application/{application_id}"
    data = ApplicationFact
    example = ApplicationSubmitted.example


class MemberJoinedData(Schema):
    """Who became a member, in which unit, with which number; application and account if there was one."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    number = fields.String(required=True)
    application_id = fields.UUID(allow_none=True, load_default=None)
    account_id = fields.UUID(allow_none=True, load_default=None)
    employment = fields.String(required=True)
    joined_on = fields.Date(required=True)
    rejoined = fields.Boolean(load_default=False)


class MemberJoined(Event, source="membership"):
    """Somebody became a member: by approval of an application, or admitted in bulk from a roster.

    `rejoined`: a former member, who has the former id and number again.
    """

    subject = "member/{member_id}"
    data = MemberJoinedData
    example = {"member_id": _MEMBER, "unit_id": _UNIT, "number": "M000042", "application_id": _APPLICATION,
               "account_id": _ACCOUNT, "employment": "contract", "joined_on": "2023-03-01",
               "rejoined": False}  # fmt: skip
