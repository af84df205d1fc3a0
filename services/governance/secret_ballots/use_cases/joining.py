"""Joining the key of a ballot that ended, once enough shares were given and the registrars agree."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.ballot_board import decoded
from services.chassis.board_statements import is_signed
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Defect
from services.chassis.rules.refusal import Refusal
from services.chassis.security.threshold_keys import Share, join, public_point
from services.contracts.governance.secret_ballots import ScrutineersDone
from services.governance.secret_ballots import rules
from services.governance.secret_ballots.tables import BallotScrutineer, SecretBallot
from services.governance.secret_ballots.use_cases import store


def join_if_enough(tx: Transaction, ballot: SecretBallot) -> bool:
    """Join the key of a held ballot if nothing is missing; return whether it was joined now."""
    if ballot.state != "closed" or refusal_of(ballot) is not None:
        return False
    of_ballot = sa.select(BallotScrutineer).where(BallotScrutineer.ballot_id == ballot.ballot_id)
    named = list(tx.session.scalars(of_ballot.order_by(BallotScrutineer.place)))
    definition = store.definition_of(ballot)
    shares = [Share(one.place, int.from_bytes(decoded(one.share), "big")) for one in named if one.share]
    if len(shares) < definition.needed:
        return False
    secret = join(shares[: definition.needed])
    if public_point(secret) != definition.vote_key:
        raise Defect("The shares do not give the key of the ballot.")
    ballot.secret, ballot.state = f"{secret:064x}", "opening"
    done = [one.member_id for one in named]
    tx.record(ScrutineersDone(ballot_id=ballot.ballot_id, member_ids=done, task="share"))
    return True


def refusal_of(ballot: SecretBallot) -> Refusal | None:
    """Return why the votes of a ballot that ended are not opened, as far as registrars are concerned."""
    if not ballot.others or ballot.state != "closed":
        return None
    statement = ballot.statement
    if statement is None:
        return rules.registrar_has_told(False)
    key = store.definition_of(ballot).statement_keys[0]
    same = (statement["voters"], statement["roll"]) == (ballot.voters, ballot.roll) and is_signed(key, statement)
    return rules.registrars_agree(same) or rules.votes_match_marks(ballot.published, statement["marks"])


def contradiction_of(ballot: SecretBallot) -> Refusal | None:
    """Return why the votes are never opened: the second registrar has told figures that do not fit."""
    return refusal_of(ballot) if ballot.statement else None


def flaw_of(ballot: SecretBallot) -> str | None:
    """Return the rule of `contradiction_of`."""
    refusal = contradiction_of(ballot)
    return None if refusal is None else refusal.rule
