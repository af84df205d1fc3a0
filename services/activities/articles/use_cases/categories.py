"""Categories of articles: the five that are shipped, and what a union adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from services.activities.articles.tables import ArticleCategory
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict
from services.chassis.identifiers import uuid7

_TERMS = ("name", "name_en", "place", "offered")
_NONE = "There is no such category."


def list_article_categories(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of categories in their order."""
    statement = sa.select(ArticleCategory)
    if request["offered"] is not None:
        statement = statement.where(ArticleCategory.offered.is_(request["offered"]))
    return page_of(tx, statement, request, [(ArticleCategory.place, "asc"), (ArticleCategory.id, "asc")]).reply()


def add_article_category(tx: Transaction, request: Mapping[str, Any]) -> ArticleCategory:
    """Add a category. Raises `Conflict` where there is one of this name."""
    made = ArticleCategory(id=uuid7(), **{name: request[name] for name in _TERMS})
    tx.session.add(made)
    _flush(tx)
    note_change(tx, _subject(made), {name: (None, request[name]) for name in _TERMS})
    return made


def change_article_category(tx: Transaction, request: Mapping[str, Any]) -> ArticleCategory:
    """Change a category; articles keep it. Raises `Conflict` where another has this name."""
    found = tx.get(ArticleCategory, request["category_id"], _NONE, lock=True, field="category_id")
    changes = {name: (getattr(found, name), request[name]) for name in _TERMS}
    note_change(tx, _subject(found), {name: change for name, change in changes.items() if change[0] != change[1]})
    for name in _TERMS:
        setattr(found, name, request[name])
    _flush(tx)
    return found


def category_of(tx: Transaction, category_id: UUID) -> ArticleCategory:
    """Return a category. Raises `NotFound`."""
    return tx.get(ArticleCategory, category_id, _NONE, field="category_id")


def categories_by_id(tx: Transaction) -> dict[UUID, ArticleCategory]:
    """Return every category; a union has few."""
    return {one.id: one for one in tx.session.scalars(sa.select(ArticleCategory))}


def _flush(tx: Transaction) -> None:
    try:
        with tx.savepoint():
            tx.session.flush()
    except IntegrityError:
        raise Conflict("There is a category of this name.", rule="articles.category_is_new", field="name") from None


def _subject(category: ArticleCategory) -> str:
    return f"article_category/{category.id}"
