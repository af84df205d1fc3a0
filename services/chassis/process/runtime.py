"""The dependency that gives every service its database, relay, retries, RPC client and ops port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis.database.engine import Database
from services.chassis.database.extension import Store
from services.chassis.database.housekeeping import Housekeeping
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.events.consumer import EventConsumer
from services.chassis.events.outbox_metrics import OutboxFigures
from services.chassis.events.reconciler import Reconciler
from services.chassis.events.relay import Relay
from services.chassis.events.retries import Retrier
from services.chassis.process.ops_port import OpsPort
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Principal, service_principal


class Call:
    """One call or event, for entrypoints that open their transactions themselves."""

    def __init__(self, service: str, database: Database, client: RpcClient, context: CallContext) -> None:
        self.service = service
        self.database = database
        self.context = context
        self._client = client

    @property
    def principal(self) -> Principal:
        """The principal that asks."""
        return self.context.principal

    @contextmanager
    def transaction(self, *, readonly: bool = False) -> Iterator[Transaction]:
        """Open one transaction with the caller's context."""
        with transaction(self.database, self.context, readonly=readonly) as tx:
            yield tx

    def rpc(self, operation: Operation, payload: Mapping[str, Any], deadline: float | None = None) -> dict[str, Any]:
        """Call another service as this service. Never call it inside a transaction."""
        context = self.context.with_principal(service_principal(self.service))
        return self._client.call(operation, payload, context, deadline)


class Work:
    """The runtime of one worker."""

    def __init__(self, service: str, database: Database, client: RpcClient, headers: Mapping[str, Any]) -> None:
        self.service = service
        self.database = database
        self.headers = headers
        self._client = client

    def call(self, context: CallContext) -> Call:
        """Return the call of this context."""
        return Call(self.service, self.database, self._client, context)


class ServiceRuntime(DependencyProvider):
    """The dependency that every service declares under the name `runtime`."""

    store = Store()
    relay = Relay()
    outbox_figures = OutboxFigures()
    events = EventConsumer()
    retrier = Retrier()
    housekeeping = Housekeeping()
    reconciler = Reconciler()
    client = RpcClient()
    ops = OpsPort()

    def get_dependency(self, worker_ctx: Any) -> Work:
        return Work(self.container.service_name, self.store.database, self.client, worker_ctx.data)
