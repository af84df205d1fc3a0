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
    amounts, waits = _in_amounts(items), _waits(items)
    return Columns(
        name="dues-months",
        title=gettext("近 12 个月"),
        note=gettext("柱高为应缴，点月份看该月各分工会。") if amounts else gettext("柱高为应缴人数，点月份看该月。"),
        description=_sentence(items),
        series=_series(amounts, waits),
        labels=[month_short(int(one[5:])) for one in months],
        parts=[_parts(item, waits) if item else () for item in shown],
        texts=[(compact(item["due"]) if amounts else f"{item['members']:,}") if item else "" for item in shown],
        said=[_said(one, item) for one, item in zip(months, shown, strict=True)],
        addresses=[url_for("portal.dues", month=one, _anchor="units") if known.get(one) else None for one in months],
        table=_table(gettext("月份"), [(item["month"], item, None) for item in items], amounts),
    )


def by_unit(items: Sequence[Item], month: str) -> Bars:
    """Return a bar for each unit, full when everything due has come in, from the items of `dues_by_unit`."""
    amounts, waits = _in_amounts(items), _waits(items)
    named = [(unit_name(item["unit_id"]), item, _arrears_of(item)) for item in items]
    return Bars(
        name="dues-units",
        title=gettext("%(month)s 各分工会", month=month),
        note=gettext("每条以本单位应缴为满，欠缴多的在前。"),
        series=_series(amounts, waits)[:-1],
        whole_label=_series(amounts, waits)[-1].label,
        rows=[_row(words, item, address, waits) for words, item, address in named],
        own_scale=True,
        table=_table(gettext("分工会"), named, amounts),
    )


def _in_amounts(items: Sequence[Item]) -> bool:
    return bool(items) and items[0]["due"] is not None


def _waits(items: Sequence[Item]) -> bool:
    """Whether some of the dues await the payroll."""
    return any(item.get("members_waiting") for item in items)


def _series(amounts: bool, waits: bool) -> tuple[Series, ...]:
    paid, owed = (gettext("已缴"), gettext("欠缴")) if amounts else (gettext("已缴清人数"), gettext("欠缴人数"))
    waiting = gettext("待代扣") if amounts else gettext("待代扣人数")
    return (Series(paid), *([Series(waiting, "waiting")] if waits else []), Series(owed, "quiet"))


def _parts(item: Item, waits: bool) -> tuple[Any, ...]:
    """Return what came in of what was due, what awaits the payroll where some does, and what is in arrears."""
    if item["due"] is None:
        waiting = item.get("members_waiting") or 0
        paid = item["members"] - item["members_owing"] - waiting
        return (paid, waiting, item["members_owing"]) if waits else (paid, item["members_owing"])
    paid = min(Decimal(item["paid"]), Decimal(item["due"]))
    return (paid, item.get("waiting") or 0, item["owed"]) if waits else (paid, item["owed"])


def _row(words: str, item: Item, address: str, waits: bool) -> BarRow:
    parts = _parts(item, waits)[:-1]
    whole = item["members"] if item["due"] is None else item["due"]
    figures = f"{parts[0]:,} / {whole:,}" if item["due"] is None else f"{money(item['paid'])} / {money(whole)}"
    return BarRow(words, parts, f"{figures} · {percent(parts[0], whole)}%", whole=whole, address=address)


def _said(month: str, item: Item | None) -> str:
    if item is None:
        return gettext("%(month)s：没有计收", month=month)
    if item["due"] is None:
        paid = _parts(item, waits=False)[0]
        return gettext("%(month)s：%(paid)s / %(members)s 人已缴清", month=month, paid=paid, members=item["members"])
    return gettext(
        "%(month)s：已缴 %(paid)s，应缴 %(due)s", month=month, paid=money(item["paid"]), due=money(item["due"])
    )


def _sentence(items: Sequence[Item]) -> str | None:
    """Return the latest month in a sentence."""
    return _said(items[0]["month"], items[0]) if items else None


def _table(heading: str, named: Sequence[tuple[str, Item, str | None]], amounts: bool) -> Table:
    waits = _waits([item for _, item, _ in named])
    headings = [heading, gettext("应缴人数"), *([gettext("待代扣人数")] if waits else []), gettext("欠缴人数")]
    if amounts:
        headings += [gettext("应缴"), gettext("已缴"), *([gettext("待代扣")] if waits else []), gettext("欠缴")]
    rows = [(words, *_cells(item, waits)) for words, item, _ in named]
    return Table(headings, rows, [address for _, _, address in named])


def _cells(item: Item, waits: bool) -> list[Any]:
    counted = ("members", *(("members_waiting",) if waits else ()), "members_owing")
    counts = [f"{item.get(name) or 0:,}" for name in counted]
    if item["due"] is None:
        return counts
    summed = ("due", "paid", *(("waiting",) if waits else ()), "owed")
    return [*counts, *(money(item.get(name) or 0) for name in summed)]


def _arrears_of(item: Item) -> str:
    return url_for("portal.dues_arrears", unit_id=item["unit_id"])
