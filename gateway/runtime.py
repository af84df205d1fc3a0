"""The RPC client and the database of a gateway process, available to every request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from flask import current_app

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation

_KEY = "gonghui"


class Caller(Protocol):
    """The part of `chassis.rpc.client.RpcClient` that the gateway uses; tests replace it."""

    def call(
        self, operation: Operation, payload: Mapping[str, Any], context: CallContext, deadline: float | None = None
    ) -> dict[str, Any]:
        """Call the owning service; raises `Problem`s, `DeadlineExceeded` after `deadline` seconds."""


@dataclass
class Gateway:
    """The objects that requests need. One per process."""

    client: Caller
    database: Database

    @contextmanager
    def transaction(self, context: CallContext | None = None, *, readonly: bool = False) -> Iterator[Transaction]:
        """Open one transaction on the gateway's own database."""
        with transaction(self.database, context, readonly=readonly) as tx:
            yield tx


def install(app: Any, gateway: Gateway) -> None:
    """Attach the gateway's objects to the app."""
    app.extensions[_KEY] = gateway


def gateway() -> Gateway:
    """Return the gateway of the request being answered."""
    found: Gateway = current_app.extensions[_KEY]
    return found
