"""What answers about hardship look like."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp, labelled
from services.contracts.welfare.hardship.vocabulary import (
    AID_ENDS,
    AID_EVIDENCE,
    AID_KINDS,
    AID_STATES,
    HARDSHIP_FIELDS,
    HARDSHIP_GRADES,
    RECORD_STATES,
    REVIEW_OUTCOMES,
)
from services.contracts.welfare.vocabulary import CLAIM_STATES


@labelled(HARDSHIP_FIELDS)
class HardshipRecord(Schema):
    """困难职工档案 A member in the registry. `overdue`: its yearly review is past."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    grade = Choice(HARDSHIP_GRADES, required=True)
    since = fields.Date(required=True)
    reviewed_on = fields.Date(allow_none=True, load_default=None)
    review_due = fields.Date(required=True)
    overdue = fields.Boolean(load_default=False)
    state = Choice(RECORD_STATES, required=True)
    ended_on = fields.Date(allow_none=True, load_default=None)
    version = fields.Integer(required=True)


@labelled(HARDSHIP_FIELDS)
class HardshipReview(Schema):
    """复核 One yearly review of a record: when, its outcome, the grade since."""

    reviewed_on = fields.Date(required=True)
    outcome = Choice(REVIEW_OUTCOMES, required=True)
    grade = Choice(HARDSHIP_GRADES, required=True)
    reviewed_by = fields.UUID(allow_none=True, load_default=None)


class HardshipRecordDetail(HardshipRecord):
    """A record with its reviews, newest first."""

    reviews = fields.List(fields.Nested(HardshipReview), required=True)


class MyHardshipRecord(HardshipRecord):
    """One's own record, with what is written of the circumstances."""

    circumstances = fields.String(allow_none=True, load_default=None)


@labelled(HARDSHIP_FIELDS)
class AidApplication(Schema):
    """帮扶申请 An application for aid in a list: asked, granted and paid.

    `kind` is null for chairs, because it tells of an illness. `claim_state` is the funds' answer to the payment.
    """

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    kind = Choice(AID_KINDS, allow_none=True, load_default=None)
    asked = Money(required=True)
    granted = Money(allow_none=True, load_default=None)
    paid = Money(allow_none=True, load_default=None)
    state = Choice(AID_STATES, required=True)
    submitted_at = Timestamp(allow_none=True, load_default=None)
    forwarded_at = Timestamp(allow_none=True, load_default=None)
    decided_on = fields.Date(allow_none=True, load_default=None)
    decision_id = fields.UUID(allow_none=True, load_default=None)
    claim_state = Choice(CLAIM_STATES, required=True)
    refused_rule = fields.String(allow_none=True, load_default=None)
    refused_code = fields.String(allow_none=True, load_default=None)
    end_cause = Choice(AID_ENDS, allow_none=True, load_default=None)
    for_family = fields.Boolean(load_default=False)
    version = fields.Integer(required=True)


class AidEvidence(Schema):
    """A paper of an application without its file; only officers and the applicant learn that it exists."""

    id = fields.UUID(required=True)
    kind = Choice(AID_EVIDENCE, required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    recorded_at = Timestamp(required=True)


class AidStep(Schema):
    """A step of an application: what happened, when, by which account; null when the system did it."""

    at = Timestamp(required=True)
    state = fields.String(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)


@labelled(HARDSHIP_FIELDS)
class AidApplicationDetail(AidApplication):
    """One application: steps, possible actions; papers for officers, who was present for officers and auditors.

    `cap` and `given_this_year` are the figures of the decision, while it is still to be made. `papers_erased_on`: the
    day on which the papers' time of keeping was over.
    """

    actions = fields.List(fields.String(), required=True)
    steps = fields.List(fields.Nested(AidStep), required=True)
    evidence = fields.List(fields.Nested(AidEvidence), load_default=list)
    present = fields.List(fields.UUID(), load_default=list)
    registered = fields.Boolean(allow_none=True, load_default=None)
    cap = Money(allow_none=True, load_default=None)
    given_this_year = Money(allow_none=True, load_default=None)
    missing_rule = fields.String(allow_none=True, load_default=None)
    returned = fields.Boolean(load_default=False)
    papers_erased_on = fields.Date(allow_none=True, load_default=None)


@labelled(HARDSHIP_FIELDS)
class MyAidApplication(AidApplication):
    """One's own application, with what one wrote, and the committee's words to the applicant."""

    reason = fields.String(allow_none=True, load_default=None)
    note = fields.String(allow_none=True, load_default=None)
    returned_because = fields.String(allow_none=True, load_default=None)
    evidence = fields.List(fields.Nested(AidEvidence), load_default=list)
    papers_erased_on = fields.Date(allow_none=True, load_default=None)
    actions = fields.List(fields.String(), load_default=list)


class PlainText(Schema):
    """A protected text in plain; the look was logged."""

    field = fields.String(required=True)
    value = fields.String(allow_none=True, load_default=None)


class HardshipAccess(Schema):
    """Who looked at what of an application or record, when and for what."""

    at = Timestamp(required=True)
    field = fields.String(required=True)
    purpose = fields.String(required=True)
    account_id = fields.UUID(allow_none=True, load_default=None)


class HardshipFigures(Schema):
    """Numbers for officers and auditors: open applications by state, sums of the year, the registry and its reviews."""

    to_forward = fields.Integer(required=True)
    to_review = fields.Integer(required=True)
    payments_refused = fields.Integer(required=True)
    asked = Money(required=True)
    granted = Money(required=True)
    paid = Money(required=True)
    on_record = fields.Integer(required=True)
    reviews_due = fields.Integer(required=True)
