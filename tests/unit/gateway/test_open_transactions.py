"""Passwords are hashed before a transaction opens: a lock must not be held, nor a connection, for that long.

Every test of this folder is watched; these hold that the watch sees, and what the command line does.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.operating import reset_password
from deploy.programs import make_program_account, make_reading_account
from gateway.identity import passwords
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import InvalidInput
from services.chassis.process import settings as settings_module
from tests.unit.gateway.signing_in import PASSWORD


@pytest.mark.parametrize("readonly", [False, True])
def test_hashing_in_an_open_transaction_is_noticed(database: Database, readonly: bool) -> None:
    kept = passwords.hash_password(PASSWORD)
    with transaction(database, readonly=readonly):
        with pytest.raises(AssertionError, match="inside a transaction"):
            passwords.hash_password(PASSWORD)
        with pytest.raises(AssertionError, match="inside a transaction"):
            passwords.password_matches(kept, PASSWORD)
        with pytest.raises(AssertionError, match="inside a transaction"):
            passwords.require_strong(PASSWORD, username="wang")
    assert passwords.password_matches(kept, PASSWORD)


def test_a_secret_is_not_shown_by_its_representation() -> None:
    made = passwords.new_secret()
    assert passwords.password_matches(made.hash, made.text)
    assert made.text not in repr(made)


def test_the_commands_hash_before_they_open_one(
    database: Database, account: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGHUI_DATABASE_URL", f"sqlite:///{tmp_path}/{{service}}.sqlite3")
    settings_module.reset()
    for phrase in (PASSWORD, "another phrase of machines"):
        make_program_account("hr-system", phrase, "hr")
    with pytest.raises(InvalidInput):
        make_program_account("hr-system", "short", "hr")
    secrets = {make_reading_account("campus-card", ["units.read"], 10)["secret"] for _ in range(2)}
    assert len({reset_password(account), *secrets}) == 3
