"""Encryption keys: `gonghui keys rotate`, and the check that they fit the data of a database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from deploy.reach import NotReached, setting_of_database
from deploy.union import tables_of
from services.chassis.database.engine import ChassisBase, Database
from services.chassis.process.settings import SERVICES, settings
from services.chassis.security.encryption import EncryptedText
from services.chassis.security.key_rotation import encrypted_columns, rotate


def rotate_all() -> Iterator[str]:
    """Re-encrypt values of older keys, yielding a line for each column with such values, and one for each service.

    Can be interrupted and repeated at any time, and can run while the services run.

    Raises:
        ValueError: a value can't be decrypted with any of the keys.
    """
    for service in SERVICES:
        database = Database(settings().database_url_of(service), pool_size=1)
        total = 0
        try:
            for column in _columns_of(service):
                with database.sessions() as session:
                    count = rotate(session, column)
                total += count
                if count:
                    yield f"{service}: {column.table.name}.{column.name} {count:,}"
        finally:
            database.close()
        yield f"{service}: {total:,} values re-encrypted, everything is under the first key"


def _columns_of(service: str) -> list[sa.Column[Any]]:
    return [*encrypted_columns(tables_of(service)), *encrypted_columns(ChassisBase.metadata)]


def require_keys(service: str, database: Database) -> None:
    """Try the keys on a value of each encrypted column; raise `NotReached` when they decrypt none of them."""
    if service == "scrutiny" and not settings().scrutiny_keys:
        raise NotReached(
            "GONGHUI_SCRUTINY_KEYS is not set, without which scrutiny can't keep its keys.", may_pass=False
        )
    columns = _columns_of(service)
    with database.session(readonly=True) as session:
        opened = [_opens(session, column) for column in columns if isinstance(column.type, EncryptedText)]
    if False in opened and True not in opened:
        raise NotReached(
            f"What the database of {service} holds ({setting_of_database(service)}) was encrypted with other keys than "
            f"{'GONGHUI_SCRUTINY_KEYS' if service == 'scrutiny' else 'GONGHUI_ENCRYPTION_KEYS'} names.",
            may_pass=False,
        )


def _opens(session: Session, column: sa.Column[Any]) -> bool | None:
    """Whether the keys decrypt the first value of a column; None when the column is empty."""
    try:
        return session.scalar(sa.select(column).where(column.is_not(None)).limit(1)) is not None or None
    except ValueError:
        return False
