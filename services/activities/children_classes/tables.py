"""Tables of children's classes. What tells of a child is encrypted, and erased when its time is over."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText

LIVE = sa.text("state IN ('confirmed', 'waiting')")
KNOWN = sa.text("member_id IS NOT NULL")
KEPT = sa.text("child IS NOT NULL")
KEYED = sa.text("child_key IS NOT NULL")


class ChildrenTerm(Base):
    """学期 A term of classes, and when children are registered for it."""

    __tablename__ = "children_term"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.CheckConstraint("ends_on >= starts_on", name="days"),
        sa.Index("ix_children_term_starts_on", "starts_on", "id"),
        sa.Index("ix_children_term_ends_on", "ends_on"),
    )


class ChildrenClass(Base):
    """班级 A class. `confirmed` and `waiting` count its registrations; `last_ticket` numbers them."""

    __tablename__ = "children_class"

    id: Mapped[UuidKey]
    term_id: Mapped[UUID] = mapped_column(sa.ForeignKey("children_term.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    about: Mapped[str | None] = mapped_column(sa.String(1000))
    place: Mapped[str] = mapped_column(sa.String(120))
    times: Mapped[str] = mapped_column(sa.String(120))
    age_from: Mapped[int]
    age_to: Mapped[int]
    places: Mapped[int]
    fee: Mapped[Decimal]
    confirmed: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last_ticket: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.CheckConstraint("confirmed >= 0 AND waiting >= 0 AND confirmed <= places", name="counts"),
        sa.Index("ix_children_class_term_id", "term_id", "name", "id"),
        sa.Index("ix_children_class_name", "name", "id"),
    )


class GuardianConsent(Base):
    """监护人同意书 A wording guardians consent to; the latest is in force."""

    __tablename__ = "guardian_consent"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime]


class ChildRegistration(Base):
    """报名 A child in a class. `child` is JSON, encrypted: name, day of birth, phone, who collects it, what to heed.

    `child_key` stands for the child within the term without telling who it is. `age` is that on the term's first day.
    """

    __tablename__ = "child_registration"

    id: Mapped[UuidKey]
    class_id: Mapped[UUID] = mapped_column(sa.ForeignKey("children_class.id"))
    term_id: Mapped[UUID] = mapped_column(sa.ForeignKey("children_term.id"))
    member_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    child: Mapped[str | None] = mapped_column(EncryptedText)
    child_key: Mapped[str | None] = mapped_column(sa.String(32))
    age: Mapped[int | None]
    state: Mapped[str] = mapped_column(sa.String(10))
    ticket: Mapped[int]
    registered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cause: Mapped[str | None] = mapped_column(sa.String(16))
    note: Mapped[str | None] = mapped_column(sa.String(120))
    fee: Mapped[Decimal]
    fee_state: Mapped[str] = mapped_column(sa.String(6))
    fee_note: Mapped[str | None] = mapped_column(sa.String(120))
    consent_version: Mapped[int]
    consent_text: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (
        sa.Index(
            "uq_child_registration_live", "class_id", "child_key", unique=True, postgresql_where=LIVE,
            sqlite_where=LIVE,
        ),
        sa.UniqueConstraint("class_id", "ticket", name="uq_child_registration_class_id_ticket"),
        sa.Index("ix_child_registration_state", "class_id", "state", "ticket"),
        sa.Index("ix_child_registration_fee_state", "class_id", "fee_state", "ticket"),
        sa.Index("ix_child_registration_member_id", "member_id", "registered_at", "id", postgresql_where=KNOWN,
                 sqlite_where=KNOWN),
        sa.Index("ix_child_registration_child_key", "term_id", "child_key", postgresql_where=KEYED,
                 sqlite_where=KEYED),
        sa.Index("ix_child_registration_kept", "term_id", "id", postgresql_where=KEPT, sqlite_where=KEPT),
    )  # fmt: skip


class ChildAttendance(Base):
    """出勤 Whether a child came on a day."""

    __tablename__ = "child_attendance"

    registration_id: Mapped[UUID] = mapped_column(sa.ForeignKey("child_registration.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    attendance: Mapped[str] = mapped_column(sa.String(8))
