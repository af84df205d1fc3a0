"""Members' questions about disclosures, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import require_member
from services.contracts.governance.disclosures.events import DisclosureQuestionAnswered, DisclosureQuestionAsked
from services.governance.disclosures import rules
from services.governance.disclosures.tables import Disclosure, DisclosureQuestion
from services.governance.disclosures.use_cases.store import disclosure_of
from services.governance.disclosures.workflow import QUESTION

Request = Mapping[str, Any]
_ROW = ("id", "disclosure_id", "text", "state", "asked_on", "answer", "answered_on")


def ask_disclosure_question(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a member's question about a published disclosure.

    Raises:
        NotFound: there is no such disclosure, or it is not published.
        Refused: too many of the member's questions wait.
    """
    member_id = require_member(tx.principal, "Only a member asks.", rule="disclosures.caller_is_a_member")
    about = disclosure_of(tx, request["disclosure_id"])
    waiting = sa.select(sa.func.count()).where(
        DisclosureQuestion.member_id == member_id, DisclosureQuestion.state == "asked"
    )
    refuse_first(rules.questions_are_few(tx.session.scalar(waiting) or 0))
    one = DisclosureQuestion(
        disclosure_id=about.id, member_id=member_id, text=request["text"], state=QUESTION.initial, asked_on=tx.today
    )
    tx.session.add(one)
    tx.session.flush()
    tx.record(DisclosureQuestionAsked(**_announced(one)))
    return _row(tx, one, about)


def answer_disclosure_question(tx: Transaction, request: Request) -> dict[str, Any]:
    """Answer a question, or replace the answer; all members read both."""
    one = _moved(tx, request, "answer")
    one.answer, one.answered_on = request["answer"], tx.today
    return _told(tx, one)


def decline_disclosure_question(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a question from being shown; its author reads why."""
    one = _moved(tx, request, "decline")
    one.reason = request["reason"]
    return _told(tx, one)


def list_disclosure_questions(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of questions: all to the offices, else the answered ones and one's own."""
    statement = sa.select(DisclosureQuestion, Disclosure).join(Disclosure)
    principal = tx.principal
    if not principal.has("officer", "auditor"):
        seen = sa.and_(DisclosureQuestion.state == "answered", Disclosure.state == "published")
        own = DisclosureQuestion.member_id == principal.member_id
        statement = statement.where(sa.or_(seen, own) if principal.member_id is not None else seen)
    if request["ids"] is not None:
        statement = statement.where(DisclosureQuestion.id.in_(request["ids"]))
    if request["disclosure_id"] is not None:
        statement = statement.where(DisclosureQuestion.disclosure_id == request["disclosure_id"])
    if request["show"] == "open":
        statement = statement.where(DisclosureQuestion.state == "asked")
    if request["q"]:
        texts = (DisclosureQuestion.text, DisclosureQuestion.answer)
        statement = statement.where(sa.or_(*(text.icontains(request["q"], autoescape=True) for text in texts)))
    page = page_of(tx, statement, request, [(DisclosureQuestion.id, "desc")])
    return page.reply([_row(tx, *row) for row in page.rows])


def _moved(tx: Transaction, request: Request, action: str) -> DisclosureQuestion:
    one = tx.get(
        DisclosureQuestion, request["question_id"], "There is no such question.", field="question_id", lock=True
    )
    was = one.state
    one.state = QUESTION.apply(was, action, roles=tx.principal.roles)
    note_change(tx, f"disclosure_question/{one.id}", {"state": (was, one.state)})
    return one


def _told(tx: Transaction, one: DisclosureQuestion) -> dict[str, Any]:
    tx.session.flush()
    tx.record(DisclosureQuestionAnswered(**_announced(one)))
    return _row(tx, one, tx.get(Disclosure, one.disclosure_id, "There is no such disclosure."))


def _row(tx: Transaction, one: DisclosureQuestion, about: Disclosure) -> dict[str, Any]:
    own = one.member_id == tx.principal.member_id
    return {
        **{name: getattr(one, name) for name in _ROW},
        "year": about.year,
        "part": about.part,
        "reason": one.reason if own or tx.principal.has("officer", "auditor") else None,
        "own": own,
    }


def _announced(one: DisclosureQuestion) -> dict[str, Any]:
    names = ("disclosure_id", "member_id", "state")
    return {"question_id": one.id, **{name: getattr(one, name) for name in names}}
