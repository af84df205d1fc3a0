"""By which calendar members celebrate their birthday, and who celebrates in a month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import require_member
from services.membership.base import is_one_of
from services.membership.record import birthday_rules as rules
from services.membership.record.rules import IN_UNIT
from services.membership.record.tables import Member

_MOST = 1_000


def birthdays(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of active members who celebrate in a month by a calendar, the one each chose for the year.

    By the lunar calendar all who ever chose one are read and kept in the month of the celebration: a page may be short.
    """
    year, month, calendar = request["year"] or tx.today.year, request["month"], request["calendar"]
    columns = Member.id, Member.unit_id, Member.birth_day, Member.birth_date, Member.birthday_calendars
    by_sun = calendar == rules.SOLAR
    found = Member.birth_month == month if by_sun else Member.birthday_calendars.is_not(None)
    statement = sa.select(*columns).where(found, is_one_of(Member.standing, IN_UNIT))
    if request["unit_id"] is not None:
        statement = statement.where(Member.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, [(Member.birth_day, "asc"), (Member.id, "asc")], most=_MOST)
    chose = [row for row in page.rows if rules.calendar_in(row.birthday_calendars, year) == calendar]
    days = [(row, rules.day_in_month(row.birth_date, row.birthday_calendars, year, month)) for row in chose]
    return page.reply([{"member_id": row.id, "unit_id": row.unit_id, "day": day} for row, day in days if day])


def my_birthday_calendar(tx: Transaction, _request: Mapping[str, Any]) -> dict[str, Any]:
    """Return by which calendar the caller's birthday is celebrated this year, and from when a choice counts."""
    return _told(tx, _own(tx))


def choose_birthday_calendar(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Choose the calendar from the next year on; the last choice before a year is settled counts."""
    member = _own(tx, lock=True)
    member.birthday_calendars = rules.with_choice(member.birthday_calendars, request["calendar"], tx.today)
    return _told(tx, member)


def _own(tx: Transaction, *, lock: bool = False) -> Member:
    member_id = require_member(tx.principal, "Only a member has a birthday list.", rule="record.caller_is_a_member")
    return tx.get(Member, member_id, "There is no such member.", lock=lock)


def _told(tx: Transaction, member: Member) -> dict[str, Any]:
    this_year, first = tx.today.year, rules.first_year_of_choice(tx.today)
    return {
        "calendar": rules.calendar_in(member.birthday_calendars, this_year),
        "chosen": rules.calendar_in(member.birthday_calendars, first),
        "from_year": first,
        "lunar_this_year": rules.lunar_birthday(member.birth_date, this_year),
        "lunar_then": rules.lunar_birthday(member.birth_date, first),
    }
