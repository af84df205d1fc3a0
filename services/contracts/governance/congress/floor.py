"""What happens on the floor of a session: the agenda, who speaks, what is resolved."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Empty, Line, Schema, Text, Timestamp, command, labelled
from services.contracts.governance.congress.session_refs import ItemRef, ResolutionRef, SessionRef, SpeakerRef
from services.contracts.governance.congress.vocabulary import (
    AGENDA_KINDS,
    AGENDA_STATES,
    BODIES,
    RESOLUTION_STATES,
    RESOLUTION_WAYS,
    SESSION_FIELDS,
    SPEAKER_STATES,
)
from services.contracts.governance.ratings.vocabulary import RATING_STATES

MOST_ITEMS = 60
MOST_DELEGATES = 4000


@labelled(SESSION_FIELDS)
class AddAgendaItem(SessionRef):
    """An item of the agenda, at its end; `body` is the body it is for, none for all; `organ_id` whose report it is."""

    title = Line(200, 2, required=True)
    agenda_kind = Choice(AGENDA_KINDS, required=True)
    body = Choice(BODIES, load_default=None, allow_none=True)
    presenter = Line(60, load_default=None, allow_none=True)
    organ_id = fields.UUID(load_default=None, allow_none=True)


@labelled(SESSION_FIELDS)
class MoveAgendaItem(ItemRef):
    """The place of an item that has not begun, counted from 1."""

    position = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_ITEMS))


@labelled(SESSION_FIELDS)
class FinishAgendaItem(ItemRef):
    """That an item is done, with what is to stand in the minutes."""

    note = Text(2000, load_default=None, allow_none=True)


class TakeSpeakers(ItemRef):
    """Whether delegates may ask to speak on an item."""

    taken = fields.Boolean(required=True)


@labelled(SESSION_FIELDS)
class CiteRating(ItemRef):
    """The round in which the leaders of an item are assessed; none takes the citation back."""

    rating_id = fields.UUID(required=True, allow_none=True)


@labelled(SESSION_FIELDS)
class MoveSpeaker(SpeakerRef):
    """The place of a speaker among those who wait, counted from 1."""

    position = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))


@labelled(SESSION_FIELDS)
class PutToVote(ItemRef):
    """A resolution on which the delegates of a body vote with their phones; it is counted when the vote is closed."""

    body = Choice(BODIES, required=True)
    title = Line(100, 2, required=True)


@labelled(SESSION_FIELDS)
class RecordHands(PutToVote):
    """A resolution by show of hands, with the numbers counted."""

    votes_for = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_DELEGATES))
    against = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_DELEGATES))
    abstained = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_DELEGATES))


@labelled(SESSION_FIELDS)
class Speaker(Schema):
    """发言人 Who wants to speak, speaks or spoke, in order."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    state = Choice(SPEAKER_STATES, required=True)
    began_at = Timestamp(required=True, allow_none=True)


class AssessedLeader(Schema):
    """How a leader was assessed: the part of the sheets that are satisfied, in percent, and the mean grade from 1."""

    name = fields.String(required=True, allow_none=True)
    post = fields.String(required=True, allow_none=True)
    mean = fields.Float(required=True, allow_none=True)
    satisfied_percent = fields.Float(required=True, allow_none=True)


class CitedRating(Schema):
    """民主评议 The round an item cites.

    `leaders` is empty until its result is published, for who may not see it, and where fewer than `smallest` sheets
    came, which is `hidden`.
    """

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    state = Choice(RATING_STATES, required=True)
    published = fields.Boolean(required=True)
    entitled = fields.Integer(required=True, allow_none=True)
    sheets = fields.Integer(required=True, allow_none=True)
    smallest = fields.Integer(required=True, allow_none=True)
    hidden = fields.Boolean(required=True)
    leaders = fields.List(fields.Nested(AssessedLeader), required=True)


