"""Operations of the year's plan: its items by part and month, and their progress."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import (
    ACCOUNT,
    SYSTEM,
    Choice,
    Page,
    Schema,
    Timestamp,
    Vocabulary,
    command,
    labelled,
    query,
)
from services.contracts.activities.calendar.shapes import ACTIVITY_STATES
from services.contracts.governance.plan.events import (
    ITEM_STATES,
    MEASURES,
    PARTS,
)
from services.contracts.governance.plan.requests import (
    PLAN_ITEM_FIELDS,
    AddPlanItem,
    BeginPlan,
    CompletePlanItem,
    DiscardedPlan,
    DiscardPlan,
    DropPlanItem,
    GetPlanItem,
    ImportOutcome,
    ImportPlan,
    ListPlanItems,
    ListPlans,
    Month,
    PlanOfYear,
    RemovedPlanItem,
    RemovePlanItem,
    UpdatePlanItem,
    Year,
)

PLAN_STATES = Vocabulary("plan", draft="草稿", published="已发布")
LINK_STATES = ACTIVITY_STATES.only("scheduled", "held", "cancelled")
MOST_ACTIVITIES = 24
"""Activities of an item that lists tell."""


class LinkedActivity(Schema):
    """An activity that was scheduled for a plan item."""

    activity_id = fields.UUID(required=True)
    state = Choice(LINK_STATES, required=True)
    starts_at = Timestamp(allow_none=True)
    held_on = fields.Date(allow_none=True)


class ScheduleSuggestion(Schema):
    """Default values of the form "schedule this item"."""

    title = fields.String(required=True)
    title_en = fields.String(required=True)
    kind = fields.String(required=True)
    capacity = fields.Integer(allow_none=True)
    duration_minutes = fields.Integer(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    registration_opens_at = Timestamp(required=True)
    registration_closes_at = Timestamp(required=True)
    cancel_until = Timestamp(required=True)


@labelled(PLAN_ITEM_FIELDS)
class PlanItem(Schema):
    """One line of the year's plan. `month` is null for a standing duty; `order` sorts within the year.

    `late`: its months, or the year of a standing duty, are over, and it is neither done nor dropped.
    """

    id = fields.UUID(required=True)
    year = Year(required=True)
    key = fields.String(required=True)
    part = Choice(PARTS, required=True)
    month = Month(allow_none=True)
    month_to = Month(allow_none=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    owner = fields.String(required=True)
    owner_en = fields.String(required=True)
    kind = fields.String(allow_none=True)
    measure = Choice(MEASURES, required=True)
    target = fields.Integer(required=True)
    order = fields.Integer(required=True)
    state = Choice(ITEM_STATES, required=True)
    progress = fields.Integer(required=True)
    held = fields.Integer(required=True)
    scheduled = fields.Integer(required=True)
    visits_due = fields.Integer(required=True)
    visits_done = fields.Integer(required=True)
    completed_on = fields.Date(allow_none=True)
    completion_note = fields.String(allow_none=True)
    dropped_on = fields.Date(allow_none=True)
    drop_reason = fields.String(allow_none=True)
    late = fields.Boolean(required=True)
    default_capacity = fields.Integer(allow_none=True)
    default_duration_minutes = fields.Integer(allow_none=True)
    version = fields.Integer(required=True)


class ActivityOfItem(Schema):
    """An activity of an item with the day that it is or was held on; null while that is not known."""

    activity_id = fields.UUID(required=True)
    state = Choice(LINK_STATES, required=True)
    day = fields.Date(allow_none=True)


class ListedPlanItem(PlanItem):
    """One item with its activities, the first of them in time, at most `MOST_ACTIVITIES`."""

    activities = fields.List(fields.Nested(ActivityOfItem), required=True)


class PlanItemDetail(PlanItem):
    """One item with its activities and, when it is measured by activities, defaults for scheduling the next one."""

    links = fields.List(fields.Nested(LinkedActivity), required=True)
    suggestion = fields.Nested(ScheduleSuggestion, allow_none=True)


class PlanSummary(Schema):
    """A year's plan in figures: items by state, and which of these are late. Dropped items don't count as progress."""

    id = fields.UUID(required=True)
    year = Year(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    state = Choice(PLAN_STATES, required=True)
    published_at = Timestamp(allow_none=True)
    items = fields.Integer(required=True)
    progress = fields.Integer(required=True)
    late_by_state = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_state = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_part = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class PlanList(Schema):
    """Every plan there is, newest year first."""

    items = fields.List(fields.Nested(PlanSummary), required=True)


_PLAN_WRITERS = {"officer"}

list_plans = query(
    "governance", "list_plans", request=ListPlans, reply=PlanList, allow={ACCOUNT, SYSTEM},
    doc="List the years' plans.", title="查看各年计划", reach={ACCOUNT: "union"},
)  # fmt: skip
get_plan = query(
    "governance", "get_plan", request=PlanOfYear, reply=PlanSummary, allow={ACCOUNT, SYSTEM},
    doc="Get one year's plan in figures.", title="查看年度计划", reach={ACCOUNT: "union"},
)  # fmt: skip
list_plan_items = query(
    "governance", "list_plan_items", request=ListPlanItems, reply=Page(ListedPlanItem), allow={ACCOUNT, SYSTEM},
    doc="List the items of a year's plan, in the plan's order.", title="查看计划项目列表", reach={ACCOUNT: "union"},
)  # fmt: skip
get_plan_item = query(
    "governance", "get_plan_item", request=GetPlanItem, reply=PlanItemDetail, allow={ACCOUNT, SYSTEM},
    doc="Get one plan item with its activities and the suggestion for the next one.",
    title="查看计划项目", reach={ACCOUNT: "union"},
)  # fmt: skip
import_plan = command(
    "governance", "import_plan", request=ImportPlan, reply=ImportOutcome, allow={*_PLAN_WRITERS, SYSTEM},
    doc="Import a plan file; importing twice changes nothing.", title="导入年度计划",
)  # fmt: skip
begin_plan = command(
    "governance", "begin_plan", request=BeginPlan, reply=PlanSummary, allow=_PLAN_WRITERS,
    doc="Begin a year's plan: empty, or with the items of another year's.", title="编制年度计划",
)  # fmt: skip
publish_plan = command(
    "governance", "publish_plan", request=PlanOfYear, reply=PlanSummary, allow={*_PLAN_WRITERS, SYSTEM},
    doc="Publish a year's plan to all members.", title="公布年度计划",
)  # fmt: skip
discard_plan = command(
    "governance", "discard_plan", request=DiscardPlan, reply=DiscardedPlan, allow=_PLAN_WRITERS,
    doc="Give up the draft of a year's plan, with its items.", title="放弃年度计划草稿",
)  # fmt: skip
add_plan_item = command(
    "governance", "add_plan_item", request=AddPlanItem, reply=PlanItemDetail, allow=_PLAN_WRITERS,
    doc="Add an item to a year's plan.", title="增加计划项目",
)  # fmt: skip
update_plan_item = command(
    "governance", "update_plan_item", request=UpdatePlanItem, reply=PlanItemDetail, allow=_PLAN_WRITERS,
    doc="Change an item of the plan.", title="修改计划项目",
)  # fmt: skip
remove_plan_item = command(
    "governance", "remove_plan_item", request=RemovePlanItem, reply=RemovedPlanItem, allow=_PLAN_WRITERS,
    doc="Take an item out of the plan.", title="删除计划项目",
)  # fmt: skip
complete_plan_item = command(
    "governance", "complete_plan_item", request=CompletePlanItem, reply=PlanItemDetail, allow=_PLAN_WRITERS,
    doc="Declare an item done, with a note, or take it back.", title="登记计划项目完成",
)  # fmt: skip
drop_plan_item = command(
    "governance", "drop_plan_item", request=DropPlanItem, reply=PlanItemDetail, allow=_PLAN_WRITERS,
    doc="Say that an item will not take place, or take that back.", title="取消计划项目",
)  # fmt: skip
