"""Payments asked of the funds, and money reserved there, with the funds' answers.

What names a benefit is encrypted: with the source it would tell why somebody is helped.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey
from services.chassis.security.encryption import EncryptedText
from services.welfare.base import Base


class PaymentRequest(Base):
    """付款申请 A payment for a source, once each; `claim` counts how often it was asked for.

    `state` is the funds' answer (`claim` vocabulary); `sequence` is of the last answer heard.
    """

    __tablename__ = "payment_request"

    id: Mapped[UuidKey]
    source_type: Mapped[str] = mapped_column(sa.String(12))
    source_id: Mapped[UUID]
    claim: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(sa.String(10), default="pending")
    sequence: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    unit_id: Mapped[UUID | None]
    benefit_key: Mapped[str | None] = mapped_column(EncryptedText)
    line_code: Mapped[str | None] = mapped_column(sa.String(60))
    funding_source: Mapped[str] = mapped_column(sa.String(16))
    amount: Mapped[Decimal]
    form: Mapped[str | None] = mapped_column(sa.String(8))
    people: Mapped[int] = mapped_column(default=1)
    spent_on: Mapped[date]
    beneficiary: Mapped[str | None] = mapped_column(sa.String(64))
    evidence_kinds: Mapped[list[Any]]
    reserved_type: Mapped[str | None] = mapped_column(sa.String(12))
    reserved_id: Mapped[UUID | None]
    entry_id: Mapped[UUID | None]
    refused_rule: Mapped[str | None] = mapped_column(EncryptedText)
    reason_code: Mapped[str | None] = mapped_column(sa.String(40))

    __table_args__ = (sa.UniqueConstraint("source_type", "source_id"),)


class Funding(Base):
    """经费预留 Money reserved for a source; `claim` counts the requests, `state` is the answer to the last one."""

    __tablename__ = "funding"

    id: Mapped[UuidKey]
    source_type: Mapped[str] = mapped_column(sa.String(12))
    source_id: Mapped[UUID]
    claim: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(sa.String(10), default="asked")
    year: Mapped[int]
    benefit_key: Mapped[str | None] = mapped_column(EncryptedText)
    line_code: Mapped[str | None] = mapped_column(sa.String(60))
    funding_source: Mapped[str] = mapped_column(sa.String(16))
    amount: Mapped[Decimal]
    title: Mapped[str | None] = mapped_column(sa.String(200))
    unit_id: Mapped[UUID | None]
    refused_rule: Mapped[str | None] = mapped_column(EncryptedText)
    reason_code: Mapped[str | None] = mapped_column(sa.String(40))

    __table_args__ = (sa.UniqueConstraint("source_type", "source_id"),)
