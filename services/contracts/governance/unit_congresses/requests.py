"""What can be asked about the filings of units' congresses."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, label, labelled
from services.contracts.days import Day
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType
from services.contracts.governance.unit_congresses.vocabulary import (
    CONGRESS_FORMS,
    FILING_DOCUMENTS,
    FILING_FIELDS,
    FILING_ORDERS,
    FILING_REVIEWS,
    FILING_STATES,
    FILINGS_SHOWN,
)
from services.contracts.ids import ids_filter

MOST_DOCUMENTS, MOST_RESOLUTIONS, MOST_GUIDANCE = 30, 60, 40
"""Of one filing."""
LONGEST_ITEM = 60
"""Characters of an item of the checklist."""
MOST_PEOPLE, MOST_YEARS, MOST_NAMED = 100_000, 10, 100
_VOTES = validate.Range(0, MOST_PEOPLE)


def _count(**kwargs: object) -> fields.Integer:
    return fields.Integer(strict=True, validate=_VOTES, **kwargs)  # type: ignore[arg-type]


class FilingRef(Schema):
    """One filing by id."""

    filing_id = fields.UUID(required=True)


@labelled(FILING_FIELDS)
class OpenFilings(Schema):
    """The year for which every unit is asked to file."""

    year = fields.Integer(required=True, strict=True, validate=validate.Range(2012, 2100))


@labelled(FILING_FIELDS)
class ListFilings(PageRequest):
    """Which filings: all to officers and auditors, a chair the own unit's, a member the own unit's accepted ones.

    `q`: words of the agenda, the place or a resolution; filings of `named_unit_ids` are found by it too.
    """

    show = Choice(FILINGS_SHOWN, load_default="all")
    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1900, 2200))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(FILING_STATES, load_default=None, allow_none=True)
    form = Choice(CONGRESS_FORMS, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    named_unit_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_NAMED))
    ids = ids_filter()
    sort = Choice(FILING_ORDERS, load_default="-year")


@labelled(FILING_FIELDS)
class FilingYears(Schema):
    """Over how many years up to which one, this year by default; of all units or of one."""

    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1900, 2200))
    years = fields.Integer(load_default=3, validate=validate.Range(1, MOST_YEARS))
    unit_id = fields.UUID(load_default=None, allow_none=True)


class CompareFilings(PageRequest, FilingYears):
    """The units to compare, a page of them at a time."""


@labelled(FILING_FIELDS)
class SubmitPlan(FilingRef):
    """The plan of a unit's congress. A meeting of all staff has no delegates."""

    form = Choice(CONGRESS_FORMS, required=True)
    planned_on = Day(required=True)
    place = Line(100, 1, required=True)
    agenda = Text(3000, 5, required=True)
    delegates = _count(load_default=None, allow_none=True)


@labelled(FILING_FIELDS)
class SaveRecord(FilingRef):
    """What the congress came to, kept until it is submitted."""

    held_on = Day(required=True)
    entitled = _count(required=True)
    present = _count(required=True)
    summary = Text(5000, 5, required=True)


@labelled(FILING_FIELDS)
class AddFilingResolution(FilingRef):
    """A resolution with its votes."""

    title = Line(200, 2, required=True)
    votes_for = _count(required=True)
    votes_against = _count(load_default=0)
    abstained = _count(load_default=0)


class FilingResolutionRef(FilingRef):
    """One resolution of a filing."""

    resolution_id = fields.UUID(required=True)


@labelled(FILING_FIELDS)
class CheckAnswer(Schema):
    """Whether an item of the checklist was done, and why not."""

    item = Line(LONGEST_ITEM, 1, required=True)
    done = fields.Boolean(required=True)
    note = Line(200, load_default=None, allow_none=True)


class AnswerChecks(FilingRef):
    """Answers to items of the checklist; those that are not named stay as they are."""

    answers = fields.List(fields.Nested(CheckAnswer), required=True, validate=validate.Length(1, 40))


@labelled(FILING_FIELDS)
class AttachFilingDocument(FilingRef):
    """A document: JPEG, PNG or PDF up to 10 MB, recognised by its content."""

    kind = Choice(FILING_DOCUMENTS, required=True)
    name = FileName(required=True, metadata=label("文件名"))
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class FilingDocumentRef(FilingRef):
    """One document of a filing."""

    document_id = fields.UUID(required=True)


@labelled(FILING_FIELDS)
class ReviewFiling(FilingRef):
    """Accept what was filed, or return it with the reason."""

    decision = Choice(FILING_REVIEWS, required=True)
    reason = Text(500, load_default=None, allow_none=True)


@labelled(FILING_FIELDS)
class MoveFiling(FilingRef):
    """Why a unit need not file, has to after all, or has to correct what was accepted."""

    reason = Text(500, 2, required=True)


@labelled(FILING_FIELDS)
class WriteGuidance(FilingRef):
    """Guidance for the unit, which it is to answer."""

    text = Text(1000, 2, required=True)


@labelled(FILING_FIELDS)
class AnswerGuidance(FilingRef):
    """The unit's answer to guidance."""

    guidance_id = fields.UUID(required=True)
    answer = Text(1000, 2, required=True)
