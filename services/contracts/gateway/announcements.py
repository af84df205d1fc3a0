"""Announcements of the officers, robots of group chats, and stops of delivery. Answered by the gateway itself."""

from __future__ import annotations

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    ACCOUNT,
    Choice,
    Empty,
    Line,
    Operation,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    invalid,
    label,
)

ANNOUNCEMENT_STATES = Vocabulary(
    "announcement", planned="等待发送", sending="正在发送", sent="已发送", taken_back="已收回",
)  # fmt: skip
AUDIENCE_STANDINGS = Vocabulary("audience_standing", active="在册会员", retained="退休会员")
ROBOT_SERVICES = Vocabulary("robot_service", wecom="企业微信", dingtalk="钉钉")
LONGEST_TEXT = 4000


class AnnouncementAudience(Schema):
    """发送对象 Whom an announcement is for; an empty list means no restriction."""

    units = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=200), metadata=label("分工会"))
    standings = fields.List(
        Choice(AUDIENCE_STANDINGS), load_default=list, validate=validate.Length(max=2), metadata=label("会员")
    )


class AnnouncementText(Schema):
    """What an announcement says, in Chinese and, where it is given, in English."""

    title = Line(120, 2, required=True, metadata=label("标题"))
    text = Text(LONGEST_TEXT, 2, required=True, metadata=label("正文"))
    title_en = Line(200, load_default=None, allow_none=True, metadata=label("英文标题"))
    text_en = Text(LONGEST_TEXT, load_default=None, allow_none=True, metadata=label("英文正文"))


class CreateAnnouncement(AnnouncementText):
    """An announcement for an audience, sent at once or at a time of the next year."""

    audience = fields.Nested(AnnouncementAudience, load_default=dict)
    send_at = Timestamp(load_default=None, allow_none=True, metadata=label("发送时间"))


class AnnouncementRow(Schema):
    """公告 An announcement: `done` of `total` recipients were told in the portal."""

    id = fields.UUID(required=True)
    title = fields.String(required=True, metadata=label("标题"))
    state = Choice(ANNOUNCEMENT_STATES, required=True, metadata=label("状态"))
    send_at = Timestamp(required=True, metadata=label("发送时间"))
    total = fields.Integer(required=True, metadata=label("人数"))
    done = fields.Integer(required=True, metadata=label("已通知"))
    created_at = Timestamp(required=True, metadata=label("起草时间"))


class Announcement(AnnouncementRow):
    """An announcement in full; `deliveries` counts what leaves the portal, by state."""

    text = fields.String(required=True)
    title_en = fields.String(required=True, allow_none=True)
    text_en = fields.String(required=True, allow_none=True)
    audience = fields.Nested(AnnouncementAudience, required=True)
    sent_at = Timestamp(required=True, allow_none=True)
    taken_back_at = Timestamp(required=True, allow_none=True)
    deliveries = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    version = fields.Integer(required=True)


class AnnouncementRef(Schema):
    """One announcement."""

    announcement_id = fields.UUID(required=True)


class ListAnnouncements(PageRequest):
    """Announcements of one state, or all."""

    state = Choice(ANNOUNCEMENT_STATES, load_default=None, allow_none=True, metadata=label("状态"))


class CountAudience(Schema):
    """An audience whose members are to be counted."""

    audience = fields.Nested(AnnouncementAudience, required=True)


class AudienceCount(Schema):
    """How many members an audience has now, and how many of them get an e-mail."""

    members = fields.Integer(required=True)
    by_email = fields.Integer(required=True)


class ReadAnnouncement(Schema):
    """An announcement as its recipients read it; text and link are gone once it was taken back.

    `link`: path of the page of the portal that says more.
    """

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    title_en = fields.String(required=True, allow_none=True)
    text_en = fields.String(required=True, allow_none=True)
    link = fields.String(load_default=None, allow_none=True)
    sent_at = Timestamp(required=True)
    taken_back = fields.Boolean(required=True)


