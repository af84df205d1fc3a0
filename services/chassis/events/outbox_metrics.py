"""How many events wait for publication, and for how long: measured from the table by every replica.

Not by the relay: one that is stopped, or stuck in the broker, would say nothing, and the alert on it would stay silent.
"""

from __future__ import annotations

from services.chassis import clock
from services.chassis.events import outbox
from services.chassis.process import metrics
from services.chassis.process.recurring import Recurring


class OutboxFigures(Recurring):
    """Shows depth and age of the outbox."""

    name = "outbox figures"
    seconds = 5.0

    def work(self) -> None:
        with self.store.database.session() as session:
            depth, age = outbox.depth_and_age(session, clock.now())
        metrics.outbox_state(self.container.service_name, depth=depth, age_seconds=age)
