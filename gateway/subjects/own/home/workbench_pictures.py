"""The pictures of the workbench: how the last twelve months went, how the plan, the visits and the budget stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal import plan_pictures, visit_pictures
from gateway.portal.formats import compact, month_name, yuan
from gateway.portal.pictures import BarRow, Bars, Columns, Ring, Series, Table
from gateway.portal.pictures.scale import amount, passed_of

_MOST_UNITS = 8


def joined(by_month: list[Mapping[str, Any]]) -> Columns:
    """Draw how many joined in each month."""
    return _columns(
        "joined", gettext("入会"), by_month, [Series(gettext("入会人数"))], lambda one: [one["joined"]],
        lambda one: gettext("入会 %(joined)s 人，会籍终止 %(left)s 人", **one),
    )  # fmt: skip


def held(by_month: list[Mapping[str, Any]]) -> Columns:
    """Draw how many activities were held in each month."""
    return _columns(
        "held", gettext("活动"), by_month, [Series(gettext("举办场次"), "third")], lambda one: [one["held"]],
        lambda one: gettext("举办 %(held)s 场，参加 %(attended)s 人次", **one),
    )  # fmt: skip


def visited(by_month: list[Mapping[str, Any]]) -> Columns:
    """Draw how many visits were made in each month, in time and late."""
    return visit_pictures.by_month(by_month, level=3)


def spent(by_month: list[Mapping[str, Any]], year: int) -> Columns:
    """Draw what was spent in each month of a year."""
    amounts = {one["code"]: one["amount"] for one in by_month}
    months: list[Mapping[str, Any]] = [
        {"month": f"{year}-{month:02}", "amount": amounts.get(f"{year}-{month:02}", "0")} for month in range(1, 13)
    ]
    return _columns(
        "spent", gettext("各月支出"), months, [Series(gettext("支出"))], lambda one: [one["amount"]],
        lambda one: gettext("支出 %(amount)s", amount=yuan(one["amount"])), text=lambda one: compact(one["amount"]),
    )  # fmt: skip


def plan(summary: Mapping[str, Any]) -> Ring:
    """Draw how the items of the year's plan stand."""
    return plan_pictures.states(summary, gettext("%(year)s 年计划", year=summary["year"]))


def visits_by_unit(by_unit: list[Mapping[str, Any]]) -> Bars:
    """Draw for the units with most to catch up how many of this year's visits were in time."""
    return visit_pictures.by_unit(by_unit, _MOST_UNITS)


def budget(funds: Mapping[str, Any], day: date) -> Bars:
    """Draw what of the year's budget is spent and reserved, with the pace of the year marked."""
    passed = passed_of(day.year, day)
    return Bars(
        name="budget-bar",
        title=gettext("预算执行"),
        series=[Series(gettext("已支出")), Series(gettext("已预占"), "second")],
        rows=[
            BarRow(
                gettext("%(year)s 年", year=funds["year"]),
                [funds["expense"], funds["committed"]],
                gettext("%(spent)s / %(budget)s", spent=yuan(funds["expense"]), budget=yuan(funds["budget"])),
                whole=funds["budget"],
                mark=amount(funds["budget"]) * passed if passed is not None else None,
                address=url_for("portal.budget"),
            )
        ],
        own_scale=True,
        mark_label=gettext("应有进度"),
        whole_label=gettext("预算"),
        level=3,
        empty=gettext("今年还没有预算。"),
    )


def _columns(
    name: str,
    title: str,
    months: list[Mapping[str, Any]],
    series: list[Series],
    parts: Callable[[Mapping[str, Any]], list[Any]],
    said: Callable[[Mapping[str, Any]], str],
    text: Callable[[Mapping[str, Any]], str] | None = None,
) -> Columns:
    sums = [sum(int(part) for part in parts(one)) if text is None else text(one) for one in months]
    labels = [str(int(one["month"][5:])) for one in months]
    named = [_month(one["month"]) for one in months]
    colon = gettext("：")
    return Columns(
        name=f"{name}-columns",
        title=title,
        labels=labels,
        series=series,
        parts=[parts(one) for one in months],
        texts=[str(one) if one not in (0, "0") else "" for one in sums],
        said=[when + colon + said(one) for when, one in zip(named, months, strict=True)],
        description=gettext("最近 %(count)s 个月，按月。", count=len(months)),
        table=Table(
            [gettext("月份"), *(one.label for one in series)],
            [
                [when, *(yuan(part) if text else part for part in parts(one))]
                for when, one in zip(named, months, strict=True)
            ],
        ),
        empty=gettext("最近十二个月没有记录。"),
        level=3,
    )


def _month(month: str) -> str:
    return gettext("%(year)s 年 %(month)s", year=month[:4], month=month_name(int(month[5:])))
