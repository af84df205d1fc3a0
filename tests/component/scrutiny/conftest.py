"""The scrutiny service on databases as its migrations made them."""

from __future__ import annotations

from itertools import cycle

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from services.chassis.database.engine import Database
from services.chassis.security import blind_signatures as blinding
from tests.component.scrutiny.harness import ScrutinyHarness


@pytest.fixture(scope="session")
def two_keys() -> list[rsa.RSAPrivateKey]:
    """Two keys for all ballots, because making one takes long."""
    return [rsa.generate_private_key(65537, blinding.KEY_BITS) for _ in range(2)]


@pytest.fixture
def scrutiny(database: Database, two_keys: list[rsa.RSAPrivateKey], monkeypatch: pytest.MonkeyPatch) -> ScrutinyHarness:
    """The service with nothing in it."""
    keys = cycle(two_keys)
    monkeypatch.setattr(blinding, "new_key", lambda: next(keys))
    return ScrutinyHarness(database)
