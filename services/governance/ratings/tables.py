"""Tables of ratings. Nothing that is stored of a sheet has a time, a number of its coming, or a person.

Rows of sheets and marks are kept in the order of their keys on SQLite (`WITHOUT ROWID`), which would number them
otherwise. Both are erased when a round is counted; what stays are counts of groups that are large enough.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText, UntimedText
from services.governance.base import Base

_PREPARED, _OPEN = sa.text("state = 'prepared'"), sa.text("state = 'open'")
_TELLING, _WORKED = sa.text("telling IS NOT NULL"), sa.text("state IN ('opening', 'counting')")
_WAITING = sa.text("NOT settled")
WHOLE = 0
"""Number of the group that stands for the whole round among figures."""
SMALL = 1
"""Number of the group of all who are in no group of their own."""


class RatingRound(Base):
    """评议 A round. `reached` is the last member whose row of the roll is written, or who was told of `telling`.

    `smallest` and what follows it are set when it is opened; `sheets` and `paper` when it is counted.
    """

    __tablename__ = "rating_round"

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[str] = mapped_column(sa.String(10))
    year: Mapped[int]
    way: Mapped[str] = mapped_column(sa.String(10))
    origin_kind: Mapped[str] = mapped_column(sa.String(10))
    origin_id: Mapped[UUID | None]
    electorate: Mapped[str] = mapped_column(sa.String(10))
    remarks: Mapped[bool]
    satisfied: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(10))
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    smallest: Mapped[int | None]
    entitled: Mapped[int | None]
    frozen: Mapped[bool] = mapped_column(default=False)
    sheets: Mapped[int | None]
    paper: Mapped[int | None]
    reached: Mapped[UUID | None]
    telling: Mapped[str | None] = mapped_column(sa.String(10))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("ix_rating_round_created_at", "created_at", "id"),
        sa.Index("ix_rating_round_state", "state", "created_at", "id"),
        sa.Index("ix_rating_round_year", "year", "kind", "id"),
        sa.Index("ix_rating_round_origin", "origin_kind", "origin_id", "id"),
        sa.Index("ix_rating_round_opens_at", "opens_at", postgresql_where=_PREPARED, sqlite_where=_PREPARED),
        sa.Index("ix_rating_round_closes_at", "closes_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
        sa.Index("ix_rating_round_telling", "id", postgresql_where=_TELLING, sqlite_where=_TELLING),
        sa.Index("ix_rating_round_worked", "state", "id", postgresql_where=_WORKED, sqlite_where=_WORKED),
    )


class RatingTerms(Base):
    """评议说明 What is read of a round once: the text, the grades from the best, the electorate, its rules."""

    __tablename__ = "rating_terms"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    about: Mapped[str | None] = mapped_column(sa.String(2000))
    grades: Mapped[list[Any]] = mapped_column(sa.JSON)
    unit_ids: Mapped[list[Any]] = mapped_column(sa.JSON)
    member_ids: Mapped[list[Any]] = mapped_column(sa.JSON)
    rules: Mapped[list[Any]] = mapped_column(sa.JSON)
    reason: Mapped[str | None] = mapped_column(sa.String(200))


class RatingSubject(Base):
    """评议对象 Who or what is graded, numbered from 1; the name is a leader's."""

    __tablename__ = "rating_subject"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    name: Mapped[str | None] = mapped_column(EncryptedText)
    post: Mapped[str | None] = mapped_column(sa.String(60))
    criteria: Mapped[list[Any]] = mapped_column(sa.JSON)


class RatingGroup(Base):
    """评议分组 Whose sheets are counted together: a unit, or all who are in none that is large enough (`SMALL`).

    `signing_key` signs tokens of this round and group and is used for nothing else; it is erased at the end. `sheets`
    and `paper` are null where the group is not told.
    """

    __tablename__ = "rating_group"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None]
    entitled: Mapped[int | None]
    signing_key: Mapped[str | None] = mapped_column(EncryptedText)
    public_key: Mapped[str | None] = mapped_column(sa.String(700))
    shown: Mapped[bool] = mapped_column(default=False)
    sheets: Mapped[int | None]
    paper: Mapped[int | None]

    __table_args__ = (sa.UniqueConstraint("rating_id", "unit_id", name="uq_rating_group_unit_id"),)


class RatingRoll(Base):
    """评议名册 A member who may fill in a sheet, in which group; frozen when the round is opened."""

    __tablename__ = "rating_roll"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    group: Mapped[int] = mapped_column("group_number")

    __table_args__ = (
        sa.Index("ix_rating_roll_member_id", "member_id", "rating_id"),
        sa.Index("ix_rating_roll_group", "rating_id", "group_number"),
    )


class RatingMark(Base):
    """领取记号 A member who got a token, with the hash of the blinded message, or a paper sheet (`PAPER`)."""

    __tablename__ = "rating_mark"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked: Mapped[str] = mapped_column(sa.String(64))

    __table_args__ = ({"sqlite_with_rowid": False},)


class RatingSheet(Base):
    """评议表 A sheet by the hash of its token, until it is counted. `settled`: rewritten in random order."""

    __tablename__ = "rating_sheet"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    group: Mapped[int] = mapped_column("group_number")
    content: Mapped[str] = mapped_column(UntimedText)
    settled: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        sa.Index("ix_rating_sheet_group", "rating_id", "group_number"),
        sa.Index("ix_rating_sheet_waiting", "rating_id", "token_hash", postgresql_where=_WAITING,
                 sqlite_where=_WAITING),
        {"sqlite_with_rowid": False},
    )  # fmt: skip


class RatingPaper(Base):
    """纸质评议汇总 The counts of a group's paper sheets, as somebody entered them, until the round is counted."""

    __tablename__ = "rating_paper"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    group: Mapped[int] = mapped_column("group_number", primary_key=True)
    sheets: Mapped[int]
    counts: Mapped[list[Any]] = mapped_column(sa.JSON)


class RatingFigure(Base):
    """评议结果 How a criterion was graded in a group that is told, or in the whole (`WHOLE`): counts by grade."""

    __tablename__ = "rating_figure"

    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"), primary_key=True)
    group: Mapped[int] = mapped_column("group_number", primary_key=True)
    subject: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[int] = mapped_column(primary_key=True)
    counts: Mapped[list[Any]] = mapped_column(sa.JSON)


class RatingRemark(Base):
    """意见和建议 A remark of a sheet, with the unit where that is told; ids are random, so that no order is kept."""

    __tablename__ = "rating_remark"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    rating_id: Mapped[UUID] = mapped_column(sa.ForeignKey("rating_round.id"))
    unit_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(UntimedText)

    __table_args__ = (
        sa.Index("ix_rating_remark_rating_id", "rating_id", "id"),
        sa.Index("ix_rating_remark_unit_id", "rating_id", "unit_id", "id"),
        {"sqlite_with_rowid": False},
    )
