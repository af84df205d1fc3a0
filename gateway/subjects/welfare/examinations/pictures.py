"""Pictures of coverage: of all units as a ring, of each as a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from gateway.portal.people import unit_name
from gateway.portal.pictures import BarRow, Bars, ProgressRing, Series

Figures = Mapping[str, Any]


def ring(covered: Figures) -> ProgressRing:
    """Return how many of all were examined."""
    return ProgressRing(
        name="examination-coverage",
        title=gettext("覆盖率"),
        value=covered["attended"],
        whole=covered["eligible"],
        text=gettext("已检 %(attended)s / 应检 %(eligible)s", **covered),
        tone="done",
    )


def by_unit(examination_id: UUID, units: Sequence[Figures]) -> Bars:
    """Return a bar for each unit, on its own scale: examined, with appointment, without; the lowest first."""
    return Bars(
        name="examination-by-unit",
        title=gettext("各分工会覆盖率"),
        note=gettext("应检为 100%，覆盖率低的在前。"),
        series=(Series(gettext("已检"), "done"), Series(gettext("已预约"), "waiting")),
        rows=[
            BarRow(
                unit_name(one["unit_id"]),
                (one["attended"], one["booked"]),
                gettext("%(percent)s%% · 未预约 %(unbooked)s 人", percent=one["percent"], unbooked=one["unbooked"]),
                whole=one["eligible"],
                address=url_for("portal.unbooked", examination_id=examination_id, unit_id=one["unit_id"]),
                warns=one["unbooked"] > 0,
            )
            for one in units
        ],
        own_scale=True,
        whole_label=gettext("未预约"),
        empty=gettext("名单上还没有会员。"),
    )
