"""Tables of questions and answers. Questions are changed under the lock of the activity's row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.security.encryption import EncryptedText


class ActivityQuestion(Base):
    """报名问题 A question; `place` is its order, `if_question` the number of the one it depends on."""

    __tablename__ = "activity_question"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(200))
    hint: Mapped[str | None] = mapped_column(sa.String(200))
    kind: Mapped[str] = mapped_column(sa.String(10))
    required: Mapped[bool]
    choices: Mapped[list[str]] = mapped_column(sa.JSON)
    if_question: Mapped[int | None]
    if_answers: Mapped[list[str]] = mapped_column(sa.JSON)
    if_option: Mapped[int | None]
    closed: Mapped[bool]
    answered: Mapped[bool] = mapped_column(default=False)
    """Whether somebody ever answered it."""


class RegistrationAnswers(Base):
    """报名回答 What one registration answered: JSON by number of the question, encrypted."""

    __tablename__ = "registration_answers"

    registration_id: Mapped[UUID] = mapped_column(sa.ForeignKey("registration.id"), primary_key=True)
    activity_id: Mapped[UUID]
    member_id: Mapped[UUID]
    answers: Mapped[str] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_registration_answers_member_id", "member_id"),)
