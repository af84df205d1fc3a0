"""What a desk scanned: the code of a registration, or a membership card, whose issuer says whether it is in force."""

from __future__ import annotations

from typing import Any

from gateway.rpc.calls import call
from services.chassis.errors import Refused
from services.chassis.security.codes import kind_of, subject_of
from services.contracts.membership.card import read_card

CARD = "card"


def with_person(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a `CheckIn` with the member of the card that was scanned, unchanged for any other code.

    Who runs a desk need not be somebody who may open the record of everybody who comes: the card in the hand is proof.

    Raises:
        Refused: the card is not in force.
    """
    token = (payload.get("code") or "").strip().rpartition("/")[2]
    if kind_of(token) != CARD:
        return payload
    member_id = subject_of(token) if call(read_card, {"token": token})["state"] == "good" else None
    if member_id is None:
        raise Refused("The card is not in force.", rule="check_in.card_is_in_force", field="code")
    return {**payload, "code": None, "member_id": str(member_id), "by_card": True}
