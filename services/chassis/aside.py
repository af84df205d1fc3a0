"""Long computing beside the green threads, and what it made, kept for a moment for whoever goes on with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

import eventlet
from eventlet import tpool

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def aside(function: Callable[_Given, _Answer], *args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
    """Return what a function computes in a native thread; it must touch neither database nor broker."""
    answer: _Answer = tpool.execute(function, *args, **kwargs)
    return answer


class Kept(Generic[_Answer]):
    """One thing of this process that was costly to make; forgotten when nobody takes it in time.

    Args:
        seconds: how long it is kept.
    """

    def __init__(self, seconds: float = 60.0) -> None:
        self._seconds = seconds
        self._thing: _Answer | None = None
        self._end: eventlet.greenthread.GreenThread | None = None

    def put(self, thing: _Answer) -> None:
        """Keep a thing in place of the one before."""
        self.take()
        self._thing = thing
        self._end = eventlet.spawn_after(self._seconds, self._forget)

    def take(self) -> _Answer | None:
        """Return the thing and keep it no longer; None when there is none."""
        if self._end is not None:
            self._end.cancel()
        thing = self._thing
        self._forget()
        return thing

    def _forget(self) -> None:
        self._thing = self._end = None
