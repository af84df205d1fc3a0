"""Operations of HR synchronisation, its background jobs and its recurring work."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_call
from services.chassis.jobs.runner import long_work
from services.contracts.membership import hr as contract
from services.membership.hr_sync.use_cases import applying, pulling, reading, receiving

_TEN_MINUTES = 600


@answers(
    (contract.list_hr_differences, reading.list_hr_differences),
    (contract.get_hr_difference, reading.get_hr_difference),
    (contract.apply_hr_difference, applying.apply_hr_difference),
    (contract.apply_hr_differences, applying.apply_hr_differences),
    (contract.dismiss_hr_difference, applying.dismiss_hr_difference),
    (contract.list_hr_rounds, reading.list_hr_rounds),
)
class HrSyncEntrypoints:
    """HR's records over RPC."""

    pull_hr_if_configured = every(_TEN_MINUTES, "pull_hr", pulling.pull_if_configured)
    apply_some_hr_differences = long_work(applying.KIND, contract.apply_hr_differences, applying.apply_some)
    pull_hr_page = long_work(pulling.KIND, contract.pull_hr_changes, pulling.keep_page, prepare=pulling.fetch_page)

    @on_call(contract.push_hr_changes)
    def push_hr_changes(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return receiving.receive(tx, request["items"], "push")

    @on_call(contract.pull_hr_changes)
    def pull_hr_changes(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return pulling.pull_hr_changes(tx)
