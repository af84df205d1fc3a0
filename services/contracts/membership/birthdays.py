"""Birthdays by month, and by which calendar each is celebrated: the member's own choice, from the next year on."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Empty, PageRequest, Schema, Vocabulary, command, label, query

BIRTHDAY_CALENDARS = Vocabulary("birthday_calendar", solar="公历", lunar="农历")


class BirthdayFilter(PageRequest):
    """Active members who celebrate their birthday in a month (1 to 12) of a year by a calendar; `unit_id`: of a unit.

    Without a year, this one. Members are asked for by each calendar; who celebrates by which, the members chose.
    """

    calendar = Choice(BIRTHDAY_CALENDARS, load_default="solar")
    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1950, max=2100))
    month = fields.Integer(required=True, validate=validate.Range(min=1, max=12))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(min=1, max=1000))


class Birthday(Schema):
    """The day in the month on which a member's birthday is celebrated; never the year of birth."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    day = fields.Integer(required=True)


class BirthdayCalendar(Schema):
    """生日历法 The calendar that counts this year, and the one chosen from `from_year` on.

    `lunar_this_year` and `lunar_then` are the days of the lunar birthday this year and in `from_year`.
    """

    calendar = Choice(BIRTHDAY_CALENDARS, required=True)
    chosen = Choice(BIRTHDAY_CALENDARS, required=True)
    from_year = fields.Integer(required=True)
    lunar_this_year = fields.Date(required=True)
    lunar_then = fields.Date(required=True)


class ChooseBirthdayCalendar(Schema):
    """The calendar by which the birthday is celebrated from the next year on; in December from the year after."""

    calendar = Choice(BIRTHDAY_CALENDARS, required=True, metadata=label("生日按"))


my_birthday_calendar = query(
    "membership", "my_birthday_calendar", request=Empty, reply=BirthdayCalendar, allow=("member",),
    doc="By which calendar one's own birthday is celebrated, now and from the next year on.", title="查看生日历法",
)  # fmt: skip
choose_birthday_calendar = command(
    "membership", "choose_birthday_calendar", request=ChooseBirthdayCalendar, reply=BirthdayCalendar,
    allow=("member",), doc="Choose the calendar of one's own birthday, from the next year on.", title="选择生日历法",
)  # fmt: skip
