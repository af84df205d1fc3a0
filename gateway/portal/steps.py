"""The way of an application, a transfer or a visit, as steps: what is done, what is now, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.portal.words import texts_of
from services.chassis.vocabulary import Vocabulary

_BACK_AT_THE_START = {"returned": "draft"}
_STOPPED = frozenset({"rejected", "withdrawn", "cancelled", "refused", "lapsed", "declined"})


def steps_of(stages: Vocabulary, state: str, states: Vocabulary) -> list[dict[str, Any]]:
    """Return the steps of something in a state; if it was stopped, the last step says by what.

    Args:
        stages: the states on its way.
        state: the present one.
        states: all it can have.
    """
    return way(list(texts_of(stages).items()), state, texts_of(states).get(state))


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
