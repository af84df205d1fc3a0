"""Giving out tokens that are signed blind: one for each person, whom the finished token does not tell.

For subjects that take something from people without knowing from whom: they check who may have a token and call
`is_first_request` in their transaction, then `sign` after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from services.chassis.ballot_board import NotValid, decoded, encoded
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.process.native_threads import NativeThreads
from services.chassis.security.blind_signatures import BlindSignatureError, Signer

_threads = NativeThreads(1, "tokens")


def blinded_message(text: str, rule: str) -> bytes:
    """Return the blinded message of a request.

    Args:
        text: as it was sent, base64.
        rule: named by the refusal.

    Raises:
        InvalidInput: it is not base64.
    """
    try:
        return decoded(text)
    except NotValid:
        raise _not_blinded(rule) from None


def is_first_request(tx: Transaction, marks: Any, holder: Mapping[str, Any], message: bytes) -> bool:
    """Note that somebody asked for a token, once; tell whether this is the request that was noted.

    Args:
        tx: the transaction in which it was checked that the person may have one.
        marks: the model whose rows say who got a token; its column `asked` has the hash of the request.
        holder: the key of the person's row.
        message: the blinded message.
    """
    asked = hashlib.sha256(message).hexdigest()
    new = upsert(tx.session, marks).values({**holder, "asked": asked})
    tx.session.execute(new.on_conflict_do_nothing(index_elements=list(holder)))
    noted = sa.select(marks.asked).where(*(getattr(marks, name) == value for name, value in holder.items()))
    return tx.session.scalar(noted) == asked


def sign(signing_key: str, message: bytes, rule: str) -> str:
    """Return the blind signature as base64; the same for the same message. Not to be called in a transaction.

    Args:
        signing_key: the private key, as `blind_signatures.private_text` returns it.
        message: the blinded message.
        rule: named by the refusal.

    Raises:
        InvalidInput: the message is none that this key can sign.
    """
    try:
        return encoded(_threads.run(_signed, signing_key, message))
    except BlindSignatureError:
        raise _not_blinded(rule) from None


def _not_blinded(rule: str) -> InvalidInput:
    return InvalidInput("This is no blinded message.", field="blinded", rule=rule)


def _signed(signing_key: str, message: bytes) -> bytes:
    return _signer(signing_key).sign(message)


@lru_cache(maxsize=64)
def _signer(signing_key: str) -> Signer:
    return Signer(signing_key)
