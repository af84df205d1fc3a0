"""What the union and the registrars of a secret ballot sign: the head of the board, and their statements.

Belongs here: signing and comparing. What stands on the board is in `ballot_board`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.chassis.ballot_board import canonical, decoded, encoded, is_signed_by


def signed(key: Ed25519PrivateKey, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the union or a registrar tells, with its signature.

    A head has `ballot`, `entries`, `chain`, `marks`, `closed`, and in format 2 `voters` and `roll`. A statement has
    `ballot`, `registrar`, `marks`, `voters`, `roll`.
    """
    return {**told, "signature": encoded(key.sign(canonical(told)))}


def is_signed(public_key: bytes, told: Mapping[str, Any]) -> bool:
    """Tell whether the owner of an Ed25519 key signed a head or a statement."""
    plain = {name: value for name, value in told.items() if name != "signature"}
    return is_signed_by(public_key, canonical(plain), decoded(told["signature"]))


def roll_digest(member_ids: Iterable[UUID]) -> str:
    """Return the hash of a roll, by which two registrars show that they have the same one.

    Args:
        member_ids: in their order.
    """
    digest = hashlib.sha256()
    for member_id in member_ids:
        digest.update(member_id.bytes)
    return digest.hexdigest()


def key_fingerprint(key: bytes) -> str:
    """Return the hash of a registrar's key (DER), by which people compare it."""
    return hashlib.sha256(key).hexdigest()
