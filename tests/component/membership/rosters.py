"""Imported rosters in a test: rows as an office writes them, and the steps of an import one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.files.spreadsheets import write_csv, write_xlsx
from services.contracts.membership import imports as contract
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness
from tests.support.service_harness import MOST_CHUNKS
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


def upload(
    membership: MembershipHarness, rows: list[dict[str, Any]], name: str = "名册.xlsx", columns: Any = COLUMNS
) -> UUID:
    content = write_csv(columns, rows, encoding="gb18030") if name.endswith("csv") else write_xlsx(columns, rows)
    return membership.ask_typed(contract.upload_roster, name=name, content=content)["id"]


def look(membership: MembershipHarness, import_id: UUID) -> dict[str, Any]:
    return membership.ask_typed(contract.get_import, import_id=import_id)


def work(membership: MembershipHarness, import_id: UUID, most: int = MOST_CHUNKS) -> None:
    """Do the job of the import's present step, or `most` chunks of it."""
    membership.run_job(look(membership, import_id)["job"]["id"], most)


def check(membership: MembershipHarness, import_id: UUID, **mapping: str | None) -> dict[str, Any]:
    seen = look(membership, import_id)
    known = {"import_id": import_id, "version": seen["version"], "mapping": {**seen["mapping"], **mapping}}
    membership.ask(contract.map_roster, **known)
    work(membership, import_id)
    return look(membership, import_id)


def start(membership: MembershipHarness, import_id: UUID, **choices: str) -> None:
    version = look(membership, import_id)["version"]
    membership.ask(contract.start_import, import_id=import_id, version=version, confirmed=True, choices=choices)


def carry_out(membership: MembershipHarness, import_id: UUID, **choices: str) -> dict[str, Any]:
    start(membership, import_id, **choices)
    work(membership, import_id)
    return look(membership, import_id)


def problems(membership: MembershipHarness, import_id: UUID, **wanted: Any) -> list[tuple[Any, ...]]:
    items = membership.ask_typed(contract.list_import_problems, import_id=import_id, limit=100, **wanted)["items"]
    return [(item["row"], item["kind"], item["heading"], item["value"], item["rule"]) for item in items]


def members(membership: MembershipHarness) -> list[Member]:
    with membership.database.session() as session:
        return list(session.scalars(sa.select(Member).order_by(Member.number)))


def count(membership: MembershipHarness, table: type) -> int:
    with membership.database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
