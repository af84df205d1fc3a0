"""For every test that runs services in this process."""

from __future__ import annotations

import pytest
from nameko.messaging import QueueConsumer


@pytest.fixture(autouse=True)
def _quick_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nameko's consumer look ten times a second whether it was asked to stop, so that tests need not wait."""
    run = QueueConsumer.run
    monkeypatch.setattr(QueueConsumer, "run", lambda self: run(self, safety_interval=0.1))
