"""What HR synchronisation answers, the long work it does, and its clock."""

from __future__ import annotations

from typing import Any

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, query
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.rpc.context import CallContext
from services.contracts.membership import hr as contract
from services.membership.hr_sync.use_cases import applying, pulling, reading, receiving

_TEN_MINUTES = 600


def _fetch(_service: HrSyncEntrypoints, database: Database, context: CallContext, job: Job) -> pulling.Fetched:
    return pulling.fetch_page(database, context, job)


class HrSyncEntrypoints:
    """HR's records over RPC."""

    @command(contract.push_hr_changes)
    def push_hr_changes(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return receiving.receive(tx, request["items"], "push")

    @query(contract.list_hr_differences)
    def list_hr_differences(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_hr_differences(tx, request)

    @query(contract.get_hr_difference)
    def get_hr_difference(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_hr_difference(tx, request["record_id"])

    @command(contract.apply_hr_difference)
    def apply_hr_difference(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.apply_hr_difference(tx, request)

    @command(contract.apply_hr_differences)
    def apply_hr_differences(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.apply_hr_differences(tx, request)

    @command(contract.dismiss_hr_difference)
    def dismiss_hr_difference(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return applying.dismiss_hr_difference(tx, request)

    @command(contract.pull_hr_changes)
    def pull_hr_changes(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return pulling.pull_hr_changes(tx)

    @query(contract.list_hr_rounds)
    def list_hr_rounds(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_hr_rounds(tx, request)

    @long_work(applying.KIND, contract.apply_hr_differences)
    def apply_some_hr_differences(self, tx: Transaction, job: Job) -> bool:
        return applying.apply_some(tx, job)

    @long_work(pulling.KIND, contract.pull_hr_changes, prepare=_fetch)
    def pull_hr_page(self, tx: Transaction, job: Job, fetched: pulling.Fetched) -> bool:
        return pulling.keep_page(tx, job, fetched)

    @every(_TEN_MINUTES, "pull_hr")
    def pull_hr_if_configured(self, tx: Transaction) -> None:
        pulling.pull_if_configured(tx)
