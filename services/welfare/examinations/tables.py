"""Tables of examinations. None of them has a column for what was found, for a file, or for words about a person."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base


class ExaminationHospital(Base):
    """体检医院 Where members are examined."""

    __tablename__ = "examination_hospital"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(100))
    address: Mapped[str] = mapped_column(sa.String(200))
    in_use: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (sa.Index("ix_examination_hospital_in_use", "in_use", "id"),)


class Examination(Base):
    """体检 A year's campaign.

    `run_id` names the latest making of the list, to which its refusals belong, `runs` all of them; `progress_told` is
    the number of attended that was announced last, `waits` whether it was announced that the campaign is to be closed.
    """

    __tablename__ = "examination"

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(60))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(10))
    funding: Mapped[str] = mapped_column(sa.String(16))
    as_of: Mapped[date]
    book_until: Mapped[date]
    state: Mapped[str] = mapped_column(sa.String(10))
    run_id: Mapped[UUID | None]
    runs: Mapped[list[str] | None]
    job_id: Mapped[UUID | None]
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    reminder_round: Mapped[int] = mapped_column(default=0)
    reminded_on: Mapped[date | None]
    progress_told: Mapped[str | None] = mapped_column(sa.String(30))
    waits: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    __table_args__ = (sa.Index("ix_examination_state", "state", "id"),)

    @property
    def run_ids(self) -> list[UUID]:
        """The makings of the list, the latest last."""
        return [UUID(one) for one in self.runs or ()]


class UnbookedTold(Base):
    """未预约人数 How many of a unit have no appointment, as it was announced last; no row where that is nobody."""

    __tablename__ = "examination_unbooked_told"

    examination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("examination.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    unbooked: Mapped[int]


class ExaminationPackage(Base):
    """体检套餐 What is examined is the hospital's; here stands for whom it is and what it costs."""

    __tablename__ = "examination_package"

    id: Mapped[UuidKey]
    examination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("examination.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    sex: Mapped[str | None] = mapped_column(sa.String(6))
    age_from: Mapped[int]
    age_to: Mapped[int]
    price: Mapped[Decimal]


class ExaminationSlot(Base):
    """体检时段 `booked` counts the members whose appointment it is, those who came or not included."""

    __tablename__ = "examination_slot"

    id: Mapped[UuidKey]
    examination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("examination.id"))
    hospital_id: Mapped[UUID] = mapped_column(sa.ForeignKey("examination_hospital.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    booked: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None] = mapped_column(sa.String(100))

    __table_args__ = (
        sa.CheckConstraint("booked >= 0 AND booked <= capacity", name="capacity_covers_booked"),
        sa.Index("ix_examination_slot_examination_id", "examination_id", "starts_at", "id"),
    )


class Examinee(Base):
    """体检人员 A member on a campaign's list, with the appointment; the table allows no second one.

    `facts` is JSON of sex and age, encrypted: which packages are for the member. `marked_at` is of the mark that holds;
    `ExaminationMark` has every one.
    """

    __tablename__ = "examinee"

    id: Mapped[UuidKey]
    examination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("examination.id"))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    facts: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(sa.String(10))
    package_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("examination_package.id"))
    slot_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("examination_slot.id"))
    reminded: Mapped[int] = mapped_column(default=0)
    listed_at: Mapped[datetime]
    booked_at: Mapped[datetime | None]
    marked_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("examination_id", "member_id"),
        sa.Index("ix_examinee_member_id", "member_id", "id"),
        sa.Index("ix_examinee_state", "examination_id", "state", "id"),
        sa.Index("ix_examinee_unit_id", "examination_id", "unit_id", "state", "id"),
        sa.Index("ix_examinee_slot_id", "slot_id", "state", "id"),
    )


class ExaminationMark(Base):
    """到检登记 Whether somebody came, as it was marked; a correction is another row, and the earlier one stays."""

    __tablename__ = "examination_mark"

    id: Mapped[UuidKey]
    examinee_id: Mapped[UUID] = mapped_column(sa.ForeignKey("examinee.id"))
    state: Mapped[str] = mapped_column(sa.String(10))
    marked_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_examination_mark_examinee_id", "examinee_id", "id"),)
