"""The list for a breach notice: which members a breach concerns, with which sensitive fields, and who had looked.

Made as long work, part by part; parts lie sealed until the sheet is written. Source: 个人信息保护法 Art. 57.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import start_of
from services.chassis.database.history import AccessLog, note_access
from services.chassis.database.transaction import Transaction
from services.chassis.files.spreadsheets import XLSX, write_xlsx
from services.chassis.files.storage import erase_files, file_of, files_of, store_file
from services.chassis.jobs.jobs import Job, start_job
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases.former import Member

KIND = "breach_list"
_ROWS = 500
_KEPT = timedelta(days=7)
_HEADINGS = (("number", "会员号"), ("name", "姓名"), ("unit", "分工会"), ("standing", "会籍"))
_BEHIND = (("looks", "期间查看次数"), ("lookers", "查看账号"))


def make_breach_list(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the list; that it is made, by whom and for what, is logged."""
    names = sorted(set(request["fields_concerned"]))
    note_access(tx, "breach-list", ",".join(names)[:60], request["purpose"])
    params = {
        "fields": names,
        "units": sorted(str(unit_id) for unit_id in request["unit_ids"]),
        "starts_on": request["starts_on"].isoformat(),
        "ends_on": request["ends_on"].isoformat(),
    }
    total = tx.session.scalar(_concerned(sa.select(sa.func.count(Member.id)), params)) or 0
    return {"job_id": start_job(tx, KIND, params, total=total).id}


def list_part(tx: Transaction, job: Job) -> bool:
    """Keep the next part of the list; when there is none, write the sheet."""
    after = job.position["after"] if job.position else ""
    statement = _concerned(sa.select(Member), job.params).where(Member.number > after)
    members = list(tx.session.scalars(statement.order_by(Member.number).limit(_ROWS)))
    if members:
        _keep(tx, job, _rows(tx, members, job.params))
        job.position, job.done = {"after": members[-1].number}, job.done + len(members)
    if len(members) == _ROWS:
        return False
    _write(tx, job)
    return True


def _concerned(statement: sa.Select[Any], params: Mapping[str, Any]) -> sa.Select[Any]:
    stored = [getattr(Member, name).is_not(None) for name in params["fields"]]
    statement = statement.where(sa.or_(*stored), Member.anonymised_at.is_(None))
    units = [UUID(unit_id) for unit_id in params["units"]]
    return statement.where(Member.unit_id.in_(units)) if units else statement


def _rows(tx: Transaction, members: Sequence[Member], params: Mapping[str, Any]) -> list[dict[str, Any]]:
    units = directory.units_by_id(tx, {member.unit_id for member in members})
    looks = _looks(tx, members, params)
    return [
        {
            "number": member.number,
            "name": member.name,
            "unit": units[member.unit_id].name,
            "standing": member.standing,
            **{name: "有" if getattr(member, name) is not None else "" for name in params["fields"]},
            "looks": sum(looks.get(f"member/{member.id}", {}).values()),
            "lookers": " ".join(sorted(looks.get(f"member/{member.id}", {}))),
        }
        for member in members
    ]


def _looks(tx: Transaction, members: Sequence[Member], params: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """Return how often who looked at the fields in question within the days, by subject, in one statement."""
    first, last = date.fromisoformat(params["starts_on"]), date.fromisoformat(params["ends_on"])
    statement = sa.select(AccessLog.subject, AccessLog.seen_by).where(
        AccessLog.subject.in_([f"member/{member.id}" for member in members]),
        AccessLog.field.in_(params["fields"]),
        AccessLog.seen_at >= start_of(first),
        AccessLog.seen_at < start_of(last + timedelta(days=1)),
    )
    found: dict[str, Counter[str]] = {}
    for subject, seen_by in tx.session.execute(statement):
        found.setdefault(subject, Counter())[seen_by] += 1
    return found


def _keep(tx: Transaction, job: Job, rows: list[dict[str, Any]]) -> None:
    content = zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 1)
    store_file(
        tx, name="part", media_type="application/octet-stream", content=content, subject=f"job/{job.id}",
        purpose="part", keep=_KEPT,
    )  # fmt: skip


def _write(tx: Transaction, job: Job) -> None:
    columns = [*_HEADINGS, *((name, name) for name in job.params["fields"]), *_BEHIND]
    content = write_xlsx(columns, _kept(tx, job), title="泄露通知名单")
    name = f"breach-{tx.today:%Y%m%d}.xlsx"
    file = store_file(
        tx, name=name, media_type=XLSX, content=content, subject=f"job/{job.id}", purpose="result", keep=_KEPT
    )
    job.file_id = file.id
    erase_files(tx, f"job/{job.id}", purpose="part")


def _kept(tx: Transaction, job: Job) -> Iterator[dict[str, Any]]:
    for part in files_of(tx, f"job/{job.id}", purpose="part"):
        yield from json.loads(zlib.decompress(file_of(tx, part.id).content))
