"""Lists of who is examined, and how many of each unit were: towards everybody."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.examinations.tables import Examinee
from services.welfare.examinations.use_cases.figures import (
    counted_by_unit,
    counted_of_units,
    figures_of,
    in_all,
    sorted_out,
)
from services.welfare.examinations.use_cases.reminding import not_booked
from services.welfare.examinations.use_cases.store import examination_of, examinee_replies


def list_examinees(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the members on a campaign's list."""
    statement = sa.select(Examinee).where(Examinee.examination_id == request["examination_id"])
    for name in ("state", "slot_id", "unit_id"):
        if request[name] is not None:
            statement = statement.where(getattr(Examinee, name) == request[name])
    page = page_of(tx, statement, request, [(Examinee.id, "asc")])
    return page.reply(examinee_replies(tx, page.rows))


def list_unbooked_examinees(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the members without appointment, of the units the caller sees."""
    statement = sa.select(Examinee).where(*not_booked(request["examination_id"]))
    statement = in_seen_units(statement, Examinee.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(Examinee.unit_id, "asc"), (Examinee.id, "asc")])
    names = ("member_id", "unit_id", "reminded")
    return page.reply([{name: getattr(one, name) for name in names} for one in page.rows])


def examination_coverage(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """How many of each unit the caller sees are on the list, came, and have an appointment or none; lowest first."""
    examination = examination_of(tx, request["examination_id"])
    counted = in_seen_units(counted_by_unit(examination.id), Examinee.unit_id, tx.principal, request["unit_id"])
    found = sorted_out(tx, counted)
    units: list[dict[str, Any]] = [{"unit_id": unit_id, **figures_of(states)} for unit_id, states in found.items()]
    units.sort(key=lambda unit: (unit["percent"], str(unit["unit_id"])))
    return {"examination_id": examination.id, **figures_of(in_all(found)), "units": units}


def list_unit_coverage(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the units the caller sees, each with how many of it are on the list, came, and have an appointment."""
    examination = examination_of(tx, request["examination_id"])
    counted = in_seen_units(counted_of_units(examination.id), Examinee.unit_id, tx.principal, request["unit_id"])
    units = counted.subquery()
    way = "desc" if request["sort"].startswith("-") else "asc"
    keys = [(units.c[request["sort"].removeprefix("-")], way), (units.c.unit_id, way)]
    page = page_of(tx, sa.select(*units.c), request, keys)
    return page.reply([dict(row._mapping) for row in page.rows])
