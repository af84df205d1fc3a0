"""The picture of a campaign: how far each unit is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from gateway.portal.people import unit_name
from gateway.portal.pictures import BarRow, Bars, Series


def by_unit(campaign_id: str, units: Sequence[Mapping[str, Any]]) -> Bars:
    """Return a bar for each unit: who had something, who had nothing, who is open; those with most open first."""
    behind = sorted(units, key=lambda one: (-one["open"], -one["people"]))
    return Bars(
        name="care-by-unit",
        title=gettext("各分工会进度"),
        note=gettext("名单上的人，是否已慰问；各条同一比例。"),
        series=(
            Series(gettext("已慰问"), "done"),
            Series(gettext("未慰问"), "danger"),
            Series(gettext("待慰问"), "waiting"),
        ),
        rows=[_row(campaign_id, one) for one in behind],
        empty=gettext("名单还是空的。"),
    )  # fmt: skip


def _row(campaign_id: str, one: Mapping[str, Any]) -> BarRow:
    done = one["open"] == 0
    return BarRow(
        unit_name(one["unit_id"]),
        (one["given"], one["missed"], one["open"]),
        gettext("%(given)s / %(people)s 人，已完成", **one) if done else gettext("%(given)s / %(people)s 人", **one),
        address=url_for("portal.care_campaign", campaign_id=campaign_id, unit_id=one["unit_id"]),
        warns=False,
    )
