"""How values are written on a page: days, times, money and shares, in the language of the reader.

Values arrive as the services sent them: ISO texts for moments and days, decimal texts for money.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import format_date, get_locale, gettext

from gateway.portal.pictures import scale
from services.chassis.clock import SHANGHAI, today


def as_date(value: date | str | None) -> date | None:
    """Return the Chinese day of an ISO day or moment."""
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date()
    return value


def as_moment(value: datetime | str | None) -> datetime | None:
    """Return a moment in Chinese time."""
    if not value:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(SHANGHAI)


def is_english() -> bool:
    """Whether the reader asked for English."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def day(value: date | str | None) -> str:
    """Write a day: 2023年3月8日 周三, or Wed, 8 Mar 2023; without the year when it is this one."""
    found = as_date(value)
    if found is None:
        return "—"
    this_year = found.year == today().year
    if is_english():
        pattern = "EEE, d MMM" if this_year else "EEE, d MMM y"
    else:
        pattern = "M月d日 EEE" if this_year else "y年M月d日 EEE"
    return format_date(found, pattern, rebase=False)


def plain_day(value: date | str | None) -> str:
    """Write a day for a table: 2023-03-08."""
    found = as_date(value)
    return found.isoformat() if found else "—"


def moment(value: datetime | str | None) -> str:
    """Write a moment: the day and the time in China."""
    found = as_moment(value)
    return f"{day(found)} {found:%H:%M}" if found else "—"


def stamp(value: datetime | str | None) -> str:
    """Write a moment for a table: 2023-03-08 14:00."""
    found = as_moment(value)
    return f"{found:%Y-%m-%d %H:%M}" if found else "—"


def span(start: datetime | str | None, end: datetime | str | None) -> str:
    """Write a stretch of time without saying the same day twice."""
    first, last = as_moment(start), as_moment(end)
    if first is None or last is None:
        return moment(first)
    if first.date() == last.date():
        return f"{day(first)} {first:%H:%M}–{last:%H:%M}"
    return f"{moment(first)} – {moment(last)}"


def until(value: datetime | date | str | None) -> str:
    """Write how far a day is from today: 今天, 明天, 还有 3 天, 已过 2 天."""
    found = as_date(value)
    if found is None:
        return "—"
    days = (found - today()).days
    if days == 0:
        return gettext("今天")
    if days == 1:
        return gettext("明天")
    return gettext("还有 %(days)s 天", days=days) if days > 1 else gettext("已过 %(days)s 天", days=-days)


def late(value: datetime | date | str | None) -> str:
    """Write how long something is overdue: 逾期 2 天; 已逾期 on the day itself, or where no day is known."""
    found = as_date(value)
    days = (today() - found).days if found else 0
    return gettext("逾期 %(days)s 天", days=days) if days > 0 else gettext("已逾期")


def ago(value: datetime | date | str | None) -> str:
    """Write how long ago a day was: 今天, 昨天, 3 天前."""
    found = as_date(value)
    if found is None:
        return ""
    days = (today() - found).days
    if days < 1:
        return gettext("今天")
    return gettext("昨天") if days == 1 else gettext("%(days)s 天前", days=days)


def weekday(value: date) -> str:
    """Write a day of the week, short: 周三, Wed."""
    return format_date(value, "EEE", rebase=False)


def month_name(month: int) -> str:
    """Write a month's name."""
    return format_date(date(2023, month, 1), "MMMM" if is_english() else "M月", rebase=False)


def month_short(month: int) -> str:
    """Write a month's name so short that twelve fit beside each other: 3月, Mar."""
    return format_date(date(2023, month, 1), "MMM" if is_english() else "M月", rebase=False)


def money(value: Decimal | str | int | None) -> str:
    """Write an amount in yuan: ¥1,200.00."""
    if value is None or value == "":
        return "—"
    amount = Decimal(value)
    return f"{'−' if amount < 0 else ''}¥{abs(amount):,.2f}"


def yuan(value: Decimal | str | int | None) -> str:
    """Write an amount without its cents, for figures that are only looked at: ¥1,200."""
    return "—" if value is None or value == "" else money(value).rpartition(".")[0]


def percent(part: Any, whole: Any) -> int:
    """Return part of whole in percent, between 0 and 100; 0 of nothing is 0."""
    whole_amount = Decimal(whole or 0)
    if whole_amount <= 0:
        return 0
    return max(0, min(100, int(Decimal(part or 0) * 100 / whole_amount)))


def share(part: Any, whole: Any) -> str:
    """Return part of whole as the length of a bar that is 100 long, never shorter than can be seen."""
    whole_amount, amount = Decimal(str(whole or 0)), Decimal(str(part or 0))
    if whole_amount <= 0 or amount <= 0:
        return "0"
    return f"{max(Decimal('0.6'), min(Decimal(100), amount * 100 / whole_amount)):.2f}"


def compact(value: Decimal | str | int | None) -> str:
    """Write a figure so short that it fits into a picture: 1.2万, or 12k."""
    return scale.compact(value, is_english())


def title_of(item: dict[str, Any]) -> str:
    """Return the title in the reader's language when there is one."""
    return (item.get("title_en") if is_english() else None) or item.get("title") or ""


def name_of(item: dict[str, Any] | None) -> str:
    """Return the name in the reader's language when there is one."""
    if not item:
        return "—"
    return (item.get("name_en") if is_english() else None) or item.get("name") or "—"


def description_of(item: dict[str, Any]) -> str:
    """Return the description in the reader's language where the system made it; what was typed stands as it is."""
    return (item.get("description_en") if is_english() else None) or item.get("description") or ""


def input_moment(value: datetime | str | None) -> str:
    """Return a moment as `datetime-local` fields want it, in Chinese time."""
    found = as_moment(value)
    return f"{found:%Y-%m-%dT%H:%M}" if found else ""


def in_china(text: str) -> str:
    """Return what a `datetime-local` field sent as a moment in Chinese time; what is no moment stays as it is."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).isoformat()
    except ValueError:
        return text


def first_of_month(year: int, month: int, step: int = 0) -> date:
    """Return the first day of the month `step` months after the given one."""
    index = year * 12 + (month - 1) + step
    return date(index // 12, index % 12 + 1, 1)


def month_weeks(year: int, month: int) -> list[list[date]]:
    """Return the weeks that cover a month, Monday first."""
    first = date(year, month, 1)
    start = first - timedelta(days=first.weekday())
    last = first_of_month(year, month, 1) - timedelta(days=1)
    count = ((last - start).days // 7) + 1
    return [[start + timedelta(days=week * 7 + offset) for offset in range(7)] for week in range(count)]


def set_up(app: Flask) -> None:
    """Make the filters known to the templates."""
    filters = (
        day, plain_day, moment, stamp, span, until, late, ago, weekday, month_name, month_short, money, yuan, percent,
        share,
        compact, title_of, name_of, description_of, input_moment,
    )  # fmt: skip
    app.jinja_env.filters.update({function.__name__: function for function in filters})
