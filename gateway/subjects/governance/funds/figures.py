"""Pictures of the funds: how far each budget line is spent, and what was spent in each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal.formats import compact, first_of_month, money, month_short, name_of, yuan
from gateway.portal.pictures import BarRow, Bars, Columns, Series, Table
from gateway.portal.pictures.scale import passed_of, percent

Item = Mapping[str, Any]


def budget_lines(lines: Sequence[Item], year: int, today: date, writes: bool) -> Bars:
    """Return a bar for each line, full when its amount is spent, marked where an even year would stand today.

    Args:
        lines: the items of `list_budget_lines`.
        year: which budget.
        today: the day that the mark stands for.
        writes: whether the reader sets lines, so that their names lead to the form; otherwise to their entries.
    """
    passed = passed_of(year, today)
    note = gettext("每条以该项目预算为满。")
    if passed is not None:
        note = gettext("每条以该项目预算为满，虚线是按时间该用到的位置：%(percent)s%%。", percent=percent(passed, 1))
    return Bars(
        name="budget-lines",
        title=gettext("执行情况"),
        note=note,
        series=(Series(gettext("已支出")), Series(gettext("已预占"), "second")),
        whole_label=gettext("预算"),
        mark_label=gettext("时间进度") if passed is not None else None,
        rows=[_line(line, passed, writes) for line in lines],
        own_scale=True,
        empty=gettext("%(year)s 年还没有支出和预占。", year=year) if not any(map(_is_used, lines)) else None,
    )


def _is_used(line: Item) -> bool:
    return any(Decimal(line[name]) for name in ("spent", "committed"))


def _line(line: Item, passed: Decimal | None, writes: bool) -> BarRow:
    used = Decimal(line["spent"]) + Decimal(line["committed"])
    address = (
        url_for("portal.edit_line", year=line["year"], code=line["code"])
        if writes
        else url_for("portal.funds", year=line["year"], line=line["code"])
    )
    return BarRow(
        name_of(dict(line)),
        (line["spent"], line["committed"]),
        f"{yuan(used)} / {yuan(line['amount'])} · {percent(used, line['amount'])}%",
        whole=line["amount"],
        mark=Decimal(line["amount"]) * passed if passed is not None and Decimal(line["amount"]) else None,
        address=address,
    )


def spent_by_month(year: int, this: Sequence[Item], before: Sequence[Item]) -> Columns:
    """Return the columns of a year's expenses, those of the year before beside them.

    Args:
        year: which.
        this, before: the `by_month` of both years' summaries.
    """
    now, past = ({item["code"][5:]: item["amount"] for item in items} for items in (this, before))
    months = [f"{month:02}" for month in range(1, 13)]
    return Columns(
        name="spent-months",
        title=gettext("各月支出"),
        note=gettext("点月份看该月分录。"),
        description=gettext("%(year)s 年共支出 %(sum)s。", year=year, sum=money(sum(map(Decimal, now.values())))),
        series=(Series(str(year)),),
        labels=[month_short(int(month)) for month in months],
        parts=[(now.get(month, 0),) for month in months],
        past=[past.get(month, 0) for month in months] if past else (),
        past_series=Series(str(year - 1), "past") if past else None,
        texts=[compact(now[month]) if month in now else "" for month in months],
        said=[
            gettext("%(month)s：%(amount)s", month=f"{year}-{month}", amount=money(now.get(month, 0)))
            for month in months
        ],
        addresses=[_entries_of(year, int(month)) if month in now else None for month in months],
        empty=gettext("还没有支出。"),
        table=_months(year, months, now, past),
    )


def _entries_of(year: int, month: int) -> str:
    last = first_of_month(year, month, 1) - timedelta(days=1)
    return url_for("portal.funds", since=f"{last:%Y-%m}-01", until=last.isoformat())


def _months(year: int, months: Sequence[str], now: Mapping[str, Any], past: Mapping[str, Any]) -> Table:
    headings = [gettext("月份"), f"{year}", *([f"{year - 1}"] if past else [])]
    columns = [now, *([past] if past else [])]
    return Table(headings, [(month_short(int(one)), *(money(of.get(one, 0)) for of in columns)) for one in months])
