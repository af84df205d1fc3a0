"""What pages show of a secret ballot's keys: the scrutineers, the fingerprint as it was told, the token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.identity.current import current_principal
from gateway.portal.messages import say_rule
from gateway.portal.people import names
from gateway.read_models.told_todos import params_told
from gateway.rpc.calls import call
from services.contracts.governance.secret_ballots import get_board

_REFUSALS = (
    "ballots.ballot_is_open", "ballots.voter_is_entitled", "secret_ballots.request_is_the_first",
    "secret_ballots.request_is_blinded", "secret_ballots.tokens_are_given",
)  # fmt: skip


def scrutiny(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names of the scrutineers of a secret ballot; empty for others."""
    part = found["secret"]
    return {"scrutineers": names(part["scrutineers"], "member_id") if part else {}}


def token_part(found: Mapping[str, Any], options: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what the script that fetches a token needs; None where no keys are made or the reader does not vote.

    Args:
        found: the ballot.
        options: what its options are called.
    """
    part = found["secret"]
    if part is None or part["fingerprint"] is None or not found["mine"]["on_roll"]:
        return None
    board = call(get_board, {"ballot_id": found["id"], "limit": 1})
    told = {
        "ballot": found["id"], "terms": part["terms"], "names": dict(options), "definition": board["definition"],
        "pinned": noticed(found) or part["fingerprint"], "hasToken": part["has_token"],
        "open": found["state"] == "open",
    }  # fmt: skip
    return {"told": told, "refusals": {rule: say_rule(rule, {"state": found["state"]}) for rule in _REFUSALS}}


def noticed(found: Mapping[str, Any]) -> str | None:
    """Return the fingerprint that the reader was called to vote with, which governance can't change afterwards."""
    member_id = current_principal().member_id
    if member_id is None:
        return None
    fingerprint: str | None = params_told("secret_ballot_to_vote", found["id"], member_id).get("fingerprint")
    return fingerprint
