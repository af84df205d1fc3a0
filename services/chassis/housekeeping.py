"""What a service forgets by itself: answers remembered for repeats, once nobody repeats any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet.event import Event as Signal
from nameko.extensions import SharedExtension

from services.chassis import clock, logs
from services.chassis.database import Database, rows_changed
from services.chassis.store import Store
from services.chassis.tables import ExecutedCommand

ANSWERS_KEPT = timedelta(days=7)
"""How long a command may be repeated under its idempotency key; an answer may hold personal data (PIPL Art. 19)."""
EVERY = 3600.0

log = logs.get_logger(__name__)


class Housekeeping(SharedExtension):
    """Tidies the service's database at the start and then every hour, in its own greenthread."""

    store = Store()

    def setup(self) -> None:
        self._stop = Signal()
        self._thread: Any = None

    def start(self) -> None:
        if self._thread is None:
            self._thread = self.container.spawn_managed_thread(self._run, identifier="housekeeping")

    def stop(self) -> None:
        if not self._stop.ready():
            self._stop.send(None)
        if self._thread is not None:
            self._thread.wait()

    def _run(self) -> None:
        while not self._stop.ready():
            try:
                forget_answers(self.store.database)
            except Exception as error:
                log.warning("housekeeping_put_off", service=self.container.service_name, error=type(error).__name__)
            with eventlet.Timeout(EVERY, False):
                self._stop.wait()


def forget_answers(database: Database) -> int:
    """Delete remembered answers that are too old to be asked for again; return how many."""
    with database.session() as session:
        old = sa.delete(ExecutedCommand).where(ExecutedCommand.at < clock.now() - ANSWERS_KEPT)
        return rows_changed(session, old)
