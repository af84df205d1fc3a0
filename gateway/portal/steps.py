"""The way of an application, a transfer or a visit, as steps: what is done, what is now, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_BACK_AT_THE_START = {"returned": "draft"}
_STOPPED = frozenset({"rejected", "withdrawn", "cancelled", "refused", "lapsed"})


def way(stages: Sequence[tuple[str, Any]], state: str, ended: Any = None) -> list[dict[str, Any]]:
    """Return the steps; if it was stopped, the last step says by what."""
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
