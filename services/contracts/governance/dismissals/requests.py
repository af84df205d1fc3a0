"""What can be asked about dismissal notices. Words and names are stored encrypted; names of files are not kept."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Line, Name, PageRequest, Schema, Text, label, labelled
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.governance.dismissals.vocabulary import (
    DECIDED_BY,
    DISMISSAL_FIELDS,
    DISMISSAL_GROUNDS,
    DISMISSAL_OPINIONS,
    DISMISSAL_ORDERS,
    DISMISSAL_PAPERS,
    DISMISSAL_STATES,
    DISMISSALS_SHOWN,
    EMPLOYER_ANSWERS,
)

MOST_FILES = 30
"""Of one notice."""


class DismissalRef(Schema):
    """One notice by id."""

    dismissal_id = fields.UUID(required=True)


@labelled(DISMISSAL_FIELDS)
class NotifyDismissal(Schema):
    """The employer's notice before it ends a contract; of somebody who is no member, or not known as one, the name."""

    member_id = fields.UUID(load_default=None, allow_none=True)
    person_name = Name(60, required=True)
    ground = Choice(DISMISSAL_GROUNDS, required=True)
    reason = Text(5000, 5, required=True)
    effective_on = Day(required=True)


@labelled(DISMISSAL_FIELDS)
class ListDismissals(PageRequest):
    """The notices in which the caller has a part; `q` is found in the number and in the ground as people read it."""

    show = Choice(DISMISSALS_SHOWN, load_default="open")
    state = Choice(DISMISSAL_STATES, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    sort = Choice(DISMISSAL_ORDERS, load_default="-received_on")


@labelled(DISMISSAL_FIELDS)
class LinkDismissal(DismissalRef):
    """The member whom a notice concerns: an employer's system often knows no ids of members."""

    member_id = fields.UUID(required=True)


@labelled(DISMISSAL_FIELDS)
class GiveOpinion(DismissalRef):
    """The union's opinion; one that asks for correction says why, and which rule or clause is broken."""

    opinion = Choice(DISMISSAL_OPINIONS, required=True)
    opinion_text = Text(3000, load_default=None, allow_none=True)
    violated = Text(500, load_default=None, allow_none=True)
    decided_by = Choice(DECIDED_BY, required=True)


@labelled(DISMISSAL_FIELDS)
class AnswerDismissal(DismissalRef):
    """What the employer made of the union's opinion, in writing."""

    answer = Choice(EMPLOYER_ANSWERS, required=True)
    answer_text = Text(3000, 2, required=True)


@labelled(DISMISSAL_FIELDS)
class MoveDismissal(DismissalRef):
    """Give a notice back, withdraw it for the employer, or close it."""

    note = Text(500, 2, required=True)


@labelled(DISMISSAL_FIELDS)
class ReferDismissal(DismissalRef):
    """The member's application for mediation about the dismissal."""

    person_name = Name(60, required=True)
    applicant_contact = Line(100, 1, required=True)
    respondent_name = Line(100, 1, required=True)
    claim = Text(2000, 5, required=True)
    facts = Text(5000, 5, required=True)


@labelled(DISMISSAL_FIELDS)
class AttachDismissalPaper(DismissalRef):
    """A paper of a notice: JPEG, PNG or PDF up to 10 MB, recognised by its content."""

    kind = Choice(DISMISSAL_PAPERS, required=True)
    name = FileName(required=True, metadata=label("文件名"))
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class DismissalPaperRef(DismissalRef):
    """One paper of a notice."""

    paper_id = fields.UUID(required=True)


@labelled(DISMISSAL_FIELDS)
class DismissalFiguresRequest(Schema):
    """Of which year; this one by default."""

    year = fields.Integer(load_default=None, allow_none=True, strict=True)
