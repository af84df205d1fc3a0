"""Accounts of other campus systems, created on the command line by the administrator of the servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import service_principal


def make_program_account(username: str, password: str, role: str) -> None:
    """Create the account of a system that delivers data, or set its password.

    Raises:
        Problem, ValueError: as `hash_strong` and `create_program_account`.
    """
    from gateway.identity.accounts import create_program_account, require_username
    from gateway.identity.passwords import hash_strong

    password_hash = hash_strong(password, username=require_username(username))
    with _gateway() as tx:
        create_program_account(tx, username, password_hash, role)


def make_reading_account(username: str, scopes: Sequence[str], days: int) -> dict[str, Any]:
    """Create the account of a system that reads, or set a new secret and these scopes; return it with the secret.

    Raises:
        Problem, ValueError: as `create_or_renew`.
    """
    from gateway.identity.passwords import new_secret
    from gateway.identity.programs import create_or_renew

    secret = new_secret()
    with _gateway() as tx:
        return create_or_renew(tx, username, scopes, days, secret)


def revoke(username: str) -> None:
    """End a program's access. Raises `ValueError`: there is no such program."""
    from gateway.identity.accounts import account_named
    from gateway.identity.programs import revoke_program

    with _gateway() as tx:
        account = account_named(tx, username)
        if account is None or account.program_role is None:
            raise ValueError(f"there is no program {username}")
        revoke_program(tx, account.id)


@contextmanager
def _gateway() -> Iterator[Transaction]:
    gateway = Database(settings().database_url_of("gateway"), pool_size=1)
    try:
        with transaction(gateway, CallContext(principal=service_principal("command line"))) as tx:
            yield tx
    finally:
        gateway.close()
