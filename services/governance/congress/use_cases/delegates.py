"""Delegates: entering those who were elected, ending seats, reading; what other subjects ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.principal import require_member, require_unit
from services.contracts.governance.congress.events import DelegateElected, DelegateEnded
from services.governance.congress import rules
from services.governance.congress.tables import (
    Congress,
    CongressDelegation,
    CongressElection,
    Delegate,
    DelegationUnit,
    UnitElection,
    UnitSeats,
)
from services.governance.congress.use_cases.store import (
    SERVING,
    announce_seats_of,
    body_of,
    congress_of,
    filled_by_unit,
    open_congress_of,
    seat_facts,
)
from services.governance.congress.workflow import DELEGATE
from services.governance.members.use_cases.copies import voting_among

_ROW = (
    "id", "congress_id", "body", "member_id", "unit_id", "staff_kind", "starts_on", "last_day", "state", "moved_on",
    "end_reason",
)  # fmt: skip
_RECORD = ("entitled", "ballots_cast", "candidates", "document")
_ONE_DAY = timedelta(days=1)
_ORDERS: dict[str, tuple[Any, str]] = {
    "unit_id": (Delegate.unit_id, "asc"),
    "-starts_on": (Delegate.starts_on, "desc"),
    "starts_on": (Delegate.starts_on, "asc"),
}


def delegate_of(tx: Transaction, member_id: UUID, body: str, on: date) -> Delegate | None:
    """Return the seat that a member holds in a body on a day; None for no delegate."""
    held = sa.select(Delegate).where(
        Delegate.member_id == member_id, Delegate.body == body, Delegate.starts_on <= on, Delegate.last_day >= on
    )
    return tx.session.scalar(held.order_by(Delegate.starts_on.desc()).limit(1))


def entitled(tx: Transaction, congress_id: UUID, body: str) -> list[UUID]:
    """Return all delegates of a body that serve today: against their number votes are counted."""
    return list(tx.session.scalars(serving_members(tx, congress_id, body).order_by(Delegate.member_id)))


def serving_members(tx: Transaction, congress_id: UUID, body: str, on: date | None = None) -> sa.Select[Any]:
    """Return the select of the members who serve in a body on a day, or today."""
    day = on or tx.today
    held = Delegate.starts_on <= day, Delegate.last_day >= day
    return sa.select(Delegate.member_id).where(Delegate.congress_id == congress_id, Delegate.body == body, *held)


def enter_delegates(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Enter who was elected in a unit.

    Raises:
        NotAllowed: a chair enters for another unit.
        NoRuleInForce: no rule says how delegates are elected.
        Refused: seats, candidates, turnout or votes do not suffice, or somebody is not of the unit or has a seat.
    """
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    found = open_congress_of(tx, request["congress_id"])
    body_of(tx, found.id, request["body"])
    seats = hold_seats(tx, found.id, request["body"], request["unit_id"])
    filled = filled_by_unit(tx, found.id, request["body"]).get(request["unit_id"], 0)
    member_ids = [one["member_id"] for one in request["elected"]]
    refuse_first(
        rules.election_is_over(election_goes_on(tx, found.id, request["body"], request["unit_id"])),
        rules.unit_elects(seats),
        rules.seats_are_vacant(len(member_ids), max(0, seats - filled)),
        rules.election_is_past(request["elected_on"], tx.today),
        rules.elected_belong_to_unit(strangers(tx, member_ids, request["unit_id"])),
        rules.elected_have_no_seat(len(seated_of(tx, found.id, request["body"], member_ids))),
    )
    _require_election(tx, request)
    election = CongressElection(
        congress_id=found.id, source="record", ballot_id=None, entered_at=tx.now,
        **{name: request[name] for name in ("body", "unit_id", "elected_on", *_RECORD)},
    )  # fmt: skip
    tx.session.add(election)
    tx.session.flush()
    made = seat_elected(tx, found, election, request["elected"])
    announce_seats_of(tx, found.id, request["body"], [request["unit_id"]])
    return {"items": _replies(tx, made)}


