"""The way of an application, a transfer and a visit, as steps: what is done, what is now, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal import standing_words, words

JOINING = (
    ("draft", _l("填写")),
    ("submitted", _l("分工会审核")),
    ("unit_reviewed", _l("校工会批准")),
    ("approved", _l("成为会员")),
)
VISITING = (
    ("required", _l("需走访")),
    ("assigned", _l("已指派")),
    ("visited", _l("已走访")),
    ("claimed", _l("已入账")),
    ("closed", _l("已办结")),
)
TRANSFERRING = (
    ("requested", _l("调出单位同意")),
    ("released", _l("调入单位接收")),
    ("accepted", _l("到日生效")),
    ("effective", _l("已转入")),
)
_BACK_AT_THE_START = {"returned": "draft"}
_STOPPED = frozenset({"rejected", "withdrawn", "cancelled", "refused", "lapsed"})


def way(stages: Sequence[tuple[str, Any]], state: str, ended: Any = None) -> list[dict[str, Any]]:
    """Return the steps of a way; a stopped one ends with what stopped it."""
    if state in _STOPPED:
        return [{"words": stages[0][1], "state": "done"}, {"words": ended, "state": "stopped"}]
    keys = [key for key, _ in stages]
    place = keys.index(_BACK_AT_THE_START.get(state, state))
    last = len(keys) - 1
    return [
        {
            "words": text,
            "state": "done" if index < place or index == place == last else "now" if index == place else "next",
        }
        for index, (_, text) in enumerate(stages)
    ]


def joining(state: str) -> list[dict[str, Any]]:
    """Return the steps of an application to join."""
    return way(JOINING, state, words.APPLICATION.get(state))


def visiting(state: str) -> list[dict[str, Any]]:
    """Return the steps of a visit."""
    return way(VISITING, state, words.VISIT.get(state))


def transferring(transfer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a transfer."""
    return way(TRANSFERRING, transfer["state"], standing_words.TRANSFER.get(transfer["state"]))
