"""Signals that end a process are never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from deploy import reach
from deploy.reach import NotReached
from services.chassis.process import signals
from tests.support.waiting import PATIENCE

SLEEPS = """
from services.chassis.process import eventlet_setup
import eventlet
from eventlet.event import Event
from services.chassis.process.signals import on_signals

stop = Event()
on_signals(lambda: stop.send(None))
print("asleep", flush=True)
with eventlet.Timeout(1_000_000):
    stop.wait()
"""


ENDS = """
import os, signal
from services.chassis.process import signals

class Late:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)

signal.signal(signal.SIGTERM, signals.end)
late = Late()
late.itself = late
signals.ignore()
"""


@pytest.fixture(autouse=True)
def not_asked(monkeypatch):
    monkeypatch.setattr(signals, "_asked", False)
    before = signal.signal(signal.SIGTERM, signals.end)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_sleeps_for_days_hears_a_signal(number):
    with subprocess.Popen([sys.executable, "-c", SLEEPS], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "asleep\n"
            process.send_signal(number)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()


def test_waiting_for_a_server_ends_though_a_library_swallowed_the_exit():
    tries = []

    def attempt() -> None:
        tries.append(1)
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0)
        except SystemExit:
            pass
        raise NotReached("The broker is away.", may_pass=True)

    with pytest.raises(SystemExit) as ended:
        reach._insist(attempt, time.monotonic() + 3600)
    assert ended.value.code == signals.ENDED
    assert len(tries) == 1


def test_a_signal_that_comes_after_the_stop_changes_nothing():
    assert subprocess.run([sys.executable, "-c", ENDS], timeout=PATIENCE, check=False).returncode == 0


def test_nobody_asked():
    signals.raise_if_asked()
