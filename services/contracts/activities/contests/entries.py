"""Entries of a contest: who takes part, adjustments with reasons, scores, ranks and awards."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    label,
    labelled,
    query,
)
from services.contracts.activities.contests.settings import LOOKS, MANAGES, READS, UNION_WIDE, ContestRef
from services.contracts.activities.contests.vocabulary import CONTEST_FIELDS, ENTRY_ORDERS, ENTRY_STATES

_LABELS = CONTEST_FIELDS.texts
MOST_ENTERED = 200
_AMOUNT = validate.Range(min=-1000, max=1000)


class EntryRef(ContestRef):
    """One entry of a contest."""

    entry_id = fields.UUID(required=True)


@labelled(CONTEST_FIELDS)
class EnterContest(ContestRef):
    """An entry of a group: a member, or a name such as a unit's choir. `subject`: lesson, song, work.

    The unit of a member is the one membership knows.
    """

    group = fields.Integer(required=True, strict=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    name = Line(60, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    subject = Line(120, load_default=None, allow_none=True)


class EnterRegistered(ContestRef):
    """Enter into a group who is registered for the activity and not entered yet; of these members, or all of them."""

    group = fields.Integer(required=True, strict=True, metadata=label(_LABELS["group"]))
    member_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, MOST_ENTERED)
    )


class NotEntered(Schema):
    """Who could not be entered, and by which rule."""

    member_id = fields.UUID(required=True)
    rule = fields.String(required=True)


class Entered(Schema):
    """How many were entered; who could not be; whether there are more than one request takes."""

    entered = fields.Integer(required=True)
    refused = fields.List(fields.Nested(NotEntered), required=True)
    more = fields.Boolean(required=True)


@labelled(CONTEST_FIELDS)
class ChangeEntry(EntryRef):
    """Another group, place in the order, or subject; what is left out stays. The group stands once judging opened."""

    group = fields.Integer(strict=True)
    number = fields.Integer(strict=True, validate=validate.Range(1, 10_000))
    subject = Line(120, allow_none=True)


class WithdrawEntry(EntryRef):
    """An entry that takes no part any more; it is in no ranking."""

    reason = Text(300, 2, required=True, metadata=label(_LABELS["reason"]))


@labelled(CONTEST_FIELDS)
class AdjustEntry(EntryRef):
    """Points that are added to the score of an entry, or taken off it, with the reason, such as for running over."""

    amount = Money(required=True, validate=_AMOUNT)
    reason = Text(300, 2, required=True)


class TakeAdjustmentBack(EntryRef):
    """An adjustment that no longer counts; it stays in the history."""

    adjustment_id = fields.UUID(required=True)
    reason = Text(300, 2, required=True, metadata=label(_LABELS["reason"]))


@labelled(CONTEST_FIELDS)
class Adjustment(Schema):
    """加减分 Points added or taken off, with the reason."""

    id = fields.UUID(required=True)
    amount = Money(required=True)
    reason = fields.String(required=True)
    made_at = Timestamp(required=True)


@labelled(CONTEST_FIELDS)
class Entry(Schema):
    """参赛者 An entry with how it stands.

    Scores are given once all sheets of the entry are in, or its group is closed, to who may see them; ranks are
    among the entries of the group that have a score.
    """

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    group = fields.Integer(required=True)
    group_name = fields.String(required=True, metadata=label(_LABELS["group"]))
    member_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    subject = fields.String(required=True, allow_none=True)
    state = Choice(ENTRY_STATES, required=True)
    reason = fields.String(required=True, allow_none=True)
    sheets_in = fields.Integer(required=True)
    sheets_due = fields.Integer(required=True)
    raw_score = Money(required=True, allow_none=True)
    adjusted = Money(required=True, allow_none=True)
    score = Money(required=True, allow_none=True)
    rank = fields.Integer(required=True, allow_none=True)
    award = fields.String(required=True, allow_none=True)
    adjustments = fields.List(fields.Nested(Adjustment), required=True)


@labelled(CONTEST_FIELDS)
class ListEntries(PageRequest, ContestRef):
    """Entries of a contest, in the order in which they appear."""

    group = fields.Integer(load_default=None, allow_none=True)
    state = Choice(ENTRY_STATES, load_default=None, allow_none=True)
    q = Line(60, load_default=None, allow_none=True)
    sort = Choice(ENTRY_ORDERS, load_default="number")


class ResultsOf(ContestRef):
    """The results of a contest, of one group or of all."""

    group = fields.Integer(load_default=None, allow_none=True, metadata=label(_LABELS["group"]))


class Results(Schema):
    """Entries with a score by group and rank, then those that wait for sheets. `final`: whether they are published."""

    final = fields.Boolean(required=True)
    items = fields.List(fields.Nested(Entry), required=True)


list_entries = query(
    "activities", "list_entries", request=ListEntries, reply=Page(Entry), allow=LOOKS,
    doc="Entries of a contest with sheets, scores and adjustments.", title="查看参赛名单", reach={"chair": "union"},
)  # fmt: skip
enter_contest = command(
    "activities", "enter_contest", request=EnterContest, reply=Entry, allow=MANAGES,
    doc="Enter a member or a named entry; the age on the contest's day is checked.", title="登记参赛",
)  # fmt: skip
enter_registered = command(
    "activities", "enter_registered", request=EnterRegistered, reply=Entered, allow=MANAGES,
    doc="Enter those who are registered for the activity.", title="从报名名单登记参赛",
)  # fmt: skip
change_entry = command(
    "activities", "change_entry", request=ChangeEntry, reply=Entry, allow=MANAGES,
    doc="Change group, order or subject of an entry.", title="修改参赛登记",
)  # fmt: skip
withdraw_entry = command(
    "activities", "withdraw_entry", request=WithdrawEntry, reply=Entry, allow=MANAGES,
    doc="Take an entry out of the contest, with a reason.", title="登记退赛",
)  # fmt: skip
adjust_entry = command(
    "activities", "adjust_entry", request=AdjustEntry, reply=Entry, allow=MANAGES,
    doc="Add points to a score or take them off, with a reason.", title="登记加减分",
)  # fmt: skip
take_adjustment_back = command(
    "activities", "take_adjustment_back", request=TakeAdjustmentBack, reply=Entry, allow=MANAGES,
    doc="Take an adjustment back, with a reason.", title="撤销加减分",
)  # fmt: skip
contest_results = query(
    "activities", "contest_results", request=ResultsOf, reply=Results, allow=READS,
    doc="Scores, ranks and awards; to members once published, or on the live board.", title="查看比赛成绩",
    reach=UNION_WIDE,
)  # fmt: skip
