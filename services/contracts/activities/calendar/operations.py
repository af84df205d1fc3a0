"""Operations of the calendar: what is scheduled, where, when and for whom.

Not here: who takes part (registration), the calendar of a month (a view of the gateway).
"""

from marshmallow import fields, validate

from services.chassis.schema import (
    ACCOUNT,
    SYSTEM,
    Choice,
    Line,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    label,
    labelled,
    query,
)
from services.contracts.activities.calendar.shapes import (
    ACTIVITY_FIELDS,
    ACTIVITY_KINDS,
    ACTIVITY_STATES,
    CANCEL_REASONS,
    Activity,
    ActivityChange,
    Audience,
    Session,
)
from services.contracts.days import Day
from services.contracts.scopes import scopes_of

ACTIVITY_ORDERS = Vocabulary(
    "activity_order", {
        "-starts_at": "最近的在前", "starts_at": "最早的在前", "registration_closes_at": "报名截止早的在前",
        "title": "名称",
    },
)  # fmt: skip
MOST_SEATS = 200_000
MOST_SESSIONS = 60
MOST_CLONES = 52

_SEATS = validate.Range(min=1, max=MOST_SEATS)
_FEE = validate.Range(min=0, max=100_000)


@labelled(ACTIVITY_FIELDS)
class ActivityFilter(PageRequest):
    """Which activities to list: those that touch the time from `starts_from` to `starts_to`, by start.

    Drafts are listed only to officers and to the chairs of the unit that organises them.
    """

    starts_from = Timestamp(load_default=None, allow_none=True)
    starts_to = Timestamp(load_default=None, allow_none=True)
    kind = Choice(ACTIVITY_KINDS, load_default=None, allow_none=True)
    state = Choice(ACTIVITY_STATES, load_default=None, allow_none=True)
    organiser_unit_id = fields.UUID(load_default=None, allow_none=True)
    plan_item_id = fields.UUID(load_default=None, allow_none=True)
    series_id = fields.UUID(load_default=None, allow_none=True)
    registration_open = fields.Boolean(load_default=None, allow_none=True)
    q = Line(100, load_default=None, allow_none=True, metadata=label(ACTIVITY_FIELDS.texts["title"]))
    sort = Choice(ACTIVITY_ORDERS, load_default="starts_at", metadata=label("排序"))


class ActivityRef(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


class ActivityHistoryRequest(PageRequest):
    """Changes of one activity, newest first."""

    activity_id = fields.UUID(required=True)


@labelled(ACTIVITY_FIELDS)
class ScheduleActivity(Schema):
    """A new activity, announced at once, or stored as a draft with `draft: true`.

    Defaults: registration opens now, closes when the activity starts, and can be cancelled until it closes. No capacity
    means no limit and no waiting list. No organiser means the university's union itself.
    """

    title = Line(120, 1, required=True)
    title_en = Line(200, load_default=None, allow_none=True)
    kind = Choice(ACTIVITY_KINDS, required=True)
    summary = Text(4000, load_default=None, allow_none=True)
    summary_en = Text(8000, load_default=None, allow_none=True)
    place = Line(200, load_default=None, allow_none=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    sessions = fields.List(fields.Nested(Session), load_default=list, validate=validate.Length(max=MOST_SESSIONS))
    capacity = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_SEATS)
    waiting_list = fields.Boolean(load_default=True)
    registration_opens_at = Timestamp(load_default=None, allow_none=True)
    registration_closes_at = Timestamp(load_default=None, allow_none=True)
    cancel_until = Timestamp(load_default=None, allow_none=True)
    audience = fields.Nested(Audience, load_default=lambda: {"units": [], "employments": []})
    fee = Money(load_default=0, validate=_FEE)
    organiser_unit_id = fields.UUID(load_default=None, allow_none=True)
    plan_item_id = fields.UUID(load_default=None, allow_none=True)
    draft = fields.Boolean(load_default=False)


@labelled(ACTIVITY_FIELDS)
class UpdateActivity(Schema):
    """Change the given fields only; `version`, when given, is the one that was read.

    More seats go to the first of the waiting list. Fewer seats than are taken are refused, unless `move_overflow`
    moves the last registrations to the head of the waiting list.
    """

    activity_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)
    title = Line(120, 1)
    title_en = Line(200, allow_none=True)
    kind = Choice(ACTIVITY_KINDS)
    summary = Text(4000, allow_none=True)
    summary_en = Text(8000, allow_none=True)
    place = Line(200, allow_none=True)
    starts_at = Timestamp()
    ends_at = Timestamp()
    sessions = fields.List(fields.Nested(Session), validate=validate.Length(max=MOST_SESSIONS))
    capacity = fields.Integer(strict=True, allow_none=True, validate=_SEATS)
    waiting_list = fields.Boolean()
    registration_opens_at = Timestamp()
    registration_closes_at = Timestamp()
    cancel_until = Timestamp()
    audience = fields.Nested(Audience)
    fee = Money(validate=_FEE)
    organiser_unit_id = fields.UUID(allow_none=True)
    plan_item_id = fields.UUID(allow_none=True)
    move_overflow = fields.Boolean(load_default=False, metadata=label("名额减少时，把最后报名的移到候补最前"))
    reason = Text(300, load_default=None, allow_none=True, metadata=label("变更说明"))


