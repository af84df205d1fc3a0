"""Decisions of meetings: taken by a vote or by a ballot, numbered, cited by other subjects."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    labelled,
    query,
)
from services.contracts.governance.ballots.vocabulary import BALLOT_BASES, RULE_COMPARATORS
from services.contracts.governance.meetings.bodies import MOST_SEATS
from services.contracts.governance.meetings.meetings import MeetingRef, RuleShown
from services.contracts.governance.meetings.vocabulary import (
    DECISION_STATES,
    MEETING_FIELDS,
    OUTCOMES,
    RECORDED_WAYS,
    VOTE_WAYS,
)
from services.contracts.ids import ids_filter

_COUNT = validate.Range(0, MOST_SEATS)


@labelled(MEETING_FIELDS)
class RecordDecision(MeetingRef):
    """What was decided on an item, with the votes; for `consent` they follow from who is there.

    `replaces_id`: an earlier decision of the body that this one takes the place of, if it passes.
    """

    item_id = fields.UUID(required=True)
    title = Line(100, 2, required=True)
    text = Text(4000, 2, required=True)
    vote_way = Choice(RECORDED_WAYS, load_default="hands")
    votes_for = fields.Integer(load_default=0, strict=True, validate=_COUNT)
    votes_against = fields.Integer(load_default=0, strict=True, validate=_COUNT)
    abstained = fields.Integer(load_default=0, strict=True, validate=_COUNT)
    replaces_id = fields.UUID(load_default=None, allow_none=True)


class DecisionRef(Schema):
    """One decision by id."""

    decision_id = fields.UUID(required=True)


@labelled(MEETING_FIELDS)
class VoidDecision(DecisionRef):
    """Why a decision was recorded wrongly; its number is not used again."""

    reason = Text(200, 2, required=True)


@labelled(MEETING_FIELDS)
class PublishDecision(DecisionRef):
    """Whether members may read a decision: all, or those of the unit whose body took it."""

    published = fields.Boolean(required=True)


@labelled(MEETING_FIELDS)
class ListDecisions(PageRequest):
    """Which decisions, the latest first; a member sees those of meetings with a seat, and those published."""

    body_id = fields.UUID(load_default=None, allow_none=True)
    meeting_id = fields.UUID(load_default=None, allow_none=True)
    outcome = Choice(OUTCOMES, load_default=None, allow_none=True)
    state = Choice(DECISION_STATES, load_default=None, allow_none=True)
    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1949, 2200))
    q = Line(60, load_default=None, allow_none=True)
    ids = ids_filter()


@labelled(MEETING_FIELDS)
class Decision(Schema):
    """决议 A decision in the register."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    meeting_id = fields.UUID(required=True)
    body_id = fields.UUID(required=True)
    body_name = fields.String(required=True)
    title = fields.String(required=True)
    decided_on = fields.Date(required=True)
    vote_way = Choice(VOTE_WAYS, required=True)
    votes_for = fields.Integer(required=True)
    votes_against = fields.Integer(required=True)
    abstained = fields.Integer(required=True)
    outcome = Choice(OUTCOMES, required=True)
    state = Choice(DECISION_STATES, required=True)
    published = fields.Boolean(required=True)


@labelled(MEETING_FIELDS)
class DecisionDetail(Decision):
    """One decision with its text, and by which rules the votes were counted.

    `replaced_by_id`: the decision that takes its place; `motion_id`: what it was about; `ballot_id`: the ballot that
    decided, where the meeting called one.
    """

    text = fields.String(required=True)
    item_id = fields.UUID(required=True)
    motion_id = fields.UUID(required=True, allow_none=True)
    ballot_id = fields.UUID(required=True, allow_none=True)
    entitled = fields.Integer(required=True)
    present = fields.Integer(required=True)
    quorum = fields.Integer(required=True)
    base = Choice(BALLOT_BASES, required=True)
    comparator = Choice(RULE_COMPARATORS, required=True)
    needed = fields.Integer(required=True)
    rules = fields.List(fields.Nested(RuleShown), required=True)
    replaces_id = fields.UUID(required=True, allow_none=True)
    replaced_by_id = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_at = Timestamp(required=True)
    actions = fields.List(fields.String(), required=True)


_READS = ("officer", "chair", "auditor", "member")

record_meeting_decision = command(
    "governance", "record_meeting_decision", request=RecordDecision, reply=DecisionDetail,
    allow=("officer", "chair", "member"), doc="Record what was decided on an item while the meeting is open.",
    title="登记会议决议",
)  # fmt: skip
void_meeting_decision = command(
    "governance", "void_meeting_decision", request=VoidDecision, reply=DecisionDetail,
    allow=("officer", "chair", "member"), doc="Void a decision recorded wrongly, before the minutes are approved.",
    title="作废会议决议",
)  # fmt: skip
publish_meeting_decision = command(
    "governance", "publish_meeting_decision", request=PublishDecision, reply=DecisionDetail,
    allow=("officer", "chair", "member"), doc="Let members read a decision, or no longer.", title="公开会议决议",
)  # fmt: skip
list_meeting_decisions = query(
    "governance", "list_meeting_decisions", request=ListDecisions, reply=Page(Decision), allow=_READS,
    doc="The register of decisions, the latest first.", title="查看决议登记簿", reach={"member": "union"},
)  # fmt: skip
get_meeting_decision = query(
    "governance", "get_meeting_decision", request=DecisionRef, reply=DecisionDetail, allow=_READS,
    doc="One decision.", title="查看一项决议", reach={"member": "union"},
)  # fmt: skip
