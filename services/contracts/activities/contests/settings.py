"""The contest of an activity: how it is judged and in which groups, its states, its history."""

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
from services.contracts.activities.contests.vocabulary import (
    CONTEST_FIELDS,
    CONTEST_ORDERS,
    CONTEST_ROLES,
    CONTEST_STATES,
    SCORING_RULES,
)
from services.contracts.days import Day

_LABELS = CONTEST_FIELDS.texts
MOST_CRITERIA = 12
MOST_GROUPS = 20
MOST_AWARDS = 6
MANAGES = ("officer", "chair")
LOOKS = ("officer", "chair", "auditor")
READS = ("officer", "chair", "auditor", "member")
UNION_WIDE = dict.fromkeys(("chair", "member"), "union")


class ContestRef(Schema):
    """The contest of an activity."""

    activity_id = fields.UUID(required=True)


@labelled(CONTEST_FIELDS)
class Criterion(Schema):
    """评分项目 What judges look at, and its share of the total in per cent."""

    name = Line(60, 1, required=True)
    weight = Money(required=True, validate=validate.Range(min=0, max=100))


@labelled(CONTEST_FIELDS)
class NumberedCriterion(Criterion):
    """A criterion with the number under which sheets give its points."""

    number = fields.Integer(required=True)


@labelled(CONTEST_FIELDS)
class ContestGroup(Schema):
    """组别 Entries that are ranked together. `closed_at`: since when nobody hands in sheets."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)
    closed_at = Timestamp(required=True, allow_none=True)


@labelled(CONTEST_FIELDS)
class Award(Schema):
    """奖项 An award for so many places of each group, after those of the awards before it."""

    name = Line(30, 1, required=True)
    count = fields.Integer(required=True, strict=True, validate=validate.Range(1, 200))


@labelled(CONTEST_FIELDS)
class SetContest(ContestRef):
    """How an activity is judged: weights of the criteria sum to 100, each criterion is worth `scale` points.

    `most_age` is the age a contestant may have on the day `age_on`; both or neither. `live_board`: members see
    scores as they are complete, before the results are published.
    """

    scoring = Choice(SCORING_RULES, required=True)
    scale = fields.Integer(load_default=100, strict=True, validate=validate.Range(1, 1000))
    criteria = fields.List(fields.Nested(Criterion), required=True, validate=validate.Length(1, MOST_CRITERIA))
    groups = fields.List(
        Line(30, 1), required=True, validate=validate.Length(1, MOST_GROUPS), metadata=label(_LABELS["groups"])
    )
    awards = fields.List(fields.Nested(Award), load_default=list, validate=validate.Length(max=MOST_AWARDS))
    most_age = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(18, 70))
    age_on = Day(years_ahead=2, load_default=None, allow_none=True)
    live_board = fields.Boolean(load_default=False)
    version = fields.Integer(load_default=0, strict=True)


@labelled(CONTEST_FIELDS)
class Contest(ContestRef):
    """比赛 The contest of an activity. `may_look`: whether the caller sees scores now."""

    title = fields.String(required=True)
    starts_at = Timestamp(required=True)
    organiser_unit_id = fields.UUID(required=True, allow_none=True)
    state = Choice(CONTEST_STATES, required=True)
    scoring = Choice(SCORING_RULES, required=True)
    scale = fields.Integer(required=True)
    criteria = fields.List(fields.Nested(NumberedCriterion), required=True)
    groups = fields.List(fields.Nested(ContestGroup), required=True)
    awards = fields.List(fields.Nested(Award), required=True)
    most_age = fields.Integer(required=True, allow_none=True)
    age_on = fields.Date(required=True, allow_none=True)
    live_board = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    made_at = Timestamp(required=True)
    published_at = Timestamp(required=True, allow_none=True)
    may_look = fields.Boolean(required=True)


@labelled(CONTEST_FIELDS)
class ListContests(PageRequest):
    """Which contests, those made last first."""

    q = Line(60, load_default=None, allow_none=True)
    state = Choice(CONTEST_STATES, load_default=None, allow_none=True)
    sort = Choice(CONTEST_ORDERS, load_default="-made_at")


class ListMyContests(PageRequest):
    """Contests in which the caller judges or takes part."""


@labelled(CONTEST_FIELDS)
class MyContest(Schema):
    """A contest in which one judges or takes part."""

    activity_id = fields.UUID(required=True)
    title = fields.String(required=True)
    starts_at = Timestamp(required=True)
    state = Choice(CONTEST_STATES, required=True)
    role = Choice(CONTEST_ROLES, required=True)


class ContestStep(ContestRef):
    """A step of a contest; `reason` where results that were published are taken back, or a group is opened again."""

    reason = Text(300, 2, load_default=None, allow_none=True, metadata=label(_LABELS["reason"]))


class GroupStep(ContestStep):
    """A step of one group."""

    group = fields.Integer(required=True, strict=True, metadata=label(_LABELS["group"]))


class ListContestHistory(PageRequest, ContestRef):
    """What was corrected, adjusted or taken back in a contest, newest first."""


class ContestChange(Schema):
    """One change: who made it, when, why; values before and after by field."""

    at = Timestamp(required=True)
    by = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    what = fields.String(required=True)
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)


get_contest = query(
    "activities", "get_contest", request=ContestRef, reply=Contest, allow=READS,
    doc="How an activity is judged, its groups and its state.", title="查看比赛", reach=UNION_WIDE,
)  # fmt: skip
list_contests = query(
    "activities", "list_contests", request=ListContests, reply=Page(Contest), allow=LOOKS,
    doc="Contests of all activities.", title="查看比赛列表", reach={"chair": "union"},
)  # fmt: skip
my_contests = query(
    "activities", "my_contests", request=ListMyContests, reply=Page(MyContest), allow=("member",),
    doc="Contests in which one judges or takes part.", title="查看自己的比赛和评审",
)  # fmt: skip
set_contest = command(
    "activities", "set_contest", request=SetContest, reply=Contest, allow=MANAGES,
    doc="Say how an activity is judged, until judging opens.", title="设定比赛的评分办法",
)  # fmt: skip
open_contest = command(
    "activities", "open_contest", request=ContestRef, reply=Contest, allow=MANAGES,
    doc="Open judging; from then on criteria stand.", title="开始评分",
)  # fmt: skip
close_group = command(
    "activities", "close_group", request=GroupStep, reply=Contest, allow=MANAGES,
    doc="End judging of a group; with the last one the results are provisional.", title="截止一组评分",
)  # fmt: skip
reopen_group = command(
    "activities", "reopen_group", request=GroupStep, reply=Contest, allow=MANAGES,
    doc="Let judges hand in sheets of a group again, with a reason, until results are published.", title="重开一组评分",
)  # fmt: skip
publish_contest = command(
    "activities", "publish_contest", request=ContestRef, reply=Contest, allow=MANAGES,
    doc="Publish the results; scores, ranks and awards are kept as they are.", title="公布比赛结果",
)  # fmt: skip
withdraw_results = command(
    "activities", "withdraw_results", request=ContestStep, reply=Contest, allow=("officer",),
    doc="Take published results back, with a reason, to correct them.", title="撤回比赛结果",
)  # fmt: skip
contest_history = query(
    "activities", "contest_history", request=ListContestHistory, reply=Page(ContestChange), allow=LOOKS,
    doc="Corrections, adjustments and steps of a contest.", title="查看比赛的更正记录",
)  # fmt: skip
