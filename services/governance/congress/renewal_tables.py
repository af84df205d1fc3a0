"""Tables of the renewal of a term."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.governance.base import Base

_WAITS = sa.text("done_at IS NULL")


class CongressRenewal(Base):
    """换届 The renewal of a term; `rules` are those it was opened by."""

    __tablename__ = "congress_renewal"

    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    opened_on: Mapped[date]
    rules: Mapped[list[Any]] = mapped_column(sa.JSON)


class RenewalItem(Base):
    """换届事项 An item of the checklist; `own`: `item` is the union's text. `moved`: an officer set the last day."""

    __tablename__ = "congress_renewal_item"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_renewal.congress_id"))
    item: Mapped[str] = mapped_column(sa.String(100))
    own: Mapped[bool]
    due_on: Mapped[date]
    moved: Mapped[bool]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
    note: Mapped[str | None] = mapped_column(sa.String(200))
    late_told: Mapped[bool]

    __table_args__ = (
        sa.UniqueConstraint("congress_id", "item"),
        sa.Index("ix_congress_renewal_item_list", "congress_id", "due_on", "id"),
        sa.Index("ix_congress_renewal_item_due_on", "due_on", "id", postgresql_where=_WAITS, sqlite_where=_WAITS),
    )


class RenewalStep(Base):
    """What was done with an item, by which account; `item` stays when the item is removed."""

    __tablename__ = "congress_renewal_step"

    id: Mapped[UuidKey]
    congress_id: Mapped[UUID] = mapped_column(sa.ForeignKey("congress_renewal.congress_id"))
    step: Mapped[str] = mapped_column(sa.String(6))
    item: Mapped[str] = mapped_column(sa.String(100))
    own: Mapped[bool]
    note: Mapped[str | None] = mapped_column(sa.String(200))
    account_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_congress_renewal_step_congress_id", "congress_id", "id"),)
