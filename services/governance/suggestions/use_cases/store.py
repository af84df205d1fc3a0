"""Loading suggestions for a change, who may do what with them, and keeping each step with its event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal
from services.contracts.governance.suggestions.events import SuggestionMoved
from services.contracts.governance.suggestions.vocabulary import ENDED
from services.governance.suggestions.tables import Suggestion, SuggestionEntry
from services.governance.suggestions.workflow import AUTHOR, HANDLER, SUGGESTION


def suggestion_of(tx: Transaction, suggestion_id: UUID, *, lock: bool = False) -> tuple[Suggestion, frozenset[str]]:
    """Return a suggestion with the caller's roles in it.

    Raises:
        NotFound: there is none.
        NotAllowed: the caller has no part in it.
    """
    one = tx.get(Suggestion, suggestion_id, "There is no such suggestion.", field="suggestion_id", lock=lock)
    held = roles_in(tx.principal, one)
    if not held:
        raise NotAllowed("Only the author and those who answer see a suggestion.", rule="suggestions.are_for_few")
    return one, held


def roles_in(principal: Principal, one: Suggestion) -> frozenset[str]:
    """Return in which roles the caller stands to a suggestion: its author, or one of those who answer."""
    if one.member_id is not None and principal.member_id == one.member_id:
        return frozenset({AUTHOR})  # nobody answers the own suggestion
    if principal.has("officer") or one.unit_id in principal.units("chair"):
        return frozenset({HANDLER})
    return frozenset()


def in_sight(principal: Principal) -> sa.ColumnElement[bool]:
    """Return the condition of the suggestions that the caller answers, or sees as an officer."""
    if principal.has("officer"):
        return sa.true()
    return Suggestion.unit_id.in_(principal.units("chair"))


def move(tx: Transaction, one: Suggestion, action: str, held: frozenset[str], note: str | None = None) -> None:
    """Take a suggestion on by an action, and keep it with what was said.

    Raises:
        NotAllowed: the action is for others.
        Refused: the state does not allow it.
    """
    was = one.state
    one.state = SUGGESTION.apply(was, action, roles=held)
    note_change(tx, subject_of(one), {"state": (was, one.state)})
    note_entry(tx, one, action, note)
    if one.state in ENDED and was not in ENDED:
        one.ended_on, one.due_on = tx.today, None


def note_entry(tx: Transaction, one: Suggestion, step: str, note: str | None = None) -> None:
    """Keep what was done on which day."""
    tx.session.add(SuggestionEntry(suggestion_id=one.id, step=step, note=note, day=tx.today))


def announce_moved(tx: Transaction, one: Suggestion) -> None:
    """Record that a suggestion moved."""
    tx.record(SuggestionMoved(**announced(one)))


def announced(one: Suggestion) -> dict[str, Any]:
    """Return what events tell of a suggestion."""
    names = ("state", "unit_id", "member_id", "due_on")
    return {"suggestion_id": one.id, **{name: getattr(one, name) for name in names}}


def subject_of(one: Suggestion) -> str:
    """Return the name under which a suggestion's changes are kept."""
    return f"suggestion/{one.id}"