class Robot(Schema):
    """群机器人 A robot of a group chat; its address is a secret and only shown masked. Without unit: the union's."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, metadata=label("名称"))
    service = Choice(ROBOT_SERVICES, required=True, metadata=label("平台"))
    unit_id = fields.UUID(required=True, allow_none=True, metadata=label("分工会"))
    address = fields.String(required=True, metadata=label("地址"))
    created_at = Timestamp(required=True, metadata=label("登记时间"))


class CreateRobot(Schema):
    """A robot with the address that its service shows once."""

    name = Line(60, 2, required=True, metadata=label("名称"))
    service = Choice(ROBOT_SERVICES, required=True, metadata=label("平台"))
    address = Line(500, 10, required=True, metadata=label("地址"))
    unit_id = fields.UUID(load_default=None, allow_none=True, metadata=label("分工会"))


class RobotRef(Schema):
    """One robot."""

    robot_id = fields.UUID(required=True)


class Stop(Schema):
    """停发 A member, or a kind, that is sent nothing outside of the portal."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, allow_none=True, metadata=label("会员"))
    kind = fields.String(required=True, allow_none=True, metadata=label("类型"))
    reason = fields.String(required=True, metadata=label("原因"))
    created_at = Timestamp(required=True, metadata=label("停发时间"))
    ended_at = Timestamp(required=True, allow_none=True, metadata=label("恢复时间"))


class CreateStop(Schema):
    """Stop delivery to one member, by number, or of one kind."""

    member_number = Text(32, load_default=None, allow_none=True, metadata=label("会员号"))
    kind = Text(40, load_default=None, allow_none=True, metadata=label("类型"))
    reason = Text(200, 2, required=True, metadata=label("原因"))

    @validates_schema
    def _one(self, data: dict[str, object], **_: object) -> None:
        if (data.get("member_number") is None) == (data.get("kind") is None):
            raise invalid("notices.stop_is_for_one", "Stop either a member or a kind.", field="member_number")


class StopRef(Schema):
    """One stop."""

    stop_id = fields.UUID(required=True)


_OFFICER, _SEES = frozenset({"officer"}), frozenset({"officer", "ops"})


def _query(
    name: str, request: type[Schema], reply: type[Schema], doc: str, allow: frozenset[str], *, title: str
) -> Operation:
    return Operation("gateway", name, request, reply, allow, "query", doc, title)


def _command(name: str, request: type[Schema], reply: type[Schema], doc: str, *, title: str) -> Operation:
    return Operation("gateway", name, request, reply, _OFFICER, "command", doc, title)


list_announcements = _query(
    "list_announcements", ListAnnouncements, Page(AnnouncementRow),
    "Announcements, latest first.", _OFFICER, title="查看全部通知",
)  # fmt: skip
get_announcement = _query(
    "get_announcement", AnnouncementRef, Announcement,
    "One announcement with its progress.", _OFFICER, title="查看通知的进度",
)  # fmt: skip
read_announcement = _query(
    "read_announcement", AnnouncementRef, ReadAnnouncement,
    "One announcement that I was told.", frozenset({ACCOUNT}), title="阅读收到的通知",
)  # fmt: skip
count_audience = _query(
    "count_audience", CountAudience, AudienceCount,
    "How many members an announcement would reach.", _OFFICER, title="估算通知的人数",
)  # fmt: skip
create_announcement = _command(
    "create_announcement", CreateAnnouncement, Announcement,
    "Announce something to an audience, now or later.", title="发布通知",
)  # fmt: skip
take_back_announcement = _command(
    "take_back_announcement", AnnouncementRef, Announcement,
    "Take back what of an announcement is not sent yet.", title="收回未发出的通知",
)  # fmt: skip
list_robots = _query(
    "list_robots", PageRequest, Page(Robot),
    "Robots of group chats that are told.", _OFFICER, title="查看群机器人",
)  # fmt: skip
create_robot = _command(
    "create_robot", CreateRobot, Robot,
    "Tell a group chat through its robot.", title="添加群机器人",
)  # fmt: skip
end_robot = _command(
    "end_robot", RobotRef, Empty,
    "Tell a group chat no more, and forget its address.", title="停用群机器人",
)  # fmt: skip
list_stops = _query(
    "list_stops", PageRequest, Page(Stop),
    "Stops of delivery, latest first.", _OFFICER, title="查看停发",
)  # fmt: skip
create_stop = _command(
    "create_stop", CreateStop, Stop,
    "Send a member, or of a kind, nothing outside of the portal.", title="对会员或一类消息停发",
)  # fmt: skip
end_stop = _command(
    "end_stop", StopRef, Stop,
    "End a stop: what comes from now on is sent again.", title="恢复发送",
)  # fmt: skip
