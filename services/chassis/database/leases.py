"""Leases: one replica at a time does something, and another one takes over seconds after it fell silent.

A lease is a row with its holder and its end, measured by the database's clock. It needs neither a session nor a
connection kept open, so a holder that is stopped, or whose host has vanished, holds nothing beyond its end. A holder
that wakes up late may still act for a moment: whatever a lease guards has to bear two holders now and then.
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
"""Names this process to whoever looks into the table; each holder adds something of its own."""


class LeaseRow(ChassisBase):
    """Who does something now, and until when nobody else does."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(sa.String(80))
    expires_at: Mapped[datetime]


def new_holder() -> str:
    """Return a name nobody else holds anything under: host and process, and what tells holders of a process apart."""
    return f"{HOLDER}-{uuid4().hex[:8]}"


def database_time(session: Session, after: float = 0.0) -> sa.ColumnElement[datetime]:
    """Return the SQL expression of the moment it is by the database's clock, `after` seconds later.

    SQLite has no clock of its own and lives in the process that asks.
    """
    if session.get_bind().dialect.name == "postgresql":
        return sa.func.clock_timestamp() + sa.func.make_interval(0, 0, 0, 0, 0, 0, after)
    return sa.literal(clock.now() + timedelta(seconds=after), UtcDateTime())


class Lease:
    """A lease as one possible holder sees it.

    Args:
        name: what is done by one replica at a time.
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
        """Whether it is held for certain, without asking; a process that was stopped finds out by its own clock."""
        return self._since is not None and time.monotonic() - self._since < self.seconds

    def hold(self, session: Session) -> bool:
        """Take or renew the lease, and say whether it is held; asks the database only when that is due."""
        if self.is_held and time.monotonic() - (self._since or 0.0) < self.renew_after:
            return True
        begun = time.monotonic()
        self._since = begun if self._take(session) else None
        return self._since is not None

    def _take(self, session: Session) -> bool:
        free = sa.or_(LeaseRow.holder == self.holder, LeaseRow.expires_at <= database_time(session))
        # Looked at first without a lock: whoever does not lead writes nothing and waits for nobody.
        taken = session.scalar(sa.select(sa.not_(free)).where(LeaseRow.name == self.name))
        if taken:
            return False
        values = {"holder": self.holder, "expires_at": database_time(session, self.seconds)}
        statement = upsert(session, LeaseRow).values(name=self.name, **values)
        statement = statement.on_conflict_do_update(index_elements=["name"], set_=values, where=free)
        return session.scalar(statement.returning(LeaseRow.holder)) is not None

    def give_back(self, session: Session) -> None:
        """Let another replica take over at once; nothing where it is not held."""
        self._since = None
        session.execute(sa.delete(LeaseRow).where(LeaseRow.name == self.name, LeaseRow.holder == self.holder))

    def forget(self) -> None:
        """Count on the lease no longer, where the database can't be told."""
        self._since = None
