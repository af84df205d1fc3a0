"""What all membership tables share: the declarative base, and text that is sorted and searched by its beginning."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database import declarative_base

Base = declarative_base("membership")

_BEHIND_EVERYTHING = "\U0010ffff"


def key_text(length: int) -> sa.types.TypeEngine[str]:
    """Return a text type sorted by code point on every database, so that one index serves sorts and beginnings."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def begins(column: Any, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that a `key_text` column begins with a text: a range, which the column's index serves."""
    return sa.and_(column >= text, column < text + _BEHIND_EVERYTHING)
