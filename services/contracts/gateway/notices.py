"""Notices: what an account was told, read and unread. Answered by the gateway itself."""

from marshmallow import fields

from services.chassis.schema import (
    ACCOUNT,
    Choice,
    Empty,
    Operation,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    label,
)

NOTICE_STATES = Vocabulary("notice_state", unread="未读", read="已读")


class Notice(Schema):
    """通知 A notice: its `kind` is that of the to-do or message it tells of, `params` are its figures."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, metadata=label("消息"))
    at = Timestamp(required=True, metadata=label("时间"))
    subject_id = fields.UUID(required=True)
    params = fields.Dict(keys=fields.String(), required=True)
    state = Choice(NOTICE_STATES, required=True, metadata=label("状态"))
    read_at = Timestamp(required=True, allow_none=True)


class ListNotices(PageRequest):
    """The own notices, of one kind or all, unread ones or all."""

    kind = Text(40, load_default=None, allow_none=True, metadata=label("类型"))
    state = Choice(NOTICE_STATES, load_default=None, allow_none=True, metadata=label("状态"))


class NoticeRef(Schema):
    """One notice."""

    notice_id = fields.UUID(required=True)


class ReadAll(Schema):
    """Which notices to mark: those of one kind, or all, that are not newer than `until`."""

    kind = Text(40, load_default=None, allow_none=True)
    until = Timestamp(load_default=None, allow_none=True)


class Marked(Schema):
    """How many notices were unread before."""

    count = fields.Integer(required=True)


class UnreadCount(Schema):
    """The number of unread notices."""

    count = fields.Integer(required=True)


_ACCOUNT = frozenset({ACCOUNT})

list_notices = Operation(
    "gateway", "list_notices", ListNotices, Page(Notice), _ACCOUNT, "query", "What I was told, newest first.",
    title="查看消息",
)  # fmt: skip
count_unread = Operation(
    "gateway", "count_unread", Empty, UnreadCount, _ACCOUNT, "query", "How many of my notices are unread.",
    title="查看未读消息数",
)  # fmt: skip
read_notice = Operation(
    "gateway", "read_notice", NoticeRef, Notice, _ACCOUNT, "command", "Mark one of my notices as read.",
    title="把一条消息标为已读",
)  # fmt: skip
read_all_notices = Operation(
    "gateway", "read_all_notices", ReadAll, Marked, _ACCOUNT, "command", "Mark my notices as read, of one kind or all.",
    title="把消息全部标为已读",
)  # fmt: skip
