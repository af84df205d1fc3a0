"""Ballots over HTTP; votes that arrive at the same time are stored together."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route, idempotency_key
from gateway.rpc.vote_batches import cast_vote
from services.contracts.governance.ballots import operations as contract

_BALLOTS = "/governance/ballots"
_BALLOT = f"{_BALLOTS}/<uuid:ballot_id>"


def _vote(payload: dict[str, Any]) -> dict[str, Any]:
    return cast_vote(payload["ballot_id"], payload["choices"], payload.get("for_member_id"), idempotency_key())


ROUTES = (
    Route("GET", _BALLOTS, contract.list_ballots),
    Route("POST", _BALLOTS, contract.create_ballot, 201, location="/governance/ballots/{id}"),
    Route("POST", f"{_BALLOTS}/electorate-count", contract.count_electorate),
    Route("GET", _BALLOT, contract.get_ballot),
    Route("PUT", _BALLOT, contract.change_ballot),
    Route("POST", f"{_BALLOT}/open", contract.open_ballot),
    Route("POST", f"{_BALLOT}/close", contract.close_ballot),
    Route("POST", f"{_BALLOT}/cancel", contract.cancel_ballot),
    Route("POST", f"{_BALLOT}/rounds", contract.call_round, 201, location="/governance/ballots/{id}"),
    Route("POST", f"{_BALLOT}/proxies", contract.set_proxy),
    Route("POST", f"{_BALLOT}/scrutineers", contract.name_scrutineers),
    Route("POST", f"{_BALLOT}/tokens", contract.request_token),
    Route("GET", f"{_BALLOT}/voters", contract.list_voters),
    Route("GET", f"{_BALLOT}/votes", contract.list_votes),
    Route("POST", f"{_BALLOT}/votes", contract.vote, 201, answer=_vote),
    Route("GET", f"{_BALLOT}/result", contract.get_ballot_result),
    Route("GET", "/me/ballots", contract.my_ballots),
)
