"""Making suggestions: by name, and without one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.numbering import next_number_of_year
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.rules.optional import count_or_none
from services.chassis.security.principal import require_member
from services.chassis.working_days import working_day_after
from services.contracts.governance.suggestions.events import SuggestionReceived
from services.governance.members.use_cases.copies import units_of
from services.governance.suggestions import rules
from services.governance.suggestions.tables import Suggestion
from services.governance.suggestions.use_cases.reading import detail, followed
from services.governance.suggestions.use_cases.store import announced, note_entry

Request = Mapping[str, Any]
ANSWER_DAYS = "suggestions.answer_days"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without characters that look alike on paper."""
_LENGTH = 20
"""Of a code: 100 bits, which nobody finds by trying."""
_GROUP = 5


def make_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a member's suggestion; the unit sees the name where the author addressed the unit.

    Raises:
        NotFound: the member's unit is not known yet.
        Refused: too many of the member's suggestions wait for an answer.
    """
    member_id = require_member(tx.principal, "Only a member suggests by name.", rule="suggestions.caller_is_a_member")
    waiting = Suggestion.member_id == member_id, Suggestion.state == "received"
    refuse_first(rules.few_of_one_wait(_count(tx, *waiting)))
    unit_id = None
    if request["to_unit"]:
        unit_id = units_of(tx, [member_id]).get(member_id)
        if unit_id is None:
            raise NotFound("Your unit is not known yet; try again in a minute.", field="to_unit")
    one = _kept(tx, request, anonymous=False, member_id=member_id, unit_id=unit_id, announced=True)
    tx.record(SuggestionReceived(**announced(one)))
    return detail(tx, one, frozenset({"author"}))


def make_anonymous_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep a suggestion without a name. It is announced later, so that the time of the event tells nothing.

    Raises:
        Refused: too many anonymous suggestions wait for an answer.
    """
    refuse_first(rules.box_is_not_full(_count(tx, Suggestion.anonymous.is_(True), Suggestion.state == "received")))
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    one = _kept(tx, request, anonymous=True, code_hash=_hash(code), announced=False)
    groups = (code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
    return {"number": one.number, "code": "-".join(groups)}


def follow_suggestion(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return what became of the anonymous suggestion with this code.

    Raises:
        NotFound: there is none.
    """
    code = "".join(one for one in request["code"].upper() if one.isalnum())
    found = tx.session.scalar(sa.select(Suggestion).where(Suggestion.code_hash == _hash(code)))
    if found is None:
        raise NotFound("No suggestion has this code.", field="code", rule="suggestions.code_is_known")
    return followed(found)


def due_after(tx: Transaction) -> date | None:
    """Return the last day for an answer to what comes in today; None where the union sets no days."""
    days = count_or_none(tx, ANSWER_DAYS)
    return None if days is None else working_day_after(tx.today, days)


def _kept(tx: Transaction, request: Request, **parts: Any) -> Suggestion:
    told = {name: request[name] for name in ("topic", "title", "text", "may_publish")}
    one = Suggestion(
        number=next_number_of_year(tx, Suggestion.number, "suggestion-number", 6), **told, **parts,
        known_to_unit=parts.get("unit_id") is not None, state="received", received_on=tx.today, due_on=due_after(tx),
    )  # fmt: skip
    tx.session.add(one)
    tx.session.flush()
    note_entry(tx, one, "make")
    return one


def _count(tx: Transaction, *conditions: sa.ColumnElement[bool]) -> int:
    return tx.session.scalar(sa.select(sa.func.count()).select_from(Suggestion).where(*conditions)) or 0


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
