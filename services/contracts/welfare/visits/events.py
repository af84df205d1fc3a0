"""What is announced about visits. Ids, times and amounts only; nothing says who has which occasion."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema, Timestamp
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS, FORMS, LEVELS

_LIFE_EVENT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0101"
_VISIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0102"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
_ENTRY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0103"


class LifeEventReportedData(Schema):
    """That something was reported in a unit; not about whom, nor what."""

    life_event_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


class LifeEventReported(Event):
    """A life event that calls for a visit was reported."""

    source = "welfare"
    type = "life_event_reported"
    subject = "life_event/{life_event_id}"
    data = LifeEventReportedData
    example: ClassVar[dict[str, Any]] = {"life_event_id": _LIFE_EVENT, "unit_id": _UNIT}


class VisitDueData(Schema):
    """Which visit, whose to make (`level`), of which unit, by when."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    level = Choice(LEVELS, required=True)
    due_at = Timestamp(required=True)


class VisitRequired(Event):
    """A visit is to be made by its due time: by the unit, or by the union where `level` says so."""

    source = "welfare"
    type = "visit_required"
    subject = "visit/{visit_id}"
    data = VisitDueData
    example: ClassVar[dict[str, Any]] = {
        "visit_id": _VISIT, "unit_id": _UNIT, "level": "unit", "due_at": "2023-03-03T02:00:00+00:00"}  # fmt: skip


class VisitAssignedData(VisitDueData):
    """The visit and the member who is to go; `previous_assignee_id` where it was somebody else's before."""

    assignee_member_id = fields.UUID(required=True)
    previous_assignee_id = fields.UUID(allow_none=True, load_default=None)


class VisitAssigned(Event):
    """It was said who is to make a visit; said again when another goes."""

    source = "welfare"
    type = "visit_assigned"
    subject = "visit/{visit_id}"
    data = VisitAssignedData
    example: ClassVar[dict[str, Any]] = {
        **VisitRequired.example, "assignee_member_id": _MEMBER, "previous_assignee_id": None}  # fmt: skip


class VisitOverdue(Event):
    """A visit's due time passed and it was not made; announced once."""

    source = "welfare"
    type = "visit_overdue"
    subject = "visit/{visit_id}"
    data = VisitDueData
    example = VisitRequired.example


class VisitEscalated(Event):
    """An overdue visit was still not made after its grace; the union (`level`) is to see to it. Announced once."""

    source = "welfare"
    type = "visit_escalated"
    subject = "visit/{visit_id}"
    data = VisitDueData
    example: ClassVar[dict[str, Any]] = {**VisitRequired.example, "level": "union"}


class VisitCompletedData(Schema):
    """What the funds need of a visit that was made.

    `amount` is 0.00 and `form` and `rule_key` null where nothing was given: then there is no expense. `beneficiary` is
    a keyed pseudonym, the same for one member within a calendar year, never the member's id. `claim` counts the times
    this visit was put to the funds: after a refusal or reversal it comes again with the next number.
    """

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    benefit_key = fields.String(required=True)
    amount = Money(required=True)
    form = Choice(FORMS, allow_none=True, load_default=None)
    completed_on = fields.Date(required=True)
    beneficiary = fields.String(required=True)
    evidence_kinds = fields.List(Choice(EVIDENCE_KINDS), required=True)
    rule_key = fields.String(allow_none=True, load_default=None)
    claim = fields.Integer(load_default=1)


class VisitCompleted(Event):
    """A visit was made and evidence given; with an amount it is a claim on the union's funds."""

    source = "welfare"
    type = "visit_completed"
    subject = "visit/{visit_id}"
    data = VisitCompletedData
    example: ClassVar[dict[str, Any]] = {
        "visit_id": _VISIT, "unit_id": _UNIT, "benefit_key": "birth", "amount": "500.00", "form": "goods",
        "completed_on": "2023-03-02", "beneficiary": "6f1c2e0d9b8a47563c4d5e6f7a8b9c0d",
        "evidence_kinds": ["note", "signature"], "rule_key": "benefit.birth.cap", "claim": 1}  # fmt: skip


class VisitClaimRefusedData(Schema):
    """Which visit's claim, and the rule that refused it."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    rule = fields.String(required=True)
    reason_code = fields.String(required=True)


class VisitClaimRefused(Event):
    """The funds refused a visit's claim; somebody is to correct it and claim again."""

    source = "welfare"
    type = "visit_claim_refused"
    subject = "visit/{visit_id}"
    data = VisitClaimRefusedData
    example: ClassVar[dict[str, Any]] = {
        "visit_id": _VISIT, "unit_id": _UNIT, "rule": "benefit.hardship.cap", "reason_code": "no_rule_in_force",
    }  # fmt: skip


class VisitClosedData(Schema):
    """Which visit, and the ledger entry of its claim where something was given."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    entry_id = fields.UUID(allow_none=True, load_default=None)


class VisitClosed(Event):
    """A visit is done: evidence complete, and its claim, if any, stands in the ledger."""

    source = "welfare"
    type = "visit_closed"
    subject = "visit/{visit_id}"
    data = VisitClosedData
    example: ClassVar[dict[str, Any]] = {"visit_id": _VISIT, "unit_id": _UNIT, "entry_id": _ENTRY}


class VisitCancelledData(Schema):
    """Which visit; the reason stays with it."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


class VisitCancelled(Event):
    """A visit will not be made."""

    source = "welfare"
    type = "visit_cancelled"
    subject = "visit/{visit_id}"
    data = VisitCancelledData
    example: ClassVar[dict[str, Any]] = {"visit_id": _VISIT, "unit_id": _UNIT}
