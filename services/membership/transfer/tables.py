"""Tables of transfers: transfers and the steps they took."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.membership.base import Base

_OPEN = sa.text("state IN ('requested', 'released', 'accepted')")


class Transfer(Base):
    """转会: one way of one member from a unit to another, to another union, or from one."""

    __tablename__ = "transfer"
    __table_args__ = (
        sa.Index("uq_transfer_open_member", "member_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index("ix_transfer_member_id_requested_at_id", "member_id", "requested_at", "id"),
        sa.Index("ix_transfer_state_requested_at_id", "state", "requested_at", "id"),
        sa.Index("ix_transfer_requested_at_id", "requested_at", "id"),
        sa.Index("ix_transfer_effective_on_id", "effective_on", "id"),
        sa.Index("ix_transfer_from_unit_id_requested_at_id", "from_unit_id", "requested_at", "id"),
        sa.Index("ix_transfer_to_unit_id_requested_at_id", "to_unit_id", "requested_at", "id"),
        sa.Index("ix_transfer_state_effective_on", "state", "effective_on"),
    )

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(sa.String(8))
    state: Mapped[str] = mapped_column(sa.String(12))
    member_id: Mapped[UUID] = mapped_column(sa.ForeignKey("member.id"))
    from_unit_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("unit.id"))
    to_unit_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("unit.id"))
    other_union: Mapped[str | None] = mapped_column(sa.String(100))
    former_number: Mapped[str | None] = mapped_column(sa.String(40))
    member_since: Mapped[date | None]
    effective_on: Mapped[date]
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    requested_at: Mapped[datetime]
    requested_by: Mapped[UUID | None]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class TransferStep(Base):
    """One move of a transfer: what was done, by which account (none: by the system), why."""

    __tablename__ = "transfer_step"
    __table_args__ = (sa.Index("ix_transfer_step_transfer_id_id", "transfer_id", "id"),)

    id: Mapped[UuidKey]
    transfer_id: Mapped[UUID] = mapped_column(sa.ForeignKey("transfer.id"))
    action: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(12))
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    reason: Mapped[str | None] = mapped_column(sa.String(200))
