"""Leases: one replica at a time does something, and another replica takes over seconds after the first stopped working.

A lease is a row with its holder and its end, measured by the database's clock. It needs no open session or connection,
so it expires also when its holder is stopped or the host has vanished. A holder that was suspended may still act for a
moment after the end: work guarded by a lease must stay correct when two replicas do it at the same time.
"""

from __future__ import annotations

import os
import socket
import time
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from services.chassis import clock
from services.chassis.database.engine import ChassisBase, UtcDateTime, upsert

HOLDER = f"{socket.gethostname()[:40]}-{os.getpid()}"
"""Identifies this process in the table; each holder in the process adds a part of its own."""


class LeaseRow(ChassisBase):
    """The present holder of a piece of work, and until when it has it exclusively."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(sa.String(80))
    expires_at: Mapped[datetime]


def new_holder() -> str:
    """Return a unique name of a holder: host, process, and a part that distinguishes holders within the process."""
    return f"{HOLDER}-{uuid4().hex[:8]}"


def database_time(session: Session, after: float = 0.0) -> sa.ColumnElement[datetime]:
    """Return the SQL expression of the database's present time plus `after` seconds.

    For SQLite, which runs in this process, the clock is that of the process.
    """
    if session.get_bind().dialect.name == "postgresql":
        return sa.func.clock_timestamp() + sa.func.make_interval(0, 0, 0, 0, 0, 0, after)
    return sa.literal(clock.now() + timedelta(seconds=after), UtcDateTime())


class Lease:
    """A lease from the point of view of one possible holder.

    Args:
        name: of the work that one replica at a time does.
        seconds: how long it lasts without being renewed.
        renew_after: seconds after which `hold` renews it.
    """

    def __init__(self, name: str, seconds: float, renew_after: float) -> None:
        self.name = name
        self.seconds = seconds
        self.renew_after = renew_after
        self.holder = new_holder()
        self._since: float | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is certainly held, without a query; a process that was suspended notices by its own clock."""
        return self._since is not None and time.monotonic() - self._since < self.seconds

    def hold(self, session: Session) -> bool:
        """Take or renew the lease and return whether it is held; queries the database only when renewal is due."""
        if self.is_held and time.monotonic() - (self._since or 0.0) < self.renew_after:
            return True
        begun = time.monotonic()
        self._since = begun if self._take(session) else None
        return self._since is not None

    def _take(self, session: Session) -> bool:
        free = sa.or_(LeaseRow.holder == self.holder, LeaseRow.expires_at <= database_time(session))
        # Read first without a lock: a replica that does not hold the lease neither writes nor waits.
        taken = session.scalar(sa.select(sa.not_(free)).where(LeaseRow.name == self.name))
        if taken:
            return False
        values = {"holder": self.holder, "expires_at": database_time(session, self.seconds)}
        statement = upsert(session, LeaseRow).values(name=self.name, **values)
        statement = statement.on_conflict_do_update(index_elements=["name"], set_=values, where=free)
        return session.scalar(statement.returning(LeaseRow.holder)) is not None

    def give_back(self, session: Session) -> None:
        """Release the lease so that another replica can take over at once; does nothing when it is not held."""
        self._since = None
        session.execute(sa.delete(LeaseRow).where(LeaseRow.name == self.name, LeaseRow.holder == self.holder))

    def forget(self) -> None:
        """Treat the lease as lost, when the database can't be reached to release it."""
        self._since = None
