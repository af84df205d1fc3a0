"""The list of members in arrears with their dues, with filters and sorts, and its export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Yuan
from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.files.spreadsheets import MEDIA_TYPES, write_csv, write_xlsx
from services.chassis.files.storage import store_file
from services.chassis.jobs.jobs import Job, start_job
from services.chassis.names import canonical_name
from services.chassis.plain_text import is_digits
from services.chassis.security.unit_scope import in_seen_units
from services.membership.base import begins
from services.membership.dues.tables import DuesCharge
from services.membership.dues.use_cases import access, awaiting
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import roster

KIND = "export_arrears"
KEPT = timedelta(days=7)
COLUMNS = (
    ("number", "会员号"), ("name", "姓名"), ("unit", "分工会"), ("months", "欠缴月数"), ("since", "最早欠缴月份"),
    ("owed", "欠缴金额"),
)  # fmt: skip


def list_arrears(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of members who owe dues; a chair: of the own unit, without amounts."""
    statement, owing, people = _owing(tx, request)
    sorts = {"owed": owing.owed, "months": owing.months, "name": people.pinyin, "number": people.number}
    wanted = request["sort"]
    if not access.sees_amounts(tx) and wanted.endswith("owed"):
        wanted = "-months"
    direction = "desc" if wanted.startswith("-") else "asc"
    page = page_of(tx, statement, request, [(sorts[wanted.removeprefix("-")], direction), (owing.member_id, direction)])
    total = None
    if request["with_total"]:
        total = tx.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery()))
    amounts = access.sees_amounts(tx)
    items = [row._asdict() | ({} if amounts else {"owed": None}) for row in page.rows]
    return page.reply(items, total=total)


def _owing(tx: Transaction, request: Mapping[str, Any]) -> tuple[sa.Select, Any, Any]:
    people = roster.everybody().c
    grouped = (
        sa.select(
            DuesCharge.member_id,
            sa.func.count().label("months"),
            sa.func.min(DuesCharge.month).label("since"),
            sa.func.sum(DuesCharge.due - DuesCharge.paid, type_=Yuan()).label("owed"),
        )
        .where(awaiting.in_arrears(awaiting.months_awaiting(tx)))
        .group_by(DuesCharge.member_id)
        .having(sa.func.count() >= request["months"])
        .subquery()
    )
    owing = grouped.c
    columns = (
        owing.member_id, people.number, people.name, people.unit_id, owing.months, owing.since, owing.owed,
    )  # fmt: skip
    statement = sa.select(*columns).join_from(grouped, people.id.table, people.id == owing.member_id)
    statement = in_seen_units(statement, people.unit_id, tx.principal, request["unit_id"])
    if request["q"]:
        statement = statement.where(_matching(people, request["q"]))
    return statement, owing, people


def members_in_arrears(tx: Transaction, unit_id: UUID | None, months: int) -> tuple[sa.Select, Any]:
    """Return a select of the members that the list shows, and its column: in arrears for so many months at least."""
    statement, owing, _ = _owing(tx, {"q": None, "unit_id": unit_id, "months": months})
    return statement.with_only_columns(owing.member_id), owing.member_id


def _matching(people: Any, q: str) -> sa.ColumnElement[bool]:
    typed = canonical_name(q)
    if is_digits(typed[:1]) or (typed[:1] in "Mm" and is_digits(typed[1:2])):
        digits = typed.lstrip("Mm")
        return sa.or_(begins(people.number, f"M{digits}"), people.number == f"M{digits:0>6}")
    return begins(people.pinyin, typed.lower().replace(" ", "")) if typed.isascii() else begins(people.name, typed)


def export_arrears(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the filtered list as a file; logged with its purpose."""
    note_access(tx, "dues-arrears", "list", request["purpose"])
    unit_id = str(request["unit_id"]) if request["unit_id"] else None
    # The search text may be a name; it is resolved here, so that no job stores it.
    found = _ids_of(tx, request) if request["q"] else None
    params = {"unit_id": unit_id, "months": request["months"], "format": request["format"], "member_ids": found}
    return {"job_id": start_job(tx, KIND, params).id}


def _ids_of(tx: Transaction, request: Mapping[str, Any]) -> list[str]:
    statement, owing, _ = _owing(tx, request)
    return [str(one) for one in tx.session.scalars(statement.with_only_columns(owing.member_id).limit(1000))]


def export_part(tx: Transaction, job: Job) -> bool:
    """Write the file in one step; the list is streamed."""
    params = job.params
    unit_id = UUID(params["unit_id"]) if params["unit_id"] else None
    statement, owing, people = _owing(tx, {"q": None, "unit_id": unit_id, "months": params["months"]})
    if params["member_ids"] is not None:
        statement = statement.where(owing.member_id.in_([UUID(one) for one in params["member_ids"]]))
    rows = _rows(tx, job, statement.order_by(people.number))
    ending = params["format"]
    content = write_csv(COLUMNS, rows) if ending == "csv" else write_xlsx(COLUMNS, rows, title="会费欠缴")
    stored = store_file(
        tx, name=f"dues-arrears-{tx.today:%Y%m%d}.{ending}", media_type=MEDIA_TYPES[ending], content=content,
        subject=f"job/{job.id}", purpose="arrears", keep=KEPT,
    )  # fmt: skip
    job.file_id, job.total = stored.id, job.done
    return True


def _rows(tx: Transaction, job: Job, statement: sa.Select) -> Iterator[dict[str, Any]]:
    names: dict[UUID, str] = {}
    for row in tx.session.execute(statement.execution_options(yield_per=1000)):
        if row.unit_id not in names:
            names[row.unit_id] = directory.units_by_id(tx, {row.unit_id})[row.unit_id].name
        job.done += 1
        yield {**row._asdict(), "unit": names[row.unit_id]}
