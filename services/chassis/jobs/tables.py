"""The table of long work: what was asked for, how far it is, how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import ChassisBase, UuidKey

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
STATES = (WAITING, RUNNING, DONE, FAILED, CANCELLED)
OPEN = (WAITING, RUNNING)
_OPEN = sa.text("state IN ('waiting', 'running')")


class Job(ChassisBase):
    """任务: long work done chunk by chunk. `params` and `position` hold ids and counts, never personal data.

    `attempts` counts chunks that failed in a row, `begun` those that were begun in a row and never came to an end.
    """

    __tablename__ = "job"
    __table_args__ = (
        sa.Index("ix_job_open", "next_at", "id", postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index("ix_job_kind_id", "kind", "id"),
        sa.Index("ix_job_asked_by_id", "asked_by", "id"),
    )

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(sa.String(40))
    state: Mapped[str] = mapped_column(sa.String(10), default=WAITING)
    params: Mapped[dict[str, Any]]
    position: Mapped[dict[str, Any] | None]
    total: Mapped[int | None]
    done: Mapped[int] = mapped_column(default=0)
    problems: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None]
    file_id: Mapped[UUID | None]
    problem_file_id: Mapped[UUID | None]
    error: Mapped[dict[str, Any] | None]
    attempts: Mapped[int] = mapped_column(default=0)
    begun: Mapped[int] = mapped_column(default=0, server_default="0")
    cancelling: Mapped[bool] = mapped_column(default=False)
    asked_by: Mapped[str] = mapped_column(sa.String(64))
    principal: Mapped[dict[str, Any]]
    correlation_id: Mapped[str] = mapped_column(sa.String(64))
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    held_by: Mapped[str | None] = mapped_column(sa.String(80))
    held_until: Mapped[datetime | None]

    @property
    def has_file(self) -> bool:
        """Whether it has made a file."""
        return self.file_id is not None

    @property
    def has_problem_file(self) -> bool:
        """Whether it has listed what could not be done."""
        return self.problem_file_id is not None
