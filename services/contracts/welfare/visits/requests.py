"""What visits are asked with. The operations are in `operations`."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.schema import Choice, Money, PageRequest, Schema, Text
from services.contracts.days import Day
from services.contracts.welfare.visits.shapes import VISIT_STATES
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS, FORMS, LEVELS, RELATIONS, OccasionKey

_MOST_YUAN = 1_000_000


class ReportLifeEvent(Schema):
    """Something in a member's life that calls for a visit. Without `member_id` the caller reports for himself.

    `relation` says who died, for a bereavement only; `another_relative` that it is another one than was reported
    already, as when both parents die on one day. `note` is kept encrypted.
    """

    member_id = fields.UUID(load_default=None, allow_none=True)
    occasion = OccasionKey(required=True)
    happened_on = Day(years_ahead=2, required=True)
    relation = Choice(RELATIONS, load_default=None, allow_none=True)
    another_relative = fields.Boolean(load_default=False)
    note = Text(500, load_default=None, allow_none=True)


class ListLifeEvents(PageRequest):
    """Life events, newest first: own unit for a chair, own reports and events for a member."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)


class LifeEventRef(Schema):
    """One life event by id."""

    life_event_id = fields.UUID(required=True)


class UnmaskLifeEvent(Schema):
    """One protected field in plain, for a stated purpose; the look is logged and the member can see it."""

    life_event_id = fields.UUID(required=True)
    field = Choice(("occasion", "relation", "note"), required=True)
    purpose = Text(200, 2, required=True)


class ListLifeEventAccesses(PageRequest):
    """Looks at the protected fields of one life event and its evidence, newest first."""

    life_event_id = fields.UUID(required=True)


class ListVisits(PageRequest):
    """Visits by due time. `overdue` and `escalated` narrow it to open visits past their time."""

    state = Choice(VISIT_STATES, load_default=None, allow_none=True)
    open = fields.Boolean(load_default=None, allow_none=True)
    overdue = fields.Boolean(load_default=None, allow_none=True)
    escalated = fields.Boolean(load_default=None, allow_none=True)
    claim_refused = fields.Boolean(load_default=None, allow_none=True)
    level = Choice(LEVELS, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    assignee_id = fields.UUID(load_default=None, allow_none=True)
    due_from = fields.Date(load_default=None, allow_none=True)
    due_to = fields.Date(load_default=None, allow_none=True)
    sort = Choice(("due_at", "-due_at"), load_default="due_at")


class MyVisits(PageRequest):
    """Visits the caller is to make; `open: false` shows those already made."""

    open = fields.Boolean(load_default=True, allow_none=True)


class VisitRef(Schema):
    """One visit by id."""

    visit_id = fields.UUID(required=True)


class VisitFiguresRequest(Schema):
    """Figures of one unit, or of all the caller may see."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


class AssignVisit(Schema):
    """Who is to go. A unit's visit goes to one of its members, the union's to any member; never to the one visited."""

    visit_id = fields.UUID(required=True)
    assignee_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)


class NewEvidence(Schema):
    """One piece of evidence: its kind and what it says; the text is kept encrypted."""

    kind = Choice(EVIDENCE_KINDS, required=True)
    text = Text(1000, 2, required=True)


class CompleteVisit(Schema):
    """The visit was made. With an `amount` it becomes a claim on the union's funds; `form` is then needed.

    The amount may be left out or 0.00 where nothing was given.
    """

    visit_id = fields.UUID(required=True)
    visited_on = Day(required=True)
    evidence = fields.List(fields.Nested(NewEvidence), load_default=list, validate=validate.Length(max=10))
    amount = Money(load_default=None, allow_none=True, validate=validate.Range(min=0, max=_MOST_YUAN))
    form = Choice(FORMS, load_default=None, allow_none=True)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)

    @validates_schema
    def _form_goes_with_amount(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("amount") and not data.get("form"):
            raise ValidationError("Say in which form the amount was given.", "form")


class AddVisitEvidence(Schema):
    """Evidence before the visit is completed, or late, after it; the last piece missing closes a claimed visit."""

    visit_id = fields.UUID(required=True)
    kind = Choice(EVIDENCE_KINDS, required=True)
    text = Text(1000, 2, required=True)


class UnmaskEvidence(Schema):
    """The text of one piece of evidence, for a stated purpose that is logged."""

    visit_id = fields.UUID(required=True)
    evidence_id = fields.UUID(required=True)
    purpose = Text(200, 2, required=True)


class ClaimVisitAgain(Schema):
    """Put a refused or reversed claim to the funds again, with another amount or form where that was the reason."""

    visit_id = fields.UUID(required=True)
    amount = Money(required=True, validate=validate.Range(min=0, max=_MOST_YUAN))
    form = Choice(FORMS, load_default=None, allow_none=True)
    reason = Text(200, 2, required=True)

    @validates_schema
    def _form_goes_with_amount(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("amount") and not data.get("form"):
            raise ValidationError("Say in which form the amount was given.", "form")


class CancelVisit(Schema):
    """Why no visit is made. With `report_was_wrong` the life event is withdrawn too and can be reported anew."""

    visit_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)
    report_was_wrong = fields.Boolean(load_default=False)
    version = fields.Integer(load_default=None, allow_none=True, strict=True)
