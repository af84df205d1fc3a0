"""Files of which reading takes long: no transaction is open meanwhile, PostgreSQL would end one that stands still."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.jobs.runner import advance
from services.contracts.membership.dues import files as dues_files
from services.membership.dues.use_cases import file_rows, files
from services.membership.imports.use_cases import extracting
from tests.component.membership.dues_harness import DuesHarness
from tests.component.membership.rosters import look, row, upload

_OTHERS = sa.text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
)


def ends_in_time(database: Database) -> bool:
    """Whether every transaction but this one ends by itself while a file is read."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with database.session() as session:
            if not session.scalar(_OTHERS):
                return True
        eventlet.sleep(0.1)
    return False


def watched(module: Any, dues: DuesHarness, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let the module's reader of tables note whether transactions are open while it reads."""
    real, alone = module.read_table, []

    def read_table(*args: Any) -> Any:
        alone.append(ends_in_time(dues.database))
        return real(*args)

    monkeypatch.setattr(module, "read_table", read_table)
    return alone


def test_no_transaction_waits_while_a_large_roster_is_read(dues: DuesHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "READ_AT_ONCE", 0)
    import_id = upload(dues, [row(order) for order in range(3)])
    alone = watched(extracting, dues, monkeypatch)

    advance(dues.database, look(dues, import_id)["job"]["id"], extracting.keep_part, extracting.read_file)

    seen = look(dues, import_id)
    assert (seen["state"], seen["rows"], seen["job"]["state"]) == ("uploaded", 3, "done")
    assert alone == [True]


def test_no_transaction_waits_while_a_file_of_dues_is_read(dues: DuesHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "会员号,金额\nM000001,abc\n".encode()
    values = {"kind": "payroll", "month": "2026-01", "name": "a.csv", "content": content}
    file = dues.ask(dues_files.upload_dues_file, **values)
    rows, cells = watched(file_rows, dues, monkeypatch), watched(files, dues, monkeypatch)

    advance(dues.database, UUID(file["check_job_id"]), files.check_part, files.read_file)

    job = dues.run_job(file["check_job_id"])
    assert (job.state, job.result["bad"], job.problem_file_id is not None) == ("done", 1, True)
    assert (rows, cells) == ([True], [True])
