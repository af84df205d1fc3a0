"""The table of registrations. Tickets define the permanent order of an activity's registrations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText

LIVE = sa.text("state <> 'cancelled'")
WAITING = sa.text("state = 'waitlisted'")
RANKS = 10**10
"""More than any ticket."""
OFFERED = sa.text("state = 'offered'")


class Registration(Base):
    """报名 One member's registration for one activity; a cancelled one stays, registering again creates a new one."""

    __tablename__ = "registration"

    id: Mapped[UuidKey]
    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(sa.String(12))
    ticket: Mapped[int]
    rank: Mapped[int] = mapped_column(sa.BigInteger)
    """The order of the waiting list: the ticket, less `RANKS` for each step of priority."""
    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    priority_reason: Mapped[str | None] = mapped_column(EncryptedText)
    refusal_reason: Mapped[str | None] = mapped_column(EncryptedText)
    """Why the organiser refused it, for the member."""
    registered_at: Mapped[datetime]
    registered_by: Mapped[str | None] = mapped_column(sa.String(64))
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    offered_until: Mapped[datetime | None]
    """Until when an offered seat can be accepted; None unless it is offered."""
    cancel_cause: Mapped[str | None] = mapped_column(sa.String(20))
    basis: Mapped[str | None] = mapped_column(EncryptedText)
    """The facts that the last decision about it was based on, as JSON; None where the audience needed none."""
    companions: Mapped[int] = mapped_column(default=0, server_default="0")
    options: Mapped[str] = mapped_column(sa.String(150), default="", server_default=sa.text("''"))
    """Numbers of the chosen options in order, with commas."""

    __table_args__ = (
        sa.Index("uq_registration_activity_id_ticket", "activity_id", "ticket", unique=True),
        sa.Index(
            "uq_registration_live_member",
            "activity_id",
            "member_id",
            unique=True,
            postgresql_where=LIVE,
            sqlite_where=LIVE,
        ),
        sa.Index("ix_registration_member_id", "member_id", "id"),
        sa.Index("ix_registration_rank", "activity_id", "rank", postgresql_where=WAITING, sqlite_where=WAITING),
        sa.Index("ix_registration_offered_until", "offered_until", postgresql_where=OFFERED, sqlite_where=OFFERED),
    )


class Handover(Base):
    """转让 A seat its member hands to a colleague: who brings the code takes it. The code itself is not kept."""

    __tablename__ = "registration_handover"

    registration_id: Mapped[UUID] = mapped_column(sa.ForeignKey("registration.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    offered_at: Mapped[datetime]


class RegistrationHold(Base):
    """占位 A seat held for a member who fills in the form; from `until` on it counts for nothing."""

    __tablename__ = "registration_hold"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    companions: Mapped[int]
    options: Mapped[str] = mapped_column(sa.String(150))

    __table_args__ = (
        sa.Index("ix_registration_hold_until", "until"),
        sa.Index("ix_registration_hold_member_id", "member_id"),
    )
