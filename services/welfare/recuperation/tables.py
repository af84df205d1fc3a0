"""Tables of routes, rounds, trips and applications."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base


class RecuperationRoute(Base):
    """线路 Terms of trips; they never change, a route is ended and another one added."""

    __tablename__ = "recuperation_route"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60))
    destination: Mapped[str] = mapped_column(sa.String(12))
    days: Mapped[int]
    price: Mapped[Decimal]
    agency: Mapped[str] = mapped_column(sa.String(100))
    insured: Mapped[Decimal]
    about: Mapped[str | None] = mapped_column(sa.String(1000))
    offered: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (sa.Index("ix_recuperation_route_offered_id", "offered", "id"),)


class RecuperationRound(Base):
    """疗休养批次 Trips drawn together, and their draw.

    `secret` is the committed secret in hexadecimal, published with the result; `first_value` what the first of two
    people entered.
    """

    __tablename__ = "recuperation_round"

    id: Mapped[UuidKey]
    title: Mapped[str] = mapped_column(sa.String(60))
    year: Mapped[int]
    period_from: Mapped[int]
    period_to: Mapped[int]
    apply_from: Mapped[date]
    apply_until: Mapped[date]
    most_choices: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(10))
    entries_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    seed_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    secret: Mapped[str | None] = mapped_column(EncryptedText)
    committed_on: Mapped[date | None]
    public_source: Mapped[str | None] = mapped_column(sa.String(200))
    public_example: Mapped[str | None] = mapped_column(sa.String(100))
    public_day: Mapped[date | None]
    first_value: Mapped[str | None] = mapped_column(sa.String(100))
    first_by: Mapped[UUID | None]
    public_value: Mapped[str | None] = mapped_column(sa.String(100))
    drawn_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_recuperation_round_state_id", "state", "id"),)


class Trip(Base):
    """疗休养团 A date of a route. `quotas`: by unit id, the most persons of it."""

    __tablename__ = "trip"

    id: Mapped[UuidKey]
    round_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recuperation_round.id"))
    route_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recuperation_route.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    places: Mapped[int]
    minimum: Mapped[int | None]
    quotas: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(sa.String(10))
    cost: Mapped[Decimal | None]

    __table_args__ = (
        sa.Index("ix_trip_round_id_starts_on", "round_id", "starts_on", "id"),
        sa.Index("ix_trip_starts_on", "starts_on", "id"),
        sa.Index("ix_trip_state_starts_on", "state", "starts_on", "id"),
    )


class TripApplication(Base):
    """疗休养报名 One application of a member in a round; the table allows no second one.

    `id` is random, because it is published with the entries. `entered`: it is on the closed list, whatever follows.
    `family` (names), `grounds`, `reason` and `comment` are encrypted; the first two are JSON.
    """

    __tablename__ = "trip_application"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recuperation_round.id"))
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    year: Mapped[int]
    choices: Mapped[list[Any]] = mapped_column(sa.JSON)
    family: Mapped[str | None] = mapped_column(EncryptedText)
    grounds: Mapped[str | None] = mapped_column(EncryptedText)
    persons: Mapped[int]
    lots: Mapped[int]
    amount: Mapped[Decimal]
    decision_id: Mapped[UUID]
    applied_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(16))
    entered: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int | None]
    trip_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("trip.id"))
    outside: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(EncryptedText)
    cost: Mapped[Decimal | None]
    own_cost: Mapped[Decimal | None]
    rating: Mapped[int | None]
    comment: Mapped[str | None] = mapped_column(EncryptedText)

    __table_args__ = (
        sa.UniqueConstraint("round_id", "member_id"),
        sa.Index("ix_trip_application_member_id_applied_at", "member_id", "applied_at", "id"),
        sa.Index("ix_trip_application_round_id_state", "round_id", "state", "position"),
        sa.Index("ix_trip_application_trip_id_state", "trip_id", "state", "position"),
        sa.Index("ix_trip_application_unit_id_round_id", "unit_id", "round_id", "id"),
    )
