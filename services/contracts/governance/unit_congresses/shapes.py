"""What is answered about the filings of units' congresses."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, label, labelled
from services.contracts.governance.unit_congresses.vocabulary import (
    CONGRESS_FORMS,
    FILING_DOCUMENTS,
    FILING_FIELDS,
    FILING_STATES,
    FILING_STEPS,
)


@labelled(FILING_FIELDS)
class Filing(Schema):
    """二级教代会备案 What a unit files in a year.

    `members` is the unit's number when the plan was filed, before that the present one. `due_on` is the last day of
    the part that is due, and stays that of the record once all is accepted; `late`: a part came after its day.
    """

    id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    state = Choice(FILING_STATES, required=True)
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    late = fields.Boolean(required=True)
    form = Choice(CONGRESS_FORMS, required=True, allow_none=True)
    members = fields.Integer(required=True)
    planned_on = fields.Date(required=True, allow_none=True)
    held_on = fields.Date(required=True, allow_none=True)
    entitled = fields.Integer(required=True, allow_none=True)
    present = fields.Integer(required=True, allow_none=True)
    open_guidance = fields.Integer(required=True)
    accepted_on = fields.Date(required=True, allow_none=True)


@labelled(FILING_FIELDS)
class FilingCheck(Schema):
    """An item of the checklist with the unit's answer; `own`: the union added it, and `item` is its text."""

    item = fields.String(required=True)
    own = fields.Boolean(required=True)
    done = fields.Boolean(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


@labelled(FILING_FIELDS)
class FilingResolution(Schema):
    """A resolution with its votes; `needed` votes in favour pass it."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    votes_for = fields.Integer(required=True)
    votes_against = fields.Integer(required=True)
    abstained = fields.Integer(required=True)
    needed = fields.Integer(required=True)
    passed = fields.Boolean(required=True)


@labelled(FILING_FIELDS)
class FilingDocument(Schema):
    """A document of a filing."""

    id = fields.UUID(required=True)
    kind = Choice(FILING_DOCUMENTS, required=True)
    added_at = Timestamp(required=True)


@labelled(FILING_FIELDS)
class FilingGuidance(Schema):
    """Guidance of the union and the unit's answer."""

    id = fields.UUID(required=True)
    text = fields.String(required=True)
    written_at = Timestamp(required=True)
    answer = fields.String(required=True, allow_none=True)
    answered_at = Timestamp(required=True, allow_none=True)


@labelled(FILING_FIELDS)
class FilingStep(Schema):
    """What was done with a filing, and why."""

    step = Choice(FILING_STEPS, required=True)
    note = fields.String(required=True, allow_none=True)
    at = Timestamp(required=True)


class FilingRule(Schema):
    """A figure by which a filing is measured, and where it is written."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    document = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    article = fields.String(required=True, allow_none=True)
    ruleset = fields.String(required=True)
    valid_from = fields.Date(required=True)


@labelled(FILING_FIELDS)
class FilingDetail(Filing):
    """One filing whole, with what the caller may do now and the rules it is measured by.

    `wanted`: kinds of documents that are required. `missing_rules`: keys without a rule, which stop the next step.
    """

    place = fields.String(required=True, allow_none=True)
    agenda = fields.String(required=True, allow_none=True)
    delegates = fields.Integer(required=True, allow_none=True)
    summary = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    quorum = fields.Integer(required=True, allow_none=True)
    checks = fields.List(fields.Nested(FilingCheck), required=True)
    resolutions = fields.List(fields.Nested(FilingResolution), required=True)
    documents = fields.List(fields.Nested(FilingDocument), required=True)
    wanted = fields.List(Choice(FILING_DOCUMENTS), required=True)
    guidance = fields.List(fields.Nested(FilingGuidance), required=True)
    history = fields.List(fields.Nested(FilingStep), required=True)
    rules = fields.List(fields.Nested(FilingRule), required=True)
    missing_rules = fields.List(fields.String(), required=True)
    actions = fields.List(fields.String(), required=True)


class OpenedFilings(Schema):
    """How many units were newly asked to file."""

    year = fields.Integer(required=True, metadata=label("年份"))
    opened = fields.Integer(required=True)


@labelled(FILING_FIELDS)
class YearOfUnit(Schema):
    """A unit's congress of a year; numbers are null while there is no accepted record."""

    year = fields.Integer(required=True)
    filing_id = fields.UUID(required=True)
    state = Choice(FILING_STATES, required=True)
    overdue = fields.Boolean(required=True)
    late = fields.Boolean(required=True)
    held_on = fields.Date(required=True, allow_none=True)
    entitled = fields.Integer(required=True, allow_none=True)
    present = fields.Integer(required=True, allow_none=True)
    resolutions = fields.Integer(required=True)


class UnitCompared(Schema):
    """A unit over the years up to `until`, the latest first."""

    until = fields.Integer(required=True)
    unit_id = fields.UUID(required=True, metadata=label("分工会"))
    years = fields.List(fields.Nested(YearOfUnit), required=True)


@labelled(FILING_FIELDS)
class YearOfFilings(Schema):
    """How the units of a year stand."""

    year = fields.Integer(required=True)
    accepted = fields.Integer(required=True, metadata=label("已备案"))
    review = fields.Integer(required=True, metadata=label("待审核"))
    open = fields.Integer(required=True, metadata=label("待报送"))
    overdue = fields.Integer(required=True)
    waived = fields.Integer(required=True, metadata=label("免报"))


class FilingFigures(Schema):
    """The years in counts of units, the latest first."""

    years = fields.List(fields.Nested(YearOfFilings), required=True)
