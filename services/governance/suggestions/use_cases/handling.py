"""Passing suggestions on, answering and publishing, closing, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.suggestions import rules
from services.governance.suggestions.tables import Suggestion
from services.governance.suggestions.use_cases.reading import detail, row
from services.governance.suggestions.use_cases.store import announce_moved, move, suggestion_of

Request = Mapping[str, Any]


def pass_suggestion_on(tx: Transaction, request: Request) -> dict[str, Any]:
    """Hand a suggestion to another unit, or back to the union; the unit does not see who made it.

    Raises:
        Refused: it is there already, or it was answered.
    """
    one, held = suggestion_of(tx, request["suggestion_id"], lock=True)
    move(tx, one, "pass_on", held, request["note"])
    refuse_first(rules.another_answers(one.unit_id, request["unit_id"]))
    one.unit_id, one.known_to_unit = request["unit_id"], False
    tx.session.flush()
    announce_moved(tx, one)
    return row(tx, one)


def answer_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Answer a suggestion, or replace the answer; what was published before shows the new one."""
    one, held = suggestion_of(tx, request["suggestion_id"], lock=True)
    first = one.state == "received"
    move(tx, one, "answer" if first else "revise", held)
    one.answer = request["answer"]
    if first:
        one.answered_on = tx.today
    return _moved(tx, one, held)


def publish_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Let all members read the question, as it is written for them, and the answer.

    Raises:
        Refused: there is no answer, or the author did not agree.
    """
    one, held = suggestion_of(tx, request["suggestion_id"], lock=True)
    move(tx, one, "publish", held)
    refuse_first(rules.author_agreed(one.may_publish))
    one.question, one.published = request["question"], True
    tx.session.flush()
    return detail(tx, one, held)


def unpublish_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Show question and answer to the author only."""
    one, held = suggestion_of(tx, request["suggestion_id"], lock=True)
    move(tx, one, "unpublish", held)
    refuse_first(rules.is_published(one.published))
    one.published = False
    tx.session.flush()
    return detail(tx, one, held)


def close_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """End a suggestion without an answer; its author sees why."""
    one, held = suggestion_of(tx, request["suggestion_id"], lock=True)
    move(tx, one, "close", held)
    one.reason = request["reason"]
    return _moved(tx, one, held)


def withdraw_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """End one's own suggestion, before it is answered."""
    one, held = suggestion_of(tx, request["suggestion_id"], lock=True)
    move(tx, one, "withdraw", held)
    return _moved(tx, one, held)


def _moved(tx: Transaction, one: Suggestion, held: frozenset[str]) -> dict[str, Any]:
    tx.session.flush()
    announce_moved(tx, one)
    return detail(tx, one, held)
