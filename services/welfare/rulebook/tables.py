"""Visit types, as they are stored. Figures with a date stand in the chassis' rulebook."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.welfare.base import Base


class VisitType(Base):
    """走访类型 An occasion as data, from a day and perhaps to a day (both included).

    It says who visits, how soon, with what evidence, and the benefit it is linked to. What a visit was begun with is
    never changed: a change is a row of its own, and a row that another of the same day replaced ends before it begins.
    `offered` is false where the union makes no such visits from the day on.
    """

    __tablename__ = "dated_visit_type"

    id: Mapped[UuidKey]
    occasion: Mapped[str] = mapped_column(sa.String(30))
    name: Mapped[str] = mapped_column(sa.String(60))
    name_en: Mapped[str] = mapped_column(sa.String(100))
    level: Mapped[str] = mapped_column(sa.String(8))
    union_posts: Mapped[list[str] | None]
    """Posts whose holders the union visits; None in types that a release before stored."""
    due_within_hours: Mapped[int]
    remind_before_hours: Mapped[int] = mapped_column(default=0, server_default="0")
    escalate_after_hours: Mapped[int]
    evidence_needed: Mapped[list[str]]
    evidence_to_close: Mapped[list[str]]
    benefit_key: Mapped[str] = mapped_column(sa.String(40))
    relations: Mapped[list[str]]
    standings: Mapped[list[str]]
    ahead_days: Mapped[int]
    apart_days: Mapped[int]
    back_days: Mapped[int] = mapped_column(default=365, server_default="365")
    told_as: Mapped[str | None] = mapped_column(sa.String(60))
    told_as_en: Mapped[str | None] = mapped_column(sa.String(100))
    title: Mapped[str | None] = mapped_column(sa.String(200))
    number: Mapped[str | None] = mapped_column(sa.String(100))
    ruleset: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int]
    offered: Mapped[bool]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    __table_args__ = (sa.Index("ix_dated_visit_type_occasion", "occasion", "valid_from"),)


class UndatedVisitType(Base):
    """Visit types as the release before keeps them. Only its replicas read this, while a roll-out is under way."""

    __tablename__ = "visit_type"

    occasion: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    name_en: Mapped[str] = mapped_column(sa.String(100))
    level: Mapped[str] = mapped_column(sa.String(8))
    due_within_hours: Mapped[int]
    escalate_after_hours: Mapped[int]
    evidence_needed: Mapped[list[str]]
    evidence_to_close: Mapped[list[str]]
    benefit_key: Mapped[str] = mapped_column(sa.String(40))
    relations: Mapped[list[str]]
    standings: Mapped[list[str]]
    ahead_days: Mapped[int]
    apart_days: Mapped[int]
    ruleset: Mapped[str] = mapped_column(sa.String(60))
    position: Mapped[int]
