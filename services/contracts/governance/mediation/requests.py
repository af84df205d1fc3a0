"""What can be asked about mediation. Words are stored encrypted; names of files are not kept."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Name, PageRequest, Schema, Text, Timestamp, label, labelled
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.governance.mediation.vocabulary import (
    CONSENTS,
    DISPUTE_FIELDS,
    DISPUTE_MATTERS,
    DISPUTE_MOVES,
    DISPUTE_ORDERS,
    DISPUTE_ORIGINS,
    DISPUTE_PAPERS,
    DISPUTE_SIDES,
    DISPUTE_STATES,
    DISPUTES_SHOWN,
    RESPONDENT_KINDS,
    SIGNATURES,
    STEP_ASIDE,
)

MOST_PARTIES, MOST_FILES, MOST_HEARINGS, MOST_MEDIATORS, MOST_NOTICES = 60, 60, 40, 5, 500
"""Of one case; notices: handed over at once."""


class DisputeRef(Schema):
    """One case by id."""

    dispute_id = fields.UUID(required=True)


@labelled(DISPUTE_FIELDS)
class ClassifyMatter(Schema):
    """What a dispute is about, since when it is known, and whether the person still works here."""

    matter = Choice(DISPUTE_MATTERS, required=True)
    known_on = Day(load_default=None, allow_none=True)
    employed = fields.Boolean(load_default=True)


@labelled(DISPUTE_FIELDS)
class ApplyForMediation(ClassifyMatter):
    """A written application: what is asked for and why, and who the other side is."""

    applicant_name = Name(60, required=True)
    applicant_contact = Line(100, 1, required=True)
    claim = Text(2000, 5, required=True)
    facts = Text(5000, 5, required=True)
    respondent_kind = Choice(RESPONDENT_KINDS, required=True)
    respondent_name = Line(100, 1, required=True)


@labelled(DISPUTE_FIELDS)
class RecordDispute(ApplyForMediation):
    """An oral application taken down on the spot, or a case the committee proposes itself. The caller is its clerk.

    `recorded_at`: when an oral application was taken down.
    """

    origin = Choice(DISPUTE_ORIGINS.only("oral", "proposed"), required=True)
    recorded_at = Timestamp(load_default=None, allow_none=True)
    applicant_member_id = fields.UUID(load_default=None, allow_none=True)
    respondent_member_id = fields.UUID(load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class ListDisputes(PageRequest):
    """The cases in which the caller has a part."""

    show = Choice(DISPUTES_SHOWN, load_default="open")
    state = Choice(DISPUTE_STATES, load_default=None, allow_none=True)
    sort = Choice(DISPUTE_ORDERS, load_default="-received_on")


@labelled(DISPUTE_FIELDS)
class ReleaseDispute(DisputeRef):
    """Give a case back, for another clerk."""

    reason = Text(500, 2, required=True)


@labelled(DISPUTE_FIELDS)
class MoveDispute(DisputeRef):
    """A step of a case. `note` is told to the parties; `on` and `document_number` are those of a confirmation."""

    move = Choice(DISPUTE_MOVES, required=True)
    note = Text(1000, load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)
    document_number = Line(60, load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class AddDisputeParty(DisputeRef):
    """Another claimant, or another of the other side."""

    side = Choice(DISPUTE_SIDES, required=True)
    name = Line(100, 1, required=True)
    contact = Line(100, load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class LinkDisputeParty(DisputeRef):
    """The member who is a party, or who acts for the department that is one."""

    party_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


@labelled(DISPUTE_FIELDS)
class ChooseRepresentatives(DisputeRef):
    """Who acts for many claimants."""

    party_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 5))


@labelled(DISPUTE_FIELDS)
class AnswerConsent(DisputeRef):
    """The answer of a party: whether mediation, or an extension, is agreed to."""

    about = Choice(CONSENTS, required=True)
    answer = fields.Boolean(required=True)
    note = Text(500, load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class RecordConsent(AnswerConsent):
    """The answer of a party as a paper among the files of the case has it."""

    party_id = fields.UUID(required=True)


@labelled(DISPUTE_FIELDS)
class AssignMediator(DisputeRef):
    """Ask a mediator to take the case."""

    mediator_id = fields.UUID(required=True)


@labelled(DISPUTE_FIELDS)
class AnswerAssignment(DisputeRef):
    """Serve, having no interest in the case, or step aside for a ground."""

    answer = fields.Boolean(required=True)
    ground = Choice(STEP_ASIDE, load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class RemoveMediator(AssignMediator):
    """Replace a mediator, such as one whom a party challenges."""

    reason = Text(500, 2, required=True)


@labelled(DISPUTE_FIELDS)
class ProposeExtension(DisputeRef):
    """A later last day, to be agreed by both sides."""

    until = Day(required=True)


@labelled(DISPUTE_FIELDS)
class ScheduleHearing(DisputeRef):
    """When and where the parties meet."""

    held_at = Timestamp(required=True)
    place = Line(100, 1, required=True)


@labelled(DISPUTE_FIELDS)
class RecordHearing(DisputeRef):
    """What a hearing came to."""

    hearing_id = fields.UUID(required=True)
    attended = Line(300, 1, required=True)
    notes = Text(5000, 2, required=True)


@labelled(DISPUTE_FIELDS)
class WriteAgreement(DisputeRef):
    """The text the parties are to sign."""

    text = Text(8000, 10, required=True)
    perform_by = Day(load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class ConcludeAgreement(DisputeRef):
    """Which marks the agreement bears."""

    applicant_mark = Choice(SIGNATURES, load_default=None, allow_none=True)
    respondent_mark = Choice(SIGNATURES, load_default=None, allow_none=True)
    mediator_signed_on = Day(load_default=None, allow_none=True)
    sealed_on = Day(load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class AttachDisputePaper(DisputeRef):
    """A paper of a case: JPEG, PNG or PDF up to 10 MB, recognised by its content."""

    kind = Choice(DISPUTE_PAPERS, required=True)
    name = FileName(required=True, metadata=label("文件名"))
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class DisputePaperRef(DisputeRef):
    """One paper of a case."""

    paper_id = fields.UUID(required=True)


@labelled(DISPUTE_FIELDS)
class DisputeFiguresRequest(Schema):
    """Of which year; this one by default."""

    year = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(2000, 2100))


class SettleNotices(Schema):
    """Which notices were taken over."""

    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_NOTICES))
