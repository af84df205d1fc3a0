"""The declarative base of governance's tables; the tables themselves are defined with their subjects."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import UuidKey, declarative_base

Base = declarative_base("governance")


class RevisionColumns:
    """Columns of a table of revisions of minutes (纪要修订), which are never changed.

    The table adds whose minutes they are and how their text is kept. `base`: the revision a text was written from, 0
    for none.
    """

    id: Mapped[UuidKey]
    number: Mapped[int]
    base: Mapped[int]
    note: Mapped[str | None] = mapped_column(sa.String(200))
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    text: Mapped[str]
