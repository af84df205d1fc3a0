"""How an account is told outside of the portal: address, kinds, quiet hours, digest. Answered by the gateway itself."""

from __future__ import annotations

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    ACCOUNT,
    PUBLIC,
    Empty,
    Operation,
    Schema,
    Text,
    Timestamp,
    invalid,
    label,
)

_MINUTE = validate.Regexp(r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z")


class NoticeSettings(Schema):
    """通知设置 The own settings. `offered`: whether e-mail is sent here; `off`: kinds of which none is wanted."""

    offered = fields.Boolean(required=True)
    email = fields.String(required=True, allow_none=True)
    confirmed_at = Timestamp(required=True, allow_none=True)
    waits_for_code = fields.Boolean(required=True)
    off = fields.List(fields.String(), required=True)
    quiet_from = fields.String(required=True, allow_none=True)
    quiet_to = fields.String(required=True, allow_none=True)
    digest_hour = fields.Integer(required=True, allow_none=True)
    stopped = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class ChangeNoticeSettings(Schema):
    """Quiet hours as times of the day in China, both or neither; the hour of a daily digest; the kinds not wanted."""

    quiet_from = fields.String(load_default=None, allow_none=True, validate=_MINUTE, metadata=label("免打扰从"))
    quiet_to = fields.String(load_default=None, allow_none=True, validate=_MINUTE, metadata=label("免打扰到"))
    digest_hour = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=0, max=23), metadata=label("每日汇总")
    )
    stopped = fields.Boolean(load_default=False, metadata=label("停止所有邮件"))
    off = fields.List(Text(40, 1), load_default=list, validate=validate.Length(max=200))
    version = fields.Integer(
        load_default=None, allow_none=True, strict=True,
        metadata={"description": "Version that was read; without it, what was changed meanwhile is overwritten."},
    )  # fmt: skip

    @validates_schema
    def _both(self, data: dict[str, object], **_: object) -> None:
        if (data.get("quiet_from") is None) != (data.get("quiet_to") is None):
            missing = "quiet_to" if data.get("quiet_to") is None else "quiet_from"
            raise invalid("notices.quiet_hours_half", "Quiet hours have a begin and an end.", field=missing)


class SetEmail(Schema):
    """The address that notices are to be sent to; a code is sent there first."""

    email = fields.Email(required=True, validate=validate.Length(max=254), metadata=label("邮箱"))


class ConfirmEmail(Schema):
    """The code that was sent to the new address."""

    code = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{8}\Z"), metadata=label("确认码"))


class UnsubscribeToken(Schema):
    """The token of an address in an e-mail."""

    token = Text(200, 20, required=True)


class Unsubscribed(Schema):
    """The kind of which no e-mail is sent any more; `digest` for the daily digest, with which all e-mail ends."""

    kind = fields.String(required=True)


_ACCOUNT = frozenset({ACCOUNT})

get_notice_settings = Operation(
    "gateway", "get_notice_settings", Empty, NoticeSettings, _ACCOUNT, "query", "How I am told outside of the portal.",
    title="查看消息提醒方式",
)  # fmt: skip
change_notice_settings = Operation(
    "gateway", "change_notice_settings", ChangeNoticeSettings, NoticeSettings, _ACCOUNT, "command",
    "Choose kinds, quiet hours and a daily digest.", title="修改消息提醒方式",
)  # fmt: skip
set_email = Operation(
    "gateway", "set_email", SetEmail, NoticeSettings, _ACCOUNT, "command",
    "Name an e-mail address; a code to confirm it is sent there.", title="填写电子邮箱",
)  # fmt: skip
confirm_email = Operation(
    "gateway", "confirm_email", ConfirmEmail, NoticeSettings, _ACCOUNT, "command",
    "Confirm the new address by its code; from then on notices are sent to it.", title="确认电子邮箱",
)  # fmt: skip
remove_email = Operation(
    "gateway", "remove_email", Empty, NoticeSettings, _ACCOUNT, "command", "Forget my e-mail address.",
    title="删除电子邮箱",
)  # fmt: skip
unsubscribe = Operation(
    "gateway", "unsubscribe", UnsubscribeToken, Unsubscribed, frozenset({PUBLIC}), "command",
    "End e-mail of one kind, by the address in an e-mail and without signing in.", title="退订邮件",
)  # fmt: skip
