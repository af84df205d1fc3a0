"""Events of visits. Ids, times and amounts only; they do not reveal who has which occasion."""

from marshmallow import fields

from services.chassis.schema import Choice, Event, Money, Schema, Timestamp
from services.contracts.vocabulary import BENEFIT_FORMS
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS, VISIT_LEVELS

_LIFE_EVENT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0101"
_VISIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0102"
_UNIT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"
_ENTRY = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0103"


class LifeEventReportedData(Schema):
    """The unit of the report; neither the person nor the occasion."""

    life_event_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


class LifeEventReported(Event, source="welfare"):
    """A life event that calls for a visit was reported."""

    subject = "life_event/{life_event_id}"
    data = LifeEventReportedData
    example = {"life_event_id": _LIFE_EVENT, "unit_id": _UNIT}


class VisitDueData(Schema):
    """Which visit, made by the unit or the union (`level`), of which unit, by when."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    level = Choice(VISIT_LEVELS, required=True)
    due_at = Timestamp(required=True)


class VisitRequired(Event, source="welfare"):
    """A visit has to be made until its due time: by the unit or, depending on `level`, by the union."""

    subject = "visit/{visit_id}"
    data = VisitDueData
    example = {
        "visit_id": _VISIT, "unit_id": _UNIT, "level": "unit", "due_at": "2023-03-03T02:00:00+00:00"}  # fmt: skip


class VisitAssignedData(VisitDueData):
    """The visit and its assignee; `previous_assignee_id` if it was assigned before."""

    assignee_member_id = fields.UUID(required=True)
    previous_assignee_id = fields.UUID(allow_none=True, load_default=None)


class VisitAssigned(Event, source="welfare"):
    """A visit was assigned, or assigned to another member."""

    subject = "visit/{visit_id}"
    data = VisitAssignedData
    example = {
        **VisitRequired.example, "assignee_member_id": _MEMBER, "previous_assignee_id": None}  # fmt: skip


class VisitDueSoonData(VisitDueData):
    """The visit, and its assignee if there is one."""

    assignee_member_id = fields.UUID(allow_none=True, load_default=None)


class VisitDueSoon(Event, source="welfare"):
    """A visit that is still to be made is due in some hours; published once."""

    subject = "visit/{visit_id}"
    data = VisitDueSoonData
    example = {**VisitRequired.example, "assignee_member_id": _MEMBER}


class VisitOverdue(Event, source="welfare"):
    """A visit was not made until its due time; published once."""

    subject = "visit/{visit_id}"
    data = VisitDueData
    example = VisitRequired.example


class VisitEscalated(Event, source="welfare"):
    """An overdue visit was not made within the grace period; now the union (`level`) is responsible. Published once."""

    subject = "visit/{visit_id}"
    data = VisitDueData
    example = {**VisitRequired.example, "level": "union"}


class VisitCompletedData(Schema):
    """Data of a visit for the funds.

    If nothing was given, `amount` is 0.00, `form` and `rule_key` are null, and there is no expense. `beneficiary` is a
    keyed pseudonym, the same for one member within a calendar year, never the member's id. `claim` counts the claims
    of this visit: after a refusal or reversal it is claimed again with the next number.
    """

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    benefit_key = fields.String(required=True)
    amount = Money(required=True)
    form = Choice(BENEFIT_FORMS, allow_none=True, load_default=None)
    completed_on = fields.Date(required=True)
    beneficiary = fields.String(required=True)
    evidence_kinds = fields.List(Choice(EVIDENCE_KINDS), required=True)
    rule_key = fields.String(allow_none=True, load_default=None)
    claim = fields.Integer(load_default=1)


class VisitCompleted(Event, source="welfare"):
    """A visit was made and evidence was given; with an amount it is a claim on the union's funds."""

    subject = "visit/{visit_id}"
    data = VisitCompletedData
    example = {
        "visit_id": _VISIT, "unit_id": _UNIT, "benefit_key": "birth", "amount": "500.00", "form": "goods",
        "completed_on": "2023-03-02", "beneficiary": "6f1c2e0d9b8a47563c4d5e6f7a8b9c0d",
        "evidence_kinds": ["note", "signature"], "rule_key": "benefit.birth.cap", "claim": 1}  # fmt: skip


class VisitClaimRefusedData(Schema):
    """Which visit's claim, and the rule that refused it."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    rule = fields.String(required=True)
    reason_code = fields.String(required=True)


class VisitClaimRefused(Event, source="welfare"):
    """The funds refused a visit's claim; it has to be corrected and claimed again."""

    subject = "visit/{visit_id}"
    data = VisitClaimRefusedData
    example = {
        "visit_id": _VISIT, "unit_id": _UNIT, "rule": "benefit.hardship.cap", "reason_code": "no_rule_in_force",
    }  # fmt: skip


class VisitClosedData(Schema):
    """Which visit, and the ledger entry of its claim, if there is one."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    entry_id = fields.UUID(allow_none=True, load_default=None)


class VisitClosed(Event, source="welfare"):
    """A visit is finished: its evidence is complete, and its claim, if there is one, was posted."""

    subject = "visit/{visit_id}"
    data = VisitClosedData
    example = {"visit_id": _VISIT, "unit_id": _UNIT, "entry_id": _ENTRY}


class VisitCancelledData(Schema):
    """Which visit; the reason is not in the event."""

    visit_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)


class VisitCancelled(Event, source="welfare"):
    """A visit will not be made."""

    subject = "visit/{visit_id}"
    data = VisitCancelledData
    example = {"visit_id": _VISIT, "unit_id": _UNIT}
