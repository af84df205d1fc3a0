"""Shapes of requests and answers about applications to join. The operations are in `operations`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import ValidationError, fields, pre_load, validate, validates_schema

from services.chassis.schema import (
    REQUIRED,
    Choice,
    Line,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    label,
    labelled,
)
from services.contracts.days import Day
from services.contracts.eras import EARLIEST_BIRTH
from services.contracts.ids import ids_filter
from services.contracts.membership.consents import ConsentRecord, GivenConsent, consent_version
from services.contracts.membership.person import (
    SENSITIVE_FIELDS,
    email_text,
    employment_choice,
    gender_choice,
    id_number_text,
    original_age_choice,
    person_name,
    phone_text,
)
from services.contracts.membership.record.attachments import AttachedFile
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.membership.rulebook import MembershipRule

APPLICATION_STEPS = Vocabulary(
    "application_step", {
        "save": "填写草稿", "propose": "分工会集体申请", "submit": "已提交", "correct": "修改",
        "accept": "分工会通过", "return": "被退回修改", "reject": "未通过", "approve": "校工会批准",
        "withdraw": "申请人撤回", "move": "随分工会变动转入", "lapse": "分工会逾期未确认，申请失效",
    },
)  # fmt: skip


APPLICATION_STATES = Vocabulary(
    "application", draft="草稿", submitted="待分工会审核", unit_reviewed="待校工会批准", returned="已退回修改",
    approved="已批准", rejected="未通过", withdrawn="已撤回",
)  # fmt: skip
APPLICATION_STAGES = Vocabulary(
    "application_stage", draft="填写", submitted="分工会审核", unit_reviewed="校工会批准", approved="成为会员",
)  # fmt: skip
"""States on the way to membership, each called what is done in it."""
NEEDED_TO_SUBMIT = (
    "unit_id", "employment", "name", "gender", "birth_date", "id_number", "phone", "hired_on", "consent_version",
)  # fmt: skip
MOST_AT_ONCE = 1000


class ApplicationStep(Schema):
    """One step of an application: what was done, when, and why."""

    action = fields.String(required=True)
    state = Choice(APPLICATION_STATES, required=True)
    at = Timestamp(required=True)
    reason = fields.String(allow_none=True, load_default=None)


@labelled(MEMBER_FIELDS)
class ApplicationRow(Schema):
    """An application in a list."""

    id = fields.UUID(required=True)
    state = Choice(APPLICATION_STATES, required=True, metadata=label("状态"))
    unit_id = fields.UUID(allow_none=True, load_default=None)
    employment = employment_choice(allow_none=True, load_default=None)
    name = fields.String(allow_none=True, load_default=None)
    gender = gender_choice(allow_none=True, load_default=None)
    hired_on = fields.Date(allow_none=True, load_default=None)
    submitted_at = Timestamp(allow_none=True, load_default=None, metadata=label("提交时间"))
    updated_at = Timestamp(required=True)
    version = fields.Integer(required=True)


class EmploymentTerms(Schema):
    """What the rules in force require for joining in a form of employment.

    `documents` must be attached; empty without a rule. `missing` has a sentence for each rule that is needed and not in
    force, `missing_rules` its key.
    """

    employment = fields.String(required=True)
    may_join = fields.Boolean(allow_none=True, load_default=None)
    documents = fields.List(fields.String(), allow_none=True, load_default=None)
    rules = fields.List(fields.Nested(MembershipRule), required=True)
    missing = fields.List(fields.String(), required=True)
    missing_rules = fields.List(fields.String(), load_default=list)


class EmploymentTermsRequest(Schema):
    """On which day; by default today."""

    on = fields.Date(load_default=None, allow_none=True)


class EmploymentTermsList(Schema):
    """The terms of every form of employment on a day."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(EmploymentTerms), required=True)


class Application(ApplicationRow):
    """入会申请 An application to join; `id_number`, `phone` and `email` are masked.

    `confirmed`: the unit has reviewed it, so photo and documents can be attached. `actions`: open to the caller.
    """

    birth_date = fields.Date(allow_none=True, load_default=None)
    original_age = fields.String(allow_none=True, load_default=None)
    id_number = fields.String(allow_none=True, load_default=None)
    phone = fields.String(allow_none=True, load_default=None)
    email = fields.String(allow_none=True, load_default=None)
    statement = fields.String(allow_none=True, load_default=None)
    consent_version = fields.String(allow_none=True, load_default=None)
    account_id = fields.UUID(allow_none=True, load_default=None)
    member_id = fields.UUID(allow_none=True, load_default=None)
    number = fields.String(allow_none=True, load_default=None)
    steps = fields.List(fields.Nested(ApplicationStep), load_default=list)
    consents = fields.List(fields.Nested(ConsentRecord), load_default=list)
    files = fields.List(fields.Nested(AttachedFile), load_default=list)
    documents_seen = fields.Boolean(load_default=False)
    confirmed = fields.Boolean(load_default=False)
    terms = fields.Nested(EmploymentTerms, allow_none=True, load_default=None)
    actions = fields.List(fields.String(), load_default=list)
    receipt_code = fields.String(allow_none=True, load_default=None)


