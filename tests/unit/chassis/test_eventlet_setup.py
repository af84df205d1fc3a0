"""Names are looked up by the system, and nobody else stands still meanwhile."""

from __future__ import annotations

import io
import logging
import socket
import time

import eventlet
import pytest
from eventlet import tpool

from services.chassis.process import eventlet_setup
from tests.support.waiting import PATIENCE


def test_others_go_on_while_a_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    went_on = eventlet.spawn(eventlet.sleep, 0.05)

    def slow(*_asked: object, **_more: object) -> list[str]:
        eventlet.patcher.original("time").sleep(0.3)
        return ["found"]

    monkeypatch.setattr(eventlet_setup, "_resolve", slow)
    began = time.monotonic()
    assert eventlet_setup.addresses_of("broker.campus", 5672) == ["found"]
    assert time.monotonic() - began >= 0.3
    assert went_on.dead


@pytest.mark.parametrize("host", [None, "127.0.0.1", b"127.0.0.1", "::1"])
def test_an_address_needs_no_looking_up(host: str | bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eventlet_setup.tpool, "execute", lambda *_: pytest.fail("asked in a thread"))
    assert eventlet_setup.addresses_of(host, 80)


def test_a_name_nobody_knows_is_an_error_as_ever() -> None:
    with pytest.raises(socket.gaierror):
        eventlet_setup.addresses_of("no-such-host.invalid", 80)


def test_a_native_thread_and_a_green_one_meet_at_a_logs_lock_and_both_go_on() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    meeting = logging.Logger("meeting")
    meeting.addHandler(handler)

    with eventlet.Timeout(PATIENCE):
        handler.acquire()
        native = eventlet.spawn(tpool.execute, meeting.warning, "native")
        eventlet.sleep(0.3)
        handler.release()
        native.wait()
        for number in range(3):
            meeting.warning("green %d", number)

    assert written.getvalue().split("\n") == ["native", "green 0", "green 1", "green 2", ""]
