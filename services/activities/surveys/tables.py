"""Tables of surveys. Nothing that is stored of an anonymous sheet has a time, a number of its coming, or a person.

Sheets and marks are kept in the order of their keys on SQLite (`WITHOUT ROWID`), which would number them otherwise.
Both are erased when a survey is counted; what stays are counts, and words in random order.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.audiences import AudienceColumn
from services.activities.base import Base
from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText, UntimedText

_DRAFT, _OPEN, _WAITING = sa.text("state = 'draft'"), sa.text("state = 'open'"), sa.text("NOT settled")
_TELLING, _OPENING = sa.text("telling IS NOT NULL"), sa.text("state = 'opening'")
WHOLE, SMALL = 0, 1
"""The number under which figures of all are kept, and the group of all whose unit has no group of its own."""


class Survey(Base):
    """问卷 A survey. `telling` and `reached` say whom the recurring work tells next, and of what."""

    __tablename__ = "survey"

    id: Mapped[UuidKey]
    unit_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(sa.String(80))
    about: Mapped[str | None] = mapped_column(sa.String(1000))
    anonymous: Mapped[bool]
    by_unit: Mapped[bool]
    electorate: Mapped[str] = mapped_column(sa.String(10))
    audience: Mapped[dict[str, Any]] = mapped_column(AudienceColumn)
    activity_id: Mapped[UUID | None]
    questions: Mapped[list[Any]] = mapped_column(sa.JSON)
    state: Mapped[str] = mapped_column(sa.String(10))
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    with_texts: Mapped[bool] = mapped_column(default=False)
    entitled: Mapped[int | None]
    sheets: Mapped[int | None]
    smallest: Mapped[int | None]
    rule: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    reason: Mapped[str | None] = mapped_column(sa.String(200))
    telling: Mapped[str | None] = mapped_column(sa.String(10))
    reached: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("ix_survey_created_at", "created_at", "id"),
        sa.Index("ix_survey_state", "state", "created_at", "id"),
        sa.Index("ix_survey_unit_id", "unit_id", "created_at", "id"),
        sa.Index("ix_survey_activity_id", "activity_id", "created_at", "id"),
        sa.Index("ix_survey_title", "title", "id"),
        sa.Index("ix_survey_opens_at", "opens_at", postgresql_where=_DRAFT, sqlite_where=_DRAFT),
        sa.Index("ix_survey_closes_at", "closes_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index("ix_survey_opening", "id", postgresql_where=_OPENING, sqlite_where=_OPENING),
        sa.Index("ix_survey_telling", "id", postgresql_where=_TELLING, sqlite_where=_TELLING),
    )


class SurveyGroup(Base):
    """问卷分组 Whose sheets are counted together: a unit, or all who are in none that has a group (`SMALL`).

    `signing_key` signs tokens of this survey and group and is used for nothing else; it is erased at the end. `sheets`
    is null where the group is not told.
    """

    __tablename__ = "survey_group"

    survey_id: Mapped[UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None]
    entitled: Mapped[int]
    signing_key: Mapped[str | None] = mapped_column(EncryptedText)
    public_key: Mapped[str | None] = mapped_column(sa.String(700))
    shown: Mapped[bool] = mapped_column(default=False)
    sheets: Mapped[int | None]


class SurveyRoll(Base):
    """问卷名册 A member who may fill in a survey, in which group; frozen when it is opened."""

    __tablename__ = "survey_roll"

    survey_id: Mapped[UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    group: Mapped[int] = mapped_column("group_number")

    __table_args__ = (sa.Index("ix_survey_roll_member_id", "member_id", "survey_id"),)


class SurveyMark(Base):
    """领取记号 A member who got a token, with the hash of the blinded message. `told`: named by an event of many."""

    __tablename__ = "survey_mark"

    survey_id: Mapped[UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked: Mapped[str] = mapped_column(sa.String(64))
    told: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    __table_args__ = ({"sqlite_with_rowid": False},)


class SurveySheet(Base):
    """匿名答卷 A sheet by the hash of its token, until it is counted. `settled`: rewritten in random order."""

    __tablename__ = "survey_sheet"

    survey_id: Mapped[UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    group: Mapped[int] = mapped_column("group_number")
    content: Mapped[str] = mapped_column(UntimedText)
    settled: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_survey_sheet_waiting", "survey_id", "token_hash", postgresql_where=_WAITING,
                 sqlite_where=_WAITING),
        {"sqlite_with_rowid": False},
    )  # fmt: skip


class SurveyAnswer(Base):
    """实名答卷 What a member answered to a named survey, encrypted."""

    __tablename__ = "survey_answer"

    survey_id: Mapped[UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_survey_answer_member_id", "member_id", "answered_at", "survey_id"),)


class SurveyFigure(Base):
    """问卷统计 How many chose an option; with option 0, how many answered a question that has none."""

    __tablename__ = "survey_figure"

    survey_id: Mapped[UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    group: Mapped[int] = mapped_column("group_number", primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    option: Mapped[int] = mapped_column("option_number", primary_key=True)
    count: Mapped[int] = mapped_column("chosen")
    answered: Mapped[int]
    mean: Mapped[str | None] = mapped_column(sa.String(20))


class SurveyText(Base):
    """文字回答 What somebody wrote to a question; ids are random, so that no order is kept and nothing joins two."""

    __tablename__ = "survey_text"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    survey_id: Mapped[UUID] = mapped_column(sa.ForeignKey("survey.id"))
    question: Mapped[int]
    text: Mapped[str] = mapped_column(UntimedText)
    reason: Mapped[str | None] = mapped_column(sa.String(200))

    __table_args__ = (
        sa.Index("ix_survey_text_survey_id", "survey_id", "question", "id"),
        {"sqlite_with_rowid": False},
    )
