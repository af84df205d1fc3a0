"""Cache invalidations, sent to the gateway's other replicas and received from them.

They concern data of one person (registrations, summaries), rights (sessions, roles) and what open pages are told
(`gateway.live`). Data that is the same for all readers is cached for at most a second and needs no message. Messages
contain ids, states and figures, never names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gateway.rpc import caching
from services.chassis.broker.broadcast import Item, Tell

Hear = Callable[[list[list[Any]]], None]

_hearers: dict[str, Hear] = {}
_gaps: list[Callable[[], None]] = []


def on(word: str, hear: Hear) -> None:
    """Register `hear` for items that other replicas send under this topic."""
    _hearers[word] = hear


def on_missed(notice: Callable[[], None]) -> None:
    """Register what is called when messages of other replicas may have been lost."""
    _gaps.append(notice)


class Invalidations:
    """The gateway's listener of the broadcast."""

    def __init__(self) -> None:
        self._tell: Tell | None = None

    def connected(self, tell: Tell) -> None:
        """Use this function to notify from now on."""
        self._tell = tell

    def tell(self, word: str, items: Sequence[Item] = ()) -> None:
        """Notify the other replicas; does nothing without connection."""
        if self._tell is not None:
            self._tell(word, items)

    def hear(self, word: str, items: list[list[Any]]) -> None:
        """Apply another replica's invalidation; an unknown topic, of a later release, clears all caches."""
        hearer = _hearers.get(word)
        if hearer is None:
            self.missed()
        else:
            hearer(items)

    def missed(self) -> None:
        """Clear all caches."""
        caching.clear_all()
        for notice in _gaps:
            notice()


INVALIDATIONS = Invalidations()
tell = INVALIDATIONS.tell
