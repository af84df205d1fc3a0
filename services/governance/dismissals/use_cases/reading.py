"""What people with a part in a notice see of it: their list, and one notice whole, whose every look is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import accesses_of, note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.rules.small_groups import hidden_groups
from services.contracts.governance.dismissals.vocabulary import (
    CLOCKED,
    DISMISSAL_GROUNDS,
    DISMISSAL_OPINIONS,
    ENDED,
)
from services.governance.dismissals.tables import DismissalEntry, DismissalNotice, DismissalPaper
from services.governance.dismissals.use_cases.store import actions_of, key_of, notice_of, roles_in, subject_of

Request = Mapping[str, Any]
LOOKS_TOLD = 50
SMALLEST = "dismissal.smallest_count"
_ROW = ("id", "number", "ground", "channel", "state", "received_on", "due_on")
_WHOLE = (
    "person_name", "clerk_id", "reason", "effective_on", "opinion", "opinion_text", "violated", "decided_by",
    "opinion_on", "answer", "answer_text", "answered_on",
)  # fmt: skip
_ORDERS: dict[str, tuple[Any, str]] = {
    "-received_on": (DismissalNotice.received_on, "desc"), "due_on": (DismissalNotice.due_on, "asc"),
}  # fmt: skip
_WAITS_ON = {"in_review": "clerk", "correction": "employer", "answered": "clerk", "agreed": "clerk"}


def row(tx: Transaction, notice: DismissalNotice) -> dict[str, Any]:
    """Return a notice as it stands in a list: no words, no names."""
    held = roles_in(tx, notice)
    return {
        **{name: getattr(notice, name) for name in _ROW},
        "overdue": notice.state in CLOCKED and notice.due_on < tx.today,
        "roles": sorted(held),
        "waits": _WAITS_ON.get(notice.state) in held,
    }


def list_dismissals(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of the notices in which the caller has a part."""
    principal = tx.principal
    mine: list[sa.ColumnElement[bool]] = [DismissalNotice.member_key == (key_of(principal.member_id) or "")]
    if principal.has("officer") and principal.member_id is not None:
        mine.append(DismissalNotice.clerk_id == principal.member_id)
    if principal.has("hr") and principal.account_id is not None:
        mine.append(sa.and_(DismissalNotice.filed_by == principal.account_id, DismissalNotice.channel == "online"))
    statement = sa.select(DismissalNotice).where(sa.or_(*mine))
    if request["state"] is not None:
        statement = statement.where(DismissalNotice.state == request["state"])
    elif request["show"] == "open":
        statement = statement.where(DismissalNotice.state.not_in(ENDED))
    if request["q"]:
        grounds = [word for word, text in DISMISSAL_GROUNDS.texts.items() if request["q"] in text]
        number = DismissalNotice.number.icontains(request["q"], autoescape=True)
        statement = statement.where(sa.or_(number, DismissalNotice.ground.in_(grounds)))
    order, direction = _ORDERS[request["sort"]]
    page = page_of(tx, statement, request, [(order, direction), (DismissalNotice.id, "desc")])
    return page.reply([row(tx, one) for one in page.rows])


def open_dismissal(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return one notice whole, and keep that the caller looked."""
    notice, held = notice_of(tx, request["dismissal_id"], lock=False)
    note_access(tx, subject_of(notice), "notice", min(held))
    tx.session.flush()
    return {
        **row(tx, notice),
        **{name: getattr(notice, name) for name in _WHOLE},
        "referred": notice.referred and "member" in held,
        "member_id": UUID(notice.member_id) if notice.member_id else None,
        "papers": _listed(tx, notice, DismissalPaper, ("id", "kind", "added_at")),
        "history": _listed(tx, notice, DismissalEntry, ("step", "role", "note", "at")),
        "looks": _looks(tx, notice),
        "actions": actions_of(notice, held),
    }


def dismissal_figures(tx: Transaction, request: Request) -> dict[str, Any]:
    """Count the notices of a year by ground and opinion. Raises `NoRuleInForce` without the smallest count."""
    year = request["year"] or tx.today.year
    smallest = rule_in_force(tx, SMALLEST, tx.today).count
    of_year = DismissalNotice.received_on.between(date(year, 1, 1), date(year, 12, 31))
    total = tx.session.scalar(sa.select(sa.func.count()).select_from(DismissalNotice).where(of_year)) or 0
    grounds = _counts(tx, DismissalNotice.ground, of_year, DISMISSAL_GROUNDS, smallest)
    opinions = _counts(tx, DismissalNotice.opinion, of_year, DISMISSAL_OPINIONS, smallest)
    return {
        "year": year,
        "smallest": smallest,
        "total": None if 0 < total < smallest else total,
        "grounds": [{"ground": word, "count": count} for word, count in grounds.items()],
        "opinions": [{"opinion": word, "count": count} for word, count in opinions.items()],
    }


def _counts(tx: Transaction, column: Any, when: Any, words: tuple[str, ...], smallest: int) -> dict[str, int | None]:
    rows = tx.session.execute(sa.select(column, sa.func.count()).where(when).group_by(column))
    found: dict[str, int] = {word: count for word, count in rows}  # noqa: C416  mypy reads no dict of rows
    hidden = hidden_groups({word: found[word] for word in words if word in found}, smallest, sum)
    return {word: None if word in hidden else found.get(word, 0) for word in words}


def _listed(tx: Transaction, notice: DismissalNotice, table: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    found = tx.session.scalars(sa.select(table).where(table.dismissal_id == notice.id).order_by(table.id))
    return [{name: getattr(one, name) for name in names} for one in found]


def _looks(tx: Transaction, notice: DismissalNotice) -> list[dict[str, Any]]:
    looks = accesses_of(tx, subject_of(notice), limit=LOOKS_TOLD).rows
    return [{"at": one.seen_at, "what": one.field, "role": one.purpose} for one in looks]
