"""Pictures of a disclosure: what came in, what was spent from each line, what in each month."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext

from gateway.portal.formats import money, month_short, name_of, yuan
from gateway.portal.pictures import BarRow, Bars, Columns, Series, Table
from gateway.portal.pictures.scale import percent


def pictures_of(it: Mapping[str, Any]) -> list[Bars | Columns]:
    """Return the pictures of a disclosure."""
    return [_income(it), _lines(it), _months(it)]


def _income(it: Mapping[str, Any]) -> Bars:
    return Bars(
        name="income",
        title=gettext("收入"),
        note=gettext("本期共收入 %(sum)s。", sum=money(it["income"])),
        series=(Series(gettext("收入")),),
        rows=[BarRow(name_of(one), (one["amount"],), yuan(one["amount"])) for one in it["by_income"]],
        empty=gettext("本期没有收入。"),
    )


def _lines(it: Mapping[str, Any]) -> Bars:
    """Return a bar for each line: the part's expense, and what was spent of the year before it, of the budget."""
    return Bars(
        name="lines",
        title=gettext("支出"),
        note=gettext("每条以该项目全年预算为满；本期共支出 %(sum)s。", sum=money(it["expense"])),
        series=(Series(gettext("年初至本期前"), "past"), Series(gettext("本期支出"))),
        whole_label=gettext("全年预算"),
        rows=[_line(one) for one in it["by_line"]],
        own_scale=True,
        empty=gettext("本期没有支出。") if not it["by_line"] else None,
        table=Table(
            [gettext("项目"), gettext("全年预算"), gettext("本期支出"), gettext("年初至期末支出")],
            [
                (name_of(one), money(one["budget"]), money(one["spent"]), money(one["spent_year"]))
                for one in it["by_line"]
            ],
        ),
    )


def _line(one: Mapping[str, Any]) -> BarRow:
    spent, year = Decimal(one["spent"]), Decimal(one["spent_year"])
    return BarRow(
        name_of(dict(one)),
        (year - spent, spent),
        f"{yuan(year)} / {yuan(one['budget'])} · {percent(year, one['budget'])}%",
        whole=one["budget"],
    )


def _months(it: Mapping[str, Any]) -> Columns:
    months = it["by_month"]
    labels = [month_short(int(one["code"][5:])) for one in months]
    return Columns(
        name="months",
        title=gettext("各月支出"),
        description=gettext("本期共支出 %(sum)s。", sum=money(it["expense"])),
        series=(Series(gettext("支出")),),
        labels=labels,
        parts=[(one["amount"],) for one in months],
        texts=[yuan(one["amount"]) if Decimal(one["amount"]) else "" for one in months],
        said=[gettext("%(month)s：%(amount)s", month=one["code"], amount=money(one["amount"])) for one in months],
        empty=gettext("本期没有支出。"),
        table=Table(
            [gettext("月份"), gettext("支出")],
            [(label, money(one["amount"])) for label, one in zip(labels, months, strict=True)],
        ),
    )
