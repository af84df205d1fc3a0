"""Tables of the record: members, and the series their numbers come from."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.membership.base import Base, key_text

_STANDS = sa.text("standing IN ('active', 'transferring', 'retained')")
_ENDED = sa.text("standing IN ('withdrawn', 'deemed_withdrawn', 'expelled', 'deceased')")
_ACTIVE = sa.text("standing IN ('active', 'transferring')")
_APPROVED = sa.text("approved_month IS NOT NULL")
_RETIRED = sa.text("retired_on IS NOT NULL")
_LEFT = sa.text("left_on IS NOT NULL")
_IN_GROUP = sa.text("group_id IS NOT NULL")
_KNOWN_TO_HR = sa.text("hr_id IS NOT NULL AND standing IN ('active', 'transferring', 'retained')")

NO_GIVEN_PINYIN = sa.text(
    "given_pinyin IS NULL OR substr(pinyin, length(pinyin) - length(given_pinyin) + 1) <> given_pinyin"
)
"""Rows that the previous release wrote: the given name is missing, or that of the name before."""
_CHOSE_CALENDAR = sa.text("birthday_calendars IS NOT NULL")


class Member(Base):
    """会员: one person's membership. Sensitive fields are encrypted; the identity number is found by hash."""

    __tablename__ = "member"
    __table_args__ = (
        sa.Index(
            "uq_member_standing_person",
            "id_number_index",
            unique=True,
            postgresql_where=_STANDS,
            sqlite_where=_STANDS,
        ),
        sa.Index("uq_member_hr_id", "hr_id", unique=True, postgresql_where=_KNOWN_TO_HR, sqlite_where=_KNOWN_TO_HR),
        sa.Index("ix_member_left_on_id", "left_on", "id", postgresql_where=_LEFT, sqlite_where=_LEFT),
        sa.Index("ix_member_pinyin_id", "pinyin", "id"),
        sa.Index("ix_member_initials", "initials"),
        sa.Index("ix_member_given_pinyin", "given_pinyin"),
        sa.Index("ix_member_no_given_pinyin", "id", postgresql_where=NO_GIVEN_PINYIN, sqlite_where=NO_GIVEN_PINYIN),
        sa.Index("ix_member_name_birth_date", "name", "birth_date"),
        sa.Index("ix_member_joined_on_id", "joined_on", "id"),
        sa.Index("ix_member_unit_id_pinyin_id", "unit_id", "pinyin", "id"),
        sa.Index("ix_member_standing_pinyin_id", "standing", "pinyin", "id"),
        sa.Index("ix_member_employment_pinyin_id", "employment", "pinyin", "id"),
        sa.Index("ix_member_group_id", "group_id", postgresql_where=_IN_GROUP, sqlite_where=_IN_GROUP),
        sa.Index(
            "ix_member_figures", "unit_id", "gender", "employment", postgresql_where=_ACTIVE, sqlite_where=_ACTIVE
        ),
        sa.Index(
            "ix_member_birthday", "birth_month", "birth_day", "id", postgresql_where=_ACTIVE, sqlite_where=_ACTIVE
        ),
        sa.Index(
            "ix_member_birthday_calendars",
            "birth_day",
            "id",
            postgresql_where=_CHOSE_CALENDAR,
            sqlite_where=_CHOSE_CALENDAR,
        ),
        sa.Index("ix_member_former_person", "id_number_index", postgresql_where=_ENDED, sqlite_where=_ENDED),
        sa.Index("ix_member_original_age_birth_date", "original_age", "birth_date"),
        sa.Index("ix_member_approved_month", "approved_month", postgresql_where=_APPROVED, sqlite_where=_APPROVED),
        sa.Index("ix_member_retired_on", "retired_on", postgresql_where=_RETIRED, sqlite_where=_RETIRED),
    )

    id: Mapped[UuidKey]
    number: Mapped[str] = mapped_column(key_text(20), unique=True)
    name: Mapped[str] = mapped_column(key_text(50))
    pinyin: Mapped[str] = mapped_column(key_text(100))
    initials: Mapped[str] = mapped_column(key_text(100))
    given_pinyin: Mapped[str | None] = mapped_column(key_text(100))
    gender: Mapped[str] = mapped_column(sa.String(8))
    birth_date: Mapped[date]
    birth_month: Mapped[int] = mapped_column(sa.SmallInteger)
    birth_day: Mapped[int] = mapped_column(sa.SmallInteger)
    birthday_calendars: Mapped[str | None] = mapped_column(sa.String(60))
    """From which year on the birthday is celebrated by which calendar (`birthday_rules`); None: the solar one."""
    id_number: Mapped[str] = mapped_column(EncryptedText)
    id_number_index: Mapped[str] = mapped_column(sa.String(64))
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    unit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit.id"))
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("unit.id"))
    employment: Mapped[str] = mapped_column(sa.String(12))
    original_age: Mapped[str | None] = mapped_column(sa.String(3))
    hired_on: Mapped[date | None]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    hr_id: Mapped[str | None] = mapped_column(sa.String(30))
    education: Mapped[str | None] = mapped_column(sa.String(12))
    degree: Mapped[str | None] = mapped_column(sa.String(12))
    professional_title: Mapped[str | None] = mapped_column(sa.String(40))
    position: Mapped[str | None] = mapped_column(sa.String(60))
    political_status: Mapped[str | None] = mapped_column(EncryptedText)
    ethnicity: Mapped[str | None] = mapped_column(sa.String(20))
    native_place: Mapped[str | None] = mapped_column(sa.String(60))
    marital_status: Mapped[str | None] = mapped_column(sa.String(12))
    office_phone: Mapped[str | None] = mapped_column(sa.String(30))
    address: Mapped[str | None] = mapped_column(EncryptedText)
    emergency_name: Mapped[str | None] = mapped_column(EncryptedText)
    emergency_phone: Mapped[str | None] = mapped_column(EncryptedText)
    emergency_relation: Mapped[str | None] = mapped_column(sa.String(12))
    skills: Mapped[str | None] = mapped_column(sa.String(200))
    hobbies: Mapped[str | None] = mapped_column(sa.String(200))
    standing: Mapped[str] = mapped_column(sa.String(20), default="active")
    approved_month: Mapped[date | None]
    retired_on: Mapped[date | None]
    account_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None] = mapped_column(unique=True)
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    anonymised_at: Mapped[datetime | None]
    card_serial: Mapped[int] = mapped_column(default=1, server_default=sa.text("1"))


class NumberSeries(Base):
    """会员号编号规则: how numbers look and how far they have been given out; in force until the next one is.

    The row locks keep every series without gap and clash.
    """

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    prefix: Mapped[str] = mapped_column(sa.String(6), server_default="M")
    width: Mapped[int] = mapped_column(sa.SmallInteger, server_default=sa.text("6"))
    start: Mapped[int] = mapped_column(sa.BigInteger, server_default=sa.text("1"))
    last: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    in_force_from: Mapped[date] = mapped_column(server_default="1900-01-01")
    document: Mapped[str | None] = mapped_column(sa.String(200))
