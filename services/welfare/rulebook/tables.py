"""Visit types, as they are stored. Figures with a date stand in the chassis' rulebook."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.welfare.base import Base


class VisitType(Base):
    """走访类型 An occasion as data: who visits, how soon, with what evidence, and the benefit it is linked to."""

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
