"""Judges of a contest and their sheets: stepping aside, drafts, handing in, correcting."""

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
from services.contracts.activities.contests.entries import EntryRef
from services.contracts.activities.contests.settings import LOOKS, MANAGES, MOST_CRITERIA, MOST_GROUPS, ContestRef
from services.contracts.activities.contests.vocabulary import (
    ASIDE_CAUSES,
    CONTEST_FIELDS,
    JUDGING_STATES,
    SHEET_ORDERS,
    SHEET_STATES,
)

_LABELS = CONTEST_FIELDS.texts
_REASON = label(_LABELS["reason"])


@labelled(CONTEST_FIELDS)
class AddJudge(ContestRef):
    """A judge of some groups: a member, or somebody from outside by name. One of the judges is the head.

    Sheets of a judge from outside are written on paper and entered by the organiser.
    """

    member_id = fields.UUID(load_default=None, allow_none=True)
    name = Line(60, load_default=None, allow_none=True, metadata=label(_LABELS["member_name"]))
    groups = fields.List(fields.Integer(strict=True), required=True, validate=validate.Length(1, MOST_GROUPS))
    head = fields.Boolean(load_default=False)


class JudgeRef(ContestRef):
    """One judge of a contest."""

    judge_id = fields.UUID(required=True)


class JudgeRemoved(Schema):
    """That the judge is none any more."""

    judge_id = fields.UUID(required=True)


@labelled(CONTEST_FIELDS)
class Judge(Schema):
    """评委 A judge; `name` is of one from outside. `sheets_due` leaves out entries from which the judge steps aside."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    groups = fields.List(fields.Integer(), required=True)
    head = fields.Boolean(required=True)
    sheets_in = fields.Integer(required=True)
    sheets_due = fields.Integer(required=True)


class Judges(Schema):
    """The judges of a contest, the head first."""

    items = fields.List(fields.Nested(Judge), required=True)


class StepAside(EntryRef):
    """A judge does not judge an entry: said by the judge, or by the organiser for `judge_id`; with the reason."""

    judge_id = fields.UUID(load_default=None, allow_none=True)
    reason = Text(300, 2, required=True, metadata=_REASON)


@labelled(CONTEST_FIELDS)
class Points(Schema):
    """The points of one criterion."""

    number = fields.Integer(required=True, strict=True)
    points = Money(required=True, allow_none=True, validate=validate.Range(min=0, max=1000))


@labelled(CONTEST_FIELDS)
class WriteSheet(EntryRef):
    """Points of an entry. Who organises names the judge from outside whose paper is entered."""

    judge_id = fields.UUID(load_default=None, allow_none=True)
    points = fields.List(fields.Nested(Points), required=True, validate=validate.Length(1, MOST_CRITERIA))
    comment = Text(500, load_default=None, allow_none=True)


class CorrectSheet(ContestRef):
    """Other points on a sheet that was handed in: by the head judge, with the reason."""

    sheet_id = fields.UUID(required=True)
    points = fields.List(
        fields.Nested(Points), required=True, validate=validate.Length(1, MOST_CRITERIA), metadata=label("评分")
    )
    reason = Text(300, 2, required=True, metadata=_REASON)


@labelled(CONTEST_FIELDS)
class Sheet(Schema):
    """评分表 A sheet: the points of one judge for one entry, and the weighted total in full."""

    id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    judge_id = fields.UUID(required=True)
    entry_name = fields.String(required=True, allow_none=True)
    entry_member_id = fields.UUID(required=True, allow_none=True, metadata=label("参赛会员"))
    judge_name = fields.String(required=True, allow_none=True)
    judge_member_id = fields.UUID(required=True, allow_none=True, metadata=label("评委会员"))
    number = fields.Integer(required=True)
    group = fields.Integer(required=True)
    group_name = fields.String(required=True, metadata=label(_LABELS["group"]))
    state = Choice(SHEET_STATES, required=True)
    points = fields.List(fields.Nested(Points), required=True)
    comment = fields.String(required=True, allow_none=True)
    total = fields.String(required=True, allow_none=True)
    handed_in_at = Timestamp(required=True, allow_none=True)
    corrected = fields.Boolean(required=True)
    left_out = fields.Boolean(required=True, metadata=label("计分时去掉"))


class ListSheets(PageRequest, ContestRef):
    """Sheets that the caller may see: one's own, and of others once all of the entry are in or its group is closed."""

    entry_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["entry_id"]))
    judge_id = fields.UUID(load_default=None, allow_none=True, metadata=label(_LABELS["judge_id"]))
    group = fields.Integer(load_default=None, allow_none=True, metadata=label(_LABELS["group"]))
    sort = Choice(SHEET_ORDERS, load_default="-handed_in_at", metadata=label(_LABELS["sort"]))


