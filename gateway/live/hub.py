"""The open streams of one process, and the recent messages from which a stream that comes back continues.

Every replica gets every message, from its own handlers or by the broadcast between replicas, so a stream can come back
to any of them. Belongs here: distribution. Not: what a message means, and who may read it at the moment it is sent
(`stream`).
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any
from uuid import UUID

import eventlet
from eventlet.event import Event as Signal

from gateway.identity.sessions import SignedIn
from services.chassis.process.settings import settings
from services.chassis.security.principal import Principal

KEPT_SECONDS = 300.0
"""Seconds a message is kept for streams that come back."""
MOST_KEPT = 20_000
OVERLAP_SECONDS = 10.0
"""Seconds before the last event a stream has seen from which messages are repeated.

Two replicas may receive the messages of a third and of each other in different orders. Readers drop an id they know.
"""
MOST_WAITING = 200
"""Messages that may wait for one stream; a slower reader is told to read everything again."""

ALL = ("all",)
"""The audience of everybody who is signed in."""


@dataclass(frozen=True)
class Message:
    """One change.

    Args:
        id: unique; later messages of one replica have greater ones.
        topic: names the event, as in the contract `LiveEvent`.
        audience: `("all",)`, `("one", id)` of an account or a member, or `("role", role, unit id or "")`.
        key: what it is about; of two waiting messages of one topic, key and audience only the later is sent.
        data: without personal data.
    """

    id: str
    topic: str
    audience: tuple[str, ...]
    key: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def to_item(self) -> list[Any]:
        """Return it as the broadcast sends it."""
        return [self.id, self.topic, list(self.audience), self.key, self.data]

    @classmethod
    def of_item(cls, item: Sequence[Any]) -> Message:
        """Return the message of an item of the broadcast."""
        id, topic, audience, key, data = item
        return cls(id, topic, tuple(audience), key, data)

    def concerns(self, account: SignedIn) -> bool:
        """Whether somebody with these rights may know of it."""
        kind, *rest = self.audience
        if kind == "one":
            return rest[0] in _ids_of(account)
        if kind == "role":
            return _holds(account.principal, rest[0], rest[1])
        return kind == "all"


def _holds(principal: Principal, role: str, unit: str) -> bool:
    """Whether a role of a unit is held; officers also see what belongs to units without a chair."""
    if principal.has("officer"):
        return True
    return UUID(unit) in principal.units(role) if unit else principal.has(role)


def _ids_of(account: SignedIn) -> list[str]:
    return [str(one) for one in account.principal.own_ids]


class Stream:
    """Messages on their way to one reader: each topic, key and audience once, the latest."""

    def __init__(self, account: SignedIn) -> None:
        self.account = account
        self.closed = False
        self.missed = False
        self._waiting: dict[tuple[str, str, tuple[str, ...]], Message] = {}
        self._signal: Signal = Signal()

    def put(self, message: Message) -> None:
        """Let a message wait for the reader."""
        about = (message.topic, message.key, message.audience)
        self._waiting.pop(about, None)
        self._waiting[about] = message
        if len(self._waiting) > MOST_WAITING:
            self.miss()
        self.ring()

    def miss(self) -> None:
        """Drop what waits: the reader has to read everything again."""
        self._waiting.clear()
        self.missed = True
        self.ring()

    def close(self) -> None:
        """End the stream."""
        self.closed = True
        self.ring()

    def ring(self) -> None:
        """Wake the thread that writes."""
        if not self._signal.ready():
            self._signal.send(None)

    def take(self, seconds: float) -> list[Message]:
        """Return what waits, in order; wait for it at most so long."""
        if not (self._waiting or self.missed or self.closed):
            with eventlet.Timeout(seconds, False):
                self._signal.wait()
        self._signal = Signal()
        taken, self._waiting = list(self._waiting.values()), {}
        return taken


class Hub:
    """All streams of this process."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, Message]] = deque(maxlen=MOST_KEPT)
        self._streams: dict[Stream, None] = {}
        self._people: dict[str, dict[Stream, None]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._streams)

    @property
    def is_full(self) -> bool:
        """Whether no further stream is opened."""
        return len(self) >= settings().streams

    def open(self, account: SignedIn, last_event_id: str | None) -> Stream:
        """Add a stream; it begins with what its reader missed, or with the message to read everything again.

        Args:
            account: the reader.
            last_event_id: of the last event the reader has; None for a page that was just loaded, which begins with
                the messages of the last seconds, because it may have been made before them.
        """
        stream = Stream(account)
        mine = self._people.get(str(account.account_id), {})
        if len(mine) >= settings().streams_of_account:
            oldest = next(iter(mine))
            oldest.close()
            self.remove(oldest)
        self._streams[stream] = None
        self._reach(stream)
        missed = self._since(last_event_id)
        if missed is None:
            stream.miss()
        for message in missed or ():
            if message.concerns(account):
                stream.put(message)
        return stream

    def follow(self, stream: Stream, account: SignedIn) -> None:
        """Reach a stream by the ids its reader has now: an applicant's account gets a member.

        What was told to the new ids until now is missed, so the reader reads everything again.
        """
        if _ids_of(account) == _ids_of(stream.account) or stream not in self._streams:
            return
        self._leave(stream)
        stream.account = account
        self._reach(stream)
        stream.miss()

    def remove(self, stream: Stream) -> None:
        """Remove a stream that has ended; one that was removed already is ignored."""
        self._streams.pop(stream, None)
        self._leave(stream)

    def _reach(self, stream: Stream) -> None:
        for one in _ids_of(stream.account):
            self._people[one][stream] = None

    def _leave(self, stream: Stream) -> None:
        for one in _ids_of(stream.account):
            of_one = self._people.get(one, {})
            of_one.pop(stream, None)
            if not of_one:
                self._people.pop(one, None)

    def distribute(self, messages: Iterable[Message]) -> None:
        """Keep messages and pass each to the streams it may concern."""
        now = time.monotonic()
        for message in messages:
            self._recent.append((now, message))
            for stream in self._reached(message):
                stream.put(message)
        while self._recent and self._recent[0][0] < now - KEPT_SECONDS:
            self._recent.popleft()

    def missed(self) -> None:
        """Messages of other replicas may have been lost: no stream can continue from those at hand."""
        self._recent.clear()
        for stream in self._streams:
            stream.miss()

    def close(self) -> None:
        """End all streams, because this process stops; their readers go to another replica."""
        for stream in self._streams:
            stream.close()

    def _reached(self, message: Message) -> Iterable[Stream]:
        return self._people.get(message.audience[1], {}) if message.audience[0] == "one" else self._streams

    def _since(self, last_event_id: str | None) -> list[Message] | None:
        """Return what came after an event and shortly before it; None when the event is not known any more."""
        # From the end: thousands may be kept, and each page that is loaded asks for those of the last seconds.
        seen = time.monotonic()
        if last_event_id is not None:
            at = next((at for at, message in reversed(self._recent) if message.id == last_event_id), None)
            if at is None:
                return None
            seen = at
        since = takewhile(lambda kept: kept[0] >= seen - OVERLAP_SECONDS, reversed(self._recent))
        return [message for _, message in since if message.id != last_event_id][::-1]


HUB = Hub()
