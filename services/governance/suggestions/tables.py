"""Suggestions as they are stored.

Nothing joins an anonymous suggestion with a person: no member, no account, a day instead of a time, a random id, and
a text whose ciphertext does not tell when it was written. Its author is who knows the code, of which a hash is kept.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.security.encryption import UntimedText
from services.governance.base import Base

WAITS = sa.text("state = 'received'")
PUBLISHED = sa.text("published")
UNTOLD = sa.text("announced = false")
KEPT = sa.text("ended_on IS NOT NULL AND forgotten = false")


class Suggestion(Base):
    """建议 A suggestion. `unit_id`: which unit answers; null for the union.

    `known_to_unit`: whether the author addressed the unit, which then sees the name. `announced`: whether those who
    answer were told.
    """

    __tablename__ = "suggestion"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    topic: Mapped[str] = mapped_column(sa.String(12))
    title: Mapped[str] = mapped_column(sa.String(60))
    text: Mapped[str | None] = mapped_column(UntimedText)
    anonymous: Mapped[bool]
    member_id: Mapped[UUID | None]
    code_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    unit_id: Mapped[UUID | None]
    known_to_unit: Mapped[bool]
    may_publish: Mapped[bool]
    state: Mapped[str] = mapped_column(sa.String(10))
    received_on: Mapped[date]
    due_on: Mapped[date | None]
    announced: Mapped[bool]
    overdue_told: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str | None] = mapped_column(sa.Text)
    answered_on: Mapped[date | None]
    question: Mapped[str | None] = mapped_column(sa.Text)
    published: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(sa.Text)
    ended_on: Mapped[date | None]
    forgotten: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_suggestion_member_id", "member_id", "received_on", "id"),
        sa.Index("ix_suggestion_unit_id", "unit_id", "state"),
        sa.Index("ix_suggestion_waits", "due_on", "id", postgresql_where=WAITS, sqlite_where=WAITS),
        sa.Index("ix_suggestion_received_on", "received_on", "id"),
        sa.Index("ix_suggestion_published", "answered_on", "id", postgresql_where=PUBLISHED, sqlite_where=PUBLISHED),
        sa.Index("ix_suggestion_untold", "id", postgresql_where=UNTOLD, sqlite_where=UNTOLD),
        sa.Index("ix_suggestion_ended_on", "ended_on", "id", postgresql_where=KEPT, sqlite_where=KEPT),
    )


class SuggestionEntry(Base):
    """办理记录 What was done with a suggestion, on which day."""

    __tablename__ = "suggestion_entry"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)
    suggestion_id: Mapped[UUID] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    step: Mapped[str] = mapped_column(sa.String(10))
    note: Mapped[str | None] = mapped_column(sa.Text)
    day: Mapped[date]