class CancelActivity(Schema):
    """Cancel an activity. The note is shown to those who had registered; it must not contain personal data."""

    activity_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)
    reason_code = Choice(CANCEL_REASONS, load_default="other")
    reason = Text(300, 2, required=True)


class HoldActivity(Schema):
    """Record that an activity took place; asking again corrects the day or the count."""

    activity_id = fields.UUID(required=True)
    held_on = Day(load_default=None, allow_none=True)
    attended = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(min=0, max=MOST_SEATS)
    )


class CloneActivity(Schema):
    """Copies of an activity, one for each new start; all other times are shifted with it. They form a series."""

    activity_id = fields.UUID(required=True)
    starts_at = fields.List(Timestamp(), required=True, validate=validate.Length(min=1, max=MOST_CLONES))
    title = Line(120, 1, load_default=None, allow_none=True)
    draft = fields.Boolean(load_default=True)


class ActivityList(Schema):
    """Several activities, in order of their start."""

    items = fields.List(fields.Nested(Activity), required=True)


_ORGANISERS = ("officer", "chair")

list_activities = query(
    "activities", "list_activities", request=ActivityFilter, reply=Page(Activity),
    allow=(ACCOUNT, SYSTEM, *scopes_of("activities.list_activities")),
    doc="Activities in order of their start, with seats taken and left.",
    title="查看活动列表", reach={ACCOUNT: "union"},
)  # fmt: skip
get_activity = query(
    "activities", "get_activity", request=ActivityRef, reply=Activity,
    allow=(ACCOUNT, SYSTEM, *scopes_of("activities.get_activity")), doc="One activity.",
    title="查看活动", reach={ACCOUNT: "union"},
)  # fmt: skip
schedule_activity = command(
    "activities", "schedule_activity", request=ScheduleActivity, reply=Activity, allow=(*_ORGANISERS, SYSTEM),
    doc="Schedule an activity or draft one; a chair for the own unit.", title="发起活动",
)  # fmt: skip
announce_activity = command(
    "activities", "announce_activity", request=ActivityRef, reply=Activity, allow=_ORGANISERS,
    doc="Announce a draft: it is scheduled from now on.", title="发布活动",
)  # fmt: skip
update_activity = command(
    "activities", "update_activity", request=UpdateActivity, reply=Activity, allow=_ORGANISERS,
    doc="Change an activity; more seats move the waiting list.", title="修改活动",
)  # fmt: skip
cancel_activity = command(
    "activities", "cancel_activity", request=CancelActivity, reply=Activity, allow=_ORGANISERS,
    doc="Call an activity off; its registrations are cancelled.", title="取消活动",
)  # fmt: skip
hold_activity = command(
    "activities", "hold_activity", request=HoldActivity, reply=Activity, allow=(*_ORGANISERS, SYSTEM),
    doc="Record that an activity took place, and how many took part.", title="登记活动已举办",
)  # fmt: skip
clone_activity = command(
    "activities", "clone_activity", request=CloneActivity, reply=ActivityList, allow=_ORGANISERS,
    doc="Copy an activity to one or more new times.", title="复制活动",
)  # fmt: skip
activity_history = query(
    "activities", "activity_history", request=ActivityHistoryRequest, reply=Page(ActivityChange),
    allow=(*_ORGANISERS, "auditor"), doc="Who changed an activity, when, what and why.", title="查看活动的修改记录",
)  # fmt: skip