def end_delegate(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a seat today. Raises `Refused` where it has ended."""
    one = tx.get(Delegate, request["delegate_id"], "There is no such seat.", field="delegate_id")
    require_unit(tx.principal, one.unit_id, also=("officer",))
    end_seats(tx, [one], tx.today, request["reason"], request["document"])
    (reply,) = _replies(tx, [one])
    return reply


def end_seats(tx: Transaction, seats: Collection[Delegate], on: date, reason: str, document: str | None = None) -> None:
    """End seats on a day, announce them and what is vacant; a seat entered by mistake was never held."""
    for congress_id in sorted({one.congress_id for one in seats}):
        tx.lock(f"congress-{congress_id}", shared=True)
    serving = _other_seats(tx, seats)
    for one in seats:
        tx.session.refresh(one, with_for_update=True)
        state = DELEGATE.apply(one.state, "end", roles=None)
        last_day = one.starts_on - _ONE_DAY if reason == "mistake" else min(on, one.last_day)
        last_day = max(last_day, one.starts_on - _ONE_DAY)
        note_change(
            tx, f"congress_delegate/{one.id}", {"state": (one.state, state), "end_reason": (None, reason)}, document
        )
        one.state, one.last_day, one.end_reason, one.end_document = state, last_day, reason, document
        still = (one.congress_id, one.member_id) in serving
        tx.record(DelegateEnded(**seat_facts(one), reason=reason, still_serves=still))
    for congress_id, body in sorted({(one.congress_id, one.body) for one in seats}):
        units = {one.unit_id for one in seats if (one.congress_id, one.body) == (congress_id, body)}
        announce_seats_of(tx, congress_id, body, units)


def _other_seats(tx: Transaction, ending: Collection[Delegate]) -> set[tuple[UUID, UUID]]:
    """Return in which congresses members have a seat beside those that end, in another body: congress and member."""
    members = Delegate.member_id.in_({one.member_id for one in ending})
    others = sa.select(Delegate.congress_id, Delegate.member_id).where(
        members, SERVING, Delegate.id.not_in([one.id for one in ending])
    )
    return {(row.congress_id, row.member_id) for row in tx.session.execute(others)}


def list_delegates(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the delegates of a congress."""
    found = congress_of(tx, request["congress_id"])
    statement = sa.select(Delegate).where(Delegate.congress_id == found.id)
    for name in ("body", "unit_id", "member_id", "staff_kind"):
        if request[name] is not None:
            statement = statement.where(getattr(Delegate, name) == request[name])
    if request["ids"] is not None:
        statement = statement.where(Delegate.id.in_(request["ids"]))
    if request["delegation_id"] is not None:
        units = sa.select(DelegationUnit.unit_id).where(DelegationUnit.delegation_id == request["delegation_id"])
        statement = statement.where(Delegate.unit_id.in_(units))
    if request["show"] == "moved":
        statement = statement.where(SERVING, Delegate.moved_on.is_not(None))
    elif request["show"] != "all":
        statement = statement.where(Delegate.state == request["show"])
    page = page_of(tx, statement, request, [_ORDERS[request["sort"]], (Delegate.id, "asc")])
    return page.reply(_replies(tx, page.rows))


def get_delegate(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one seat with the record of its election; a chair sees those of the own unit."""
    one = tx.get(Delegate, request["delegate_id"], "There is no such seat.", field="delegate_id")
    require_unit(tx.principal, one.unit_id)
    election = tx.session.get_one(CongressElection, one.election_id)
    (reply,) = _replies(tx, [one])
    may_end = one.state == "serving" and (tx.principal.has("officer") or one.unit_id in tx.principal.units("chair"))
    record = {name: getattr(election, name) for name in _RECORD}
    return {**reply, **record, "votes": one.votes, "end_document": one.end_document, "may_end": may_end}


def my_seats(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's seats that serve today or will."""
    member_id = require_member(tx.principal, "Only a member has a seat.", rule="congress.caller_is_a_member")
    own = sa.select(Delegate).where(Delegate.member_id == member_id, Delegate.last_day >= tx.today)
    return {"items": _replies(tx, tx.session.scalars(own.order_by(Delegate.body, Delegate.id)).all())}


def _require_election(tx: Transaction, request: dict[str, Any]) -> None:
    """Raise `Refused` unless the election was held as the rules of its day say."""
    day, body = request["elected_on"], request["body"]
    margin = rule_in_force(tx, f"congress.{body}.candidates_margin", day)
    turnout = rule_in_force(tx, f"congress.{body}.turnout", day)
    share = rule_in_force(tx, f"congress.{body}.elected_share", day)
    people, cast, elected = request["entitled"], request["ballots_cast"], request["elected"]
    refuse_first(
        sourced(rules.turnout_suffices(cast, people, turnout.share), turnout),
        sourced(rules.candidates_exceed_seats(request["candidates"], len(elected), margin.share), margin),
        sourced(rules.votes_elect([one["votes"] for one in elected], people, cast, share.share), share),
    )


def seat_elected(
    tx: Transaction, found: Congress, election: CongressElection, elected: Iterable[dict[str, Any]]
) -> list[Delegate]:
    """Give seats to who was elected, each with `member_id`, `staff_kind` and `votes`, and announce them."""
    starts_on = max(found.starts_on, election.elected_on)
    made = [
        Delegate(
            congress_id=found.id, body=election.body, unit_id=election.unit_id, election_id=election.id,
            starts_on=starts_on, last_day=max(found.ends_on, starts_on), state=DELEGATE.initial,
            **{name: one[name] for name in ("member_id", "staff_kind", "votes")},
        )
        for one in elected
    ]  # fmt: skip
    tx.session.add_all(made)
    tx.session.flush()
    for one in made:
        note_change(tx, f"congress_delegate/{one.id}", {"state": (None, one.state)})
        tx.record(DelegateElected(**seat_facts(one), source=election.source))
    return made


def election_goes_on(tx: Transaction, congress_id: UUID, body: str, unit_id: UUID) -> bool:
    """Whether a unit votes on its delegates in a body; asked while its seats are held."""
    same = UnitElection.congress_id == congress_id, UnitElection.body == body, UnitElection.unit_id == unit_id
    goes_on = sa.select(UnitElection.id).where(*same, UnitElection.state.in_(("voting", "round_due")))
    return tx.session.scalar(goes_on) is not None


def hold_seats(tx: Transaction, congress_id: UUID, body: str, unit_id: UUID) -> int:
    """Return the unit's seats; the row is locked, so that two elections do not fill the same seat."""
    held = sa.select(UnitSeats.seats).where(
        UnitSeats.congress_id == congress_id, UnitSeats.body == body, UnitSeats.unit_id == unit_id
    )
    return tx.session.scalar(held.with_for_update()) or 0


def strangers(tx: Transaction, member_ids: Collection[UUID], unit_id: UUID) -> int:
    """Return how many are no voting members of a unit."""
    units = voting_among(tx, member_ids)
    return sum(units.get(one) != unit_id for one in member_ids)


def seated_of(tx: Transaction, congress_id: UUID, body: str, member_ids: Collection[UUID]) -> set[UUID]:
    """Return who of these members has a seat in a body."""
    seated = sa.select(Delegate.member_id).where(
        Delegate.congress_id == congress_id, Delegate.body == body, Delegate.member_id.in_(member_ids), SERVING
    )
    return set(tx.session.scalars(seated))


def _replies(tx: Transaction, seats: Collection[Delegate]) -> list[dict[str, Any]]:
    """Return seats as lists have them, each with its delegation."""
    elections = sa.select(CongressElection).where(CongressElection.id.in_({one.election_id for one in seats}))
    held = {one.id: one for one in tx.session.scalars(elections)}
    named = (
        sa.select(DelegationUnit.congress_id, DelegationUnit.unit_id, CongressDelegation.name)
        .join(CongressDelegation, CongressDelegation.id == DelegationUnit.delegation_id)
        .where(DelegationUnit.unit_id.in_({one.unit_id for one in seats}))
    )
    delegations = {(congress_id, unit_id): name for congress_id, unit_id, name in tx.session.execute(named)}
    return [
        {
            **{name: getattr(one, name) for name in _ROW},
            "source": held[one.election_id].source, "elected_on": held[one.election_id].elected_on,
            "delegation": delegations.get((one.congress_id, one.unit_id)),
        }
        for one in seats
    ]  # fmt: skip
