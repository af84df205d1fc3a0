"""Pictures of mutual aid: coverage by unit, claims by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal.formats import money
from gateway.portal.people import unit_name
from gateway.portal.pictures.bars import BarRow, Bars
from gateway.portal.pictures.base import Series, Table

Figures = Mapping[str, Any]


def by_unit(units: Sequence[Figures], period_id: str) -> Bars:
    """Return a bar for each unit: how many of its members are covered; the least covered first."""
    ordered = sorted(units, key=lambda one: (one["percent"], -one["member_count"]))
    return Bars(
        name="coverage-by-unit",
        title=gettext("各分工会参保"),
        note=gettext("每条以本分工会会员数为全长。"),
        series=(Series(gettext("参保"), "done"),),
        whole_label=gettext("会员"),
        own_scale=True,
        rows=[
            BarRow(
                unit_name(one["unit_id"]),
                (one["covered_count"],),
                gettext("%(covered_count)s / %(member_count)s 人，%(percent)s%%", **one),
                whole=one["member_count"],
                address=url_for("portal.cover_period", period_id=period_id, unit_id=one["unit_id"]),
            )
            for one in ordered
        ],
        empty=gettext("还没有会员。"),
    )


def by_year(years: Sequence[Figures], few: int) -> Table:
    """Return claims by year as a table; what is about few people says so."""
    little = gettext("不足 %(few)s 件", few=few)

    def told(one: Figures, name: str, say: Any = str) -> str:
        return little if one.get(name) is None else say(one[name])

    return Table(
        [gettext("年度"), gettext("申领件数"), gettext("赔付件数"), gettext("赔付金额（元）")],
        [(one["year"], told(one, "claims"), told(one, "paid_claims"), told(one, "paid_sum", money)) for one in years],
    )
