"""Making the keys of a ballot, once all its scrutineers have sent theirs and the second registrar has told its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.ballot_board import Definition, about, decoded, encoded
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem
from services.chassis.process import logs
from services.chassis.process.native_threads import in_native_thread
from services.chassis.process.runtime import Call
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.threshold_keys import SECRET, new_secret, public_point, seal, split
from services.contracts.scrutiny.registrar import make_ballot_key
from services.governance.secret_ballots.tables import BallotScrutineer, SecretBallot
from services.governance.secret_ballots.use_cases import store

SECOND = "scrutiny"
"""Name of the second registrar."""
_SECONDS = 10.0
"""The second registrar makes a key meanwhile, which takes up to a second."""

log = logs.get_logger(__name__)


def make_waiting_keys(call: Call) -> None:
    """Make the keys of ballots that only waited for the second registrar."""
    with call.transaction(readonly=True) as tx:
        preparing = sa.select(SecretBallot.ballot_id).where(SecretBallot.state == "preparing")
        waiting = [one for one in tx.session.scalars(preparing) if _is_complete(tx, one)]
    for ballot_id in waiting:
        make_keys(call, ballot_id)


def make_keys(call: Call, ballot_id: UUID) -> None:
    """Make the keys of a ballot if all its scrutineers have sent theirs; the private key is forgotten at once.

    Where the second registrar does not answer, the recurring work goes on.
    """
    with call.transaction(readonly=True) as tx:
        if not _is_complete(tx, ballot_id):
            return
    try:
        told = call.rpc(make_ballot_key, {"ballot_id": str(ballot_id)}, _SECONDS)
    except Problem as problem:
        log.warning("second_registrar_away", code=problem.code, ballot=str(ballot_id))
        return
    signing_key = in_native_thread(blinding.new_key)
    with call.transaction() as tx:
        ballot = store.secret_ballot_of(tx, ballot_id, lock=True)
        if _is_complete(tx, ballot_id):
            ballot.others = [{"name": SECOND, **told}]
            _fix(tx, ballot, blinding.private_text(signing_key), blinding.public_bytes(signing_key.public_key()))


def _is_complete(tx: Transaction, ballot_id: UUID) -> bool:
    if store.secret_ballot_of(tx, ballot_id).state != "preparing":
        return False
    keyless = BallotScrutineer.ballot_id == ballot_id, BallotScrutineer.public_key.is_(None)
    return not tx.session.scalar(sa.select(sa.exists().where(*keyless)))


def _fix(tx: Transaction, ballot: SecretBallot, signing_key: str, public: bytes) -> None:
    """Store the definition and each scrutineer's encrypted share; the private key leaves this in shares only."""
    of_ballot = sa.select(BallotScrutineer).where(BallotScrutineer.ballot_id == ballot.ballot_id)
    named = list(tx.session.scalars(of_ballot.order_by(BallotScrutineer.place)))
    secret = new_secret()
    shares = split(secret, ballot.needed, len(named))
    purpose = about("share", str(ballot.ballot_id))
    for one, share in zip(named, shares, strict=True):
        sealed = seal(decoded(one.public_key or ""), share.value.to_bytes(SECRET, "big"), purpose)
        one.sealed_share = encoded(sealed)
    others: list[Mapping[str, Any]] = ballot.others
    definition = Definition(
        ballot=str(ballot.ballot_id),
        terms=ballot.terms,
        length=ballot.length,
        registrars=((store.UNION, public), *((one["name"], decoded(one["key"])) for one in others)),
        vote_key=public_point(secret),
        needed=ballot.needed,
        shares=tuple(public_point(share.value) for share in shares),
        union_key=store.union_public_key(tx),
        statement_keys=tuple(decoded(one["statement_key"]) for one in others),
    )
    ballot.definition, ballot.chain = definition.content(), definition.start
    ballot.signing_key, ballot.state = signing_key, "ready"
    store.sign_head(tx, ballot)
    note_change(tx, f"secret-ballot/{ballot.ballot_id}", {"fingerprint": (None, definition.start)})
