"""Metrics of the outbox: how many events wait for publication, and for how long. Every replica reads the table.

The relay does not measure it, because a relay that hangs would report nothing, and the alert would not fire.
"""

from __future__ import annotations

from services.chassis import clock
from services.chassis.events import outbox
from services.chassis.process import metrics
from services.chassis.process.recurring import Recurring


class OutboxFigures(Recurring):
    """Exports size and age of the outbox."""

    name = "outbox figures"
    seconds = 5.0

    def work(self) -> None:
        with self.store.database.session() as session:
            depth, age = outbox.depth_and_age(session, clock.now())
        metrics.outbox_state(self.container.service_name, depth=depth, age_seconds=age)
