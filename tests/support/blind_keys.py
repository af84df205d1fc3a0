"""Keys that sign tokens blind, made once for all tests: making one takes longer than a whole ballot or rating."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import cycle

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from services.chassis.security import blind_signatures as blinding


def give_keys(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let each new key be the next of so many, over and over."""
    made = cycle(_made(count))
    monkeypatch.setattr(blinding, "new_key", lambda: next(made))


@cache
def _made(count: int) -> Sequence[rsa.RSAPrivateKey]:
    return [rsa.generate_private_key(65537, blinding.KEY_BITS) for _ in range(count)]
