"""Shapes of decisions of the unit and the union about applications. The operations are in `operations`."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Page, PageRequest, Schema, Text, Vocabulary, invalid, label, labelled
from services.contracts.days import Day
from services.contracts.membership.joining.applications import APPLICATION_STEPS, MOST_AT_ONCE, MoveApplication
from services.contracts.membership.person import original_age_choice
from services.contracts.membership.record.fields import MEMBER_FIELDS

DECISIONS = APPLICATION_STEPS.only("accept", "return", "reject")
RUN_OUTCOMES = Vocabulary("approval", waiting="等待中", approved="已批准", refused="未批准")
OUTCOMES = RUN_OUTCOMES.only("approved", "refused")


class ReviewApplication(MoveApplication):
    """The unit chair's decision; returning and rejecting need a reason that the applicant sees.

    `documents_seen`: the unit has seen the documents that the rules require, and they need not be attached.
    """

    decision = Choice(DECISIONS, required=True)
    documents_seen = fields.Boolean(load_default=False)
    reason = Text(500, load_default=None, allow_none=True)

    @validates_schema
    def _reason_when_not_accepted(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("decision") in ("return", "reject") and len((data.get("reason") or "").strip()) < 2:
            detail = "A reason is needed to return or reject an application."
            raise invalid("joining.reason_missing", detail, field="reason")


class ApproveApplication(MoveApplication):
    """The union's approval; `joined_on` defaults to today. `original_age` may be stated here from HR.

    If no rule in force says what the form of employment requires, an officer gives a reason in `exception`.
    """

    joined_on = Day(load_default=None, allow_none=True)
    original_age = original_age_choice(load_default=None, allow_none=True)
    exception = Text(300, 2, load_default=None, allow_none=True)


class RejectApplication(MoveApplication):
    """The union's refusal, with the reason the applicant sees."""

    reason = Text(500, 2, required=True)


class ReturnApplication(RejectApplication):
    """The union sends the application back for correction, with the reason the applicant sees."""


class ApproveApplications(Schema):
    """Approve many at once: those that cannot be approved are named, the others are approved together."""

    application_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))
    joined_on = Day(load_default=None, allow_none=True)


@labelled(MEMBER_FIELDS)
class ApprovalOutcome(Schema):
    """The outcome for one application of a bulk approval."""

    application_id = fields.UUID(required=True)
    outcome = Choice(OUTCOMES, required=True)
    member_id = fields.UUID(allow_none=True, load_default=None)
    number = fields.String(allow_none=True, load_default=None)
    rule = fields.String(allow_none=True, load_default=None)
    detail = fields.String(allow_none=True, load_default=None)


class ApprovalOutcomes(Schema):
    """The outcome for each application, in the order of the request."""

    items = fields.List(fields.Nested(ApprovalOutcome), required=True)
    approved = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class StartApproval(Schema):
    """Approve as a job: the applications named, or all that wait for the union, of one unit or of all.

    `expected`: how many were seen to wait; another number is refused.
    """

    application_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(min=1, max=MOST_AT_ONCE)
    )
    unit_id = fields.UUID(load_default=None, allow_none=True)
    joined_on = Day(load_default=None, allow_none=True)
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


class ApprovalRunRef(PageRequest):
    """The outcomes for the applications of one batch, in order of processing."""

    job_id = fields.UUID(required=True)
    outcome = Choice(RUN_OUTCOMES, load_default=None, allow_none=True, metadata=label("结果"))


@labelled(MEMBER_FIELDS)
class ApprovalRunOutcome(ApprovalOutcome):
    """The outcome for one application of a batch so far, with the applicant's name."""

    outcome = Choice(RUN_OUTCOMES, required=True, metadata=label("结果"))
    name = fields.String(allow_none=True, load_default=None)
    unit_id = fields.UUID(allow_none=True, load_default=None)


ApprovalRunOutcomes = Page(ApprovalRunOutcome)
