"""Operations on events that a service could not handle (异常消息): list, retry, discard. The same for all services.

Belongs here: what operators and officers may see. Of an event's data only the ids are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import fields

from services.chassis.schema import (
    Choice,
    Operation,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    label,
    labelled,
)
from services.contracts.per_service import Row, declared

FAILED_EVENT_STATES = Vocabulary("failed_event", failed="等待重试", dead="已停止")
EVENT_STATES = Vocabulary(
    "event_state", FAILED_EVENT_STATES.texts, handled="已处理", discarded="已放弃", replayed="已重新处理",
)  # fmt: skip
FAILED_EVENT_FIELDS = Vocabulary(
    "failed_event_field", consumer="处理方", status="状态", state="状态", attempts="次数", next_at="下次重试",
    received_at="收到时间", source="来源", subject="对象", correlation_id="关联编号",
)  # fmt: skip
_SEE, _DECIDE = frozenset({"ops", "officer"}), frozenset({"ops"})


@labelled(FAILED_EVENT_FIELDS)
class FailedEvent(Schema):
    """异常消息: one event that one consumer could not handle. `failed` is tried again at `next_at`, `dead` is not.

    `source`, `type`, `subject` and `correlation_id` are None where the message could not be read.
    """

    consumer = fields.String(required=True)
    event_id = fields.UUID(required=True)
    status = Choice(EVENT_STATES.only("handled", *FAILED_EVENT_STATES, "discarded"), required=True)
    attempts = fields.Integer(required=True)
    received_at = Timestamp(required=True)
    next_at = Timestamp(required=True, allow_none=True)
    error = fields.String(required=True, allow_none=True)
    source = fields.String(required=True, allow_none=True)
    type = fields.String(required=True, allow_none=True, metadata=label("消息类型"))
    subject = fields.String(required=True, allow_none=True)
    correlation_id = fields.String(required=True, allow_none=True)


class Decision(Schema):
    """A decision about an event, with the reason. `became` is the new state."""

    at = Timestamp(required=True)
    by = fields.String(required=True)
    became = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)


class FailedEventDetail(FailedEvent):
    """A failed event with the ids in its body, and the decisions about it, latest first."""

    ids = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    decisions = fields.List(fields.Nested(Decision), required=True)


@labelled(FAILED_EVENT_FIELDS)
class FailedEventFilter(PageRequest):
    """Which events to list; failed and dead ones when no state is given."""

    state = Choice(FAILED_EVENT_STATES, load_default=None, allow_none=True)


class FailedEventRef(Schema):
    """Which event of which consumer (`service.method`)."""

    consumer = Text(100, 1, required=True)
    event_id = fields.UUID(required=True)


class ReplayEvent(FailedEventRef):
    """Try it again now, with all its attempts."""

    reason = Text(500, load_default=None, allow_none=True)


class DiscardEvent(FailedEventRef):
    """Never try it again; the reason is kept."""

    reason = Text(500, 2, required=True)


@dataclass(frozen=True)
class FailedEventOperations:
    """The four operations of one service."""

    list: Operation
    get: Operation
    replay: Operation
    discard: Operation


_ROWS: tuple[Row, ...] = (
    ("list_failed_events", FailedEventFilter, Page(FailedEvent), _SEE, "query",
     "Events that failed or that nobody tries again, latest first.", "查看异常消息", {}),
    ("get_failed_event", FailedEventRef, FailedEventDetail, _SEE, "query",
     "One event: why it failed, whose it is, what was decided about it.", "查看一条异常消息", {}),
    ("replay_event", ReplayEvent, FailedEventDetail, _DECIDE, "command", "Try a failed or dead event again now.",
     "重新处理消息", {}),
    ("discard_event", DiscardEvent, FailedEventDetail, _DECIDE, "command", "Give up on an event for good.",
     "放弃消息", {}),
)  # fmt: skip

OF_SERVICE = {
    service: FailedEventOperations(*declared(service, _ROWS))
    for service in ("membership", "activities", "welfare", "governance", "scrutiny", "gateway")
}
"""The operations by service."""
