"""Ballots that a meeting calls for items of its agenda: called, opened, counted into a decision, cancelled."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Schema, Text, Timestamp, command, labelled, query
from services.contracts.governance.ballots.requests import MOST_SCRUTINEERS
from services.contracts.governance.ballots.vocabulary import BALLOT_SECRECIES, BALLOT_STATES
from services.contracts.governance.meetings.meetings import MeetingItemRef, MeetingRef
from services.contracts.governance.meetings.vocabulary import MEETING_FIELDS, MEETING_VOTES


@labelled(MEETING_FIELDS)
class PutItemToVote(MeetingItemRef):
    """What is put to the vote, as the decision will read; a secret vote names its scrutineers.

    `shares_needed`: how many scrutineers open the votes together. `replaces_id`: an earlier decision of the body that
    this one takes the place of, if it passes.
    """

    title = Line(100, 2, required=True)
    text = Text(4000, 2, required=True)
    secrecy = Choice(BALLOT_SECRECIES, load_default="named")
    scrutineers = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_SCRUTINEERS))
    shares_needed = fields.Integer(load_default=2, strict=True, validate=validate.Range(2, MOST_SCRUTINEERS))
    replaces_id = fields.UUID(load_default=None, allow_none=True)


class MeetingVoteRef(MeetingRef):
    """One ballot of a meeting."""

    ballot_id = fields.UUID(required=True)


@labelled(MEETING_FIELDS)
class CancelMeetingVote(MeetingVoteRef):
    """Why a vote is cancelled; votes that were cast count for nothing."""

    reason = Text(200, 2, required=True)


@labelled(MEETING_FIELDS)
class MeetingVote(Schema):
    """表决 A ballot that a meeting called for an item of its agenda.

    `state` is what became of it, `ballot_state` where the ballot stands; `voted` is null for who is not on the roll.
    """

    ballot_id = fields.UUID(required=True)
    item_id = fields.UUID(required=True)
    title = fields.String(required=True)
    secrecy = Choice(BALLOT_SECRECIES, required=True)
    state = Choice(MEETING_VOTES, required=True)
    ballot_state = Choice(BALLOT_STATES, required=True)
    called_at = Timestamp(required=True)
    entitled = fields.Integer(required=True, allow_none=True)
    voted = fields.Boolean(required=True, allow_none=True)
    decision_id = fields.UUID(required=True, allow_none=True)
    actions = fields.List(fields.String(), required=True)


@labelled(MEETING_FIELDS)
class MeetingVoteText(MeetingVote):
    """A ballot of a meeting with the text that is voted on."""

    text = fields.String(required=True)


class MeetingVotes(Schema):
    """The ballots of a meeting in the order in which they were called."""

    items = fields.List(fields.Nested(MeetingVoteText), required=True)


_DOES = ("officer", "chair", "member")

put_item_to_vote = command(
    "governance", "put_item_to_vote", request=PutItemToVote, reply=MeetingVote, allow=_DOES,
    doc="Let the members who are there vote on an item by phone; a secret vote is opened when its keys are complete.",
    title="发起会议表决",
)  # fmt: skip
open_meeting_vote = command(
    "governance", "open_meeting_vote", request=MeetingVoteRef, reply=MeetingVote, allow=_DOES,
    doc="Open a secret vote whose scrutineers are ready.", title="开始会议表决",
)  # fmt: skip
count_meeting_vote = command(
    "governance", "count_meeting_vote", request=MeetingVoteRef, reply=MeetingVote, allow=_DOES,
    doc="End a vote: its result becomes the decision on the item. A secret one is counted by its scrutineers first.",
    title="结束会议表决并登记决议",
)  # fmt: skip
cancel_meeting_vote = command(
    "governance", "cancel_meeting_vote", request=CancelMeetingVote, reply=MeetingVote, allow=_DOES,
    doc="Cancel a vote that goes on; the item can be put to the vote again.", title="取消会议表决",
)  # fmt: skip
list_meeting_votes = query(
    "governance", "list_meeting_votes", request=MeetingRef, reply=MeetingVotes,
    allow=("officer", "chair", "auditor", "member"),
    doc="The votes a meeting called, with what is voted on and what became of them.", title="查看会议表决",
)  # fmt: skip
