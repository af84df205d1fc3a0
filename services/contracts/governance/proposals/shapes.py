"""What proposals look like in answers."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, labelled
from services.contracts.governance.proposals.vocabulary import (
    GRADES,
    GROUNDS,
    OUTCOMES,
    PARTS,
    PROPOSAL_BODIES,
    PROPOSAL_FIELDS,
    PROPOSAL_KINDS,
    PROPOSAL_STATES,
    PROPOSAL_STEPS,
    SECONDING_STATES,
    SWITCHES,
)


def _day() -> fields.Date:
    return fields.Date(load_default=None, allow_none=True)


def _id() -> fields.UUID:
    return fields.UUID(load_default=None, allow_none=True)


def _text() -> fields.String:
    return fields.String(load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class Proposal(Schema):
    """提案 A proposal in a list; `overdue`: the department's last day passed; `seconders` counts those of this text."""

    id = fields.UUID(required=True)
    number = _text()
    campaign_id = fields.UUID(required=True)
    unit_id = _id()
    title = fields.String(required=True)
    kind = Choice(PROPOSAL_KINDS, required=True)
    state = Choice(PROPOSAL_STATES, required=True)
    proposer_id = fields.UUID(required=True)
    collective = _text()
    seconders = fields.Integer(required=True)
    submitted_at = Timestamp(load_default=None, allow_none=True)
    filed_on = _day()
    department_id = _id()
    department = _text()
    due_on = _day()
    overdue = fields.Boolean(required=True)
    is_key = fields.Boolean(required=True)
    outcome = Choice(OUTCOMES, load_default=None, allow_none=True)
    percent = fields.Integer(required=True)
    satisfaction = Choice(GRADES, load_default=None, allow_none=True)
    excellent = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class ProposalPerson(Schema):
    """A proposer or seconder, of this proposal or a merged one; `grade` is told to the office and to that person."""

    proposal_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    proposes = fields.Boolean(required=True)
    state = Choice(SECONDING_STATES, load_default=None, allow_none=True)
    at = Timestamp(load_default=None, allow_none=True)
    grade = Choice(GRADES, load_default=None, allow_none=True)
    comment = _text()


class ProposalPart(Schema):
    """A department that handles a proposal; `text` is what an assisting one says, hidden until the reply is public."""

    department_id = fields.UUID(required=True)
    department = fields.String(required=True)
    part = Choice(PARTS, required=True)
    text = _text()
    signed = fields.Boolean(required=True)


class ProposalReply(Schema):
    """答复 A reply; before its publication it is shown to those who write, approve, inspect and publish it only."""

    round = fields.Integer(required=True)
    text = fields.String(required=True)
    outcome = Choice(OUTCOMES, load_default=None, allow_none=True)
    publish_on = _day()
    published_on = _day()


class ProposalMilestone(Schema):
    """A stage of the implementation."""

    id = fields.UUID(required=True)
    milestone = fields.String(required=True)
    due_on = fields.Date(required=True)
    percent = fields.Integer(required=True)
    done_on = _day()


class ProposalCheck(Schema):
    """The self-check of a year."""

    year = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    why = fields.String(required=True)


class ProposalStep(Schema):
    """A step of a proposal: what happened, when, and why where somebody may read that."""

    at = Timestamp(required=True)
    step = Choice(PROPOSAL_STEPS, required=True)
    why = _text()


class MergedProposal(Schema):
    """A proposal that was merged into another."""

    id = fields.UUID(required=True)
    number = _text()
    title = fields.String(required=True)


class ProposalDetail(Proposal):
    """One proposal whole, as far as the caller may see it. `actions`: what the caller may do now.

    `switches` are those of its campaign. `merged`: what was merged into it; `into`: what it was merged into.
    `text_version` is the text that seconders second; `least` how many are needed, null without a rule.
    """

    campaign = fields.String(required=True)
    body = Choice(PROPOSAL_BODIES, required=True)
    switches = fields.List(Choice(SWITCHES), required=True)
    deadline = Timestamp(required=True)
    reason = fields.String(required=True)
    suggestion = fields.String(required=True)
    text_version = fields.Integer(required=True)
    least = fields.Integer(load_default=None, allow_none=True)
    ground = Choice(GROUNDS, load_default=None, allow_none=True)
    why = _text()
    key_leader_id = _id()
    round = fields.Integer(required=True)
    closed_on = _day()
    people = fields.List(fields.Nested(ProposalPerson), required=True)
    parts = fields.List(fields.Nested(ProposalPart), required=True)
    replies = fields.List(fields.Nested(ProposalReply), required=True)
    milestones = fields.List(fields.Nested(ProposalMilestone), required=True)
    checks = fields.List(fields.Nested(ProposalCheck), required=True)
    merged = fields.List(fields.Nested(MergedProposal), required=True)
    into = fields.Nested(MergedProposal, load_default=None, allow_none=True)
    steps = fields.List(fields.Nested(ProposalStep), required=True)
    actions = fields.List(fields.String(), required=True)


@labelled(PROPOSAL_FIELDS)
class SimilarProposal(Schema):
    """A proposal like the one that is written; `percent` of its words that both have."""

    id = fields.UUID(required=True)
    number = _text()
    title = fields.String(required=True)
    state = Choice(PROPOSAL_STATES, required=True)
    percent = fields.Integer(required=True)


class SimilarProposals(Schema):
    """The most alike first, at most five."""

    items = fields.List(fields.Nested(SimilarProposal), required=True)


@labelled(PROPOSAL_FIELDS)
class ProposalFigure(Schema):
    """A row of figures; `word` is the group: a year, a department's id, or a word of the group's list."""

    word = _text()
    name = _text()
    count = fields.Integer(required=True)
    closed = fields.Integer(required=True)
    satisfied = fields.Integer(required=True)
    basic = fields.Integer(required=True)
    dissatisfied = fields.Integer(required=True)


class ProposalFigures(Schema):
    """Figures, the most proposals first."""

    items = fields.List(fields.Nested(ProposalFigure), required=True)
    total = fields.Nested(ProposalFigure, required=True)
