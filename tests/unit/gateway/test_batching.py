"""Deciding together: one batch in flight per key, each caller gets the own answer."""

from __future__ import annotations

import weakref
from typing import Any

import eventlet
import pytest
from eventlet.event import Event

from gateway.rpc import caching
from gateway.rpc.batching import Batcher
from gateway.rpc.caching import MicroCache
from services.chassis.errors import DeadlineExceeded, Refused
from tests.support.waiting import PATIENCE


class Recorder:
    """Decides slowly and remembers what it was asked together."""

    def __init__(self, seconds: float = 0.01) -> None:
        self.batches: list[tuple[str, list[int]]] = []
        self.in_flight: dict[str, int] = {}
        self.most_in_flight = 0
        self.seconds = seconds

    def __call__(self, key: str, items: list[int]) -> list[Any]:
        self.in_flight[key] = self.in_flight.get(key, 0) + 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight[key])
        self.batches.append((key, list(items)))
        eventlet.sleep(self.seconds)
        self.in_flight[key] -= 1
        return [item * 10 for item in items]


def submit_all(batcher: Batcher[str, int, int], items: list[tuple[str, int]]) -> list[Any]:
    def submit(key: str, item: int) -> Any:
        try:
            return batcher.submit(key, item)
        except Exception as error:
            return error

    threads = [eventlet.spawn(submit, key, item) for key, item in items]
    return [thread.wait() for thread in threads]


def test_each_caller_gets_the_answer_to_the_own_item() -> None:
    answers = submit_all(Batcher(Recorder()), [("a", number) for number in range(500)])
    assert answers == [number * 10 for number in range(500)]


def test_whoever_arrives_while_a_batch_is_in_flight_forms_the_next() -> None:
    decide, decided = Recorder(), Event()
    batcher: Batcher[str, int, int] = Batcher(lambda key, items: (decide(key, items), decided.wait())[0])
    threads = [eventlet.spawn(batcher.submit, "a", 0)]
    with eventlet.Timeout(PATIENCE):
        while not decide.batches:
            eventlet.sleep(0)
        threads += [eventlet.spawn(batcher.submit, "a", number) for number in range(1, 101)]
        eventlet.sleep(0)
        decided.send()
        assert [thread.wait() for thread in threads] == [number * 10 for number in range(101)]
    assert [len(items) for _, items in decide.batches] == [1, 100]


def test_no_batch_is_larger_than_allowed_and_the_order_is_kept() -> None:
    decide = Recorder()
    submit_all(Batcher(decide, largest=200), [("a", number) for number in range(450)])
    assert [len(items) for _, items in decide.batches] == [200, 200, 50]
    assert [item for _, items in decide.batches for item in items] == list(range(450))


def test_one_batch_per_key_is_in_flight_and_keys_do_not_wait_for_each_other() -> None:
    decide = Recorder(0.05)
    batcher: Batcher[str, int, int] = Batcher(decide, largest=10)
    submit_all(batcher, [(key, number) for number in range(30) for key in "ab"])
    assert decide.most_in_flight == 1
    assert [key for key, _ in decide.batches[:2]] == ["a", "b"]


def test_the_same_item_twice_is_decided_once() -> None:
    decide = Recorder()
    assert submit_all(Batcher(decide), [("a", 7), ("a", 7), ("a", 8)]) == [70, 70, 80]
    assert decide.batches == [("a", [7, 8])]


def test_a_refusal_goes_to_the_one_it_concerns() -> None:
    def decide(_key: str, items: list[int]) -> list[Any]:
        return [Refused("No.", rule="odd") if item % 2 else item for item in items]

    answers = submit_all(Batcher(decide), [("a", 1), ("a", 2)])
    assert isinstance(answers[0], Refused)
    assert answers[1] == 2


def test_when_deciding_fails_everybody_in_the_batch_learns_it_and_the_next_batch_goes_on() -> None:
    failures = iter([DeadlineExceeded("No answer in time.")])

    def decide(_key: str, items: list[int]) -> list[Any]:
        eventlet.sleep(0.01)
        for failure in failures:
            raise failure
        return items

    batcher: Batcher[str, int, int] = Batcher(decide)
    assert [type(answer) for answer in submit_all(batcher, [("a", 1), ("a", 2)])] == [DeadlineExceeded] * 2
    assert submit_all(batcher, [("a", 3)]) == [3]


def test_a_wrong_number_of_answers_is_nobodys_answer() -> None:
    answers = submit_all(Batcher(lambda _key, _items: [1]), [("a", 1), ("a", 2)])
    assert all(isinstance(answer, ValueError) for answer in answers)


def test_a_caller_is_told_in_time_that_the_outcome_is_unknown() -> None:
    batcher: Batcher[str, int, int] = Batcher(Recorder(5), seconds=0.05)
    with eventlet.Timeout(PATIENCE):
        assert isinstance(submit_all(batcher, [("a", 1)])[0], DeadlineExceeded)


def test_concurrent_askers_of_a_missing_value_wait_for_one_load() -> None:
    loads = []

    def load() -> int:
        loads.append(1)
        eventlet.sleep(0.02)
        return 42

    cache: MicroCache[str, int] = MicroCache()
    threads = [eventlet.spawn(cache.get, "key", load) for _ in range(50)]
    assert {thread.wait() for thread in threads} == {42}
    assert len(loads) == 1


def test_what_was_dropped_during_a_load_is_not_remembered() -> None:
    cache: MicroCache[str, int] = MicroCache(seconds=60)

    def load() -> int:
        eventlet.sleep(0.02)
        return 1

    first = eventlet.spawn(cache.get, "key", load)
    eventlet.sleep(0.01)
    cache.clear()
    assert first.wait() == 1
    assert cache.get("key", lambda: 2) == 2


def test_a_value_is_forgotten_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(caching.time, "monotonic", lambda: now)
    cache: MicroCache[str, int] = MicroCache(seconds=2)
    assert cache.get("key", lambda: 1) == 1
    now = 101.9
    assert cache.get("key", lambda: 2) == 1
    now = 102.1
    assert cache.get("key", lambda: 3) == 3


def test_a_failed_load_is_raised_and_not_remembered() -> None:
    cache: MicroCache[str, int] = MicroCache(seconds=60)

    def fail() -> int:
        raise KeyError("away")

    with pytest.raises(KeyError):
        cache.get("key", fail)
    assert cache.get("key", lambda: 1) == 1


def test_a_value_that_is_over_is_let_go_when_another_is_remembered() -> None:
    cache: MicroCache[str, Event] = MicroCache(seconds=0.01)
    cache.put("early", Event())
    early = weakref.ref(cache._kept["early"][1])
    eventlet.sleep(0.02)
    cache.put("late", Event())
    assert early() is None


def test_the_longest_unused_value_makes_room() -> None:
    cache: MicroCache[int, int] = MicroCache(seconds=60, largest=2)
    for key in (1, 2):
        cache.put(key, key)
    cache.get(1, lambda: 0)
    cache.put(3, 3)
    assert (cache.peek(1), cache.peek(2), cache.peek(3)) == (1, None, 3)
