"""The delivery log: what left the portal, over which channel, and why something did not. Answered by the gateway."""

from __future__ import annotations

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
)

CHANNELS = Vocabulary("notice_channel", email="邮件", wecom="企业微信群", dingtalk="钉钉群")
DELIVERY_STATES = Vocabulary(
    "delivery", queued="等待发送", sending="正在发送", sent="已发送", failed="发送失败", withheld="不发送",
    taken_back="已收回",
)  # fmt: skip
DELIVERY_REASONS = Vocabulary(
    "delivery_reason", timed_out="服务器没有在规定时间内回应", unreachable="连不上服务器", connection_lost="连接中断",
    login_refused="服务器拒绝登录", tls_missing="服务器不支持加密", tls_failed="服务器证书无效",
    answer_invalid="服务器的回应无法理解", recipient_refused="收件地址被拒收", sender_refused="发件地址被拒绝",
    message_refused="邮件被拒收", address_invalid="收件地址无效", stopped_by_recipient="本人已停止接收",
    unsubscribed="本人已退订这一类", stopped_by_officer="工会已停发", read_in_portal="已在门户读过",
    robot_refused="群机器人拒收", robot_ended="群机器人已停用", taken_back="公告已收回",
)  # fmt: skip


class Delivery(Schema):
    """投递 One notice over one channel. Who it is for is told to officers only."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, metadata=label("类型"))
    channel = Choice(CHANNELS, required=True, metadata=label("方式"))
    member_id = fields.UUID(required=True, allow_none=True, metadata=label("收件人"))
    state = Choice(DELIVERY_STATES, required=True, metadata=label("状态"))
    attempts = fields.Integer(required=True, metadata=label("次数"))
    reason = Choice(DELIVERY_REASONS, required=True, allow_none=True, metadata=label("原因"))
    answer = fields.String(required=True, allow_none=True, metadata=label("服务器代码"))
    queued_at = Timestamp(required=True, metadata=label("产生时间"))
    next_at = Timestamp(required=True, allow_none=True, metadata=label("下次发送"))
    sent_at = Timestamp(required=True, allow_none=True, metadata=label("发送时间"))


class ListDeliveries(PageRequest):
    """Deliveries of a state, channel or kind."""

    state = Choice(DELIVERY_STATES, load_default=None, allow_none=True, metadata=label("状态"))
    channel = Choice(CHANNELS, load_default=None, allow_none=True, metadata=label("方式"))
    kind = Text(40, load_default=None, allow_none=True, metadata=label("类型"))


class DeliveryRef(Schema):
    """One delivery."""

    delivery_id = fields.UUID(required=True)


class Retried(Schema):
    """How many deliveries are sent again."""

    count = fields.Integer(required=True)


_SEES = frozenset({"officer", "ops"})

list_deliveries = Operation(
    "gateway", "list_deliveries", ListDeliveries, Page(Delivery), _SEES, "query",
    "What was sent outside of the portal, latest first, and why something was not.", title="查看发送记录",
)  # fmt: skip
retry_delivery = Operation(
    "gateway", "retry_delivery", DeliveryRef, Retried, _SEES, "command", "Send a failed or waiting notice at once.",
    title="重新发送",
)  # fmt: skip
