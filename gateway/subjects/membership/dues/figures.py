"""Pictures of dues: what came in by month and by unit; numbers of members for readers who may not see amounts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal.formats import compact, first_of_month, money, month_short
from gateway.portal.people import unit_name
from gateway.portal.pictures import BarRow, Bars, Columns, Series, Table
from gateway.portal.pictures.scale import percent

_MONTHS = 12

Item = dict[str, Any]


def by_month(items: Sequence[Item], until: str) -> Columns:
    """Return the columns of the twelve months up to one (`2026-11`), from the items of `dues_by_month`."""
    known = {item["month"]: item for item in items}
    year, month = map(int, until.split("-"))
    months = [f"{first_of_month(year, month, at - _MONTHS + 1):%Y-%m}" for at in range(_MONTHS)]
    shown = [known.get(one) for one in months]
    amounts = _in_amounts(items)
    return Columns(
        name="dues-months",
        title=gettext("近 12 个月"),
        note=gettext("柱高为应缴，点月份看该月各分工会。") if amounts else gettext("柱高为应缴人数，点月份看该月。"),
        description=_sentence(items),
        series=_series(amounts),
        labels=[month_short(int(one[5:])) for one in months],
        parts=[_parts(item) if item else () for item in shown],
        texts=[(compact(item["due"]) if amounts else f"{item['members']:,}") if item else "" for item in shown],
        said=[_said(one, item) for one, item in zip(months, shown, strict=True)],
        addresses=[url_for("portal.dues", month=one, _anchor="units") if known.get(one) else None for one in months],
        table=_table(gettext("月份"), [(item["month"], item, None) for item in items], amounts),
    )


def by_unit(items: Sequence[Item], month: str) -> Bars:
    """Return a bar for each unit, full when everything due has come in, from the items of `dues_by_unit`."""
    amounts = _in_amounts(items)
    named = [(unit_name(item["unit_id"]), item, _arrears_of(item)) for item in items]
    return Bars(
        name="dues-units",
        title=gettext("%(month)s 各分工会", month=month),
        note=gettext("每条以本单位应缴为满，欠缴多的在前。"),
        series=(_series(amounts)[0],),
        whole_label=_series(amounts)[1].label,
        rows=[_row(words, item, address) for words, item, address in named],
        own_scale=True,
        table=_table(gettext("分工会"), named, amounts),
    )


def _in_amounts(items: Sequence[Item]) -> bool:
    return bool(items) and items[0]["due"] is not None


def _series(amounts: bool) -> tuple[Series, Series]:
    if amounts:
        return Series(gettext("已缴")), Series(gettext("未缴"), "quiet")
    return Series(gettext("已缴清人数")), Series(gettext("未缴清人数"), "quiet")


def _parts(item: Item) -> tuple[Any, Any]:
    """Return what came in of what was due, and what is owed still."""
    if item["due"] is None:
        return item["members"] - item["members_owing"], item["members_owing"]
    return min(Decimal(item["paid"]), Decimal(item["due"])), item["owed"]


def _row(words: str, item: Item, address: str) -> BarRow:
    paid, _ = _parts(item)
    whole = item["members"] if item["due"] is None else item["due"]
    figures = f"{paid:,} / {whole:,}" if item["due"] is None else f"{money(item['paid'])} / {money(whole)}"
    return BarRow(words, (paid,), f"{figures} · {percent(paid, whole)}%", whole=whole, address=address)


def _said(month: str, item: Item | None) -> str:
    if item is None:
        return gettext("%(month)s：没有计收", month=month)
    if item["due"] is None:
        paid = item["members"] - item["members_owing"]
        return gettext("%(month)s：%(paid)s / %(members)s 人已缴清", month=month, paid=paid, members=item["members"])
    return gettext(
        "%(month)s：已缴 %(paid)s，应缴 %(due)s", month=month, paid=money(item["paid"]), due=money(item["due"])
    )


def _sentence(items: Sequence[Item]) -> str | None:
    """Return the latest month in a sentence."""
    return _said(items[0]["month"], items[0]) if items else None


def _table(heading: str, named: Sequence[tuple[str, Item, str | None]], amounts: bool) -> Table:
    headings = [heading, gettext("应缴人数"), gettext("欠缴人数")]
    if amounts:
        headings += [gettext("应缴"), gettext("已缴"), gettext("欠缴")]
    return Table(headings, [(words, *_cells(item)) for words, item, _ in named], [address for _, _, address in named])


def _cells(item: Item) -> list[Any]:
    counts = [f"{item['members']:,}", f"{item['members_owing']:,}"]
    return counts if item["due"] is None else [*counts, *(money(item[name]) for name in ("due", "paid", "owed"))]


def _arrears_of(item: Item) -> str:
    return url_for("portal.dues_arrears", unit_id=item["unit_id"])
