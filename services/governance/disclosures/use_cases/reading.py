"""Lists of disclosures, one whole, its lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.governance.disclosures.tables import Disclosure, DisclosureEntry
from services.governance.disclosures.use_cases.store import OFFICES, disclosure_of, months_to_close
from services.governance.disclosures.workflow import DISCLOSURE

Request = Mapping[str, Any]
_ROW = ("id", "year", "part", "state", "income", "expense", "entries", "prepared_on", "approved_on", "published_on")
_WHOLE = ("note", "computed_at", "last_sequence", "last_hash", "version")
_ORDERS: dict[str, tuple[Any, str]] = {"-period": (Disclosure.period, "desc"), "period": (Disclosure.period, "asc")}


def list_disclosures(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of disclosures in every state."""
    statement = sa.select(Disclosure)
    if request["state"] is not None:
        statement = statement.where(Disclosure.state == request["state"])
    return _page(tx, statement, request)


def list_published_disclosures(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of published disclosures."""
    return _page(tx, sa.select(Disclosure).where(Disclosure.state == "published"), request)


def get_disclosure(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return one disclosure whole."""
    return detail(tx, disclosure_of(tx, request["disclosure_id"]))


def list_disclosure_lines(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return the budget lines of a disclosure; a budget has few, so that they are one page."""
    one = disclosure_of(tx, request["disclosure_id"])
    return {"items": one.figures["by_line"], "next_cursor": None}


def detail(tx: Transaction, one: Disclosure) -> dict[str, Any]:
    """Return a disclosure whole; its history to who writes or audits."""
    works = tx.principal.has(*OFFICES)
    return {
        **_row(one),
        **{name: getattr(one, name) for name in _WHOLE},
        **one.figures,
        "open_months": months_to_close(tx, one) if one.state == "draft" else [],
        "history": _history(tx, one) if works else [],
        "actions": [str(action) for action in DISCLOSURE.legal(one.state, tx.principal.roles)],
    }


def _row(one: Disclosure) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _ROW}


def _page(tx: Transaction, statement: sa.Select[Any], request: Request) -> dict[str, Any]:
    if request["year"] is not None:
        statement = statement.where(Disclosure.year == request["year"])
    order, direction = _ORDERS[request["sort"]]
    page = page_of(tx, statement, request, [(order, direction), (Disclosure.id, "desc")])
    return page.reply([_row(one) for one in page.rows])


def _history(tx: Transaction, one: Disclosure) -> list[dict[str, Any]]:
    of_one = sa.select(DisclosureEntry).where(DisclosureEntry.disclosure_id == one.id).order_by(DisclosureEntry.id)
    return [{"step": each.step, "note": each.note, "at": each.at} for each in tx.session.scalars(of_one)]
