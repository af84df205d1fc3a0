"""Computing in a few native threads: others go on, errors arrive, no more threads than were asked for."""

from __future__ import annotations

import threading
from typing import Any

import eventlet
import pytest
from eventlet.patcher import original

from services.chassis.process.native_threads import NativeThreads
from tests.support.waiting import PATIENCE

_Lock: Any = original("threading").Lock


def test_the_answer_comes_back_and_others_go_on_meanwhile() -> None:
    held = _Lock()
    held.acquire()
    eventlet.spawn_after(0, held.release)

    def wait_for_the_others() -> str:
        return "released" if held.acquire(timeout=PATIENCE) else "the others stood still"

    assert NativeThreads(1, "test").run(wait_for_the_others) == "released"


def test_what_is_raised_arrives_and_the_thread_goes_on() -> None:
    threads = NativeThreads(1, "test")
    with pytest.raises(ZeroDivisionError):
        threads.run(lambda: 1 // 0)
    assert threads.run(divmod, 7, 2) == (3, 1)


def test_a_hundred_callers_share_a_few_threads() -> None:
    threads, seen = NativeThreads(3, "test"), set[int]()
    identity = original("threading").get_ident
    callers = [eventlet.spawn(threads.run, lambda: seen.add(identity())) for _ in range(100)]
    for caller in callers:
        caller.wait()
    assert 1 <= len(seen) <= 3
    assert threading.get_ident() not in seen


def test_who_is_ended_while_waiting_leaves_the_place_to_others() -> None:
    held = _Lock()
    held.acquire()
    threads = NativeThreads(1, "test")
    waiting = eventlet.spawn(threads.run, lambda: held.acquire(timeout=PATIENCE))
    eventlet.sleep(0)
    waiting.kill()
    held.release()
    assert threads.run(len, "next") == 4
