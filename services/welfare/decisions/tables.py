"""Tables of decisions. What many decisions of one run share, the rules, is stored once."""

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


class DecisionBasis(Base):
    """判定依据 Which decider of which version decided, by the rules of which day; `digest` is the hash of all of it."""

    __tablename__ = "decision_basis"

    id: Mapped[UuidKey]
    kind: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int]
    as_of: Mapped[date]
    grounds: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)


class Decision(Base):
    """判定 One yes or no about one member. `inputs` is JSON, encrypted; None once the member's data was erased."""

    __tablename__ = "decision"

    id: Mapped[UuidKey]
    basis_id: Mapped[UUID] = mapped_column(sa.ForeignKey("decision_basis.id"))
    kind: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[UUID]
    member_id: Mapped[UUID]
    decided_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(sa.String(8))
    reason: Mapped[str | None] = mapped_column(sa.String(120))
    params: Mapped[dict[str, Any]]
    amount: Mapped[Decimal | None]
    inputs: Mapped[str | None] = mapped_column(EncryptedText)

    __table_args__ = (
        sa.Index("ix_decision_member_id_decided_at", "member_id", "decided_at"),
        sa.Index("ix_decision_subject_id_outcome", "subject_id", "outcome", "id"),
        sa.Index("ix_decision_kind_id", "kind", "id"),
    )
