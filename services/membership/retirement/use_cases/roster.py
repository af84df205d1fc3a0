"""The yearly roster for the ceremony (荣休): who retires in which month, found by indexes and not by computing all.

The statutory month grows strictly with the month of birth, so a month of a roster is one month of birth for each class:
the roster of a year asks for at most twelve ranges of birth dates a class, beside HR's months and the days it happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.files.spreadsheets import XLSX, write_xlsx
from services.chassis.input_errors import InputError
from services.chassis.security.principal import Principal, require_unit
from services.membership.base import is_one_of
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import search
from services.membership.record.use_cases.standing import IN_UNIT, Member
from services.membership.retirement import rules
from services.membership.retirement.use_cases import curves

_MOST_ROWS = 20_000
_COLUMNS = ("number", "name", "unit_id", "standing", "original_age", "birth_date", "joined_on", "retired_on")
_HEADINGS = (
    ("number", "会员号"), ("name", "姓名"), ("unit", "分工会"), ("birth_date", "出生日期"),
    ("original_age", "原退休年龄"), ("month", "退休年月"), ("basis", "依据"), ("joined_on", "入会日期"),
    ("retired_on", "退休日期"),
)  # fmt: skip
_BASIS = {"retired_on": "实际退休", "approved_month": "人事批准", "statutory_month": "法定"}


def retirement_roster(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of who retires in a year."""
    month, wanted = _wanted(tx, request)
    # A subquery gives the computed month a short name, by which the cursor knows the sort.
    listed = _select(month).where(*wanted).subquery("roster")
    page = page_of(tx, sa.select(listed), request, _keys(listed, request["sort"]))
    total = None
    if request["with_total"]:
        total = tx.session.scalar(sa.select(sa.func.count(Member.id)).where(*wanted))
    items = [_to_reply(row._asdict()) for row in page.rows]
    return page.reply(items, total=total)


def export_retirement_roster(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The roster as a workbook; who took it is logged."""
    month, wanted = _wanted(tx, request)
    listed = _select(month).where(*wanted).order_by(month, Member.pinyin, Member.id).limit(_MOST_ROWS + 1)
    rows = [_to_reply(row._asdict()) for row in tx.session.execute(listed)]
    if len(rows) > _MOST_ROWS:
        detail = "Too many rows for one workbook; choose a unit."
        raise InvalidInput(InputError("retirement.too_many_rows", detail), field="unit_id")
    units = directory.units_by_id(tx, {row["unit_id"] for row in rows})
    note_access(tx, "member-list", f"{len(rows)} rows", f"retirement roster of {request['year']}")
    cells = [
        {
            **row,
            "unit": units[row["unit_id"]].name,
            "month": f"{row['month']:%Y-%m}",
            "basis": _BASIS[row["counted_by"]],
        }
        for row in rows
    ]
    content = write_xlsx(_HEADINGS, cells, title=f"{request['year']} 荣休名单")
    return {"name": f"retirement-{request['year']}.xlsx", "media_type": XLSX, "content": content}


def _select(month: sa.ColumnElement[Any]) -> sa.Select:
    columns = [getattr(Member, name) for name in _COLUMNS]
    return sa.select(Member.id.label("member_id"), *columns, Member.pinyin, Member.approved_month, month.label("month"))


def _wanted(tx: Transaction, request: Mapping[str, Any]) -> tuple[sa.ColumnElement[Any], list[sa.ColumnElement[bool]]]:
    """Return the month that counts, and the conditions of who is on the roster."""
    first, last = date(request["year"], 1, 1), date(request["year"], 12, 31)
    by_law, month_by_law = _by_law(tx, first)
    month = sa.func.coalesce(Member.retired_on, Member.approved_month, month_by_law, type_=sa.Date())
    happened = sa.and_(Member.standing == "retained", Member.retired_on.between(first, last))
    approved = sa.and_(Member.retired_on.is_(None), Member.approved_month.between(first, last))
    statutory = sa.and_(Member.retired_on.is_(None), Member.approved_month.is_(None), by_law)
    due = sa.and_(is_one_of(Member.standing, IN_UNIT), sa.or_(approved, statutory))
    wanted = {"due": due, "retired": happened}.get(request["state"] or "", sa.or_(happened, due))
    return month, [wanted, *_seen(request, tx.principal)]


def _by_law(tx: Transaction, first: date) -> tuple[sa.ColumnElement[bool], Any]:
    """Return the condition that the law's month lies in the year, and that month, for the classes with a rule."""
    months = [rules.plus_months(first, place) for place in range(12)]
    ranges = [
        (
            sa.and_(Member.original_age == original_age, Member.birth_date.between(birth, rules.last_day_of(birth))),
            month,
        )
        for original_age, curve in curves.curves_in_force(tx, tx.today).items()
        for month, birth in rules.births_by_month(months, curve).items()
    ]
    if not ranges:
        return sa.false(), sa.null()
    return sa.or_(*(one for one, _ in ranges)), sa.case(*ranges)


def _seen(request: Mapping[str, Any], principal: Principal) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if request["unit_id"] is not None:
        require_unit(principal, request["unit_id"])
        conditions.append(Member.unit_id == request["unit_id"])
    elif not principal.has("officer", "auditor"):
        conditions.append(Member.unit_id.in_(principal.units("chair")))
    return [*conditions, search.matching(request["q"])] if request["q"] else conditions


def _keys(listed: sa.Subquery, sort: str) -> list[Any]:
    direction = "desc" if sort.startswith("-") else "asc"
    name = sort.removeprefix("-")
    return [(listed.c["pinyin" if name == "name" else name], direction), (listed.c.member_id, direction)]


def _to_reply(row: dict[str, Any]) -> dict[str, Any]:
    approved, _ = row.pop("approved_month"), row.pop("pinyin")
    by = "retired_on" if row["retired_on"] else "approved_month" if approved else "statutory_month"
    return {**row, "month": rules.first_day(row["month"]), "counted_by": by}
