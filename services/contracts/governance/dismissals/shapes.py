"""What is answered about dismissal notices."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, labelled
from services.contracts.governance.dismissals.vocabulary import (
    DECIDED_BY,
    DISMISSAL_CHANNELS,
    DISMISSAL_FIELDS,
    DISMISSAL_GROUNDS,
    DISMISSAL_OPINIONS,
    DISMISSAL_PAPERS,
    DISMISSAL_ROLES,
    DISMISSAL_STATES,
    DISMISSAL_STEPS,
    EMPLOYER_ANSWERS,
)


@labelled(DISMISSAL_FIELDS)
class Dismissal(Schema):
    """解除劳动合同通知 A notice in a list: no names, no words. `roles`: of the caller; `waits`: for the caller."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    ground = Choice(DISMISSAL_GROUNDS, required=True)
    channel = Choice(DISMISSAL_CHANNELS, required=True)
    state = Choice(DISMISSAL_STATES, required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    roles = fields.List(Choice(DISMISSAL_ROLES), required=True)
    waits = fields.Boolean(required=True)


@labelled(DISMISSAL_FIELDS)
class DismissalPaper(Schema):
    """A paper of a notice."""

    id = fields.UUID(required=True)
    kind = Choice(DISMISSAL_PAPERS, required=True)
    added_at = Timestamp(required=True)


@labelled(DISMISSAL_FIELDS)
class DismissalEntry(Schema):
    """What was done with a notice, in which role."""

    step = Choice(DISMISSAL_STEPS, required=True)
    role = Choice(DISMISSAL_ROLES, required=True)
    note = fields.String(required=True, allow_none=True)
    at = Timestamp(required=True)


class DismissalLook(Schema):
    """That somebody opened the notice or a paper of it."""

    at = Timestamp(required=True)
    what = fields.String(required=True)
    role = Choice(DISMISSAL_ROLES, required=True)


@labelled(DISMISSAL_FIELDS)
class DismissalDetail(Dismissal):
    """One notice whole, for those who have a part in it.

    `referred`: whether mediation was applied for, told to the member only. `actions`: what the caller may do now.
    """

    person_name = fields.String(required=True, allow_none=True)
    member_id = fields.UUID(required=True, allow_none=True)
    clerk_id = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    effective_on = fields.Date(required=True)
    opinion = Choice(DISMISSAL_OPINIONS, required=True, allow_none=True)
    opinion_text = fields.String(required=True, allow_none=True)
    violated = fields.String(required=True, allow_none=True)
    decided_by = Choice(DECIDED_BY, required=True, allow_none=True)
    opinion_on = fields.Date(required=True, allow_none=True)
    answer = Choice(EMPLOYER_ANSWERS, required=True, allow_none=True)
    answer_text = fields.String(required=True, allow_none=True)
    answered_on = fields.Date(required=True, allow_none=True)
    referred = fields.Boolean(required=True)
    papers = fields.List(fields.Nested(DismissalPaper), required=True)
    history = fields.List(fields.Nested(DismissalEntry), required=True)
    looks = fields.List(fields.Nested(DismissalLook), required=True)
    actions = fields.List(fields.String(), required=True)


class DismissalQueue(Schema):
    """How many notices wait for a clerk, and how many have one who left office."""

    waiting = fields.Integer(required=True)
    orphaned = fields.Integer(required=True)


class ReferredDismissal(Schema):
    """The case of mediation that was applied for."""

    dispute_id = fields.UUID(required=True)


@labelled(DISMISSAL_FIELDS)
class GroundCount(Schema):
    """How many notices had a ground; null where they are so few that people could be known by it."""

    ground = Choice(DISMISSAL_GROUNDS, required=True)
    count = fields.Integer(required=True, allow_none=True)


@labelled(DISMISSAL_FIELDS)
class OpinionCount(Schema):
    """How many notices were answered so by the union; null where they are few."""

    opinion = Choice(DISMISSAL_OPINIONS, required=True)
    count = fields.Integer(required=True, allow_none=True)


class DismissalFigures(Schema):
    """Counts of a year without persons; counts below `smallest` are null."""

    year = fields.Integer(required=True)
    smallest = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)
    grounds = fields.List(fields.Nested(GroundCount), required=True)
    opinions = fields.List(fields.Nested(OpinionCount), required=True)
