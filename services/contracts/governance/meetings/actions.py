"""Action items: what is to be done after a meeting, by one person, until a day."""

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
    Vocabulary,
    command,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.governance.meetings.meetings import MeetingRef
from services.contracts.governance.meetings.vocabulary import (
    ACTION_ORDERS,
    ACTION_STATES,
    ACTIONS_SHOWN,
    MEETING_FIELDS,
)
from services.contracts.ids import ids_filter

MOST_ACTIONS = 100
"""Of one meeting."""
ACTION_STEPS = Vocabulary(
    "action_step", assign="交办", change="调整", progress="报告进展", finish="完成", drop="不再办理", reopen="重新办理",
)  # fmt: skip


class ActionItemRef(Schema):
    """One action item by id."""

    action_item_id = fields.UUID(required=True)


@labelled(MEETING_FIELDS)
class AddActionItem(MeetingRef):
    """What one person is to do until a day; `item_id` of the agenda, where it comes from."""

    item_id = fields.UUID(load_default=None, allow_none=True)
    text = Line(300, 2, required=True)
    owner_id = fields.UUID(required=True)
    due_on = Day(years_ahead=3, required=True)


@labelled(MEETING_FIELDS)
class ChangeActionItem(ActionItemRef):
    """Another owner or day, with the reason."""

    owner_id = fields.UUID(required=True)
    due_on = Day(years_ahead=3, required=True)
    reason = Text(200, 2, required=True)


@labelled(MEETING_FIELDS)
class ReportProgress(ActionItemRef):
    """How far it is."""

    percent = fields.Integer(required=True, strict=True, validate=validate.Range(0, 99))
    note = Text(500, 2, required=True)


@labelled(MEETING_FIELDS)
class FinishActionItem(ActionItemRef):
    """What came of it."""

    note = Text(500, 2, required=True)


@labelled(MEETING_FIELDS)
class DropActionItem(ActionItemRef):
    """Why it is done no more, or why again."""

    reason = Text(200, 2, required=True)


@labelled(MEETING_FIELDS)
class ListActionItems(PageRequest):
    """Which action items, by default the open ones by their day; `mine`: those the caller owns."""

    show = Choice(ACTIONS_SHOWN, load_default="open")
    meeting_id = fields.UUID(load_default=None, allow_none=True)
    body_id = fields.UUID(load_default=None, allow_none=True)
    owner_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(ACTION_STATES, load_default=None, allow_none=True)
    mine = fields.Boolean(load_default=False)
    q = Line(60, load_default=None, allow_none=True)
    ids = ids_filter()
    sort = Choice(ACTION_ORDERS, load_default="due_on")


@labelled(MEETING_FIELDS)
class ActionItem(Schema):
    """督办事项 An action item in a list."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    meeting_id = fields.UUID(required=True)
    meeting_title = fields.String(required=True, metadata={"title": "会议"})
    item_id = fields.UUID(required=True, allow_none=True)
    text = fields.String(required=True)
    owner_id = fields.UUID(required=True, metadata={"title": "责任人"})
    due_on = fields.Date(required=True)
    percent = fields.Integer(required=True)
    state = Choice(ACTION_STATES, required=True)
    overdue = fields.Boolean(required=True)
    done_on = fields.Date(required=True, allow_none=True)


@labelled(MEETING_FIELDS)
class ActionNote(Schema):
    """What was reported or changed, when and by whom."""

    step = Choice(ACTION_STEPS, required=True)
    percent = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    at = Timestamp(required=True)
    member_id = fields.UUID(required=True, allow_none=True)


class ActionItemDetail(ActionItem):
    """One action item with its history and what the caller may do now."""

    history = fields.List(fields.Nested(ActionNote), required=True)
    actions = fields.List(fields.String(), required=True)


_DOES, _READS = ("officer", "chair", "member"), ("officer", "chair", "auditor", "member")

add_action_item = command(
    "governance", "add_action_item", request=AddActionItem, reply=ActionItemDetail, allow=_DOES,
    doc="Give somebody something to do after the meeting.", title="交办督办事项",
)  # fmt: skip
change_action_item = command(
    "governance", "change_action_item", request=ChangeActionItem, reply=ActionItemDetail, allow=_DOES,
    doc="Give an action item another owner or day.", title="调整督办事项",
)  # fmt: skip
report_progress = command(
    "governance", "report_progress", request=ReportProgress, reply=ActionItemDetail, allow=_DOES,
    doc="Say how far an action item is.", title="报告督办进展",
)  # fmt: skip
finish_action_item = command(
    "governance", "finish_action_item", request=FinishActionItem, reply=ActionItemDetail, allow=_DOES,
    doc="Say that an action item is done, and what came of it.", title="办结督办事项",
)  # fmt: skip
drop_action_item = command(
    "governance", "drop_action_item", request=DropActionItem, reply=ActionItemDetail, allow=_DOES,
    doc="Let an action item rest, with the reason.", title="终止督办事项",
)  # fmt: skip
reopen_action_item = command(
    "governance", "reopen_action_item", request=DropActionItem, reply=ActionItemDetail, allow=_DOES,
    doc="Take an action item up again that is not done after all.", title="重新督办",
)  # fmt: skip
list_action_items = query(
    "governance", "list_action_items", request=ListActionItems, reply=Page(ActionItem), allow=_READS,
    doc="Action items by their day: officers and auditors see all, chairs the own unit's, others the own and those of "
    "their meetings.",
    title="查看督办事项",
)  # fmt: skip
get_action_item = query(
    "governance", "get_action_item", request=ActionItemRef, reply=ActionItemDetail, allow=_READS,
    doc="One action item.", title="查看一项督办事项",
)  # fmt: skip
