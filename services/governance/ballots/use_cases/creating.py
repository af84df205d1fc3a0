"""Creating and changing ballots, and counting who would vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, PreconditionFailed, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.security.principal import Principal
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot, BallotOption, BallotTerms
from services.governance.ballots.use_cases import reading
from services.governance.ballots.use_cases.readiness import electorate_size
from services.governance.ballots.use_cases.store import (
    held,
    move,
    options_of,
    require_run,
    subject_of,
    surplus_rule,
    terms_of,
)
from services.governance.secret_ballots.use_cases import ceremony

_COLUMNS = ("title", "kind", "secrecy", "body", "seats", "counts", "electorate", "opens_at", "closes_at")
_SETTLED = ("title", "kind", "secrecy", "body", "seats", "counts")
"""What another subject settles when it calls a ballot, with its options and voters."""
_BESIDE = ("about", "unit_ids", "member_ids")
_STRANGERS_SHOWN = 100

Request = Mapping[str, Any]


def create_ballot(tx: Transaction, request: Request) -> dict[str, Any]:
    """Create a ballot of the union or of a unit.

    Raises:
        NotAllowed: a chair creates one of the own unit, for its members.
        Refused: options or times do not fit.
    """
    _require_own(tx.principal, request)
    ballot = new_ballot(tx, request, origin=(request["origin_kind"], request["origin_id"]))
    return reading.detail(tx, ballot)


def new_ballot(
    tx: Transaction,
    terms: Request,
    *,
    origin: tuple[str, UUID | None],
    present: Sequence[UUID] | None = None,
    run_off_of: Ballot | None = None,
    surplus: bool = True,
    called: bool = False,
) -> Ballot:
    """Store a ballot with its options.

    Args:
        tx: the transaction.
        terms: as in `BallotTerms`.
        origin: kind and id of where it comes from.
        present: who is there, where presence is taken; None where it is not.
        run_off_of: the ballot whose next round this is.
        surplus: whether an election must have as many more candidates as the rules ask for; a run-off need not.
        called: whether another subject called it, which settles what is voted on and who votes; a further round is.

    Raises:
        Refused: options or times do not fit.
        NoRuleInForce: no rule says how many candidates an election has.
    """
    _refuse_unfit(tx, terms, surplus=surplus)
    ballot = Ballot(
        **{name: terms[name] for name in _COLUMNS},
        origin_kind=origin[0],
        origin_id=origin[1],
        options=len(terms["options"]),
        state="prepared",
        created_at=tx.now,
        presence_known=present is not None,
        run_off_of=run_off_of.id if run_off_of else None,
        called=called or run_off_of is not None,
        version=1,
    )
    tx.session.add(ballot)
    tx.session.flush()
    beside = BallotTerms(ballot_id=ballot.id, about=terms["about"], present=_texts(present or ()), rules=[])
    beside.unit_ids, beside.member_ids = _texts(terms["unit_ids"]), _texts(terms["member_ids"])
    tx.session.add(beside)
    _keep_options(tx, ballot, terms["options"])
    note_change(tx, subject_of(ballot), {"state": (None, ballot.state)})
    return ballot


def change_ballot(tx: Transaction, request: Request) -> dict[str, Any]:
    """Change a ballot that was not opened; of one that was called its times alone.

    Raises:
        PreconditionFailed: somebody changed it meanwhile.
        Refused: it was opened, options or times do not fit, or what was called would change.
    """
    ballot = held(tx, request["ballot_id"])
    require_run(tx.principal, ballot)
    if ballot.called:
        request = _as_called(tx, ballot, request)
    else:
        _require_own(tx.principal, {**request, "origin_kind": ballot.origin_kind, "origin_id": ballot.origin_id})
    if ballot.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    move(tx, ballot, "change")
    # Scrutineers vouch for what is voted on: after a change they are named anew.
    ceremony.drop(tx, ballot.id)
    _refuse_unfit(tx, request, surplus=ballot.run_off_of is None)
    before = {name: getattr(ballot, name) for name in _COLUMNS}
    for name in _COLUMNS:
        setattr(ballot, name, request[name])
    note_change(tx, subject_of(ballot), {name: (value, request[name]) for name, value in before.items()})
    ballot.options = len(request["options"])
    beside = terms_of(tx, ballot)
    beside.about = request["about"]
    beside.unit_ids, beside.member_ids = _texts(request["unit_ids"]), _texts(request["member_ids"])
    gone = sa.delete(BallotOption).where(BallotOption.ballot_id == ballot.id)
    tx.session.execute(gone.execution_options(synchronize_session="fetch"))
    _keep_options(tx, ballot, request["options"])
    tx.session.flush()
    return reading.detail(tx, ballot)


def count_electorate(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return how many members would be on the roll now."""
    count, strangers = electorate_size(tx, request["electorate"], request["unit_ids"], request["member_ids"])
    return {"count": count, "strangers": strangers[:_STRANGERS_SHOWN]}


def _refuse_unfit(tx: Transaction, terms: Request, *, surplus: bool) -> None:
    options, kind, seats = terms["options"], terms["kind"], terms["seats"]
    refuse_first(
        rules.options_fit_the_kind(kind, len(options), seats),
        rules.candidates_are_people(kind, sum(one["member_id"] is None for one in options)),
        rules.options_differ([one["member_id"] or one["text"] for one in options]),
        rules.times_are_in_order(terms["opens_at"], terms["closes_at"], tx.now),
    )
    if kind == "election" and surplus:
        rule = surplus_rule(tx)
        refuse_first(sourced(rules.candidates_exceed_seats(len(options), seats, rule.amount), rule))


def _as_called(tx: Transaction, ballot: Ballot, request: Request) -> Request:
    """Return a change with the voters that were called. Raises `Refused` where something else would be voted on."""
    options = [(one.text, one.member_id) for one in options_of(tx, ballot.id)]
    beside = terms_of(tx, ballot)
    same = [(one["text"], one["member_id"]) for one in request["options"]] == options
    same = same and request["about"] == beside.about
    refuse_first(rules.called_terms_stand(same and all(getattr(ballot, name) == request[name] for name in _SETTLED)))
    voters = {"electorate": ballot.electorate, "unit_ids": beside.unit_ids, "member_ids": beside.member_ids}
    return {**request, **voters}


def _keep_options(tx: Transaction, ballot: Ballot, options: Sequence[Mapping[str, Any]]) -> None:
    tx.session.add_all(
        BallotOption(ballot_id=ballot.id, number=number, text=one["text"], member_id=one["member_id"])
        for number, one in enumerate(options, 1)
    )


def _require_own(principal: Principal, request: Request) -> None:
    """Require that a chair's ballot is of the own unit and asks its members alone."""
    if principal.kind == "service" or principal.has("officer"):
        return
    units = principal.units("chair")
    is_own = request["origin_kind"] == "unit" and request["origin_id"] in units
    asks_own = request["electorate"] == "units" and set(request["unit_ids"]) <= units
    if not (is_own and asks_own):
        raise NotAllowed("A chair asks the members of the own unit.", rule="ballots.chair_asks_own_unit")


def _texts(ids: Sequence[Any]) -> list[str]:
    return [str(one) for one in dict.fromkeys(ids)]
