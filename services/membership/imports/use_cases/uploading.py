"""Taking a table, naming its columns, giving it up: what an officer does before and after the work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import MEDIA_TYPES, kind_of
from services.chassis.files.storage import erase_files, store_file
from services.chassis.identifiers import uuid7
from services.chassis.input_errors import InputError
from services.chassis.jobs.jobs import start_job
from services.contracts.membership.imports import KEPT_DAYS
from services.membership.imports.tables import RosterImport, RosterPart, RosterProblem
from services.membership.imports.use_cases import extracting, imports
from services.membership.imports.use_cases.remembering import remember
from services.membership.versions import require_version

_AT_ONCE = 100


def upload_roster(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a table; its rows are read at once, those of a large file by long work.

    Raises:
        InvalidInput: the file is none that is read; see `read_sheet`.
    """
    media_type = MEDIA_TYPES[kind_of(request["name"])]
    batch = RosterImport(
        id=uuid7(),
        file_name=request["name"],
        headings=[],
        heading_key="",
        mapping={},
        counts={},
        choices={},
        result={},
        rows=0,
        parts=0,
        uploaded_at=tx.now,
        uploaded_by=tx.principal.actor,
        kept_until=tx.now + timedelta(days=KEPT_DAYS),
    )
    tx.session.add(batch)
    tx.session.flush()
    file = store_file(
        tx,
        name=request["name"],
        media_type=media_type,
        content=request["content"],
        subject=extracting.subject_of(batch),
        purpose=extracting.PURPOSE,
        keep=timedelta(days=KEPT_DAYS),
    )
    extracting.take_rows(tx, batch, file)
    return imports.to_reply(tx, batch)


def map_roster(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Name the columns, remember them for these headings, and start the dry run."""
    batch = imports.get_for_update(tx, request["import_id"])
    imports.require_step(tx, batch, "map")
    require_version(batch, request["version"])
    unknown = sorted(set(request["mapping"]) - set(batch.headings))
    if unknown:
        detail = InputError("imports.column_exists", f"There is no column {unknown[0]}.")
        raise InvalidInput(errors={"mapping": [detail]}, rule=detail.code)
    batch.mapping = {heading: request["mapping"].get(heading) for heading in batch.headings}
    remember(tx, batch.headings, batch.mapping, "")
    batch.check_job_id = start_job(tx, imports.CHECK, {"import_id": str(batch.id)}, total=batch.rows).id
    batch.version += 1
    return imports.to_reply(tx, batch)


def start_import(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out what the dry run found, with a choice for each class of duplicates."""
    batch = imports.get_for_update(tx, request["import_id"])
    imports.require_step(tx, batch, "start")
    require_version(batch, request["version"])
    batch.choices = dict(request["choices"])
    batch.job_id = start_job(tx, imports.IMPORT, {"import_id": str(batch.id)}, total=batch.rows).id
    batch.version += 1
    return imports.to_reply(tx, batch)


def discard_import(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Erase file and rows; what was imported stays."""
    batch = imports.get_for_update(tx, request["import_id"])
    imports.require_step(tx, batch, "discard")
    _erase(tx, batch)
    return imports.to_reply(tx, batch)


def erase_old(tx: Transaction) -> None:
    """Erase what is past its time (个人信息保护法 Art. 19)."""
    due = sa.select(RosterImport).where(RosterImport.erased_at.is_(None), RosterImport.kept_until <= tx.now)
    for batch in tx.session.scalars(due.order_by(RosterImport.kept_until).limit(_AT_ONCE)):
        _erase(tx, batch)


def _erase(tx: Transaction, batch: RosterImport) -> None:
    tx.session.execute(sa.delete(RosterPart).where(RosterPart.import_id == batch.id))
    tx.session.execute(sa.delete(RosterProblem).where(RosterProblem.import_id == batch.id))
    erase_files(tx, extracting.subject_of(batch))
    batch.erased_at = tx.now
    batch.version += 1
