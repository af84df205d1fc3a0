"""Which column of a file of dues holds what: guessed from its headings, remembered, named by an officer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, refuse_first
from services.chassis.input_errors import InputError
from services.chassis.jobs.jobs import start_job
from services.membership.dues import rules
from services.membership.dues.tables import DuesFile, DuesFileRow
from services.membership.dues.use_cases import file_rows
from services.membership.imports.use_cases import remembering

CHECK = "check_dues_file"


def map_dues_file(tx: Transaction, request: Mapping[str, Any]) -> DuesFile:
    """Name the columns of a file, remember them for these headings, and check every row, also anew.

    Raises:
        InvalidInput: there is no such column, or a needed one is not named.
        Refused: the file is being checked, or was posted or dropped.
    """
    file = file_rows.get_for_update(tx, request["file_id"])
    refuse_first(rules.file_can_be_mapped(file.state))
    headings = file.headings or file_rows.headings_of(tx, file)
    unknown = sorted(set(request["mapping"]) - set(headings))
    if unknown:
        detail = InputError("imports.column_exists", f"There is no column {unknown[0]}.")
        raise InvalidInput(errors={"mapping": [detail]}, rule=detail.code)
    mapping = {heading: request["mapping"].get(heading) for heading in headings}
    missing = rules.columns_suffice(file.kind, mapping.values())
    if missing is not None:
        raise InvalidInput(missing.detail, field="mapping", rule=missing.rule, params=missing.params)
    remembering.remember(tx, headings, mapping, f"dues {file.kind}")
    tx.session.execute(sa.delete(DuesFileRow).where(DuesFileRow.file_id == file.id))
    file.headings, file.mapping = headings, mapping
    file.counts, file.rows, file.amount = {}, 0, rules.NOTHING
    begin_check(tx, file)
    return file


def take_columns(tx: Transaction, file: DuesFile, headings: list[str]) -> None:
    """Use the columns remembered for a new file and check it; without them the file waits to be mapped."""
    file.headings = headings
    file.mapping = remembering.mapping_for(tx, headings, file_rows.NAMES[file.kind], f"dues {file.kind}")
    if rules.columns_suffice(file.kind, file.mapping.values()) is None:
        begin_check(tx, file)
    else:
        file.state = "uploaded"


def begin_check(tx: Transaction, file: DuesFile) -> None:
    """Ask for a file's rows to be checked."""
    file.state = "checking"
    file.check_job_id = start_job(tx, CHECK, {"file_id": str(file.id)}).id
    tx.session.flush()
