"""From a file to sealed parts: a small file at once, a large one by long work, some thousand rows in each transaction.

The parts alone tell how far the work is. A step goes on with the file the step before has opened, if that was in this
process a moment ago; else it opens the file and passes over the rows that stand in the parts already.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import InvalidInput
from services.chassis.files.storage import StoredFile, files_of
from services.chassis.jobs.jobs import Job, start_job
from services.chassis.process.kept import Kept
from services.chassis.process.native_threads import in_native_thread
from services.chassis.rpc.context import CallContext
from services.membership.imports.heading_rules import ROSTER_HEADINGS
from services.membership.imports.tables import RosterImport, RosterPart
from services.membership.imports.use_cases import imports, parts
from services.membership.imports.use_cases.remembering import heading_key, mapping_for
from services.membership.imports.use_cases.table_files import Table, read_table

READ_AT_ONCE = 128 * 1024
"""Bytes of the largest file that is read while its sender waits: some 2,000 rows, well below a second."""
PARTS_AT_ONCE = 10
PURPOSE = "roster"


@dataclass
class OpenFile:
    """A file whose rows are being read, and how many were."""

    import_id: UUID
    table: Table
    read: int


_kept: Kept[OpenFile] = Kept()


def subject_of(batch: RosterImport) -> str:
    """Return what the stored file of an import belongs to."""
    return f"import/{batch.id}"


def take_rows(tx: Transaction, batch: RosterImport, file: StoredFile) -> None:
    """Read a small file at once, ask for a large one to be read.

    Raises:
        InvalidInput: the file is none that is read; see `read_table`.
    """
    if file.size > READ_AT_ONCE:
        batch.read_job_id = start_job(tx, imports.READ, {"import_id": str(batch.id)}).id
        return
    opened = _opened(batch.id, file.name, file.content, 0)
    while not _take(tx, batch, opened, _next_parts(opened)):
        pass


@dataclass(frozen=True)
class Found:
    """The next parts of a large file, and how many rows had been read before them."""

    opened: OpenFile
    before: int
    parts: list[tuple[int, bytes]]


def read_file(database: Database, context: CallContext, job: Job) -> Found:
    """Read some thousand rows of a large file. No transaction is open meanwhile: opening it may take minutes."""
    with transaction(database, context) as tx:
        batch = imports.import_for_work(tx, job, imports.READ)
        batch_id, before, begun = batch.id, batch.rows, batch.headings if batch.parts else None
        opened = _kept.take()
        goes_on = opened is not None and (opened.import_id, opened.read) == (batch_id, before)
        stored = None if goes_on else next(iter(files_of(tx, subject_of(batch), purpose=PURPOSE)))
        file = (stored.name, stored.content) if stored is not None else None
    if opened is None or file is not None:
        assert file is not None
        opened = _opened(batch_id, *file, before, begun)
    return Found(opened, before, in_native_thread(_next_parts, opened))


def keep_part(tx: Transaction, job: Job, found: Found) -> bool:
    """Keep the rows that were read; True after the last. What was read before others kept rows is dropped."""
    batch = imports.import_for_work(tx, job, imports.READ)
    if batch.rows != found.before:
        return False
    opened = found.opened
    ended = _take(tx, batch, opened, found.parts)
    job.position, job.done = {"part": batch.parts}, batch.rows
    job.total = batch.rows if ended else max(opened.table.most, batch.rows)
    if not ended:
        tx.after_commit(lambda: _kept.put(opened))
    return ended


def _opened(import_id: UUID, name: str, content: bytes, read: int, begun: list[str] | None = None) -> OpenFile:
    table = read_table(name, content, begun)
    for _ in islice(table.rows, read):
        pass
    return OpenFile(import_id, table, read)


def _next_parts(opened: OpenFile) -> list[tuple[int, bytes]]:
    """Return the next parts of a file, each with its number of rows; at the end fewer than `PARTS_AT_ONCE`."""
    rows = ([row.number, row.cells, *([row.beyond] if row.beyond else [])] for row in opened.table.rows)
    sealed: list[tuple[int, bytes]] = []
    while len(sealed) < PARTS_AT_ONCE and (some := list(islice(rows, parts.ROWS_PER_PART))):
        sealed.append((len(some), parts.seal(some)))
        opened.read += len(some)
    return sealed


def _take(tx: Transaction, batch: RosterImport, opened: OpenFile, found: list[tuple[int, bytes]]) -> bool:
    """Keep the parts that were read; True when they are the last."""
    if not batch.parts:
        _name_columns(tx, batch, opened.table.headings)
    if found:
        stored = [
            {"import_id": batch.id, "part": place, "rows": rows, "cells": cells}
            for place, (rows, cells) in enumerate(found, batch.parts)
        ]
        tx.session.execute(sa.insert(RosterPart), stored)
    batch.parts += len(found)
    batch.rows = opened.read
    if not batch.rows:
        raise InvalidInput("There is no row below the headings.", rule="sheet.has_rows", field="file")
    return len(found) < PARTS_AT_ONCE


def _name_columns(tx: Transaction, batch: RosterImport, headings: list[str]) -> None:
    """The columns are what was remembered for these headings, else guessed."""
    batch.headings, batch.heading_key = headings, heading_key(headings)
    batch.mapping = mapping_for(tx, headings, ROSTER_HEADINGS, "")
