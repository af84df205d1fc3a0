"""The benchmark goes on when one of its measurements fails, and says so at its end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock

import pytest

from tests.load import __main__ as benchmark
from tests.load.figures import Figure


def sound(_ground: Any) -> Iterator[Figure]:
    yield Figure("sound", "1 ms")


def broken(_ground: Any) -> Iterator[Figure]:
    yield Figure("half", "2 ms")
    raise RuntimeError("the server is gone\nwith its log")


def stuck(_ground: Any) -> Iterator[Figure]:
    signal.raise_signal(signal.SIGALRM)
    yield Figure("never", "")


@pytest.fixture
def alarm() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, benchmark._give_up)
    yield
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("alarm")
def test_a_measurement_that_fails_is_reported_and_the_others_go_on() -> None:
    ground = Mock()
    found, failed = benchmark.measured(ground, {"broken": broken, "stuck": stuck, "sound": sound})
    assert [(figure.name, figure.value) for figure in found] == [
        ("half", "2 ms"), ("broken", "FAILED"), ("stuck", "FAILED"), ("sound", "1 ms"),
    ]  # fmt: skip
    assert failed == ["broken", "stuck"]
    assert found[1].note == "RuntimeError: the server is gone"
    assert ground.start_what_ended.call_count == 2
