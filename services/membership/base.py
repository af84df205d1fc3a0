"""Shared by all membership tables: the declarative base, text searched by prefix, conditions of partial indexes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import declarative_base

Base = declarative_base("membership")

_BEHIND_EVERYTHING = "\U0010ffff"


def key_text(length: int) -> sa.types.TypeEngine[str]:
    """Return a text type sorted by code point on every database, so that one index serves sorts and beginnings."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def begins(column: Any, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that a `key_text` column begins with a text: a range, which the column's index serves."""
    return sa.and_(column >= text, column < text + _BEHIND_EVERYTHING)


def is_one_of(column: Any, values: Collection[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a column holds one of fixed words, written into the statement as they are.

    An index over some rows only serves a statement whose condition reads like its own; SQLite never compares it with
    bound values.
    """
    words: Any = sa.bindparam(None, list(values), unique=True, expanding=True, literal_execute=True)
    return column.in_(words)
