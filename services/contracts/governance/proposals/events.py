"""Events of proposals: ids, states, days and counts; never a text. Drafts announce nothing."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema
from services.contracts.governance.proposals.vocabulary import (
    GRADES,
    OUTCOMES,
    PROPOSAL_STATES,
    PROPOSAL_STEPS,
    PROPOSAL_TASKS,
)

_MEMBER, _OTHER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002", "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0012"
_IDS: dict[str, Any] = {
    "proposal_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0701",
    "campaign_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0702",
    "unit_id": None,
}
_DEPARTMENT = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0703"


class _Ids(Schema):
    proposal_id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)


class ProposalTask(Schema):
    """What waits: for these members, or for the office where there are none; by when, if there is a day."""

    task = Choice(PROPOSAL_TASKS, required=True)
    member_ids = fields.List(fields.UUID(), required=True)
    due_on = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)


class ProposalMovedData(_Ids):
    """Which step a proposal took, its state, what waits now, and which members are told of the step."""

    step = Choice(PROPOSAL_STEPS, required=True, allow_none=True)
    state = Choice(PROPOSAL_STATES, required=True)
    tasks = fields.List(fields.Nested(ProposalTask), required=True)
    told = fields.List(fields.UUID(), required=True)


class ProposalMoved(Event, source="governance"):
    """A proposal took a step, or what waits for somebody changed; `step` is null where only a day came."""

    subject = "proposal/{proposal_id}"
    data = ProposalMovedData
    example = {
        **_IDS, "step": "publish", "state": "replied", "told": [_MEMBER, _OTHER],
        "tasks": [{"task": "rate", "member_ids": [_MEMBER, _OTHER], "due_on": None, "overdue": False}],
    }  # fmt: skip


class ProposalSubmittedData(_Ids):
    """Who proposes, how many second it, and whether it came in time."""

    proposer_id = fields.UUID(required=True)
    seconders = fields.Integer(required=True)
    in_time = fields.Boolean(required=True)


class ProposalSubmitted(Event, source="governance"):
    """A proposal was submitted; one that came after the deadline is a suggestion."""

    subject = "proposal/{proposal_id}"
    data = ProposalSubmittedData
    example = {**_IDS, "proposer_id": _MEMBER, "seconders": 2, "in_time": True}


class ProposalFiledData(_Ids):
    """Whose proposal was filed on which day."""

    proposer_ids = fields.List(fields.UUID(), required=True)
    filed_on = fields.Date(required=True)


class ProposalFiled(Event, source="governance"):
    """A proposal was filed; from now on every member may read it."""

    subject = "proposal/{proposal_id}"
    data = ProposalFiledData
    example = {**_IDS, "proposer_ids": [_MEMBER, _OTHER], "filed_on": "2026-04-10"}


class ProposalAssignedData(_Ids):
    """Which departments handle it until when."""

    department_id = fields.UUID(required=True)
    assisting_ids = fields.List(fields.UUID(), required=True)
    due_on = fields.Date(required=True)


class ProposalAssigned(Event, source="governance"):
    """A proposal was assigned to a lead department and assisting ones."""

    subject = "proposal/{proposal_id}"
    data = ProposalAssignedData
    example = {**_IDS, "department_id": _DEPARTMENT, "assisting_ids": [], "due_on": "2026-06-30"}


class ProposalRepliedData(_Ids):
    """Which round of handling was answered, with which outcome."""

    round = fields.Integer(required=True)
    outcome = Choice(OUTCOMES, required=True, allow_none=True)
    published_on = fields.Date(required=True)


class ProposalReplied(Event, source="governance"):
    """The reply to a proposal was published."""

    subject = "proposal/{proposal_id}"
    data = ProposalRepliedData
    example = {**_IDS, "round": 1, "outcome": "planned", "published_on": "2026-06-20"}


class ProposalRatedData(_Ids):
    """How the raters are satisfied: together, and how many rated."""

    round = fields.Integer(required=True)
    satisfaction = Choice(GRADES, required=True, allow_none=True)
    raters = fields.Integer(required=True)


class ProposalRated(Event, source="governance"):
    """The rating of a reply ended. Who rated how is not told."""

    subject = "proposal/{proposal_id}"
    data = ProposalRatedData
    example = {**_IDS, "round": 1, "satisfaction": "satisfied", "raters": 3}


class ProposalClosedData(_Ids):
    """What became of it."""

    outcome = Choice(OUTCOMES, required=True, allow_none=True)
    satisfaction = Choice(GRADES, required=True, allow_none=True)
    closed_on = fields.Date(required=True)


class ProposalClosed(Event, source="governance"):
    """A proposal was closed."""

    subject = "proposal/{proposal_id}"
    data = ProposalClosedData
    example = {**_IDS, "outcome": "solved", "satisfaction": "satisfied", "closed_on": "2026-11-30"}
