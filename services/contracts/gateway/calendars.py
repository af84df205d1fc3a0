"""Subscribing to calendars: the addresses of one's own. Answered by the gateway itself."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import ACCOUNT, Choice, Empty, Operation, Schema, Vocabulary

CALENDARS = Vocabulary("calendar", own="我的活动", unit="分工会活动", union="校工会活动")


class CalendarAddress(Schema):
    """A calendar and the secret address under which calendar programs read it."""

    calendar = Choice(CALENDARS, required=True)
    address = fields.Url(required=True)


class CalendarAddresses(Schema):
    """日历订阅 The addresses of one's calendars; none until they are opened."""

    items = fields.List(fields.Nested(CalendarAddress), required=True)


list_calendar_addresses = Operation(
    "gateway", "list_calendar_addresses", Empty, CalendarAddresses, frozenset({ACCOUNT}), "query",
    "The addresses of my calendars.", title="查看日历订阅地址",
)  # fmt: skip
renew_calendar_addresses = Operation(
    "gateway", "renew_calendar_addresses", Empty, CalendarAddresses, frozenset({ACCOUNT}), "command",
    "Open my calendars under new addresses; those of before open nothing any more.", title="更换日历订阅地址",
)  # fmt: skip
close_calendar_addresses = Operation(
    "gateway", "close_calendar_addresses", Empty, Empty, frozenset({ACCOUNT}), "command",
    "Close my calendars; their addresses open nothing any more.", title="关闭日历订阅",
)  # fmt: skip
