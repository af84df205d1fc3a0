"""What roster import answers, and its long work."""

from __future__ import annotations

from typing import Any

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, query
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import long_work
from services.chassis.rpc.context import CallContext
from services.contracts.membership import imports as contract
from services.membership.imports.use_cases import checking, extracting, importing, reading, uploading
from services.membership.imports.use_cases.imports import CHECK, IMPORT, READ, to_reply

_HOUR = 3600


def _read_file(_service: ImportEntrypoints, database: Database, context: CallContext, job: Job) -> extracting.Found:
    return extracting.read_file(database, context, job)


class ImportEntrypoints:
    """Roster import over RPC."""

    @command(contract.upload_roster)
    def upload_roster(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return to_reply(tx, uploading.upload_roster(tx, request))

    @command(contract.map_roster)
    def map_roster(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return to_reply(tx, uploading.map_roster(tx, request))

    @command(contract.start_import)
    def start_import(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return to_reply(tx, uploading.start_import(tx, request))

    @command(contract.discard_import)
    def discard_import(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return to_reply(tx, uploading.discard_import(tx, request["import_id"]))

    @query(contract.get_import)
    def get_import(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_import(tx, request)

    @query(contract.list_imports)
    def list_imports(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_imports(tx, request)

    @query(contract.list_import_problems)
    def list_import_problems(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_import_problems(tx, request)

    @command(contract.read_problem_rows)
    def read_problem_rows(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.read_problem_rows(tx, request)

    @long_work(READ, contract.upload_roster, prepare=_read_file)
    def read_roster(self, tx: Transaction, job: Job, found: extracting.Found) -> bool:
        return extracting.keep_part(tx, job, found)

    @long_work(CHECK, contract.map_roster)
    def check_roster(self, tx: Transaction, job: Job) -> bool:
        return checking.check_part(tx, job)

    @long_work(IMPORT, contract.start_import)
    def import_roster(self, tx: Transaction, job: Job) -> bool:
        return importing.import_part(tx, job)

    @every(_HOUR, "erase-old-imports")
    def erase_old_imports(self, tx: Transaction) -> None:
        uploading.erase_old(tx)
