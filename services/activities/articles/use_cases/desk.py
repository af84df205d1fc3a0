"""Reading articles at the writers' desk: lists, one whole with its steps and reads, revisions. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.articles import rules
from services.activities.articles.tables import Article, ArticleFile, ArticleRead, ArticleRevision
from services.activities.articles.use_cases.categories import categories_by_id
from services.activities.articles.use_cases.store import (
    desk_article,
    files_at,
    path_of,
    pictures_of,
    revision_of,
    subject_of,
)
from services.activities.articles.workflow import ARTICLE
from services.chassis.database.history import history_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.markdown_text import safe_html
from services.chassis.security.unit_scope import in_seen_units

_SORTS: dict[str, list[Key]] = {
    "-changed_at": [(Article.changed_at, "desc"), (Article.id, "desc")],
    "changed_at": [(Article.changed_at, "asc"), (Article.id, "asc")],
    "title": [(Article.title, "asc"), (Article.id, "asc")],
}
_IN_LIST = (
    "id", "title", "title_en", "category_id", "unit_id", "audience", "state", "waits", "pinned", "changed_at",
    "published_at", "expires_at",
)  # fmt: skip
_IN_FILE = ("id", "kind", "caption", "name", "media_type", "size")
_TEXTS = ("title", "title_en", "category_id", "summary", "body", "audience")
_MOST_STEPS = 50
_DAYS = 30
"""Days whose reads are told one by one."""
_OWN_STEPS = frozenset({"release", "schedule"})
"""Steps that are no actions of people: the clock's, and the one that publishing at a moment takes."""


def list_articles(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the articles that the caller works on or audits."""
    statement = in_seen_units(sa.select(Article), Article.unit_id, tx.principal, request["unit_id"])
    for name in ("state", "category_id"):
        if request[name] is not None:
            statement = statement.where(getattr(Article, name) == request[name])
    if request["waits"] is not None:
        statement = statement.where(Article.waits.is_(request["waits"]))
    if request["ids"] is not None:
        statement = statement.where(Article.id.in_(request["ids"]))
    if request["q"]:
        statement = statement.where(holds(request["q"], Article.number))
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    reads = _reads(tx, [one.id for one in page.rows])
    named = categories_by_id(tx)
    return page.reply([_row(one, named[one.category_id].name, reads.get(one.id, 0)) for one in page.rows])


def get_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return one article whole."""
    return detail(tx, desk_article(tx, request["article_id"]))


def list_article_revisions(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of an article's revisions, latest first."""
    article = desk_article(tx, request["article_id"])
    of_article = sa.select(ArticleRevision).where(ArticleRevision.article_id == article.id)
    page = page_of(tx, of_article, request, [(ArticleRevision.number, "desc")])
    return page.reply([_revision(article, one) for one in page.rows])


def get_article_revision(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return one revision whole."""
    article = desk_article(tx, request["article_id"])
    found = revision_of(tx, article, request["number"])
    texts = {name: getattr(found, name) for name in _TEXTS}
    return {**_revision(article, found), **texts, "unit_ids": [UUID(one) for one in found.unit_ids]}


def detail(tx: Transaction, article: Article) -> dict[str, Any]:
    """Return an article whole, at its latest revision, with what the caller may do now."""
    tx.session.flush()
    latest = revision_of(tx, article)
    days = _read_days(tx, article.id)
    wrote = rules.publisher_did_not_write(latest.written_by, tx.principal.own_ids) is not None
    category = categories_by_id(tx)[latest.category_id]
    return {
        **_row(article, category.name, _reads(tx, [article.id]).get(article.id, 0)),
        **{name: getattr(latest, name) for name in _TEXTS},
        "unit_ids": [UUID(one) for one in latest.unit_ids],
        "number": article.number,
        "shown": article.shown if article.state in ("scheduled", "published") else 0,
        "notify": article.notify,
        "html": safe_html(latest.body, pictures_of(article.id)),
        "files": [told(one) for one in files_at(tx, [article.id], shown=False)],
        "read_days": days,
        "steps": _steps(tx, article),
        "actions": _actions(tx, article, wrote=wrote),
        "wrote": wrote,
    }


def told(file: ArticleFile) -> dict[str, Any]:
    """Return what is told of a file."""
    return {**{name: getattr(file, name) for name in _IN_FILE}, "path": path_of(file)}


def holds(q: str, number: Any) -> sa.ColumnElement[bool]:
    """Return whether an article says something at a revision, the column of its number."""
    texts = (ArticleRevision.title, ArticleRevision.title_en, ArticleRevision.summary, ArticleRevision.body)
    found = sa.select(ArticleRevision.article_id).where(
        ArticleRevision.article_id == Article.id, ArticleRevision.number == number,
        sa.or_(*(one.icontains(q, autoescape=True) for one in texts)),
    )  # fmt: skip
    return found.exists()


def _actions(tx: Transaction, article: Article, *, wrote: bool) -> list[str]:
    principal = tx.principal
    if not principal.has("officer") and article.unit_id not in principal.units("chair"):
        return []
    possible = [one for one in ARTICLE.legal(article.state, principal.roles) if one not in _OWN_STEPS]
    if article.state == "published" and not article.waits:
        possible = [one for one in possible if one not in ("publish", "return")]
    return [one for one in possible if one != "publish" or not wrote]


def _row(article: Article, category_name: str, reads: int) -> dict[str, Any]:
    return {**{name: getattr(article, name) for name in _IN_LIST}, "category_name": category_name, "reads": reads}


def _revision(article: Article, revision: ArticleRevision) -> dict[str, Any]:
    return {
        "number": revision.number, "title": revision.title, "at": revision.at, "account_id": revision.written_by,
        "shown": revision.number == article.shown,
    }  # fmt: skip


def _reads(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, int]:
    counted = sa.select(ArticleRead.article_id, sa.func.sum(ArticleRead.count)).where(
        ArticleRead.article_id.in_(list(ids))
    )
    return {row[0]: int(row[1]) for row in tx.session.execute(counted.group_by(ArticleRead.article_id))}


def _read_days(tx: Transaction, article_id: UUID) -> list[dict[str, Any]]:
    since = tx.today - timedelta(days=_DAYS)
    counted = sa.select(ArticleRead).where(ArticleRead.article_id == article_id, ArticleRead.day > since)
    return [{"day": one.day, "count": one.count} for one in tx.session.scalars(counted.order_by(ArticleRead.day))]


def _steps(tx: Transaction, article: Article) -> list[dict[str, Any]]:
    page = history_of(tx, subject_of(article.id), limit=_MOST_STEPS)
    return [
        {
            "step": one.changes["step"]["new"],
            "at": one.changed_at,
            "account_id": _account(one.changed_by),
            "reason": one.reason,
        }
        for one in page.rows
    ]


def _account(actor: str) -> UUID | None:
    try:
        return UUID(actor)
    except ValueError:
        return None
