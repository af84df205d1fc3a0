"""`gonghui keys rotate`: every encrypted value of every service under the first key."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.union import tables_of
from services.chassis.database import ChassisBase, Database
from services.chassis.rotation import encrypted_columns, rotate
from services.chassis.settings import SERVICES, settings


def rotate_all() -> Iterator[str]:
    """Re-encrypt whatever an older key made, yielding a line for each column that had any, and one a service.

    May be stopped and begun again at any time, and may run beside the services.

    Raises:
        ValueError: a value fits no key that is set.
    """
    for service in SERVICES:
        database = Database(settings().database_url_of(service), pool_size=1)
        total = 0
        try:
            for column in [*encrypted_columns(tables_of(service)), *encrypted_columns(ChassisBase.metadata)]:
                with database.sessions() as session:
                    count = rotate(session, column)
                total += count
                if count:
                    yield f"{service}: {column.table.name}.{column.name} {count:,}"
        finally:
            database.close()
        yield f"{service}: {total:,} values re-encrypted, everything is under the first key"
