"""Seats of units: dividing a body's seats among them, changing one unit's, listing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.congress import seat_rules
from services.governance.congress.tables import Delegate, UnitSeats
from services.governance.congress.use_cases.store import (
    SERVING,
    announce_seats,
    body_of,
    congress_of,
    filled_by_unit,
    open_congress_of,
    seats_reply,
)
from services.governance.congress.use_cases.terms import detail
from services.governance.members.use_cases.copies import headcounts


def allot_seats(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Divide the seats of a body among units by their voting members; an earlier division is replaced.

    Raises:
        Refused: no unit has voting members, the seats do not suffice, or delegates serve beyond a unit's new seats.
    """
    found = open_congress_of(tx, request["congress_id"], alone=True)
    body = body_of(tx, found.id, request["body"])
    counts = headcounts(tx, request["unit_ids"])
    refuse_first(
        seat_rules.somebody_elects(len(counts)), seat_rules.seats_suffice(body.seats, len(counts), request["least"])
    )
    wanted = seat_rules.divided(body.seats, counts, request["least"])
    filled = filled_by_unit(tx, found.id, body.body)
    refuse_first(
        *(
            seat_rules.seats_cover_delegates(wanted.get(unit_id, 0), count, str(unit_id))
            for unit_id, count in sorted(filled.items())
        )
    )
    known = _seats_of(tx, found.id, body.body)
    for unit_id, seats in wanted.items():
        one = known.get(unit_id)
        if one is None:
            one = UnitSeats(congress_id=found.id, body=body.body, unit_id=unit_id)
            known[unit_id] = one
            tx.session.add(one)
        one.seats, one.headcount = seats, counts[unit_id]
    for unit_id in known.keys() - wanted.keys():
        known[unit_id].seats = 0
    body.least = request["least"]
    tx.session.flush()
    note_change(tx, f"congress/{found.id}", {f"allotted.{body.body}": (None, body.seats)})
    announce_seats(tx, [known[unit_id] for unit_id in sorted(known)], filled)
    return detail(tx, found)


def set_unit_seats(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change the seats of one unit.

    Raises:
        Refused: more delegates serve for it, or the units would have more seats than the body.
    """
    found = open_congress_of(tx, request["congress_id"], alone=True)
    body = body_of(tx, found.id, request["body"])
    known = _seats_of(tx, found.id, body.body)
    one = known.get(request["unit_id"])
    others = sum(seats.seats for unit_id, seats in known.items() if unit_id != request["unit_id"])
    filled = filled_by_unit(tx, found.id, body.body)
    serving = filled.get(request["unit_id"], 0)
    refuse_first(
        seat_rules.seats_cover_delegates(request["seats"], serving),
        seat_rules.seats_are_all_allotted(others + request["seats"], body.seats),
    )
    if one is None:
        count = headcounts(tx, [request["unit_id"]]).get(request["unit_id"], 0)
        refuse_first(seat_rules.somebody_elects(count))
        one = UnitSeats(congress_id=found.id, body=body.body, unit_id=request["unit_id"], headcount=count, seats=0)
        tx.session.add(one)
    before, one.seats = one.seats, request["seats"]
    tx.session.flush()
    note_change(tx, f"congress_seats/{one.id}", {"seats": (before, one.seats)}, request["reason"])
    announce_seats(tx, [one], filled)
    return seats_reply(one, serving)


def list_seats(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of units that elect, those with most seats first."""
    found = congress_of(tx, request["congress_id"])
    statement = sa.select(UnitSeats).where(UnitSeats.congress_id == found.id, UnitSeats.seats > 0)
    for name in ("body", "unit_id"):
        if request[name] is not None:
            statement = statement.where(getattr(UnitSeats, name) == request[name])
    page = page_of(tx, statement, request, [(UnitSeats.body, "asc"), (UnitSeats.seats, "desc"), (UnitSeats.id, "asc")])
    units = {one.unit_id for one in page.rows}
    counts = sa.select(Delegate.unit_id, Delegate.body, sa.func.count()).where(
        Delegate.congress_id == found.id, SERVING, Delegate.unit_id.in_(units)
    )
    rows = tx.session.execute(counts.group_by(Delegate.unit_id, Delegate.body))
    filled = {(unit_id, body): count for unit_id, body, count in rows}
    return page.reply([seats_reply(one, filled.get((one.unit_id, one.body), 0)) for one in page.rows])


def _seats_of(tx: Transaction, congress_id: Any, body: str) -> dict[Any, UnitSeats]:
    rows = sa.select(UnitSeats).where(UnitSeats.congress_id == congress_id, UnitSeats.body == body)
    return {one.unit_id: one for one in tx.session.scalars(rows.with_for_update())}
