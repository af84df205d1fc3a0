"""Events of the year's plan. Ids, titles and figures of the plan only, never of a person."""

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema, Vocabulary

PARTS = Vocabulary(
    "plan_part", I="一、思想引领", II="二、建功立业", III="三、民主管理与维权", IV="四、惠民服务", V="五、自身建设",
    calendar="主要工作行事历",
)  # fmt: skip
MEASURES = Vocabulary(
    "measure", activity="按举办的活动", visits="按完成的走访", examinations="按体检覆盖率",
    proposals="按办结的提案", manual="由干部登记",
)  # fmt: skip
ITEM_STATES = Vocabulary(
    "plan_item", open="未开始", scheduled="已安排", in_progress="进行中", done="已完成", dropped="不再举办",
)  # fmt: skip
TOLD_STATES = ITEM_STATES.only("open", "scheduled", "in_progress", "done")
"""States that events tell; a dropped item is told as removed."""

_ID = "0190d5a0-0000-7000-8000-000000000001"
_PLAN = "0190d5a0-0000-7000-8000-000000000002"


class PlanItemData(Schema):
    """An item of the plan, as other services may copy it."""

    item_id = fields.UUID(required=True)
    key = fields.String(required=True)
    year = fields.Integer(required=True)
    part = Choice(PARTS, required=True)
    month = fields.Integer(allow_none=True, load_default=None)
    month_to = fields.Integer(allow_none=True, load_default=None)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    kind = fields.String(allow_none=True, load_default=None)
    measure = Choice(MEASURES, required=True)
    order = fields.Integer(required=True)
    state = Choice(TOLD_STATES, required=True)
    progress = fields.Integer(required=True)


_ITEM = {
    "item_id": _ID, "key": "2023-09-choir", "year": 2023, "part": "calendar", "month": 9, "month_to": None,
    "title": "第五届教职工大合唱", "title_en": "Fifth staff choir contest", "kind": "choir", "measure": "activity",
    "order": 904, "state": "open", "progress": 0,
}  # fmt: skip


class PlanPublishedData(Schema):
    """The plan and every item of it."""

    plan_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    title = fields.String(required=True)
    title_en = fields.String(required=True)
    items = fields.List(fields.Nested(PlanItemData), required=True)


class PlanPublished(Event, source="governance"):
    """The plan of a year is published to all members, with every item; a later one of the same year replaces it."""

    subject = "plan/{year}"
    data = PlanPublishedData
    example = {
        "plan_id": _PLAN, "year": 2023, "title": "工会2023年工作计划", "title_en": "Union plan for 2023",
        "items": [_ITEM],
    }  # fmt: skip


class PlanItemUpdatedData(PlanItemData):
    """The present state of the item; `removed` when it was removed or dropped; a dropped one can come back."""

    removed = fields.Boolean(load_default=False)


class PlanItemUpdated(Event, source="governance"):
    """An item of a published plan was added, changed or removed; the data is its present state."""

    subject = "plan_item/{item_id}"
    data = PlanItemUpdatedData
    example = {**_ITEM, "removed": False}


class PlanItemProgressedData(Schema):
    """The progress of the item, in percent."""

    item_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    progress = fields.Integer(required=True)
    state = Choice(TOLD_STATES, required=True)


class PlanItemProgressed(Event, source="governance"):
    """The progress (percent) or state of an item changed, by what was scheduled, held, visited or declared."""

    subject = "plan_item/{item_id}"
    data = PlanItemProgressedData
    example = {"item_id": _ID, "year": 2023, "progress": 100, "state": "done"}
