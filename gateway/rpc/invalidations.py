"""What no longer holds of what this process remembers, told to the other replicas of the gateway and heard from them.

Concerns what is one's own (registrations, what one has) and one's rights (sessions, roles). What is the same for
everybody is remembered for a second at most and needs no message. Messages hold ids and states, never names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gateway.rpc import caching
from services.chassis.broker.broadcast import Item, Tell

Hear = Callable[[list[list[Any]]], None]

_hearers: dict[str, Hear] = {}


def on(word: str, hear: Hear) -> None:
    """Have `hear` called with the items of what other replicas tell under this word."""
    _hearers[word] = hear


class Invalidations:
    """The gateway's part in the broadcast."""

    def __init__(self) -> None:
        self._tell: Tell | None = None

    def connected(self, tell: Tell) -> None:
        """Tell by this from now on."""
        self._tell = tell

    def tell(self, word: str, items: Sequence[Item] = ()) -> None:
        """Tell the other replicas; a process that is connected to none tells nobody."""
        if self._tell is not None:
            self._tell(word, items)

    def hear(self, word: str, items: list[list[Any]]) -> None:
        """Do what another replica did; a word of a later release ends everything remembered."""
        hearer = _hearers.get(word)
        if hearer is None:
            self.missed()
        else:
            hearer(items)

    def missed(self) -> None:
        """Drop everything remembered."""
        caching.clear_all()


INVALIDATIONS = Invalidations()
tell = INVALIDATIONS.tell
