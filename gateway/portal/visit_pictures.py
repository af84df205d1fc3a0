"""Pictures of visits from the figures of `visit_figures`: in time or late, by month and by unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal.formats import month_short
from gateway.portal.people import unit_name
from gateway.portal.pictures import BarRow, Bars, Columns, Series, Table

Figures = Mapping[str, Any]


def by_month(months: Sequence[Figures], level: int = 2) -> Columns:
    """Return a column for each month, visits in time at its foot and late ones on them.

    Args:
        months: `by_month` of the figures, the oldest first.
        level: of the heading.
    """
    in_time, late = Series(gettext("按期"), "done"), Series(gettext("超期"), "waiting")
    parts = [(one["in_time"], one["made"] - one["in_time"]) for one in months]
    return Columns(
        name="visits-by-month",
        title=gettext("近 12 个月走访"),
        description=gettext("每月走访次数，按期和超期分开。"),
        labels=[month_short(int(one["month"][5:])) for one in months],
        series=(in_time, late),
        parts=parts,
        texts=[str(one["made"]) if one["made"] else "" for one in months],
        said=[gettext("%(month)s：走访 %(made)s 次，按期 %(in_time)s 次", **one) for one in months],
        table=Table(
            [gettext("月份"), in_time.label, late.label],
            [(one["month"], *figures) for one, figures in zip(months, parts, strict=True)],
        ),
        empty=gettext("最近十二个月没有走访。"),
        level=level,
    )


def by_unit(units: Sequence[Figures], most: int | None = None) -> Bars:
    """Return a bar for each unit: this year's visits in time, late, and overdue now; those with most overdue first.

    Args:
        units: `by_unit` of the figures.
        most: how many units are shown; None for all.
    """
    behind = sorted(units, key=lambda one: (-one["overdue"], one["in_time"] - one["made"], -one["made"]))
    return Bars(
        name="visits-by-unit",
        title=gettext("各分工会走访"),
        note=gettext("今年应访的，是否按期；各条同一比例。"),
        series=(
            Series(gettext("按期"), "done"), Series(gettext("超期"), "waiting"), Series(gettext("逾期未访"), "danger"),
        ),
        rows=[_of_unit(one) for one in behind[:most]],
        empty=gettext("今年还没有走访。"),
    )  # fmt: skip


def _of_unit(one: Figures) -> BarRow:
    return BarRow(
        unit_name(one["unit_id"]),
        (one["in_time"], one["made"] - one["in_time"], one["overdue"]),
        gettext("%(in_time)s / %(due)s 按期", in_time=one["in_time"], due=one["made"] + one["overdue"]),
        address=url_for("portal.visits", unit_id=one["unit_id"], show="overdue" if one["overdue"] else "all"),
        warns=one["overdue"] > 0,
    )
