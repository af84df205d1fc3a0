"""Work that a container repeats in a green thread until it is asked to stop."""

from __future__ import annotations

from typing import Any, ClassVar

import eventlet
from eventlet.event import Event as Signal
from nameko.extensions import SharedExtension

from services.chassis.database.extension import Store
from services.chassis.process import logs

log = logs.get_logger(__name__)


class Recurring(SharedExtension):
    """Runs `work` at the start and then every `seconds`; a failure is logged, and the next run is as usual.

    A subclass defines `name`, for the green thread and the log, `seconds` and `work`.
    """

    store = Store()
    name: ClassVar[str]
    seconds: ClassVar[float]

    def work(self) -> Any:
        """Do one run."""
        raise NotImplementedError

    def setup(self) -> None:
        # Other extensions may set this one up before the container does, to register something with it.
        if not hasattr(self, "_stop"):
            self._stop = Signal()
            self._thread: Any = None

    @property
    def stopping(self) -> bool:
        """Whether the container is to stop."""
        return bool(self._stop.ready())

    def start(self) -> None:
        if self._thread is None:
            self._thread = self.container.spawn_managed_thread(self._run, identifier=self.name)

    def request_stop(self) -> None:
        """Begin no further run; `stop` waits for the present one."""
        if not self.stopping:
            self._stop.send(None)

    def stop(self) -> None:
        self.request_stop()
        if self._thread is not None:
            self._thread.wait()

    def _run(self) -> None:
        while not self.stopping:
            try:
                self.work()
            except Exception as error:
                service = self.container.service_name
                log.warning("work_put_off", work=self.name, service=service, error=type(error).__name__)
            with eventlet.Timeout(self.seconds, False):
                self._stop.wait()