@labelled(CONTEST_FIELDS)
class ToJudge(Schema):
    """An entry as it stands with one judge; `cause` says why the judge steps aside."""

    entry_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    group = fields.Integer(required=True)
    group_name = fields.String(required=True, metadata=label(_LABELS["group"]))
    member_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    subject = fields.String(required=True, allow_none=True)
    state = Choice(JUDGING_STATES, required=True)
    cause = Choice(ASIDE_CAUSES, required=True, allow_none=True)
    points = fields.List(fields.Nested(Points), required=True)
    comment = fields.String(required=True, allow_none=True)
    total = fields.String(required=True, allow_none=True)


class JudgingOf(ContestRef):
    """What a judge has to judge: the caller, or for who organises a judge from outside."""

    judge_id = fields.UUID(load_default=None, allow_none=True)


class Judging(Schema):
    """Entries of a judge's groups in their order; `head`: whether the judge may correct sheets."""

    judge_id = fields.UUID(required=True)
    head = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ToJudge), required=True)


list_judges = query(
    "activities", "list_judges", request=ContestRef, reply=Judges, allow=LOOKS,
    doc="Judges of a contest and how many sheets they handed in.", title="查看评委", reach={"chair": "union"},
)  # fmt: skip
add_judge = command(
    "activities", "add_judge", request=AddJudge, reply=Judge, allow=MANAGES,
    doc="Name a judge of groups of a contest.", title="聘请评委",
)  # fmt: skip
remove_judge = command(
    "activities", "remove_judge", request=JudgeRef, reply=JudgeRemoved, allow=MANAGES,
    doc="Take a judge out who handed in no sheet.", title="撤下评委",
)  # fmt: skip
step_aside = command(
    "activities", "step_aside", request=StepAside, reply=ToJudge, allow=(*MANAGES, "member"),
    doc="Do not judge an entry, with the reason; the sheet is no longer waited for.", title="评委回避",
)  # fmt: skip
judging = query(
    "activities", "judging", request=JudgingOf, reply=Judging, allow=(*MANAGES, "member"),
    doc="What a judge has to judge, with the judge's own sheets.", title="查看待评分的参赛者",
)  # fmt: skip
save_sheet = command(
    "activities", "save_sheet", request=WriteSheet, reply=ToJudge, allow=(*MANAGES, "member"),
    doc="Keep a sheet as a draft that nobody else sees.", title="保存评分草稿",
)  # fmt: skip
hand_in_sheet = command(
    "activities", "hand_in_sheet", request=WriteSheet, reply=ToJudge, allow=(*MANAGES, "member"),
    doc="Hand a sheet in; it is locked from then on.", title="提交评分表",
)  # fmt: skip
correct_sheet = command(
    "activities", "correct_sheet", request=CorrectSheet, reply=Sheet, allow=("member",),
    doc="Correct a sheet as the head judge, with the reason.", title="更正评分表",
)  # fmt: skip
list_sheets = query(
    "activities", "list_sheets", request=ListSheets, reply=Page(Sheet), allow=(*LOOKS, "member"),
    doc="Sheets of a contest that the caller may see now.", title="查看评分表", reach={"chair": "union"},
)  # fmt: skip
