"""The ops port of a container: open when a port is set, shared by all containers of one process."""

from __future__ import annotations

from nameko.extensions import SharedExtension

from services.chassis.broker.publisher import broker_answers
from services.chassis.database.extension import Store
from services.chassis.events.consumer import EventConsumer
from services.chassis.process import metrics, ops, tracing
from services.chassis.process.settings import settings


class OpsPort(SharedExtension):
    """Reports this container's readiness: the database answers and event queues are consumed."""

    store = Store()
    events = EventConsumer()

    def start(self) -> None:
        service = self.container.service_name
        metrics.watch_pool(service, self.store.database.engine)
        if not settings().ops_port:
            return
        self.server = ops.shared(settings().ops_host, settings().ops_port)
        self.server.add_check(f"{service}-database", self.store.database.answers)
        self.server.add_check(f"{service}-events", lambda: self.events.connected)
        self.server.add_check("broker", lambda: broker_answers(settings().amqp_url))
        self.server.start(self.container.spawn_managed_thread)

    def stop(self) -> None:
        tracing.flush()
        if settings().ops_port:
            self.server.stop()
