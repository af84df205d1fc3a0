"""The draw of a round: closing the entries, committing the secret, the public value of two people, the result."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.draw_file import published
from services.chassis.errors import Refused, refuse_first
from services.chassis.fair_draw import (
    NO_GROUP,
    Drawn,
    Entry,
    Offer,
    draw,
    entries_text,
    is_written_like,
    seed_of,
    sha256_of,
)
from services.contracts.welfare.recuperation.events import DrawCommitted, DrawDecided
from services.welfare.recuperation import draw_rules, rules
from services.welfare.recuperation.tables import RecuperationRound, Trip, TripApplication
from services.welfare.recuperation.use_cases import placing
from services.welfare.recuperation.use_cases.reading import (
    UNPUBLISHED,
    round_of,
    round_reply,
    trip_of,
    trips_of,
)
from services.welfare.recuperation.workflow import TRIP

_COLUMNS = (
    TripApplication.id, TripApplication.unit_id, TripApplication.lots, TripApplication.persons, TripApplication.choices,
)  # fmt: skip


def close_trip_entries(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close the entries; their list with its hash is public from now on. Trips that are not published are cancelled."""
    round_ = round_of(tx, request["round_id"], lock=True)
    refuse_first(rules.round_is_open(round_.state), draw_rules.last_day_has_come(round_.apply_until, tx.today))
    applied = TripApplication.round_id == round_.id, TripApplication.state == "applied"
    count = tx.session.scalar(sa.select(sa.func.count()).select_from(TripApplication).where(*applied)) or 0
    refuse_first(draw_rules.somebody_applied(count))
    tx.session.execute(sa.update(TripApplication).where(*applied).values(entered=True))
    for trip in trips_of(tx, round_.id):
        if trip.state == "draft":
            trip.state = TRIP.apply(trip.state, "cancel", roles=None)
    _step(tx, round_, "close_entries", "closed")
    round_.entries_sha256 = sha256_of(entries_text(*_list_of(tx, round_)))
    return round_reply(tx, round_)