@labelled(MEMBER_FIELDS)
class ApplicantFields(Schema):
    """The personal data of an applicant."""

    unit_id = fields.UUID()
    employment = employment_choice()
    name = person_name()
    gender = gender_choice()
    birth_date = Day(EARLIEST_BIRTH)
    original_age = original_age_choice(allow_none=True)
    id_number = id_number_text()
    phone = phone_text()
    email = email_text(allow_none=True)
    hired_on = Day()
    statement = Text(500, allow_none=True, metadata=label("想对工会说的话"))
    consent_version = consent_version()


HELD_BY_ID_NUMBER = ("gender", "birth_date")
"""Taken from the identity number where they are not stated."""


def _require_complete(data: dict[str, Any], besides: Collection[str] = ()) -> None:
    besides = {*besides, *HELD_BY_ID_NUMBER} if data.get("id_number") else besides
    besides = {*besides, "consent_version"} if data.get("consents") else besides
    missing = [name for name in NEEDED_TO_SUBMIT if name not in besides and data.get(name) is None]
    if missing:
        raise ValidationError({name: [REQUIRED] for name in missing})


class StatedConsents(Schema):
    """Consents by purpose; `consent_version` alone means the purposes that are required for joining."""

    consents = fields.List(fields.Nested(GivenConsent), validate=validate.Length(max=10))


class SubmitApplication(ApplicantFields, StatedConsents):
    """A new application. A draft may lack fields and needs a signed-in account; a submitted one is complete.

    Photo and documents are attached to it once the unit has accepted it, or returned it for them.
    """

    draft = fields.Boolean(load_default=False)

    @pre_load
    def _nothing_chosen(self, data: Any, **_: Any) -> Any:
        """Drop what a gateway of the previous release sends when no file was chosen."""
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if name not in ("photo", "documents") or value}

    @validates_schema
    def _complete_when_submitted(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("draft"):
            return
        _require_complete(data)


class CheckApplicant(ApplicantFields):
    """What an applicant has stated so far."""


class CheckedApplicant(Schema):
    """What the identity number says of the applicant; null where none was stated."""

    gender = gender_choice(allow_none=True, load_default=None)
    birth_date = fields.Date(allow_none=True, load_default=None)


class ApplicationRef(Schema):
    """One application by id."""

    application_id = fields.UUID(required=True)


class UpdateApplication(ApplicantFields, StatedConsents):
    """Change the given fields while the application is a draft or was returned."""

    application_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)


class MoveApplication(Schema):
    """Make a step with an application; `version`, when given, must be the current one."""

    application_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)


class WithdrawApplication(MoveApplication):
    """The applicant withdraws the application."""

    reason = Text(500, load_default=None, allow_none=True)


class Newcomer(ApplicantFields):
    """A newcomer's complete data from the unit, with consent to the text of the given version."""

    @validates_schema
    def _complete(self, data: dict[str, Any], **_: Any) -> None:
        _require_complete(data, besides=("unit_id",))


@labelled(MEMBER_FIELDS)
class ProposeNewcomers(Schema):
    """Newcomers a unit proposes together: up to 1,000 rows, all or none; invalid rows are named.

    `documents_seen`: the unit has seen the documents that the rules require, and need not attach them. `consents`: what
    all of them agreed to, when the texts have different versions.
    """

    unit_id = fields.UUID(required=True)
    consents = fields.List(fields.Nested(GivenConsent), load_default=None, allow_none=True)
    documents_seen = fields.Boolean(
        load_default=False, metadata=label("已核验非编人员的劳动合同、代理协议或派遣证明原件")
    )
    rows = fields.List(
        fields.Nested(Newcomer(exclude=("unit_id",))),
        required=True,
        validate=validate.Length(min=1, max=MOST_AT_ONCE),
    )


class Proposed(Schema):
    """The application created from a row, and the code by which the newcomer can follow it."""

    application_id = fields.UUID(required=True)
    receipt_code = fields.String(required=True)


class ProposedNewcomers(Schema):
    """The created applications, in the order of the rows."""

    items = fields.List(fields.Nested(Proposed), required=True)


@labelled(MEMBER_FIELDS)
class ApplicationFilter(PageRequest):
    """Which applications to list, oldest submission first; `q` is the beginning of a name.

    `confirmed`: true leaves out those not yet reviewed by the unit (see `list_unconfirmed`), false lists only those.
    """

    state = Choice(APPLICATION_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    q = Line(50, load_default=None, allow_none=True, metadata=label("姓名"))
    confirmed = fields.Boolean(load_default=None, allow_none=True, metadata=label("是否看过"))
    ids = ids_filter()
    with_total = fields.Boolean(load_default=False)


class UnmaskApplication(Schema):
    """One sensitive field in plain, for a stated purpose; the access is logged."""

    application_id = fields.UUID(required=True)
    field = Choice(SENSITIVE_FIELDS, required=True)
    purpose = Text(200, 2, required=True)
