"""Requests of the year's plan: filters, the import, and the fields an officer may change."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Vocabulary, label, labelled
from services.contracts.governance.plan.events import ITEM_STATES, MEASURES, PARTS

PLAN_ITEM_FIELDS = Vocabulary(
    "plan_item_field", title="名称", title_en="英文名称", part="部分", measure="怎样算完成", month="月份",
    month_to="至几月", owner="负责人或部门", owner_en="负责人或部门（英文）", kind="活动类型", target="目标次数",
    default_capacity="每次名额", default_duration_minutes="每次时长（分钟）", state="状态",
    q="名称", held="已办次数", progress="进度（%）", completed_on="完成日期", year="年度",
    late="逾期", dropped_on="取消日期",
)  # fmt: skip


def Year(**kwargs: Any) -> fields.Integer:  # noqa: N802
    """A calendar year a plan, a budget or an accounting month can belong to."""
    return fields.Integer(validate=validate.Range(min=2000, max=2099), **kwargs)


def Month(**kwargs: Any) -> fields.Integer:  # noqa: N802
    """A month of the calendar, 1 to 12."""
    return fields.Integer(validate=validate.Range(min=1, max=12), **kwargs)


class ListPlans(Schema):
    """No filter: a union has one plan a year."""


class PlanOfYear(Schema):
    """Identifies a plan by its year."""

    year = Year(required=True)


class BeginPlan(Schema):
    """Begin the plan of a year: empty, or with the items of another year's plan, without their progress."""

    year = Year(required=True, metadata=label("年度"))
    from_year = Year(load_default=None, allow_none=True, metadata=label("从哪一年复制"))
    title = Line(120, 1, load_default=None, allow_none=True)
    title_en = Line(200, 1, load_default=None, allow_none=True)


class DiscardPlan(PlanOfYear):
    """Delete the draft of a year with its items; refused once it is published."""

    reason = Text(300, 1, required=True)


class DiscardedPlan(Schema):
    """The year whose draft was deleted, and how many items it had."""

    year = Year(required=True)
    items = fields.Integer(required=True)


@labelled(PLAN_ITEM_FIELDS)
class ListPlanItems(PageRequest):
    """Filters of the items list; `month` also finds items whose span covers it, `q` searches both titles.

    `late`: only items whose months are over and that are neither done nor dropped.
    """

    year = Year(required=True)
    part = Choice(PARTS, load_default=None, allow_none=True)
    month = Month(load_default=None, allow_none=True)
    state = Choice(ITEM_STATES, load_default=None, allow_none=True)
    measure = Choice(MEASURES, load_default=None, allow_none=True)
    late = fields.Boolean(load_default=False)
    q = Line(100, load_default=None, allow_none=True, metadata=label(PLAN_ITEM_FIELDS.texts["title"]))


class GetPlanItem(Schema):
    """Identifies an item by its id."""

    item_id = fields.UUID(required=True)


class ImportPlan(Schema):
    """Import a plan file: the shipped plan of 2023 when no `document` is given.

    `year` replaces the file's year, so that last year's plan can be used for the next one; years in titles move along.
    `dry_run` only compares.
    """

    document = fields.Dict(load_default=None, allow_none=True)
    year = Year(load_default=None, allow_none=True)
    dry_run = fields.Boolean(load_default=False)


class FieldDifference(Schema):
    """One field of one item that differs from the file."""

    key = fields.String(required=True)
    field = fields.String(required=True)
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


class ImportOutcome(Schema):
    """What an import did, or would do. Items in `kept` were edited by an officer and are not changed."""

    year = Year(required=True)
    dry_run = fields.Boolean(required=True)
    added = fields.List(fields.String(), required=True)
    changed = fields.List(fields.Nested(FieldDifference), required=True)
    unchanged = fields.Integer(required=True)
    kept = fields.List(fields.String(), required=True)
    not_in_file = fields.List(fields.String(), required=True)


@labelled(PLAN_ITEM_FIELDS)
class PlanItemFields(Schema):
    """The fields of a plan item that an officer may set. Without English names the Chinese ones stand for both."""

    part = Choice(PARTS)
    month = Month(allow_none=True)
    month_to = Month(allow_none=True)
    title = Line(120, 1)
    title_en = Line(200, 1, allow_none=True)
    owner = Line(60, 1)
    owner_en = Line(100, 1, allow_none=True)
    kind = Text(40, 1, allow_none=True)
    measure = Choice(MEASURES)
    target = fields.Integer(strict=True, validate=validate.Range(min=1, max=1000))
    default_capacity = fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=1, max=200_000))
    default_duration_minutes = fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=5, max=60_000))


@labelled(PLAN_ITEM_FIELDS)
class AddPlanItem(PlanItemFields):
    """A new item of the plan of `year`; the first item creates the plan."""

    year = Year(required=True)
    part = Choice(PARTS, required=True)
    title = Line(120, 1, required=True)
    title_en = Line(200, 1, load_default=None, allow_none=True)
    owner = Line(60, 1, required=True)
    owner_en = Line(100, 1, load_default=None, allow_none=True)
    measure = Choice(MEASURES, required=True)


class UpdatePlanItem(PlanItemFields):
    """Change an item; `version` is the one that was read; if it is not the current one, that is a conflict."""

    item_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, load_default=None, allow_none=True)
    reason = Text(300, load_default=None, allow_none=True)


class RemovePlanItem(Schema):
    """Remove an item from the plan; refused once an activity was linked to it."""

    item_id = fields.UUID(required=True)
    reason = Text(300, 1, required=True)


class RemovedPlanItem(Schema):
    """The removed item."""

    item_id = fields.UUID(required=True)


class CompletePlanItem(Schema):
    """Mark an item as done that has no activities or visits to measure it by, or undo that with `done: false`."""

    item_id = fields.UUID(required=True)
    done = fields.Boolean(load_default=True)
    note = Text(500, 1, required=True)


class DropPlanItem(Schema):
    """Say that an item will not take place this year, with the reason, or take that back with `dropped: false`."""

    item_id = fields.UUID(required=True)
    dropped = fields.Boolean(load_default=True)
    reason = Text(300, 1, required=True)
