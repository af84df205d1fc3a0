"""Lists of suggestions, one whole, published answers, and counts of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import require_member
from services.contracts.governance.suggestions.vocabulary import SUGGESTION_TOPICS
from services.governance.suggestions.tables import Suggestion, SuggestionEntry
from services.governance.suggestions.use_cases.store import in_sight, suggestion_of
from services.governance.suggestions.workflow import AUTHOR, HANDLER, SUGGESTION

Request = Mapping[str, Any]
_NEVER = date(9999, 12, 31)
_ROW = (
    "id", "number", "topic", "title", "state", "anonymous", "unit_id", "received_on", "due_on", "answered_on",
    "published",
)  # fmt: skip
_FOLLOWED = ("number", "topic", "title", "state", "received_on", "due_on", "answer", "answered_on", "reason")
_ANSWER = ("id", "number", "topic", "title", "question", "answer", "unit_id", "answered_on")
_WHOLE = ("text", "may_publish", "answer", "question", "reason")
_ORDERS: dict[str, tuple[Any, str]] = {
    "due_on": (sa.func.coalesce(Suggestion.due_on, _NEVER), "asc"),
    "received_on": (Suggestion.received_on, "asc"),
    "-received_on": (Suggestion.received_on, "desc"),
}
_ANSWER_ORDERS: dict[str, tuple[Any, str]] = {
    "answered_on": (Suggestion.answered_on, "asc"), "-answered_on": (Suggestion.answered_on, "desc"),
}  # fmt: skip


def row(tx: Transaction, one: Suggestion) -> dict[str, Any]:
    """Return a suggestion as it stands in a list; who made it where the caller may know."""
    principal = tx.principal
    knows = one.known_to_unit or principal.has("officer") or principal.member_id == one.member_id
    return {
        **{name: getattr(one, name) for name in _ROW},
        "member_id": one.member_id if knows else None,
        "overdue": _overdue(one, tx.today),
    }


def detail(tx: Transaction, one: Suggestion, held: frozenset[str]) -> dict[str, Any]:
    """Return a suggestion whole.

    Args:
        tx: the transaction.
        one: the suggestion.
        held: the caller's roles in it.
    """
    of_one = sa.select(SuggestionEntry).where(SuggestionEntry.suggestion_id == one.id).order_by(SuggestionEntry.id)
    return {
        **row(tx, one),
        **{name: getattr(one, name) for name in _WHOLE},
        "own": AUTHOR in held,
        "history": [{"step": each.step, "note": each.note, "day": each.day} for each in tx.session.scalars(of_one)],
        "actions": _actions(one, held),
    }


def followed(one: Suggestion) -> dict[str, Any]:
    """Return what who holds the code of an anonymous suggestion sees of it."""
    return {name: getattr(one, name) for name in _FOLLOWED}


def my_suggestions(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of the caller's own suggestions, newest first."""
    member_id = require_member(tx.principal, "Only a member suggests by name.", rule="suggestions.caller_is_a_member")
    own = sa.select(Suggestion).where(Suggestion.member_id == member_id)
    page = page_of(tx, own, request, [(Suggestion.received_on, "desc"), (Suggestion.id, "desc")])
    return page.reply([row(tx, one) for one in page.rows])


def list_suggestions(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of suggestions that the caller answers; an officer sees all."""
    statement = _narrowed(sa.select(Suggestion).where(in_sight(tx.principal)), request, tx.today)
    page = page_of(tx, statement, request, [_ORDERS[request["sort"]], (Suggestion.id, "asc")])
    return page.reply([row(tx, one) for one in page.rows])


def get_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return one suggestion whole, to its author and to those who answer it."""
    return detail(tx, *suggestion_of(tx, request["suggestion_id"]))


def list_suggestion_answers(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of the published questions and answers."""
    statement = sa.select(Suggestion).where(Suggestion.published)
    if request["topic"] is not None:
        statement = statement.where(Suggestion.topic == request["topic"])
    if request["q"]:
        texts = (Suggestion.title, Suggestion.question, Suggestion.answer)
        statement = statement.where(sa.or_(*(text.icontains(request["q"], autoescape=True) for text in texts)))
    page = page_of(tx, statement, request, [_ANSWER_ORDERS[request["sort"]], (Suggestion.id, "desc")])
    return page.reply([{name: getattr(one, name) for name in _ANSWER} for one in page.rows])


def suggestion_figures(tx: Transaction, request: Request) -> dict[str, Any]:
    """Count the suggestions that came in a year, by topic; days are those to the first answer."""
    year = request["year"] or tx.today.year
    of_year = Suggestion.received_on.between(date(year, 1, 1), date(year, 12, 31))
    columns = (Suggestion.topic, Suggestion.state, Suggestion.received_on, Suggestion.answered_on,
               Suggestion.published, Suggestion.due_on)  # fmt: skip
    counted: dict[str, dict[str, int]] = {topic: dict.fromkeys(_COUNTS, 0) for topic in SUGGESTION_TOPICS}
    overdue = 0
    for one in tx.session.execute(sa.select(*columns).where(of_year)).yield_per(1000):
        counts = counted[one.topic]
        counts["received"] += 1
        counts["waiting"] += one.state == "received"
        counts["published"] += one.published
        overdue += _overdue(one, tx.today)
        if one.answered_on is not None:
            counts["answered"] += 1
            counts["days"] += (one.answered_on - one.received_on).days
    return {
        "year": year,
        "received": sum(one["received"] for one in counted.values()),
        "answered": sum(one["answered"] for one in counted.values()),
        "overdue": overdue,
        "topics": [{"topic": topic, **_averaged(counts)} for topic, counts in counted.items() if counts["received"]],
    }


_COUNTS = ("received", "answered", "waiting", "published", "days")


def _averaged(counts: dict[str, int]) -> dict[str, Any]:
    days = round(counts["days"] / counts["answered"]) if counts["answered"] else None
    return {**counts, "days": days}


def _overdue(one: Any, today: date) -> bool:
    return one.state == "received" and one.due_on is not None and one.due_on < today


def _actions(one: Suggestion, held: frozenset[str]) -> list[str]:
    legal = [str(action) for action in SUGGESTION.legal(one.state, held)]
    unfit = {"publish"} if not one.may_publish else set()
    unfit |= set() if one.published else {"unpublish"}
    return [action for action in legal if action not in unfit] if HANDLER in held else legal


def _narrowed(statement: sa.Select[Any], request: Request, today: date) -> sa.Select[Any]:
    if request["ids"] is not None:
        return statement.where(Suggestion.id.in_(request["ids"]))
    for name in ("topic", "unit_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(Suggestion, name) == request[name])
    if request["state"] is None and request["show"] != "all":
        statement = statement.where(Suggestion.state == "received")
        if request["show"] == "overdue":
            statement = statement.where(Suggestion.due_on < today)
    if request["q"]:
        titled = Suggestion.title.icontains(request["q"], autoescape=True)
        numbered = Suggestion.number.contains(request["q"], autoescape=True)
        statement = statement.where(sa.or_(titled, numbered))
    return statement
