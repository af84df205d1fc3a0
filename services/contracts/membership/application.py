"""Shapes of an application to join: what is asked and what is answered. The operations are in joining."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.schema import Choice, PageRequest, Schema, Text, Timestamp
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

STATES = ("draft", "submitted", "unit_reviewed", "returned", "approved", "rejected", "withdrawn")
DECISIONS = ("accept", "return", "reject")
NEEDED_TO_SUBMIT = (
    "unit_id", "employment", "name", "gender", "birth_date", "id_number", "phone", "hired_on", "consent_version",
)  # fmt: skip
MOST_AT_ONCE = 1000


class ApplicationStep(Schema):
    """One move of an application: what was done, when, and why."""

    action = fields.String(required=True)
    state = Choice(STATES, required=True)
    at = Timestamp(required=True)
    reason = fields.String(allow_none=True, load_default=None)


class ApplicationRow(Schema):
    """An application as it stands in a list."""

    id = fields.UUID(required=True)
    state = Choice(STATES, required=True)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    employment = fields.String(allow_none=True, load_default=None)
    name = fields.String(allow_none=True, load_default=None)
    gender = fields.String(allow_none=True, load_default=None)
    hired_on = fields.Date(allow_none=True, load_default=None)
    submitted_at = Timestamp(allow_none=True, load_default=None)
    updated_at = Timestamp(required=True)
    version = fields.Integer(required=True)


class Application(ApplicationRow):
    """入会申请 An application to join; `id_number`, `phone` and `email` are masked. `actions`: open to the asker."""

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
    actions = fields.List(fields.String(), load_default=list)
    receipt_code = fields.String(allow_none=True, load_default=None)


class ApplicantFields(Schema):
    """What an applicant states about himself."""

    unit_id = fields.UUID()
    employment = employment_choice()
    name = person_name()
    gender = gender_choice()
    birth_date = fields.Date()
    original_age = original_age_choice(allow_none=True)
    id_number = id_number_text()
    phone = phone_text()
    email = email_text(allow_none=True)
    hired_on = fields.Date()
    statement = Text(500, allow_none=True)
    consent_version = fields.String(validate=validate.Length(min=1, max=40))


def _require_complete(data: dict[str, Any], besides: Collection[str] = ()) -> None:
    missing = [name for name in NEEDED_TO_SUBMIT if name not in besides and data.get(name) is None]
    if missing:
        raise ValidationError({name: ["Missing data for required field."] for name in missing})


class SubmitApplication(ApplicantFields):
    """A new application. A draft may lack fields and needs a signed-in account; a submitted one is complete."""

    draft = fields.Boolean(load_default=False)

    @validates_schema
    def _complete_when_submitted(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("draft"):
            return
        _require_complete(data)


class ApplicationRef(Schema):
    """One application by id."""

    application_id = fields.UUID(required=True)


class UpdateApplication(ApplicantFields):
    """Change what is given while the application is a draft or was returned."""

    application_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)


class MoveApplication(Schema):
    """Move an application on; `version`, when given, must be the current one."""

    application_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)


class ReviewApplication(MoveApplication):
    """The unit chair's decision; returning and rejecting need a reason that the applicant sees."""

    decision = Choice(DECISIONS, required=True)
    reason = Text(500, load_default=None, allow_none=True)

    @validates_schema
    def _reason_when_not_accepted(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("decision") in ("return", "reject") and len((data.get("reason") or "").strip()) < 2:
            raise ValidationError({"reason": ["A reason is needed to return or reject an application."]})


class ApproveApplication(MoveApplication):
    """The union's approval; `joined_on` defaults to today. `original_age` may be stated here from HR."""

    joined_on = fields.Date(load_default=None, allow_none=True)
    original_age = original_age_choice(load_default=None, allow_none=True)


class RejectApplication(MoveApplication):
    """The union's refusal, with the reason the applicant sees."""

    reason = Text(500, 2, required=True)


class ReturnApplication(RejectApplication):
    """The union sends the application back for correction, with the reason the applicant sees."""


class WithdrawApplication(MoveApplication):
    """The applicant takes the application back."""

    reason = Text(500, load_default=None, allow_none=True)


class ApproveApplications(Schema):
    """Approve many at once: those that cannot be approved are named, the others are approved together."""

    application_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))
    joined_on = fields.Date(load_default=None, allow_none=True)


class ApprovalOutcome(Schema):
    """What became of one application of a bulk approval."""

    application_id = fields.UUID(required=True)
    outcome = Choice(("approved", "refused"), required=True)
    member_id = fields.UUID(allow_none=True, load_default=None)
    number = fields.String(allow_none=True, load_default=None)
    rule = fields.String(allow_none=True, load_default=None)
    detail = fields.String(allow_none=True, load_default=None)


class ApprovalOutcomes(Schema):
    """What became of each application, in the order asked."""

    items = fields.List(fields.Nested(ApprovalOutcome), required=True)
    approved = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class Newcomer(ApplicantFields):
    """A newcomer as the unit states him; complete, his consent given in the wording named."""

    @validates_schema
    def _complete(self, data: dict[str, Any], **_: Any) -> None:
        _require_complete(data, besides=("unit_id",))


class ProposeNewcomers(Schema):
    """Newcomers a unit proposes together: up to 1,000 rows, taken whole or not at all; a bad row is named."""

    unit_id = fields.UUID(required=True)
    rows = fields.List(
        fields.Nested(Newcomer(exclude=("unit_id",))),
        required=True,
        validate=validate.Length(min=1, max=MOST_AT_ONCE),
    )


class Proposed(Schema):
    """The application made of a row, and the code by which the newcomer can follow it."""

    application_id = fields.UUID(required=True)
    receipt_code = fields.String(required=True)


class ProposedNewcomers(Schema):
    """The applications made, in the order of the rows."""

    items = fields.List(fields.Nested(Proposed), required=True)


class ApplicationFilter(PageRequest):
    """Which applications to list, oldest submission first; `q` is the beginning of a name."""

    state = Choice(STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    q = Text(50, load_default=None, allow_none=True)
    with_total = fields.Boolean(load_default=False)


class FollowApplication(Schema):
    """Where an application stands, for an applicant without account: its id and the code given when it was made."""

    application_id = fields.UUID(required=True)
    receipt_code = fields.String(required=True, validate=validate.Length(min=8, max=20))


class ApplicationStanding(Schema):
    """Where an application stands, without personal data."""

    application_id = fields.UUID(required=True)
    state = Choice(STATES, required=True)
    steps = fields.List(fields.Nested(ApplicationStep), required=True)
    number = fields.String(allow_none=True, load_default=None)


class UnmaskApplication(Schema):
    """One sensitive field in plain, for a stated purpose; the look is logged."""

    application_id = fields.UUID(required=True)
    field = Choice(SENSITIVE_FIELDS, required=True)
    purpose = Text(200, 2, required=True)
