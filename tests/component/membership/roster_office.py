"""An office that imports rosters: rows as it writes them, and the steps of an import one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.files.spreadsheets import write_csv, write_xlsx
from services.chassis.jobs.runner import Chunk, advance
from services.contracts.membership import imports as contract
from services.membership.imports.use_cases import checking, importing, reading, uploading
from services.membership.imports.use_cases.imports import found, to_reply
from services.membership.record.tables import Member
from tests.component.membership.union import Union, asked
from tests.unit.membership.people import id_number

COLUMNS = [(heading, heading) for heading in ("姓名", "身份证号", "单位", "用工形式", "手机号", "入职日期")]


def row(order: int, **changes: Any) -> dict[str, Any]:
    """Return a sound row as an office writes it."""
    birth = date(1980, 5, 1) + timedelta(days=order)
    number = id_number(birth, order % 999 + 1)
    stated = {
        "姓名": "张晓明",
        "身份证号": number,
        "单位": "单位01",
        "用工形式": "在编",
        "手机号": f"1380000{order:04d}",
    }
    return {**stated, "入职日期": date(2020, 9, 1), **changes}


def upload(union: Union, rows: list[dict[str, Any]], name: str = "名册.xlsx", columns: Any = COLUMNS) -> UUID:
    content = write_csv(columns, rows, encoding="gb18030") if name.endswith("csv") else write_xlsx(columns, rows)
    with union.acting(union.officer) as tx:
        request = asked(contract.upload_roster, name=name, content=content)
        return uploading.upload_roster(tx, request)["id"]


def look(union: Union, import_id: UUID) -> dict[str, Any]:
    with union.acting(union.officer) as tx:
        return to_reply(tx, found(tx, import_id))


def chunks(union: Union, import_id: UUID, chunk: Chunk, prepare: Any = None, most: int = 1000) -> None:
    """Do the work that is asked for, `most` chunks of it."""
    for _ in range(most):
        job = look(union, import_id)["job"]
        if job.state in ("done", "failed", "cancelled"):
            return
        advance(union.database, job.id, chunk, prepare)


def check(union: Union, import_id: UUID, **mapping: str | None) -> dict[str, Any]:
    seen = look(union, import_id)
    with union.acting(union.officer) as tx:
        known = {"import_id": import_id, "version": seen["version"], "mapping": {**seen["mapping"], **mapping}}
        uploading.map_roster(tx, asked(contract.map_roster, **known))
    chunks(union, import_id, checking.check_part)
    return look(union, import_id)


def start(union: Union, import_id: UUID, **choices: str) -> None:
    known = {"import_id": import_id, "version": look(union, import_id)["version"], "confirmed": True}
    with union.acting(union.officer) as tx:
        uploading.start_import(tx, asked(contract.start_import, **known, choices=choices))


def carry_out(union: Union, import_id: UUID, **choices: str) -> dict[str, Any]:
    start(union, import_id, **choices)
    chunks(union, import_id, importing.import_part)
    return look(union, import_id)


def problems(union: Union, import_id: UUID, **wanted: Any) -> list[tuple[Any, ...]]:
    with union.acting(union.officer) as tx:
        request = asked(contract.list_import_problems, import_id=import_id, limit=100, **wanted)
        items = reading.list_import_problems(tx, request)["items"]
    return [(item["row"], item["kind"], item["heading"], item["value"], item["rule"]) for item in items]


def members(union: Union) -> list[Member]:
    with union.database.session() as session:
        return list(session.scalars(sa.select(Member).order_by(Member.number)))


def count(union: Union, table: type) -> int:
    with union.database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
