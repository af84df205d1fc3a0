"""Sheets of which nobody knows whose they are: taken once for a token, rewritten in random order, then erased.

For subjects that give out tokens by `blind_tokens`. The models of sheets have the hash of the token as a part of their
key, `content` (`UntimedText`) and `settled`, no time and no person; on SQLite they are `WITHOUT ROWID`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from services.chassis.ballot_board import NotValid, decoded
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.security.blind_signatures import is_signed, public_key

SMALLEST_BATCH = 20
"""Sheets that wait for each other before they are rewritten in random order; the last ones are erased at the end."""
_shuffled = secrets.SystemRandom()


def token_of(request: Mapping[str, Any], rule: str) -> tuple[bytes, bytes]:
    """Return the token and the signature of a sheet.

    Args:
        request: with `token` and `signature`, base64.
        rule: named by the refusal.

    Raises:
        InvalidInput: a value is not base64.
    """
    try:
        return decoded(request["token"]), decoded(request["signature"])
    except NotValid:
        raise InvalidInput("The token is not written as its format says.", field="token", rule=rule) from None


def is_token_of(key: str | None, token: bytes, signature: bytes) -> bool:
    """Whether a token was signed by this public key, base64; never where there is none."""
    return bool(key) and is_signed(_key(key or ""), token, signature)


def keep_once(tx: Transaction, model: Any, owner: Mapping[str, Any], token: bytes, **values: Any) -> bool:
    """Keep a sheet under the hash of its token; return whether it is the one that is kept, not another before it.

    Args:
        tx: the transaction in which the token was checked.
        model: of the sheets.
        owner: the rest of the key: whose sheets these are.
        token: as it was signed.
        values: the columns, among them `content`.
    """
    key = {**owner, "token_hash": hashlib.sha256(token).hexdigest()}
    new = upsert(tx.session, model).values({**key, **values, "settled": False})
    tx.session.execute(new.on_conflict_do_nothing(index_elements=list(key)))
    kept = tx.session.get_one(model, tuple(key.values()))
    return bool(kept.content == values["content"])


def settle(tx: Transaction, model: Any, owner: Mapping[str, Any]) -> int:
    """Rewrite waiting sheets in random order, where they are enough, so that how rows lie tells nothing; return how
    many. No sheet of the owner is being taken meanwhile.
    """
    mine = [getattr(model, name) == value for name, value in owner.items()]
    waiting = sa.select(model.token_hash).where(*mine, model.settled.is_(False))
    hashes = list(tx.session.scalars(waiting))
    if len(hashes) < SMALLEST_BATCH:
        return 0
    _shuffled.shuffle(hashes)
    tx.session.execute(sa.update(model), [{**owner, "token_hash": one, "settled": True} for one in hashes])
    return len(hashes)


def in_random_order(rows: list[Any]) -> list[Any]:
    """Return rows in an order that tells nothing of how they came."""
    shuffled = list(rows)
    _shuffled.shuffle(shuffled)
    return shuffled


def erase(tx: Transaction, owner: Mapping[str, Any], *models: Any) -> None:
    """Delete all rows of an owner in some tables."""
    for model in models:
        gone = sa.delete(model).where(*(getattr(model, name) == value for name, value in owner.items()))
        tx.session.execute(gone.execution_options(synchronize_session=False))


@lru_cache(maxsize=512)
def _key(encoded_key: str) -> RSAPublicKey:
    return public_key(decoded(encoded_key))
