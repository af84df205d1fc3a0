"""A caller over RPC whose deadline a service meets on a busy machine too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from services.chassis.process import runner
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation

DEADLINE = 60.0
"""Seconds; the product's own five are for people who wait for a page."""


class PatientClient:
    """Calls as `RpcClient` does, with a longer deadline unless told otherwise."""

    def __init__(self, client: RpcClient) -> None:
        self._client = client

    def call(
        self, operation: Operation, payload: Mapping[str, Any], context: CallContext, deadline: float = DEADLINE
    ) -> dict[str, Any]:
        """Ask the owning service and return its reply; see `RpcClient.call`."""
        return self._client.call(operation, payload, context, deadline)


@contextmanager
def calling(name: str) -> Iterator[PatientClient]:
    """Yield a patient client for a program of this name."""
    with runner.calling(name) as client:
        yield PatientClient(client)
