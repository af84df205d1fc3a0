"""Requests about proposals."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, labelled
from services.contracts.days import Day
from services.contracts.governance.proposals.vocabulary import (
    FIGURE_GROUPS,
    GRADES,
    GROUNDS,
    OUTCOMES,
    PROPOSAL_FIELDS,
    PROPOSAL_KINDS,
    PROPOSAL_ORDERS,
    PROPOSAL_STATES,
    PROPOSALS_SHOWN,
    RULINGS,
    VERDICTS,
)
from services.contracts.ids import ids_filter

MOST_ASSISTING = 8
MOST_MILESTONES = 20
LONGEST = 2000
"""Characters of a reason or a suggestion; the rules of the union may set less."""
_PERCENT = validate.Range(0, 100)


class ProposalRef(Schema):
    """One proposal by id."""

    proposal_id = fields.UUID(required=True)


@labelled(PROPOSAL_FIELDS)
class ProposalText(Schema):
    """What is proposed. A draft may be incomplete; the rules are asked before others see it."""

    title = Line(60, 4, required=True)
    kind = Choice(PROPOSAL_KINDS, required=True)
    reason = Text(LONGEST, load_default="")
    suggestion = Text(LONGEST, load_default="")
    collective = Line(60, load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class DraftProposal(ProposalText):
    """A new draft in a campaign; nobody but the proposer sees it."""

    campaign_id = fields.UUID(required=True)


class ReviseProposal(ProposalText, ProposalRef):
    """Change the text. `text_version`: the text that was read. Who seconded another text is asked again."""

    text_version = fields.Integer(required=True, strict=True)


@labelled(PROPOSAL_FIELDS)
class SecondProposal(ProposalRef):
    """Second a proposal. `text_version`: the text that was read."""

    text_version = fields.Integer(required=True, strict=True)


@labelled(PROPOSAL_FIELDS)
class FindSimilar(Schema):
    """What somebody is writing, and which proposal is left out."""

    title = Line(60, load_default="")
    suggestion = Text(LONGEST, load_default="")
    proposal_id = fields.UUID(load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class ReviewProposal(ProposalRef):
    """What the review comes to; `ground` where it is not filed, `why` where it is not filed or sent back."""

    verdict = Choice(VERDICTS, required=True)
    ground = Choice(GROUNDS, load_default=None, allow_none=True)
    why = Text(500, load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class MergeProposal(ProposalRef):
    """Merge a proposal into another; its proposers and seconders stay."""

    into_id = fields.UUID(required=True)
    why = Text(500, load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class StepOfProposal(ProposalRef):
    """A step that needs a reason."""

    why = Text(500, 2, required=True)


@labelled(PROPOSAL_FIELDS)
class RuleOnProposal(StepOfProposal):
    """What the presidium ruled, and why."""

    ruling = Choice(RULINGS, required=True)


@labelled(PROPOSAL_FIELDS)
class MarkKeyProposal(ProposalRef):
    """Put a proposal under a school leader, who approves its replies; null takes it back."""

    key_leader_id = fields.UUID(required=True, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class AssignProposal(ProposalRef):
    """Who handles a proposal until when."""

    department_id = fields.UUID(required=True)
    assisting_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_ASSISTING))
    due_on = Day(required=True)


@labelled(PROPOSAL_FIELDS)
class ContributeToReply(ProposalRef):
    """What an assisting department has to say for the reply."""

    text = Text(LONGEST, 2, required=True)


@labelled(PROPOSAL_FIELDS)
class ReplyToProposal(ProposalRef):
    """The lead department's reply; `outcome` where the campaign classes them."""

    text = Text(4000, 10, required=True)
    outcome = Choice(OUTCOMES, load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class PublishReply(ProposalRef):
    """Publish the approved reply, today or on a later day."""

    publish_on = Day(load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class RateProposal(ProposalRef):
    """How satisfied a proposer or seconder is with the reply."""

    grade = Choice(GRADES, required=True)
    comment = Text(500, load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class ReopenProposal(StepOfProposal):
    """Handle a proposal again, until a new last day."""

    due_on = Day(required=True)


@labelled(PROPOSAL_FIELDS)
class AddMilestone(ProposalRef):
    """A stage of the implementation, with the percent that is done when it is reached."""

    milestone = Line(100, 2, required=True)
    due_on = Day(required=True, years_ahead=5)
    percent = fields.Integer(required=True, strict=True, validate=_PERCENT)


class MilestoneRef(ProposalRef):
    """One milestone of a proposal."""

    milestone_id = fields.UUID(required=True)


@labelled(PROPOSAL_FIELDS)
class CheckProposal(ProposalRef):
    """The yearly self-check: how far it is, and what is to be done."""

    percent = fields.Integer(required=True, strict=True, validate=_PERCENT)
    why = Text(500, 2, required=True)


@labelled(PROPOSAL_FIELDS)
class CloseProposal(ProposalRef):
    """End a proposal; `why` is what the proposers are told, required where one is dissatisfied or for a suggestion."""

    why = Text(500, load_default=None, allow_none=True)


@labelled(PROPOSAL_FIELDS)
class PraiseProposal(ProposalRef):
    """Award a proposal as excellent, or take that back."""

    excellent = fields.Boolean(required=True)


@labelled(PROPOSAL_FIELDS)
class _Narrowed(PageRequest):
    q = Line(50, load_default=None, allow_none=True)
    campaign_id = fields.UUID(load_default=None, allow_none=True)
    kind = Choice(PROPOSAL_KINDS, load_default=None, allow_none=True)
    state = Choice(PROPOSAL_STATES, load_default=None, allow_none=True)
    department_id = fields.UUID(load_default=None, allow_none=True)
    sort = Choice(PROPOSAL_ORDERS, load_default="-submitted_at")


@labelled(PROPOSAL_FIELDS)
class ListProposals(_Narrowed):
    """Proposals as the office or a department sees them: submitted ones; a handler's are those of the department."""

    show = Choice(PROPOSALS_SHOWN, load_default="all")
    unit_id = fields.UUID(load_default=None, allow_none=True)
    ids = ids_filter()


class ListPublicProposals(_Narrowed):
    """Proposals that every member may read: filed ones and what became of them."""


class ListMyProposals(PageRequest):
    """What the caller proposed, seconded or is to approve."""

    ids = ids_filter()


class ListSeconding(PageRequest):
    """Proposals for which seconders are sought, among whose delegates the caller is."""


@labelled(PROPOSAL_FIELDS)
class ProposalFiguresAsked(Schema):
    """Figures of filed proposals: of a campaign or year, grouped."""

    group = Choice(FIGURE_GROUPS, load_default="department")
    year = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1950, 2100))
    campaign_id = fields.UUID(load_default=None, allow_none=True)
