"""UUIDv7: unique, ordered, of the right shape."""

from __future__ import annotations

import threading
import time
from uuid import RFC_4122, UUID

from services.chassis.identifiers import uuid7


def test_identifiers_of_one_process_only_grow() -> None:
    made = [uuid7() for _ in range(20_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_text_form_sorts_as_the_identifiers_do() -> None:
    made = [str(uuid7()) for _ in range(2_000)]

    assert made == sorted(made)


def test_an_identifier_is_of_version_seven_and_says_when_it_was_made() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000

    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= after + 1


def test_threads_never_get_the_same_identifier() -> None:
    made: list[UUID] = []
    threads = [threading.Thread(target=lambda: made.extend([uuid7() for _ in range(2_000)])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 8_000


def test_a_clock_that_runs_backwards_does_not_turn_identifiers_back(monkeypatch) -> None:
    first = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000)

    assert uuid7() > first
