"""Terms: preparing, changing, beginning and ending them; reading."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.contracts.governance.congress.events import DelegateTermChanged
from services.governance.congress import rules, seat_rules
from services.governance.congress.tables import Congress, CongressBody, Delegate, UnitSeats
from services.governance.congress.use_cases.renewal_work import follow_end, open_renewal
from services.governance.congress.use_cases.store import SERVING, bodies_of, congress_of, seat_facts
from services.governance.congress.workflow import CONGRESS

_ROW = ("id", "number", "starts_on", "ends_on", "state", "version")


def list_congresses(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of terms, newest first."""
    statement = sa.select(Congress)
    if request["state"] is not None:
        statement = statement.where(Congress.state == request["state"])
    return page_of(tx, statement, request, [(Congress.number, "desc")]).reply()


def get_congress(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one term with its bodies."""
    return detail(tx, congress_of(tx, request["congress_id"]))


def add_congress(tx: Transaction, request: dict[str, Any]) -> Congress:
    """Prepare a term. Raises `Refused` where its number is taken or it overlaps with another."""
    tx.lock("congresses")
    others = tx.session.execute(sa.select(Congress.number, Congress.ends_on)).all()
    refuse_first(
        rules.number_is_free(request["number"] in {one.number for one in others}),
        rules.term_follows(request["starts_on"], [one.ends_on for one in others]),
    )
    made = Congress(
        number=request["number"], starts_on=request["starts_on"], state=CONGRESS.initial, version=1,
        ends_on=rules.end_of_term(request["starts_on"], request["years"]),
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    for one in request["bodies"]:
        tx.session.add(
            CongressBody(congress_id=made.id, body=one["body"], seats=one["seats"], shares=[], shares_missing_rules=[])
        )
    note_change(tx, f"congress/{made.id}", {"state": (None, made.state), "ends_on": (None, made.ends_on)})
    return made


def change_congress(tx: Transaction, request: dict[str, Any]) -> Congress:
    """Change the last day of a term and the seats of its bodies; seats that serve go on until the new last day.

    Raises:
        PreconditionFailed: somebody changed it meanwhile.
        Refused: the bodies differ, the day is outside of the term, or units have more seats already.
    """
    tx.lock("congresses")
    tx.lock(f"congress-{request['congress_id']}")
    found = congress_of(tx, request["congress_id"], lock=True)
    if found.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    bodies = {one.body: one for one in bodies_of(tx, found.id)}
    wanted = {one["body"]: one["seats"] for one in request["bodies"]}
    allotted = _allotted(tx, found.id)
    refuse_first(
        rules.congress_is_open(found.state),
        rules.bodies_stay(bodies, wanted),
        rules.term_has_its_length(found.starts_on, request["ends_on"], tx.today),
        *(seat_rules.seats_are_all_allotted(allotted.get(name, 0), seats) for name, seats in wanted.items()),
    )
    changes: dict[str, tuple[Any, Any]] = {"ends_on": (found.ends_on, request["ends_on"])}
    for name, seats in wanted.items():
        changes[f"seats.{name}"] = (bodies[name].seats, seats)
        bodies[name].seats = seats
    note_change(tx, f"congress/{found.id}", changes, request["reason"])
    if found.ends_on != request["ends_on"]:
        _let_serve_until(tx, found, request["ends_on"])
        follow_end(tx, found)
    found.version += 1
    return found


def begin_congress(tx: Transaction, request: dict[str, Any]) -> Congress:
    """Begin a term. Raises `Refused` where a body has no delegates or another term has not been ended."""
    tx.lock("congresses")
    found = congress_of(tx, request["congress_id"], lock=True)
    state = CONGRESS.apply(found.state, "begin", roles=tx.principal.roles)
    counts = _counts(tx, found.id)
    others = sa.select(sa.func.count()).where(Congress.state == "in_term")
    refuse_first(
        rules.congress_has_delegates([one.body for one in bodies_of(tx, found.id) if not counts.get(one.body)]),
        rules.one_term_at_a_time(tx.session.scalar(others) or 0),
    )
    _moved(tx, found, state)
    open_renewal(tx, found)
    return found


def end_congress(tx: Transaction, request: dict[str, Any]) -> Congress:
    """End a term; seats that serve end today, where their last day is later."""
    tx.lock("congresses")
    tx.lock(f"congress-{request['congress_id']}")
    found = congress_of(tx, request["congress_id"], lock=True)
    state = CONGRESS.apply(found.state, "end", roles=tx.principal.roles)
    if found.ends_on > tx.today:
        _let_serve_until(tx, found, tx.today)
    _moved(tx, found, state)
    follow_end(tx, found)
    return found


def is_in_term(tx: Transaction, body: str) -> bool:
    """Whether a term goes on in which a body meets."""
    of_term = sa.select(CongressBody.body).join(Congress, Congress.id == CongressBody.congress_id)
    return tx.session.scalar(of_term.where(CongressBody.body == body, Congress.state == "in_term").limit(1)) is not None


def detail(tx: Transaction, found: Congress) -> dict[str, Any]:
    """Return a term with its bodies and what the caller may do."""
    allotted, counts, moved = _allotted(tx, found.id), _counts(tx, found.id), _counts(tx, found.id, moved=True)
    told = ("body", "seats", "least", "shares", "shares_checked_at", "shares_missing_rules")
    bodies = [
        {
            **{name: getattr(one, name) for name in told}, "allotted": allotted.get(one.body, 0),
            "filled": counts.get(one.body, 0), "moved": moved.get(one.body, 0),
        }
        for one in bodies_of(tx, found.id)
    ]  # fmt: skip
    officer = tx.principal.has("officer")
    keeps = ["change", "allot", "check"] if officer and found.state != "ended" else []
    actions = [*CONGRESS.legal(found.state, tx.principal.roles), *keeps]
    return {**{name: getattr(found, name) for name in _ROW}, "bodies": bodies, "actions": actions}


def _moved(tx: Transaction, found: Congress, state: str) -> Congress:
    note_change(tx, f"congress/{found.id}", {"state": (found.state, state)})
    found.state = state
    found.version += 1
    return found


def _let_serve_until(tx: Transaction, found: Congress, last_day: Any) -> None:
    """Give all seats that serve another last day, and announce each: they are some hundreds."""
    found.ends_on = last_day
    serving = sa.select(Delegate).where(Delegate.congress_id == found.id, SERVING).order_by(Delegate.id)
    for one in tx.session.scalars(serving.with_for_update()):
        one.last_day = max(last_day, one.starts_on)
        tx.record(DelegateTermChanged(**seat_facts(one)))


def _allotted(tx: Transaction, congress_id: UUID) -> dict[str, int]:
    sums = sa.select(UnitSeats.body, sa.func.sum(UnitSeats.seats)).where(UnitSeats.congress_id == congress_id)
    return {body: int(seats) for body, seats in tx.session.execute(sums.group_by(UnitSeats.body))}


def _counts(tx: Transaction, congress_id: UUID, *, moved: bool = False) -> dict[str, int]:
    counts = sa.select(Delegate.body, sa.func.count()).where(Delegate.congress_id == congress_id, SERVING)
    if moved:
        counts = counts.where(Delegate.moved_on.is_not(None))
    return {row[0]: row[1] for row in tx.session.execute(counts.group_by(Delegate.body))}
