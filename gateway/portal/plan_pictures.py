"""How items of a year's plan stand, in words and tones, and the ring of a plan's items by how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.pictures import Ring, Series, Share
from gateway.portal.words import texts_of
from services.contracts.governance.plan.events import ITEM_STATES

LATE = "late"
"""How an item stands that is late, beside the states of the contract."""
TONES = {
    "done": "done", "in_progress": "waiting", "scheduled": "information", LATE: "danger", "open": "quiet",
    "dropped": "gone",
}  # fmt: skip
"""How items that stand so look, in the order of the legend."""


def standing(item: Mapping[str, Any]) -> str:
    """Return how an item stands: its state, or `late`."""
    return LATE if item["late"] else str(item["state"])


def standing_words() -> Mapping[str, Any]:
    """Return the words of how items stand, in the order of the legend."""
    words = {**texts_of(ITEM_STATES), LATE: _l("逾期")}
    return {name: words[name] for name in TONES}


def series() -> dict[str, Series]:
    """Return words and tone of how items stand, in the order of the legend."""
    return {name: Series(words, TONES[name]) for name, words in standing_words().items()}


def states(summary: Mapping[str, Any], title: str | None = None) -> Ring:
    """Return the items of a plan by how they stand, each leading to the list of them.

    Args:
        summary: the plan in figures.
        title: of the picture; by default the states of its items.
    """
    late = summary["late_by_state"]
    counts = {name: summary["by_state"].get(name, 0) - late.get(name, 0) for name in ITEM_STATES}
    counts[LATE] = sum(late.values())
    shares = [
        Share(one, counts[name], f"{counts[name]:,}", _filtered(summary["year"], name))
        for name, one in series().items()
    ]
    return Ring(
        name="plan-states",
        title=title or gettext("事项状态"),
        note=gettext("总进度是各事项进度的平均，不再举办的不计。"),
        description=gettext(
            "共 %(count)s 个事项，总进度 %(percent)s%%。", count=summary["items"], percent=summary["progress"]
        ),
        shares=[share for share in shares if share.value],
        centre=f"{summary['progress']}%",
        centre_label=gettext("总进度"),
        empty=gettext("计划里还没有事项。"),
    )


def _filtered(year: int, standing: str) -> str:
    wanted: dict[str, Any] = {"late": "true"} if standing == LATE else {"state": standing}
    return url_for("portal.plan", year=year, _anchor="items", **wanted)
