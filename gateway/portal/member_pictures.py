"""Pictures of the members of units, from the figures of `unit_figures`: by unit, employment and gender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal.people import unit_name
from gateway.portal.pictures import BarRow, Bars, Ring, Series, Share, Table
from gateway.portal.pictures.scale import percent
from gateway.portal.words import texts_of
from services.contracts.vocabulary import EMPLOYMENTS

_TONES = ("first", "second", "third", "fourth", "past", "quiet")

Figures = Mapping[str, Any]


def by_unit(items: Sequence[Figures]) -> Bars:
    """Return a bar for each unit on one scale, women and men as its parts, the largest unit first."""
    ordered = sorted(items, key=lambda item: (-item["members"], str(item["unit_id"])))
    return Bars(
        name="members-units",
        title=gettext("各分工会会员"),
        note=gettext("各条同一比例，人多的在前。"),
        series=(Series(gettext("女")), Series(gettext("男"), "second")),
        rows=[_of_unit(item) for item in ordered],
        empty=gettext("还没有会员。"),
        table=Table(
            [gettext("分工会"), gettext("在册会员"), gettext("女会员"), gettext("工会小组")],
            [
                (unit_name(item["unit_id"]), f"{item['members']:,}", f"{item['women']:,}", f"{item['groups']:,}")
                for item in ordered
            ],
            [url_for("portal.unit", unit_id=item["unit_id"]) for item in ordered],
        ),
    )


def _of_unit(item: Figures) -> BarRow:
    words = gettext(
        "%(count)s 人 · 女 %(percent)s%%", count=f"{item['members']:,}", percent=percent(item["women"], item["members"])
    )
    address = url_for("portal.members", unit_id=item["unit_id"])
    return BarRow(unit_name(item["unit_id"]), (item["women"], item["members"] - item["women"]), words, address=address)


def by_employment(items: Sequence[Figures], unit_id: str | None = None) -> Ring:
    """Return the members of some units by employment, each leading to the list of them.

    Args:
        items: figures of the units.
        unit_id: the one unit they are of, so that the lists are of it; None for several.
    """
    counts: Counter[str] = Counter()
    for item in items:
        counts.update(item["by_employment"])
    words = texts_of(EMPLOYMENTS)
    ordered = [name for name in words if counts[name]]
    return _ring(
        "members-employment",
        gettext("用工形式"),
        [(words[name], counts[name], url_for("portal.members", employment=name, unit_id=unit_id)) for name in ordered],
    )


def by_gender(items: Sequence[Figures]) -> Ring:
    """Return the members of some units by gender."""
    women, members = (sum(item[name] for item in items) for name in ("women", "members"))
    return _ring(
        "members-gender", gettext("性别"), [(gettext("女"), women, None), (gettext("男"), members - women, None)]
    )


def _ring(name: str, title: str, parts: Sequence[tuple[Any, int, str | None]]) -> Ring:
    total = sum(count for _, count, _ in parts)
    return Ring(
        name=name,
        title=title,
        description=gettext("共 %(count)s 人。", count=f"{total:,}"),
        shares=[
            Share(Series(words, _TONES[min(place, len(_TONES) - 1)]), count, f"{count:,}", address)
            for place, (words, count, address) in enumerate(parts)
        ],
        centre=f"{total:,}",
        centre_label=gettext("人"),
        empty=gettext("还没有会员。"),
    )
