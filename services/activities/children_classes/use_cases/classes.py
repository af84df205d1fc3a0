"""Terms and classes in the hands of officers, and for members to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.children_classes import rules
from services.activities.children_classes.tables import ChildrenClass, ChildrenTerm
from services.activities.children_classes.use_cases import places
from services.chassis.database.history import note_change
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first

Request = Mapping[str, Any]
_TERM = ("name", "starts_on", "ends_on", "opens_at", "closes_at")
_CLASS = ("name", "about", "place", "times", "age_from", "age_to", "places", "fee")
_OF_TERM = ("starts_on", "ends_on", "opens_at", "closes_at")
_SORTS: dict[str, list[Key]] = {
    "-starts_on": [(ChildrenTerm.starts_on, "desc"), (ChildrenClass.name, "asc"), (ChildrenClass.id, "asc")],
    "name": [(ChildrenClass.name, "asc"), (ChildrenClass.id, "asc")],
}
NO_CLASS, NO_TERM = "There is no such class.", "There is no such term."


def list_children_terms(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of terms, the latest first."""
    keys: list[Key] = [(ChildrenTerm.starts_on, "desc"), (ChildrenTerm.id, "desc")]
    page = page_of(tx, sa.select(ChildrenTerm), request, keys)
    return page.reply([_term_reply(one) for one in page.rows])


def add_children_term(tx: Transaction, request: Request) -> dict[str, Any]:
    """Add a term. Raises `Refused` where its times are not sound."""
    refuse_first(rules.term_is_sound(*(request[name] for name in _OF_TERM)))
    term = ChildrenTerm(**{name: request[name] for name in _TERM}, version=1)
    tx.session.add(term)
    tx.session.flush()
    note_change(tx, f"children_term/{term.id}", {name: (None, request[name]) for name in _TERM})
    return _term_reply(term)


def change_children_term(tx: Transaction, request: Request) -> dict[str, Any]:
    """Change a term. Raises `PreconditionFailed` after somebody else's change, `Refused` where it is not sound."""
    term = term_of(tx, request["term_id"], lock=True)
    _require_version(term.version, request["version"])
    refuse_first(rules.term_is_sound(*(request[name] for name in _OF_TERM)))
    note_change(tx, f"children_term/{term.id}", {name: (getattr(term, name), request[name]) for name in _TERM})
    for name in _TERM:
        setattr(term, name, request[name])
    term.version += 1
    return _term_reply(term)


def list_children_classes(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of classes with their terms; those of terms that are over only where they are asked for."""
    statement = sa.select(ChildrenClass, ChildrenTerm).join(ChildrenTerm, ChildrenTerm.id == ChildrenClass.term_id)
    if request["term_id"] is not None:
        statement = statement.where(ChildrenClass.term_id == request["term_id"])
    going = ChildrenTerm.ends_on >= tx.today
    asked = {
        "over": ChildrenTerm.ends_on < tx.today,
        "coming": going & (ChildrenTerm.opens_at > tx.now),
        "open": going & (ChildrenTerm.opens_at <= tx.now) & (ChildrenTerm.closes_at > tx.now),
        "closed": going & (ChildrenTerm.opens_at <= tx.now) & (ChildrenTerm.closes_at <= tx.now),
    }
    if request["phase"] is not None:
        statement = statement.where(asked[request["phase"]])
    elif request["term_id"] is None:
        statement = statement.where(going)
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    return page.reply([reply(tx, one, term) for one, term in page.rows])


def get_children_class(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return one class. Raises `NotFound`."""
    found = class_of(tx, request["class_id"])
    return reply(tx, found, term_of(tx, found.term_id))


def add_children_class(tx: Transaction, request: Request) -> dict[str, Any]:
    """Add a class to a term. Raises `Refused` where its ages are not in order, or the term is over."""
    term = term_of(tx, request["term_id"])
    refuse_first(
        rules.ages_are_in_order(request["age_from"], request["age_to"]), rules.term_is_not_over(term.ends_on, tx.today)
    )
    made = ChildrenClass(
        term_id=term.id, **{name: request[name] for name in _CLASS}, confirmed=0, waiting=0, last_ticket=0, version=1
    )
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, f"children_class/{made.id}", {name: (None, request[name]) for name in _CLASS})
    return reply(tx, made, term)


def change_children_class(tx: Transaction, request: Request) -> dict[str, Any]:
    """Change a class; more places go to those who wait.

    Raises:
        PreconditionFailed: somebody else changed it.
        Refused: its ages are not in order, or fewer places than children are in it.
    """
    found = class_of(tx, request["class_id"], lock=True)
    _require_version(found.version, request["version"])
    refuse_first(
        rules.ages_are_in_order(request["age_from"], request["age_to"]),
        rules.places_hold_who_is_in(found.confirmed, request["places"]),
    )
    note_change(tx, f"children_class/{found.id}", {name: (getattr(found, name), request[name]) for name in _CLASS})
    for name in _CLASS:
        setattr(found, name, request[name])
    found.version += 1
    term = term_of(tx, found.term_id)
    places.fill(tx, found, term)
    return reply(tx, found, term)


def class_of(tx: Transaction, class_id: UUID, *, lock: bool = False) -> ChildrenClass:
    """Return a class. Raises `NotFound`."""
    return tx.get(ChildrenClass, class_id, NO_CLASS, field="class_id", lock=lock)


def term_of(tx: Transaction, term_id: UUID, *, lock: bool = False) -> ChildrenTerm:
    """Return a term. Raises `NotFound`."""
    return tx.get(ChildrenTerm, term_id, NO_TERM, field="term_id", lock=lock)


def reply(tx: Transaction, one: ChildrenClass, term: ChildrenTerm) -> dict[str, Any]:
    """Return a class as the contract has it."""
    names = ("id", "term_id", "confirmed", "waiting", "version", *_CLASS)
    return {
        **{name: getattr(one, name) for name in names}, **{name: getattr(term, name) for name in _OF_TERM},
        "term_name": term.name,
        "phase": rules.phase_of(term.opens_at, term.closes_at, term.ends_on, tx.now, tx.today),
    }  # fmt: skip


def _term_reply(term: ChildrenTerm) -> dict[str, Any]:
    return {name: getattr(term, name) for name in ("id", "version", *_TERM)}


def _require_version(stands: int, read: int) -> None:
    if stands != read:
        raise PreconditionFailed("Somebody else changed it.", rule="children.version_is_the_one_that_stands")
