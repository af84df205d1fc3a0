"""A clean stop: recurring work hears of it first, and asks no other service any more."""

from __future__ import annotations

from typing import Any

import pytest

from services.chassis.events.reconciler import PutOff, Reconciler
from services.chassis.process import ops
from services.chassis.process.runner import Containers


class Asked:
    """A client that counts calls."""

    calls = 0

    def call(self, *_: Any) -> dict[str, Any]:
        self.calls += 1
        return {}


class Container:
    """A container with one extension; notes whether that was to stop when the container was stopped."""

    def __init__(self, extension: Any) -> None:
        self.extensions = {extension}
        self.told_first: bool | None = None

    def stop(self) -> None:
        self.told_first = all(extension.stopping for extension in self.extensions)


@pytest.fixture
def reconciler() -> Reconciler:
    made = Reconciler()
    made.setup()
    made.client = Asked()
    return made


def test_a_reconciler_that_is_to_stop_asks_nobody(reconciler):
    reconciler.request_stop()
    with pytest.raises(PutOff):
        reconciler._ask("book.on_rung", "list_published_events")
    assert reconciler.client.calls == 0


def test_recurring_work_is_told_before_a_container_stops(reconciler, monkeypatch):
    monkeypatch.setattr(ops, "drain", lambda: None)
    containers, container = Containers([]), Container(reconciler)
    containers.containers = [container]
    assert containers.stop()
    assert container.told_first
