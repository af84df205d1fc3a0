"""Looking at imports: the list, one import, what is wrong with which row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.membership.imports.tables import RosterImport, RosterProblem
from services.membership.imports.use_cases import imports, parts

_COLUMNS = ("id", "row", "kind", "field", "value", "rule", "detail", "params")


def list_imports(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of imports, latest first."""
    page = page_of(tx, sa.select(RosterImport), request, [(RosterImport.id, "desc")])
    return page.reply(_with_work(tx, page.rows))


def get_import(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One import with the work under way or last."""
    return _with_work(tx, [imports.found(tx, request["import_id"])])[0]


def _with_work(tx: Transaction, batches: list[RosterImport]) -> list[dict[str, Any]]:
    # Held here, so that each import finds its work in the session instead of asking for it.
    work = imports.work_of(tx, batches)
    items = [imports.to_reply(tx, batch) for batch in batches]
    del work
    return items


def list_import_problems(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of what is wrong, in the order of the file."""
    batch = imports.found(tx, request["import_id"])
    statement = sa.select(RosterProblem).where(RosterProblem.import_id == batch.id)
    for name in ("kind", "field"):
        if request[name] is not None:
            statement = statement.where(getattr(RosterProblem, name) == request[name])
    page = page_of(tx, statement, request, [(RosterProblem.row, "asc"), (RosterProblem.id, "asc")])
    return page.reply([_to_reply(batch, problem) for problem in page.rows])


def read_problem_rows(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Rows with problems of the next part that has any, as they stand in the file; the look is logged."""
    batch = imports.found(tx, request["import_id"])
    of_import = RosterProblem.import_id == batch.id
    following = sa.select(sa.func.min(RosterProblem.part)).where(of_import)
    part = tx.session.scalar(following.where(RosterProblem.part >= request["part"]))
    if part is None:
        return {"headings": batch.headings, "items": [], "next_part": None}
    statement = sa.select(RosterProblem).where(of_import, RosterProblem.part == part).order_by(RosterProblem.id)
    by_row: dict[int, list[dict[str, Any]]] = {}
    for problem in tx.session.scalars(statement):
        by_row.setdefault(problem.row, []).append(_to_reply(batch, problem))
    rows = [(row.number, row.cells) for row in parts.rows_of(tx, batch.id, part) if row.number in by_row]
    note_access(tx, f"import/{batch.id}", f"{len(rows)} rows", "file of problems")
    items = [{"row": row, "cells": cells, "problems": by_row[row]} for row, cells in rows]
    more = tx.session.scalar(following.where(RosterProblem.part > part))
    return {"headings": batch.headings, "items": items, "next_part": more}


def _to_reply(batch: RosterImport, problem: RosterProblem) -> dict[str, Any]:
    heading = next((heading for heading, name in batch.mapping.items() if name and name == problem.field), None)
    return {**{name: getattr(problem, name) for name in _COLUMNS}, "heading": heading}
