"""Sends requests without reply again before the deadline.

A replica that was suspended, or whose host has vanished, keeps the requests delivered to it until the broker misses its
heartbeats. A request that is sent again goes to another replica. Belongs here: when, how often, and which reply counts.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import eventlet
from eventlet.event import Event as Signal

AFTER = (0.25, 0.6)
"""Fractions of the time until the deadline after which an unanswered request is sent again."""
MOST = 20.0
FOR_EACH_CALL = 0.1


class Repeats:
    """Limits resending to one in ten requests, so that slow services don't get much more load.

    Args:
        possible: whether another replica could answer at all.
    """

    def __init__(self, possible: bool) -> None:
        self._possible = possible
        self._left = MOST

    def due(self, answer: Signal, seconds: float) -> Iterator[float]:
        """Yield the seconds left whenever the request is to be sent again, until there is an answer."""
        begun = time.monotonic()
        self._left = min(MOST, self._left + FOR_EACH_CALL)
        for part in AFTER if self._possible else ():
            if _arrives(answer, begun + seconds * part - time.monotonic()) or self._left < 1:
                return
            self._left -= 1
            yield begun + seconds - time.monotonic()


class Requests:
    """The requests of one call, registered with the listener while the caller waits.

    Args:
        expected: the listener's receivers by correlation id.
    """

    def __init__(self, expected: dict[str, Any]) -> None:
        self._expected = expected
        self._ids: list[str] = []

    def new(self, answer: Signal) -> str:
        """Return the correlation id of another request; the first reply to any of them is sent to `answer`."""
        correlation_id = str(uuid4())
        self._expected[correlation_id] = _Receiver(answer, is_repeat=bool(self._ids))
        self._ids.append(correlation_id)
        return correlation_id

    def forget(self) -> None:
        """Unregister all of them."""
        for correlation_id in self._ids:
            self._expected.pop(correlation_id, None)


class _Receiver:
    def __init__(self, answer: Signal, is_repeat: bool) -> None:
        self._answer = answer
        self._is_repeat = is_repeat

    def send(self, reply: Mapping[str, Any]) -> None:
        # A problem saying that the first request is still being executed is no answer to the call.
        if not self._answer.ready() and not (self._is_repeat and _says_busy(reply)):
            self._answer.send(reply)


def _says_busy(reply: Mapping[str, Any]) -> bool:
    problem = (reply.get("result") or {}).get("problem") or {}
    return bool(problem.get("code") == "busy")


def _arrives(answer: Signal, seconds: float) -> bool:
    """Wait for an answer; return whether it came."""
    with eventlet.Timeout(max(0.0, seconds), False):
        answer.wait()
    return bool(answer.ready())
