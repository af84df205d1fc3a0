"""What can be asked about hardship."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Money, PageRequest, Schema, Text, Vocabulary, labelled
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.welfare.hardship.vocabulary import (
    AID_EVIDENCE,
    AID_KINDS,
    AID_OUTCOMES,
    AID_STATES,
    HARDSHIP_FIELDS,
    HARDSHIP_GRADES,
    RECORD_STATES,
    REVIEW_OUTCOMES,
)

MOST_PAPERS = 12
"""Papers of one application."""
LARGEST_PAPER = LARGEST
MOST_PRESENT = 60
RECORD_ORDERS = Vocabulary("hardship_order", {"review_due": "复核日期", "-since": "最近建档"})
AID_ORDERS = Vocabulary("aid_order", {"-created": "最近提交", "created": "最早提交"})
PROTECTED = Vocabulary("hardship_protected", reason="申请理由", note="评审意见", circumstances="家庭情况")


def _Amount(**kwargs: object) -> fields.Decimal:  # noqa: N802
    return Money(validate=validate.Range(min=0, min_inclusive=False, max=1_000_000), **kwargs)


@labelled(HARDSHIP_FIELDS)
class OpenHardshipRecord(Schema):
    """Take a member into the registry; `circumstances` is stored encrypted. The review is due by the rule in force."""

    member_id = fields.UUID(required=True)
    grade = Choice(HARDSHIP_GRADES, required=True)
    since = Day(required=True)
    circumstances = Text(1000, load_default=None, allow_none=True)


@labelled(HARDSHIP_FIELDS)
class ListHardshipRecords(PageRequest):
    """The registry. `due`: only those whose review is due today or was before."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    grade = Choice(HARDSHIP_GRADES, load_default=None, allow_none=True)
    state = Choice(RECORD_STATES, load_default=None, allow_none=True)
    due = fields.Boolean(load_default=None, allow_none=True)
    ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=100))
    sort = Choice(RECORD_ORDERS, load_default="review_due")


class RecordRef(Schema):
    """One record of the registry."""

    record_id = fields.UUID(required=True)


@labelled(HARDSHIP_FIELDS)
class ReviewHardshipRecord(RecordRef):
    """The yearly review: keep, regrade (with `grade`) or end the record; the note is stored encrypted."""

    outcome = Choice(REVIEW_OUTCOMES, required=True)
    grade = Choice(HARDSHIP_GRADES, load_default=None, allow_none=True)
    note = Text(500, 2, required=True)
    version = fields.Integer(load_default=None, allow_none=True)


@labelled(HARDSHIP_FIELDS)
class DraftAidApplication(Schema):
    """A draft of one's own application for aid: its kind, the sum asked for, and why (stored encrypted)."""

    kind = Choice(AID_KINDS, required=True)
    asked = _Amount(required=True)
    reason = Text(2000, 5, required=True)


class ApplicationRef(Schema):
    """One application by id."""

    application_id = fields.UUID(required=True)


class ApplicationStep(ApplicationRef):
    """A step of an application; `version`: the one the caller read."""

    version = fields.Integer(load_default=None, allow_none=True)


class ChangeAidDraft(DraftAidApplication):
    """Change one's own draft."""

    application_id = fields.UUID(required=True)


@labelled(HARDSHIP_FIELDS)
class ReturnAidApplication(ApplicationStep):
    """Give an application back to the applicant to be completed; the reason is stored encrypted."""

    reason = Text(500, 2, required=True)


@labelled(HARDSHIP_FIELDS)
class DecideAidApplication(ApplicationStep):
    """The committee's decision: who was present (members), its outcome, the sum granted, and why (stored encrypted)."""

    outcome = Choice(AID_OUTCOMES, required=True)
    granted = Money(load_default=None, allow_none=True, validate=validate.Range(min=0, min_inclusive=False))
    decided_on = Day(required=True)
    present = fields.List(fields.UUID(), required=True, validate=validate.Length(1, MOST_PRESENT))
    note = Text(1000, 2, required=True)


@labelled(HARDSHIP_FIELDS)
class ListAidApplications(PageRequest):
    """Applications; a chair sees those of the own unit once they are submitted, without their kind."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(AID_STATES, load_default=None, allow_none=True)
    payment_refused = fields.Boolean(load_default=None, allow_none=True)
    ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=100))
    sort = Choice(AID_ORDERS, load_default="-created")


@labelled(HARDSHIP_FIELDS)
class AttachAidPaper(ApplicationRef):
    """A paper for one's own application: JPEG, PNG or PDF up to 10 MB, kept encrypted, without metadata and name."""

    kind = Choice(AID_EVIDENCE, required=True)
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST_PAPER, required=True)


class PaperRef(ApplicationRef):
    """One paper of an application."""

    evidence_id = fields.UUID(required=True)


@labelled(HARDSHIP_FIELDS)
class OpenAidPaper(PaperRef):
    """The file of a paper. Officers state a purpose; each look is logged, and the applicant sees who looked."""

    purpose = Line(200, 2, load_default=None, allow_none=True)


@labelled(HARDSHIP_FIELDS)
class UnmaskAid(ApplicationRef):
    """A protected text of an application, for a logged purpose."""

    field = Choice(PROTECTED.only("reason", "note"), required=True)
    purpose = Line(200, 2, required=True)


@labelled(HARDSHIP_FIELDS)
class UnmaskRecord(RecordRef):
    """What is written of the circumstances of a member on record, for a logged purpose."""

    purpose = Line(200, 2, required=True)


class ListAidAccesses(PageRequest):
    """Who looked at an application."""

    application_id = fields.UUID(required=True)


class FiguresRequest(Schema):
    """Figures of a year, by default this one."""

    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=2000, max=2100))
