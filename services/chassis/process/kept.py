"""Keeps one expensive object for a short time, so that the next user can reuse it."""

from __future__ import annotations

from typing import Generic, TypeVar

import eventlet

_Thing = TypeVar("_Thing")


class Kept(Generic[_Thing]):
    """One expensive object of this process; dropped when it is not taken in time.

    Args:
        seconds: how long it is kept.
    """

    def __init__(self, seconds: float = 60.0) -> None:
        self._seconds = seconds
        self._thing: _Thing | None = None
        self._end: eventlet.greenthread.GreenThread | None = None

    def put(self, thing: _Thing) -> None:
        """Keep an object, replacing the one before."""
        self.take()
        self._thing = thing
        self._end = eventlet.spawn_after(self._seconds, self._forget)

    def take(self) -> _Thing | None:
        """Return the object and stop keeping it; None when there is none."""
        if self._end is not None:
            self._end.cancel()
        thing = self._thing
        self._forget()
        return thing

    def _forget(self) -> None:
        self._thing = self._end = None
