"""The member list as a file of any size: part by part, each kept sealed until the file is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.files.spreadsheets import MEDIA_TYPES, write_csv, write_xlsx
from services.chassis.jobs import job_files
from services.chassis.jobs.jobs import Job, start_job
from services.contracts.files import LARGEST
from services.membership.record.tables import Member
from services.membership.record.use_cases.export import COLUMNS, rows_of
from services.membership.record.use_cases.search import filtered

KIND = "export_members"
FILTERS = ("q", "unit_id", "group_id", "standing", "employment", "lacks")
_ROWS_PER_PART = 1000


def start_export(tx: Transaction, request: Mapping[str, Any]) -> Job:
    """Ask for the file; who asks and for what is logged."""
    statement = filtered(sa.select(sa.func.count(Member.id)), request, tx.principal)
    total = tx.session.scalar(statement) or 0
    note_access(tx, "member-list", f"{total} rows", request["purpose"])
    job = start_job(tx, KIND, {"kind": request["kind"]}, total=total)
    told = {name: str(request[name]) if request[name] is not None else None for name in FILTERS}
    asked = {"filters": told, "headings": request["headings"], "words": request["words"]}
    job_files.keep(tx, job, job_files.REQUEST, asked)
    return job


def export_part(tx: Transaction, job: Job) -> bool:
    """Keep the next part of the list; when there is none, write the file."""
    asked = _request(tx, job)
    after = job.position["after"] if job.position else ""
    statement = filtered(sa.select(Member), asked["filters"], tx.principal).where(Member.number > after)
    members = list(tx.session.scalars(statement.order_by(Member.number).limit(_ROWS_PER_PART)))
    if members:
        job_files.keep(tx, job, job_files.PART, rows_of(tx, members))
        job.position, job.done = {"after": members[-1].number}, job.done + len(members)
    if len(members) == _ROWS_PER_PART:
        return False
    _write(tx, job, asked)
    return True


def _request(tx: Transaction, job: Job) -> dict[str, Any]:
    asked = job_files.request_of(tx, job)
    for name in ("unit_id", "group_id"):
        asked["filters"][name] = UUID(asked["filters"][name]) if asked["filters"][name] else None
    return asked


def _write(tx: Transaction, job: Job, asked: dict[str, Any]) -> None:
    """Write the file; one too large to travel in a message is packed."""
    kind = job.params["kind"]
    ending = kind.partition("-")[0]
    columns = [(name, asked["headings"].get(name, name)) for name in COLUMNS]
    rows = _rows(tx, job, asked["words"])
    if ending == "xlsx":
        content = write_xlsx(columns, rows)
    else:
        content = write_csv(columns, rows, encoding="gb18030" if kind == "csv-gb18030" else "utf-8")
    name, media_type = f"members-{tx.today:%Y%m%d}.{ending}", MEDIA_TYPES[ending]
    if len(content) > LARGEST:
        content, name, media_type = job_files.zipped(name, content), f"{name}.zip", "application/zip"
    job_files.finish(tx, job, name, content, media_type)


def _rows(tx: Transaction, job: Job, words: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    for part in job_files.each(tx, job):
        for row in part:
            named = dict(zip(COLUMNS, row, strict=True))
            yield {name: words.get(name, {}).get(value, value) for name, value in named.items()}
