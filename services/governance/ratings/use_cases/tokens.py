"""Giving out tokens, signed blind with the key of the member's group, and paper sheets to who wants none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis import blind_tokens
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.process.runtime import Call
from services.chassis.security.principal import require_member
from services.governance.ratings import rules
from services.governance.ratings.tables import RatingGroup, RatingMark
from services.governance.ratings.use_cases.store import PAPER, given, group_of, lock_of, round_of

_REQUEST = "ratings.request_is_blinded"


def request_rating_token(call: Call, request: Mapping[str, Any]) -> dict[str, Any]:
    """Sign the blinded token of a member on the roll, once; the same request gets the same answer.

    Raises:
        NotAllowed: the account belongs to no member.
        InvalidInput: this is no blinded message.
        Refused: the round is not open, the member may not fill in, or got another token or a paper sheet.
    """
    rating_id = request["rating_id"]
    with call.transaction() as tx:
        member_id = require_member(tx.principal, "Only members fill in sheets.", rule="ratings.caller_is_a_member")
        tx.lock(lock_of(rating_id), shared=True)
        row = round_of(tx, rating_id)
        number = group_of(tx, rating_id, member_id)
        refuse_first(
            rules.round_is_online(row.way),
            rules.round_is_open(row.state, row.closes_at, tx.now),
            rules.rater_is_on_the_roll(number is not None),
        )
        message = blind_tokens.blinded_message(request["blinded"], _REQUEST)
        holder = {"rating_id": rating_id, "member_id": member_id}
        refuse_first(rules.request_is_the_first(blind_tokens.is_first_request(tx, RatingMark, holder, message)))
        key = tx.session.get_one(RatingGroup, (rating_id, number)).signing_key or ""
    return {"signature": blind_tokens.sign(key, message, _REQUEST)}


def give_paper(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Note that a member gets a paper sheet; a member with a token gets none, and no token after it.

    Raises:
        Refused: the round is not open or not filled in here, or the member is not on the roll or has a token.
    """
    rating_id, member_id = request["rating_id"], request["member_id"]
    tx.lock(lock_of(rating_id), shared=True)
    row = round_of(tx, rating_id)
    refuse_first(
        rules.round_is_online(row.way),
        rules.round_is_open(row.state, row.closes_at, tx.now),
        rules.rater_is_on_the_roll(group_of(tx, rating_id, member_id) is not None),
    )
    new = upsert(tx.session, RatingMark).values(rating_id=rating_id, member_id=member_id, asked=PAPER)
    tx.session.execute(new.on_conflict_do_nothing(index_elements=["rating_id", "member_id"]))
    noted = sa.select(RatingMark.asked).where(RatingMark.rating_id == rating_id, RatingMark.member_id == member_id)
    refuse_first(rules.request_is_the_first(tx.session.scalar(noted) == PAPER))
    return {"rating_id": rating_id, "member_id": member_id, "given": sum(given(tx, rating_id, paper=True).values())}
