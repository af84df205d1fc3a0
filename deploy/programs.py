"""Accounts of other campus systems, made on the command line by whoever runs the union's servers."""

from __future__ import annotations

from services.chassis.database import Database
from services.chassis.settings import settings
from services.chassis.transaction import transaction


def make_program_account(username: str, password: str, role: str) -> None:
    """Make a program's account, or give it a new password. Raises what `create_program_account` raises."""
    from gateway.identity.accounts import create_program_account

    gateway = Database(settings().database_url_of("gateway"), pool_size=1)
    try:
        with transaction(gateway) as tx:
            create_program_account(tx, username, password, role)
    finally:
        gateway.close()