def commit_draw(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Make the secret and publish its hash, with the name of a public value of a later day."""
    round_ = round_of(tx, request["round_id"], lock=True)
    _require_state(round_, "closed")
    _, entries = _unchanged_list(tx, round_)
    departures = [trip.starts_on for trip in _published(trips_of(tx, round_.id))]
    refuse_first(
        draw_rules.public_day_is_ahead(request["public_day"], tx.today),
        draw_rules.draw_is_before_departure(request["public_day"], departures),
    )
    secret = secrets.token_bytes(32)
    round_.secret, round_.seed_sha256, round_.committed_on = secret.hex(), sha256_of(secret), tx.today
    for name in ("public_source", "public_example", "public_day"):
        setattr(round_, name, request[name])
    _step(tx, round_, "commit", "committed")
    tx.record(
        DrawCommitted(
            round_id=round_.id,
            entries=len(entries),
            entries_sha256=round_.entries_sha256,
            seed_sha256=round_.seed_sha256,
            public_day=round_.public_day,
        )
    )
    return round_reply(tx, round_)


def enter_public_value(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep the public value; when a second person enters the same, draw. Who entered first can correct it alone.

    Somebody else replaces it with a reason, which is kept, and draws nothing by that: a second person must still agree.
    """
    round_ = round_of(tx, trip_of(tx, request["trip_id"]).round_id, lock=True)
    _require_state(round_, "committed")
    value, by, example = request["public_value"], tx.principal.account_id, round_.public_example or ""
    refuse_first(
        draw_rules.people_enter_the_value(tx.principal.kind),
        draw_rules.public_value_can_exist(round_.public_day or tx.today, tx.today),
        draw_rules.value_is_written_so(is_written_like(value, example), example or None),
    )
    reason = request["replace_reason"]
    is_replaced = reason is not None and round_.first_value != value
    if round_.first_value is None or round_.first_by == by or is_replaced:
        note_change(tx, f"recuperation_round/{round_.id}", {"first_value": (round_.first_value, value)}, reason)
        round_.first_value, round_.first_by = value, by
    elif round_.first_value != value:
        raise Refused("The other person entered another value.", rule="recuperation.values_agree", field="public_value")
    else:
        _draw(tx, round_, value)
    return round_reply(tx, round_)


def draw_file(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the published file of the round of a trip, as far as it goes."""
    round_ = round_of(tx, trip_of(tx, request["trip_id"]).round_id)
    if round_.state == "open":
        raise Refused("The entries are not closed yet.", rule="recuperation.entries_are_closed")
    offers, entries = _list_of(tx, round_)
    committed = drawn = None
    results: list[Drawn] = []
    if round_.committed_on is not None and round_.public_day is not None:
        committed = {
            "seed_sha256": round_.seed_sha256, "committed_on": round_.committed_on.isoformat(),
            "public_source": round_.public_source, "public_example": round_.public_example,
            "public_day": round_.public_day.isoformat(),
        }  # fmt: skip
    if round_.public_value is not None:
        drawn = {"secret": round_.secret, "public_value": round_.public_value}
        results = draw(offers, entries, _seed(round_, round_.public_value))
    content = published(str(round_.id), round_.title, offers, entries, committed, drawn, results, round_.entries_sha256)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return {"name": f"draw-{round_.id}.json", "media_type": "application/json", "content": text.encode()}


def _draw(tx: Transaction, round_: RecuperationRound, value: str) -> None:
    results = draw(*_unchanged_list(tx, round_), _seed(round_, value))
    round_.public_value, round_.drawn_at = value, tx.now
    _step(tx, round_, "draw", "drawn")
    placing.store_results(tx, round_, results)
    placing.place_waiting(tx, round_.id)
    tx.session.flush()
    told = round_reply(tx, round_)
    tx.record(
        DrawDecided(
            round_id=round_.id,
            entries=len(results),
            placed=told["placed"],
            waiting=told["waiting"],
            entries_sha256=round_.entries_sha256,
        )
    )


def _seed(round_: RecuperationRound, value: str) -> bytes:
    if round_.secret is None or round_.entries_sha256 is None:
        raise ValueError("the draw was not committed")
    return seed_of(bytes.fromhex(round_.secret), value, round_.entries_sha256)


def _list_of(tx: Transaction, round_: RecuperationRound) -> tuple[list[Offer], list[Entry]]:
    """Return what is drawn for and who takes part; both never change once the entries are closed."""
    trips = _published(trips_of(tx, round_.id))
    by_unit = any(trip.quotas for trip in trips)
    entered = TripApplication.round_id == round_.id, TripApplication.entered.is_(True)
    rows = tx.session.execute(sa.select(*_COLUMNS).where(*entered))
    return [_offer(trip) for trip in trips], [
        Entry(str(row.id), row.lots, row.persons, tuple(row.choices), str(row.unit_id) if by_unit else NO_GROUP)
        for row in rows
    ]


def _unchanged_list(tx: Transaction, round_: RecuperationRound) -> tuple[list[Offer], list[Entry]]:
    """Return the list. Raises `Refused` when it is not the one whose hash was published."""
    offers, entries = _list_of(tx, round_)
    refuse_first(draw_rules.list_is_unchanged(round_.entries_sha256, sha256_of(entries_text(offers, entries))))
    return offers, entries


def _offer(trip: Trip) -> Offer:
    return Offer(str(trip.id), trip.places, trip.quotas)


def _step(tx: Transaction, round_: RecuperationRound, action: str, state: str) -> None:
    """Move a round and its published trips."""
    for trip in _published(trips_of(tx, round_.id)):
        trip.state = TRIP.apply(trip.state, action, roles=tx.principal.roles)
    note_change(tx, f"recuperation_round/{round_.id}", {"state": (round_.state, state)})
    round_.state = state
    tx.session.flush()


def _published(trips: Iterable[Trip]) -> list[Trip]:
    return [trip for trip in trips if trip.state not in UNPUBLISHED]


def _require_state(round_: RecuperationRound, state: str) -> None:
    if round_.state != state:
        raise Refused(
            f"The round is {round_.state}, not {state}.",
            rule="recuperation.draw_goes_step_by_step",
            params={"state": round_.state},
        )
