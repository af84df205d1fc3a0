"""What the worker of a queue does with a batch that can't be handled yet."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import eventlet
import pytest
from kombu import Queue

from services.chassis.events import consumer
from services.chassis.events.consumer import QueueWorker
from tests.support.waiting import PATIENCE


class Channel:
    """A channel whose connection may be lost; it notes what was acknowledged."""

    def __init__(self) -> None:
        self.connection: object | None = object()
        self.acknowledged: list[str] = []

    def message(self, body: str) -> Any:
        def ack(multiple: bool = False) -> None:
            assert multiple
            self.acknowledged.append(body)

        return SimpleNamespace(channel=self, body=body.encode(), ack=ack)


class Tried:
    """Refuses a batch so many times and notes each try."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.tries: list[tuple[list[str], int]] = []

    def __call__(self, bodies: list[str], tried: int) -> bool:
        self.tries.append((bodies, tried))
        return len(self.tries) > self.refusals


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, none of which is waited for."""
    made: list[float] = []

    def rest(self: QueueWorker, seconds: float) -> bool:
        made.append(seconds)
        eventlet.sleep(0)
        return not self.stopping and self._is_held()

    monkeypatch.setattr(QueueWorker, "_rest", rest)
    monkeypatch.setenv("GONGHUI_AMQP_URL", "amqp://broker.example/")
    return made


@pytest.fixture
def at_work() -> Iterator[Any]:
    """`at_work(worker)` lets it run until the test ends."""
    threads = []

    def begin(worker: QueueWorker) -> eventlet.greenthread.GreenThread:
        threads.append((worker, eventlet.spawn(worker.run)))
        return threads[-1][1]

    yield begin
    for worker, thread in threads:
        worker.stopping = True
        worker.ring()
        thread.wait()


def listening(handle: Tried) -> tuple[QueueWorker, Channel]:
    worker, channel = QueueWorker(Queue("evt-x-y--z.on_y"), handle), Channel()
    worker.listen(channel)
    return worker, channel


def until(condition: Any) -> None:
    with eventlet.Timeout(PATIENCE):
        while not condition():
            eventlet.sleep(0.01)


def test_a_batch_is_tried_again_ever_more_slowly_and_acknowledged_once(at_work, pauses):
    worker, channel = listening(Tried(40))
    for body in ("a", "b"):
        worker.take(channel.message(body))
    at_work(worker)
    until(lambda: channel.acknowledged)
    assert worker.handle.tries == [(["a", "b"], tried) for tried in range(41)]
    assert pauses[:6] == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0]
    assert set(pauses[5:]) == {consumer.LONGEST_PAUSE}
    assert channel.acknowledged == ["b"]


def test_the_next_batch_is_tried_quickly_again(at_work, pauses):
    worker, channel = listening(Tried(3))
    worker.take(channel.message("a"))
    at_work(worker)
    until(lambda: channel.acknowledged == ["a"])
    worker.handle.refusals = 5
    worker.take(channel.message("b"))
    until(lambda: channel.acknowledged == ["a", "b"])
    assert pauses == [0.5, 1.0, 2.0, 0.5]


def test_asked_to_stop_it_waits_no_longer_and_acknowledges_nothing(at_work):
    worker, channel = listening(Tried(10**9))
    worker.take(channel.message("a"))
    thread = at_work(worker)
    until(lambda: len(worker.handle.tries) > 2)
    worker.stopping = True
    worker.ring()
    with eventlet.Timeout(PATIENCE):
        thread.wait()
    assert channel.acknowledged == []


@pytest.mark.parametrize("lost", ["connection", "channel"])
def test_what_the_broker_took_back_is_forgotten(at_work, lost):
    worker, channel = listening(Tried(10**9))
    worker.take(channel.message("a"))
    worker.take(channel.message("b"))
    at_work(worker)
    until(lambda: worker.handle.tries)
    newer = Channel()
    if lost == "connection":
        channel.connection = None
    worker.listen(newer)
    worker.take(channel.message("late, over the old channel"))
    worker.handle.refusals = 0
    worker.take(newer.message("a"))
    until(lambda: newer.acknowledged)
    assert channel.acknowledged == []
    assert worker.handle.tries[-1] == (["a"], 0)


def test_the_oldest_delivery_tells_how_long_something_is_held(at_work, monkeypatch):
    at = [100.0]
    monkeypatch.setattr(consumer, "monotonic", lambda: at[0])
    worker, channel = listening(Tried(10**9))
    assert worker.held_seconds == 0
    worker.take(channel.message("a"))
    at[0] += 5
    worker.take(channel.message("b"))
    assert worker.held_seconds == 5
    at_work(worker)
    until(lambda: worker.handle.tries)
    at[0] += 60
    assert worker.held_seconds == 65
    worker.listen(Channel())
    assert worker.held_seconds == 0
