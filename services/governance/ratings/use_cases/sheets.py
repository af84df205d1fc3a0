"""Taking sheets. Nothing of the call is kept: neither who, nor when, nor in which order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis import anonymous_sheets
from services.chassis.ballot_board import canonical
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.process.runtime import Call
from services.governance.ratings import rules
from services.governance.ratings.tables import RatingGroup, RatingRound, RatingSheet
from services.governance.ratings.use_cases.store import groups_of, held, lock_of, round_of, subjects_of, terms_of


def get_rating_keys(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of all groups of a round, the same to everybody."""
    row = round_of(tx, request["rating_id"])
    keys = [{"group": one.number, "key": one.public_key} for one in groups_of(tx, row.id) if one.public_key]
    return {"rating_id": row.id, "state": row.state, "fingerprint": fingerprint_of(tx, row) or "", "groups": keys}


def fingerprint_of(tx: Transaction, row: RatingRound) -> str | None:
    """Return the hash of the keys of a round, by which everybody sees that they are the same; None before them."""
    if row.way == "paper" or row.state in ("prepared", "opening"):
        return None
    keys = [[one.number, one.public_key] for one in groups_of(tx, row.id)]
    return hashlib.sha256(canonical([str(row.id), keys])).hexdigest()


def hand_in_sheet(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a sheet; the same one again gets the same answer while the round is open.

    Raises:
        InvalidInput: a value is not base64.
        Refused: the round is not open, the token is none of it or was used, the sheet does not answer what is asked.
    """
    rating_id, number = request["rating_id"], request["group"]
    token, signature = anonymous_sheets.token_of(request, "ratings.token_is_valid")
    tx.lock(lock_of(rating_id), shared=True)
    row = round_of(tx, rating_id)
    refuse_first(rules.round_is_online(row.way), rules.round_is_open(row.state, row.closes_at, tx.now))
    group = tx.session.get(RatingGroup, (rating_id, number))
    signed = group is not None and anonymous_sheets.is_token_of(group.public_key, token, signature)
    refuse_first(rules.token_is_valid(signed), _refusal_of(tx, row, group, request))
    content = json.dumps({"answers": request["answers"], "remark": request["remark"]}, ensure_ascii=False)
    owner = {"rating_id": rating_id}
    taken = anonymous_sheets.keep_once(tx, RatingSheet, owner, token, group=number, content=content)
    refuse_first(rules.token_is_unused(taken))
    return {"taken": True}


def settle_sheets(call: Call) -> None:
    """Rewrite sheets of open rounds in random order, so that how rows lie does not tell who was there just before."""
    with call.transaction(readonly=True) as tx:
        open_rounds = list(tx.session.scalars(sa.select(RatingRound.id).where(RatingRound.state == "open")))
    for rating_id in open_rounds:
        with call.transaction() as tx:
            settle(tx, held(tx, rating_id))


def settle(tx: Transaction, row: RatingRound) -> int:
    """Rewrite waiting sheets of a held round in random order, where they are enough; return how many."""
    return anonymous_sheets.settle(tx, RatingSheet, {"rating_id": row.id}) if row.state == "open" else 0


def _refusal_of(tx: Transaction, row: RatingRound, group: RatingGroup | None, request: Mapping[str, Any]) -> Any:
    asked = [(one.kind, len(one.criteria)) for one in subjects_of(tx, row.id)]
    has_chair = group is not None and group.unit_id is not None
    fits = rules.answers_fit(asked, len(terms_of(tx, row.id).grades), request["answers"], has_chair=has_chair)
    return fits or rules.remark_is_asked(row.remarks, request["remark"])


def erase(tx: Transaction, rating_id: UUID, *models: Any) -> None:
    """Delete all rows of a round in some tables."""
    anonymous_sheets.erase(tx, {"rating_id": rating_id}, *models)
