"""Tables of programmes, cycles, packages, slots, entitlements and hand-outs."""

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

STANDS = sa.text("state <> 'cancelled'")
OPEN_CLAIMS = sa.text("claim_state IN ('pending', 'refused', 'reversed')")
"""Hand-outs that are not in the ledger."""


class Programme(Base):
    """福利项目 What is given again and again."""

    __tablename__ = "programme"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    benefit_key: Mapped[str] = mapped_column(sa.String(40))
    festival: Mapped[str | None] = mapped_column(sa.String(20))
    funding: Mapped[str] = mapped_column(sa.String(16))


class Cycle(Base):
    """批次 One year's giving of a programme; the table allows no second one that stands.

    `run_id` names the latest computation of the list, to which its decisions belong; `rules` is what it used.
    """

    __tablename__ = "cycle"

    id: Mapped[UuidKey]
    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id"))
    year: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(60))
    state: Mapped[str] = mapped_column(sa.String(12))
    as_of: Mapped[date]
    price: Mapped[Decimal]
    choose_until: Mapped[date]
    collect_from: Mapped[date]
    collect_until: Mapped[date]
    audience: Mapped[dict[str, Any]]
    run_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    rules: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    entitled: Mapped[int] = mapped_column(default=0)
    excluded: Mapped[int] = mapped_column(default=0)
    told: Mapped[int] = mapped_column(default=0)
    """Number of the last entitlement whose member was told."""
    approved_on: Mapped[date | None]
    """None where it is not approved, or was by the release before."""
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.Index("uq_cycle_programme_id_year", "programme_id", "year", unique=True, postgresql_where=STANDS,
                 sqlite_where=STANDS),
        sa.Index("ix_cycle_state", "state", "id"),
    )  # fmt: skip


class Package(Base):
    """礼包 One choice of a cycle."""

    __tablename__ = "package"

    id: Mapped[UuidKey]
    cycle_id: Mapped[UUID] = mapped_column(sa.ForeignKey("cycle.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    contents: Mapped[str] = mapped_column(sa.String(500))
    price: Mapped[Decimal]
    paired_aid: Mapped[Decimal]
    stock: Mapped[int]
    chosen: Mapped[int] = mapped_column(default=0)
    is_default: Mapped[bool]

    __table_args__ = (sa.CheckConstraint("chosen >= 0 AND chosen <= stock", name="stock_covers_chosen"),)


class PickUpSlot(Base):
    """领取时段 Where and when goods can be fetched."""

    __tablename__ = "pick_up_slot"

    id: Mapped[UuidKey]
    cycle_id: Mapped[UUID] = mapped_column(sa.ForeignKey("cycle.id"), index=True)
    point: Mapped[str] = mapped_column(sa.String(100))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.CheckConstraint("taken >= 0 AND taken <= capacity", name="capacity_covers_taken"),)


class GoodsEntitlement(Base):
    """慰问品资格 A member's claim to one package of a cycle; the table allows no second one."""

    __tablename__ = "goods_entitlement"

    id: Mapped[UuidKey]
    cycle_id: Mapped[UUID] = mapped_column(sa.ForeignKey("cycle.id"))
    number: Mapped[int]
    member_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(sa.String(10))
    package_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("package.id"))
    slot_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("pick_up_slot.id"))
    proxy_name: Mapped[str | None] = mapped_column(EncryptedText)
    ended_on: Mapped[date | None]
    """The day it expired or was withdrawn; None where that has not happened, or did in the release before."""

    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "member_id"),
        sa.UniqueConstraint("cycle_id", "number"),
        sa.Index("ix_goods_entitlement_member_id", "member_id", "id"),
        sa.Index("ix_goods_entitlement_state", "cycle_id", "state", "number"),
    )


class HandOut(Base):
    """领取记录 That goods were handed out; the table allows one for each entitlement.

    `signature` is the name of who signed; `sheet` the paper list of a line that was recorded later. `claim` counts the
    claims on the funds, `claim_state` is their answer.
    """

    __tablename__ = "hand_out"

    id: Mapped[UuidKey]
    entitlement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("goods_entitlement.id"), unique=True)
    cycle_id: Mapped[UUID] = mapped_column(index=True)
    package_id: Mapped[UUID]
    amount: Mapped[Decimal]
    handed_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    handed_by: Mapped[UUID | None]
    handed_by_member: Mapped[UUID | None]
    method: Mapped[str] = mapped_column(sa.String(12))
    signature: Mapped[str | None] = mapped_column(EncryptedText)
    sheet: Mapped[str | None] = mapped_column(sa.String(60))
    claim: Mapped[int] = mapped_column(default=0)
    claim_state: Mapped[str] = mapped_column(sa.String(10), default="none")
    claim_sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    refused_rule: Mapped[str | None] = mapped_column(sa.String(120))

    __table_args__ = (
        sa.Index("ix_hand_out_open_claims", "cycle_id", "id", postgresql_where=OPEN_CLAIMS, sqlite_where=OPEN_CLAIMS),
    )
