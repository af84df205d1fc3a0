"""Batches of votes: votes that arrive at the same time for one ballot are sent to governance in one call.

Governance stores each idempotency key with its answer in the batch's transaction. A repeat is safe with and without
key: a member has one vote in a ballot, and the same vote again changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app

from gateway.identity.current import require_account
from gateway.rpc.batching import Batcher
from gateway.rpc.calls import SYSTEM_PRINCIPAL
from gateway.runtime import Gateway
from services.chassis.errors import NotAllowed, Problem
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import authorise
from services.contracts.governance.ballots.operations import cast_votes, vote

_BATCHES = "gonghui_votes"


class Voter(NamedTuple):
    """One member's vote; `key` is its idempotency key, stored under `actor`, the account."""

    member_id: str
    choices: tuple[str, ...]
    for_member_id: str | None
    actor: str
    key: str | None


VoteBatches = Batcher[str, Voter, dict[str, Any]]


def install(app: Any, gateway: Gateway) -> None:
    """Attach the batches to the app."""

    def decide(ballot_id: str, voters: list[Voter]) -> list[dict[str, Any] | Exception]:
        payload = {"ballot_id": ballot_id, "votes": [_payload_of(voter) for voter in voters]}
        reply = gateway.client.call(cast_votes, payload, CallContext(principal=SYSTEM_PRINCIPAL))
        return [_answer(one) for one in reply["items"]]

    app.extensions[_BATCHES] = Batcher(decide)


def cast_vote(
    ballot_id: UUID | str,
    choices: Sequence[str],
    for_member_id: UUID | str | None = None,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    """Store the vote of the signed-in member, or of whom the member represents.

    Returns:
        The reply of governance's `vote`.

    Raises:
        NotSignedIn, NotAllowed: no account, or no member, is signed in.
        Refused: a rule refuses; `rule` names it.
        DeadlineExceeded: no answer in time; repeating is safe.
    """
    account = require_account()
    authorise(account.principal, vote)
    if account.member_id is None:
        raise NotAllowed("Only members vote.", rule="ballots.caller_is_a_member")
    represented = str(for_member_id) if for_member_id else None
    batches: VoteBatches = current_app.extensions[_BATCHES]
    voter = Voter(str(account.member_id), tuple(choices), represented, account.principal.actor, idempotency_key)
    return batches.submit(str(ballot_id), voter)


def _payload_of(voter: Voter) -> dict[str, Any]:
    return {**voter._asdict(), "choices": list(voter.choices)}


def _answer(one: dict[str, Any]) -> dict[str, Any] | Problem:
    if one["problem"] is not None:
        return Problem.from_wire(one["problem"])
    answer: dict[str, Any] = one["voted"]
    return answer
