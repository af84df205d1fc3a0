"""Operations of background jobs, and the roles with which a job goes on; the same for all services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import ListedOperations, answers
from services.chassis.jobs import jobs
from services.chassis.process.runtime import Call
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Grant

Handler = Callable[[Transaction, dict[str, Any]], Any]
Roles = Callable[[Call], tuple[Grant, ...]]
"""Returns the roles that the principal of a call, a member, has today."""


class Operations(ListedOperations, Protocol):
    """The operations as a contract declares them."""

    @property
    def cancel(self) -> Operation: ...
    @property
    def retry(self) -> Operation: ...
    @property
    def read_file(self) -> Operation: ...


def job_handlers(operations: Operations) -> dict[Operation, Handler]:
    """Return what answers each operation, in the transaction of the call."""
    return {
        operations.list: jobs.list_jobs,
        operations.get: lambda tx, request: jobs.get_job(tx, request["job_id"]),
        operations.cancel: lambda tx, request: jobs.cancel_job(tx, request["job_id"]),
        operations.retry: lambda tx, request: jobs.retry_job(tx, request["job_id"]),
        operations.read_file: lambda tx, request: jobs.job_file(tx, request["job_id"], request["which"]),
    }


def job_entrypoints(operations: Operations, roles: Roles) -> Any:
    """Return a class with a service's entrypoints for long work, to be put together with its others.

    Args:
        operations: as its contract declares them.
        roles: looks up what a requester may do today; `own_roles` or `roles_by_rpc`.
    """

    class JobEntrypoints:
        """任务: the service's long work over RPC."""

        runtime: Any

        def roles_of_asker(self, context: CallContext) -> tuple[Grant, ...]:
            """Return the roles that the requester of a job has today; a program keeps its one role."""
            if context.principal.member_id is None:
                return context.principal.grants
            return roles(self.runtime.call(context))

    return answers(*job_handlers(operations).items())(JobEntrypoints)


def own_roles(roles_of: Callable[[Transaction, UUID], tuple[Grant, ...]]) -> Roles:
    """Return how the service that keeps the roles looks them up: in its own database."""

    def look_up(call: Call) -> tuple[Grant, ...]:
        assert call.principal.member_id is not None
        with call.transaction(readonly=True) as tx:
            return roles_of(tx, call.principal.member_id)

    return look_up


def roles_by_rpc(operation: Operation) -> Roles:
    """Return how other services look roles up.

    Args:
        operation: of the service that keeps them; its request is a `member_id`, its reply `items` of `role`, `unit_id`.
    """

    def ask(call: Call) -> tuple[Grant, ...]:
        reply = call.rpc(operation, {"member_id": str(call.principal.member_id)})
        return tuple(Grant(one["role"], UUID(one["unit_id"]) if one["unit_id"] else None) for one in reply["items"])

    return ask