@labelled(SESSION_FIELDS)
class AgendaItem(Schema):
    """议程 An item of the agenda with its speakers; `speakers_taken`: whether delegates may ask to speak.

    `rating`: the round that an item of kind `assessed` cites.
    """

    id = fields.UUID(required=True)
    position = fields.Integer(required=True)
    title = fields.String(required=True)
    agenda_kind = Choice(AGENDA_KINDS, required=True)
    body = Choice(BODIES, required=True, allow_none=True)
    presenter = fields.String(required=True, allow_none=True)
    organ_id = fields.UUID(required=True, allow_none=True)
    state = Choice(AGENDA_STATES, required=True)
    note = fields.String(required=True, allow_none=True)
    speakers_taken = fields.Boolean(required=True)
    speakers = fields.List(fields.Nested(Speaker), required=True)
    rating = fields.Nested(CitedRating, required=True, allow_none=True)


@labelled(SESSION_FIELDS)
class Resolution(Schema):
    """决议 What a body resolved on an item. Votes are counted against all its delegates; `rule` says where that stands.

    `delegates` and `present` are as they were at the vote. Counts and `needed` are null until the vote is counted.
    """

    id = fields.UUID(required=True)
    item_id = fields.UUID(required=True)
    body = Choice(BODIES, required=True)
    title = fields.String(required=True)
    way = Choice(RESOLUTION_WAYS, required=True)
    ballot_id = fields.UUID(required=True, allow_none=True)
    delegates = fields.Integer(required=True)
    present = fields.Integer(required=True)
    votes_for = fields.Integer(required=True, allow_none=True)
    against = fields.Integer(required=True, allow_none=True)
    abstained = fields.Integer(required=True, allow_none=True)
    needed = fields.Integer(required=True, allow_none=True)
    state = Choice(RESOLUTION_STATES, required=True)
    rule = fields.Dict(required=True, allow_none=True)


def _by_officer(name: str, request: type[Schema], reply: type[Schema], doc: str, title: str):  # type: ignore[no-untyped-def]
    return command("governance", name, request=request, reply=reply, allow=("officer",), doc=doc, title=title)


add_agenda_item = _by_officer("add_agenda_item", AddAgendaItem, AgendaItem, "Add an item to the agenda.", "新增议题")
move_agenda_item = _by_officer("move_agenda_item", MoveAgendaItem, AgendaItem, "Move an item.", "调整议题顺序")
remove_agenda_item = _by_officer("remove_agenda_item", ItemRef, Empty, "Remove an item that has not begun.", "删除议题")
begin_agenda_item = _by_officer(
    "begin_agenda_item", ItemRef, AgendaItem, "Begin an item; projector and phones show it.", "开始议题"
)
finish_agenda_item = _by_officer("finish_agenda_item", FinishAgendaItem, AgendaItem, "Finish an item.", "完成议题")
cite_rating = _by_officer(
    "cite_rating", CiteRating, AgendaItem, "Name the round in which the leaders of an item are assessed, or none.",
    "关联民主评议",
)  # fmt: skip
take_speakers = _by_officer(
    "take_speakers", TakeSpeakers, AgendaItem, "Open or close the list of speakers of an item.", "开放或截止发言登记"
)
call_speaker = _by_officer("call_speaker", SpeakerRef, Speaker, "Let a speaker speak.", "请代表发言")
end_speech = _by_officer("end_speech", SpeakerRef, Speaker, "End a speech.", "结束发言")
move_speaker = _by_officer("move_speaker", MoveSpeaker, Speaker, "Move a speaker in the list.", "调整发言顺序")
record_hands = _by_officer(
    "record_hands", RecordHands, Resolution, "Record a show of hands; the rule decides whether it is passed.",
    "登记举手表决",
)  # fmt: skip
put_to_vote = _by_officer(
    "put_to_vote", PutToVote, Resolution, "Let the delegates of a body vote on a resolution now.", "发起表决"
)
count_vote = _by_officer(
    "count_vote", ResolutionRef, Resolution, "Close the vote on a resolution and count it.", "结束表决并计票"
)
ask_to_speak = command(
    "governance", "ask_to_speak", request=ItemRef, reply=Speaker, allow=("member",),
    doc="Ask to speak on the item that is dealt with; for delegates who are there.", title="登记发言",
)  # fmt: skip
withdraw_speech = command(
    "governance", "withdraw_speech", request=SpeakerRef, reply=Speaker, allow=("member",),
    doc="Take one's own wish to speak back.", title="取消发言",
)  # fmt: skip
