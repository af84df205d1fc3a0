"""What membership answers about its long work; each subject carries out its own."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, on_call
from services.chassis.jobs import jobs
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant
from services.contracts.membership import jobs as contract
from services.membership.organisation.use_cases.roles import roles_of


@answers((contract.list_jobs, jobs.list_jobs))
class JobEntrypoints:
    """Long work over RPC, and with which roles it goes on."""

    runtime: Any

    def roles_of_asker(self, context: CallContext) -> tuple[Grant, ...]:
        """Return the present roles of a job's requester; a program keeps its one role."""
        member_id = context.principal.member_id
        if member_id is None:
            return context.principal.grants
        with self.runtime.call(context).transaction() as tx:
            return roles_of(tx, member_id)

    @on_call(contract.get_job)
    def get_job(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return jobs.get_job(tx, request["job_id"])

    @on_call(contract.cancel_job)
    def cancel_job(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return jobs.cancel_job(tx, request["job_id"])

    @on_call(contract.retry_job)
    def retry_job(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return jobs.retry_job(tx, request["job_id"])

    @on_call(contract.read_job_file)
    def read_job_file(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return jobs.job_file(tx, request["job_id"], request["which"])
