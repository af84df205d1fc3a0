"""What readers see: published articles that are for them, feeds, and the count of reads without readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.articles.tables import Article, ArticleCategory, ArticleRead, ArticleRevision, ArticleUnit
from services.activities.articles.use_cases.categories import categories_by_id
from services.activities.articles.use_cases.desk import holds, told
from services.activities.articles.use_cases.store import NO_ARTICLE, files_at, path_of, pictures_of, revision_of
from services.activities.calendar.use_cases.following import with_units_before
from services.activities.participants.use_cases.reading import participants_of
from services.chassis.database.engine import upsert
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.markdown_text import safe_html

_IN_LIST = ("id", "title", "title_en", "summary", "category_id", "unit_id", "audience", "pinned", "published_at")
_ORDER = [(Article.pinned, "desc"), (Article.published_at, "desc"), (Article.id, "desc")]


def list_news(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the published articles that the caller may read."""
    statement = sa.select(Article).where(*readable(tx))
    if request["category_id"] is not None:
        statement = statement.where(Article.category_id == request["category_id"])
    if request["q"]:
        statement = statement.where(holds(request["q"], Article.shown))
    page = page_of(tx, statement, request, _ORDER)
    return page.reply(_rows(tx, page.rows))


def get_news(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return one published article. Raises `NotFound`, also for what is not for the caller."""
    article = tx.session.scalar(sa.select(Article).where(Article.id == request["article_id"], *readable(tx)))
    if article is None:
        raise NotFound(NO_ARTICLE, field="article_id")
    revision = revision_of(tx, article, article.shown)
    files = files_at(tx, [article.id], kind="attachment", shown=True)
    return {
        **_rows(tx, [article])[0],
        "html": safe_html(revision.body, pictures_of(article.id)),
        "changed_at": max(revision.at, article.published_at or revision.at),
        "expires_at": article.expires_at,
        "attachments": [told(one) for one in files],
    }


def news_feed(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the latest articles for everybody with their texts, the latest first; pins do not count here."""
    at_shown = sa.and_(ArticleRevision.article_id == Article.id, ArticleRevision.number == Article.shown)
    found = tx.session.execute(
        sa.select(Article, ArticleRevision)
        .join(ArticleRevision, at_shown)
        .where(*_shown_now(tx), Article.audience == "all")
        .order_by(Article.published_at.desc(), Article.id.desc())
        .limit(request["limit"])
    ).all()
    rows = _rows(tx, [article for article, _ in found])
    items = [
        {
            **row,
            "html": safe_html(revision.body, pictures_of(article.id)),
            "changed_at": max(revision.at, article.published_at or revision.at),
        }
        for row, (article, revision) in zip(rows, found, strict=True)
    ]
    return {"items": items}


def count_article_read(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Count one more read of a published article today."""
    wanted = sa.select(Article.id).where(Article.id == request["article_id"], *_shown_now(tx))
    if tx.session.scalar(wanted) is not None:
        new = upsert(tx.session, ArticleRead).values(article_id=request["article_id"], day=tx.today, count=1)
        more = {"count": ArticleRead.count + 1}
        tx.session.execute(new.on_conflict_do_update(index_elements=["article_id", "day"], set_=more))
    return {}


def is_read(tx: Transaction, article_id: UUID) -> bool:
    """Whether an article is published and the caller may read it."""
    return tx.session.scalar(sa.select(Article.id).where(Article.id == article_id, *readable(tx))) is not None


def readable(tx: Transaction) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of published articles that the caller may read, to the second."""
    principal = tx.principal
    if principal.kind == "service" or principal.has("officer", "auditor"):
        return _shown_now(tx)
    for_all = Article.audience == "all"
    if not principal.has("member"):
        return [*_shown_now(tx), for_all]
    units = set(principal.units("chair"))
    if principal.member_id is not None:
        own = participants_of(tx, [principal.member_id]).get(principal.member_id)
        units |= {own.unit_id} if own is not None and own.unit_id is not None else set()
    named = sa.select(ArticleUnit.article_id).where(ArticleUnit.unit_id.in_(with_units_before(tx, units)))
    return [*_shown_now(tx), sa.or_(Article.audience.in_(("all", "members")), Article.id.in_(named))]


def _shown_now(tx: Transaction) -> list[sa.ColumnElement[bool]]:
    lasts = sa.or_(Article.expires_at.is_(None), Article.expires_at > tx.now)
    return [Article.state.in_(("scheduled", "published")), Article.published_at <= tx.now, lasts]


def _rows(tx: Transaction, articles: Sequence[Article]) -> list[dict[str, Any]]:
    covers = {one.article_id: path_of(one) for one in files_at(tx, [a.id for a in articles], kind="cover", shown=True)}
    named: Mapping[Any, ArticleCategory] = categories_by_id(tx) if articles else {}
    return [
        {
            **{name: getattr(one, name) for name in _IN_LIST},
            "category_name": named[one.category_id].name,
            "category_name_en": named[one.category_id].name_en,
            "cover_path": covers.get(one.id),
        }
        for one in articles
    ]
