"""Tables of an activity's form. They are changed under the lock of the activity's row, like its seats."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base


class ActivityQuota(Base):
    """名额 Places that several options share; `taken` counts those of registrations with a seat."""

    __tablename__ = "activity_quota"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    size: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("taken >= 0 AND taken <= size", name="no_oversell"),)


class OptionGroup(Base):
    """选项分组 Options of which one chooses from `least` to `most`."""

    __tablename__ = "option_group"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    least: Mapped[int]
    most: Mapped[int]


class ActivityOption(Base):
    """选项 Something to choose; `quotas` are the numbers of those it takes a place of, `place` its order."""

    __tablename__ = "activity_option"

    activity_id: Mapped[UUID] = mapped_column(sa.ForeignKey("activity.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(60))
    group_number: Mapped[int]
    quotas: Mapped[list[int]] = mapped_column(sa.JSON)
    closed: Mapped[bool] = mapped_column(default=False)
