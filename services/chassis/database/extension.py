"""The one database of a service's container, shared by everything in it."""

from __future__ import annotations

from nameko.extensions import SharedExtension

from services.chassis.database.engine import Database, Limits
from services.chassis.process.settings import settings


class Store(SharedExtension):
    """Opens the service's database when the container is set up and closes it when it has stopped."""

    database: Database

    def setup(self) -> None:
        if not hasattr(self, "database"):
            url = settings().database_url_of(self.container.service_name)
            limits = Limits(statement=settings().statement_timeout, idle=settings().idle_transaction_timeout)
            self.database = Database(url, pool_size=settings().database_pool_size, limits=limits)

    def stop(self) -> None:
        self.database.close()
