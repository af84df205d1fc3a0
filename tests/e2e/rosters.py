"""Rosters as an office would send them, of people who don't exist."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.chassis.files.spreadsheets import write_csv, write_xlsx
from tests.support.api import Api, eventually
from tests.unit.membership.people import id_number

HEADINGS = ("姓名", "身份证号", "单位", "用工形式", "手机号", "入职日期")


def person(order: int, unit: str = "01", **changes: str) -> dict[str, Any]:
    """Return a row; the same order is always the same person."""
    birth = date(1960, 1, 1) + timedelta(days=order % 12_000)
    return {
        "姓名": "东方" + "甲乙丙丁戊己庚辛壬癸"[order % 10], "身份证号": id_number(birth, 800 + order // 12_000),
        "单位": unit, "用工形式": "在编", "手机号": f"1370000{order % 10_000:04d}", "入职日期": "2021/9/1", **changes,
    }  # fmt: skip


def file_of(rows: list[dict[str, Any]], kind: str = "xlsx") -> bytes:
    """Return the rows as a file; csv as GB18030."""
    columns = [(heading, heading) for heading in HEADINGS]
    return write_xlsx(columns, rows) if kind == "xlsx" else write_csv(columns, rows, encoding="gb18030")


def uploaded(officer: Api, rows: list[dict[str, Any]], kind: str = "xlsx") -> dict[str, Any]:
    """Upload rows as a form does, and wait until a large file was read."""
    parts = {"file": (f"roster.{kind}", file_of(rows, kind))}
    path = f"/membership/imports/{officer.ask('POST', '/membership/imports', 201, files=parts)['id']}"
    return eventually(lambda: (now := officer.get(path))["state"] != "reading" and now)


def checked(officer: Api, found: dict[str, Any]) -> dict[str, Any]:
    """Start the dry run with the guessed columns and wait for its end."""
    path = f"/membership/imports/{found['id']}"
    officer.post(f"{path}/mapping", {"version": found["version"], "mapping": found["mapping"]})
    return eventually(lambda: (now := officer.get(path))["state"] == "checked" and now)


def started(officer: Api, found: dict[str, Any], **choices: str) -> dict[str, Any]:
    """Carry an import out."""
    body = {"version": found["version"], "choices": choices, "confirmed": True}
    return officer.post(f"/membership/imports/{found['id']}/start", body)


def imported(officer: Api, found: dict[str, Any]) -> dict[str, Any]:
    """Wait until an import is done."""
    path = f"/membership/imports/{found['id']}"
    return eventually(lambda: (now := officer.get(path))["state"] == "imported" and now)
