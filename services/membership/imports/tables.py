"""Tables of roster import: the import, its rows in sealed parts, what is wrong with which row, remembered columns."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedBytes
from services.membership.base import Base

_KEPT = sa.text("erased_at IS NULL")


class RosterImport(Base):
    """名册导入: one uploaded table on its way to membership. Its state follows from its jobs."""

    __tablename__ = "roster_import"
    __table_args__ = (
        sa.Index("ix_roster_import_kept_until", "kept_until", postgresql_where=_KEPT, sqlite_where=_KEPT),
    )

    id: Mapped[UuidKey]
    file_name: Mapped[str] = mapped_column(sa.String(200))
    headings: Mapped[list[str]]
    heading_key: Mapped[str] = mapped_column(sa.String(64))
    mapping: Mapped[dict[str, Any]]
    rows: Mapped[int]
    parts: Mapped[int]
    counts: Mapped[dict[str, Any]]
    choices: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    read_job_id: Mapped[UUID | None]
    check_job_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(sa.String(64))
    kept_until: Mapped[datetime]
    imported_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class RosterPart(Base):
    """Some hundred rows: as they stand in the file, and the people the dry run made of them, both sealed."""

    __tablename__ = "roster_part"

    import_id: Mapped[UUID] = mapped_column(sa.ForeignKey("roster_import.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    rows: Mapped[int]
    cells: Mapped[bytes] = mapped_column(EncryptedBytes, deferred=True)
    people: Mapped[bytes | None] = mapped_column(EncryptedBytes, deferred=True)
    keys: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    """Of each sound row the row number and two keyed digests: the person, and name with birth and unit."""
    staff_keys: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    """Of each sound row with a staff number the row number and a keyed digest of it."""


class RosterProblem(Base):
    """What is wrong with a row of an import."""

    __tablename__ = "roster_problem"
    __table_args__ = (
        sa.Index("ix_roster_problem_import_id_row_id", "import_id", "row", "id"),
        sa.Index("ix_roster_problem_import_id_kind_row_id", "import_id", "kind", "row", "id"),
        sa.Index("ix_roster_problem_import_id_field_row_id", "import_id", "field", "row", "id"),
    )

    id: Mapped[UuidKey]
    import_id: Mapped[UUID] = mapped_column(sa.ForeignKey("roster_import.id"))
    part: Mapped[int]
    row: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(20))
    field: Mapped[str | None] = mapped_column(sa.String(20))
    value: Mapped[str | None] = mapped_column(sa.String(120))
    rule: Mapped[str] = mapped_column(sa.String(80))
    detail: Mapped[str] = mapped_column(sa.String(300))
    params: Mapped[dict[str, Any]]


class HeadingMemory(Base):
    """Which column held what when these headings were last seen."""

    __tablename__ = "heading_memory"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    mapping: Mapped[dict[str, Any]]
    used_at: Mapped[datetime]
