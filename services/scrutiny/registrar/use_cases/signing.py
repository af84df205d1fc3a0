"""Signing tokens blind, for members on the roll that is kept here. Nobody's word is taken for who may vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis import blind_tokens
from services.chassis.errors import refuse_first
from services.chassis.process.runtime import Call
from services.chassis.security.principal import require_member
from services.scrutiny.registrar import rules
from services.scrutiny.registrar.tables import ScrutinyMark, WatchedVoter
from services.scrutiny.registrar.use_cases import store

_REQUEST = "registrar.request_is_blinded"


def request_scrutiny_token(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Sign the blinded token of a member on the roll, once; the same request gets the same answer.

    Raises:
        NotAllowed: the account belongs to no member.
        NotFound: there is no key for the ballot.
        InvalidInput: this is no blinded message.
        Refused: the roll is not whole, tokens are not given now, the member is not on the roll or got another one.
    """
    ballot_id = request["ballot_id"]
    with call.transaction() as tx:
        member_id = require_member(tx.principal, "Only members vote.", rule="registrar.caller_is_a_member")
        tx.lock(store.lock_of(ballot_id), shared=True)
        ballot = store.watched(tx, ballot_id)
        on_roll = tx.session.get(WatchedVoter, (ballot_id, member_id)) is not None
        refuse_first(
            rules.roll_is_whole(ballot.state),
            rules.tokens_are_given(ballot.state),
            rules.voter_is_on_the_roll(on_roll),
        )
        message = blind_tokens.blinded_message(request["blinded"], _REQUEST)
        holder = {"ballot_id": ballot_id, "member_id": member_id}
        refuse_first(rules.request_is_the_first(blind_tokens.is_first_request(tx, ScrutinyMark, holder, message)))
        key = ballot.signing_key
    return {"signature": blind_tokens.sign(key, message, _REQUEST)}
