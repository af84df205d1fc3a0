"""What pages show of a secret ballot's keys: the scrutineers, the fingerprint as it was told, the token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.identity.current import current_principal
from gateway.portal.messages import say_rule
from gateway.portal.people import names
from gateway.portal.service_calls import part
from gateway.read_models.told_todos import params_told
from gateway.rpc.calls import call
from services.chassis.errors import NotFound
from services.contracts.governance.secret_ballots import get_board
from services.contracts.scrutiny.registrar import get_scrutiny

_REFUSALS = (
    "ballots.ballot_is_open", "ballots.voter_is_entitled", "secret_ballots.request_is_the_first",
    "secret_ballots.request_is_blinded", "secret_ballots.tokens_are_given", "registrar.roll_is_whole",
    "registrar.tokens_are_given", "registrar.voter_is_on_the_roll", "registrar.request_is_the_first",
    "registrar.request_is_blinded",
)  # fmt: skip


def scrutiny(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names of the scrutineers of a secret ballot, and why its votes are not opened; empty for others."""
    keys = found["secret"]
    if keys is None:
        return {"scrutineers": {}, "secret_flaw": None}
    figures = {"votes": found["cast"], "marks": min((one["marks"] or 0 for one in keys["registrars"]), default=0)}
    flaw = say_rule(keys["flaw"], figures) if keys["flaw"] else None
    return {"scrutineers": names(keys["scrutineers"], "member_id"), "secret_flaw": flaw}


def token_part(found: Mapping[str, Any], options: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what the script that fetches a token needs; None where no keys are made or the reader does not vote.

    Args:
        found: the ballot.
        options: what its options are called.
    """
    keys = found["secret"]
    if keys is None or keys["fingerprint"] is None or not found["mine"]["on_roll"]:
        return None
    board = call(get_board, {"ballot_id": found["id"], "limit": 1})
    noted = noticed(found)
    told = {
        "ballot": found["id"], "terms": keys["terms"], "names": dict(options), "definition": board["definition"],
        "pinned": noted.get("fingerprint") or keys["fingerprint"], "hasToken": keys["has_token"],
        "pinnedKeys": noted.get("keys"), "ownKeys": own_keys(found["id"], board["definition"]),
        "open": found["state"] == "open",
    }  # fmt: skip
    return {"told": told, "refusals": {rule: say_rule(rule, {"state": found["state"]}) for rule in _REFUSALS}}


def noticed(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fingerprints that the reader was called to vote with, which governance can't change afterwards."""
    member_id = current_principal().member_id
    return {} if member_id is None else params_told("secret_ballot_to_vote", found["id"], member_id)


def own_keys(ballot_id: str, definition: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the key of each further registrar as it tells it itself, not as governance does; None where it is away.

    Args:
        ballot_id: which ballot.
        definition: in JSON form.
    """
    names = [one["name"] for one in definition["registrars"][1:]]
    if not names:
        return {}
    try:
        told = part(get_scrutiny, {"ballot_id": ballot_id}).data
    except NotFound:
        # It knows no such ballot, so whatever the definition says is not its key.
        return dict.fromkeys(names, "")
    return dict.fromkeys(names, told["key"] if told else None)
