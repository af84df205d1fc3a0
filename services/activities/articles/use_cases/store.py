"""Loading articles, who works on them, moving them on, and what is told of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.articles.tables import Article, ArticleFile, ArticleRevision, ArticleUnit
from services.activities.articles.workflow import ARTICLE, CLOCK
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.contracts.activities.articles.events import ArticleMoved, ArticlePublished, ArticleWithdrawn

NO_ARTICLE = "There is no such article."
_SHOWN_TEXTS = ("category_id", "title", "title_en", "summary", "audience")


def desk_article(tx: Transaction, article_id: UUID, *, lock: bool = False) -> Article:
    """Return an article that the caller works on or audits: officers and auditors all, a chair the own units'.

    Raises:
        NotFound: there is none.
        NotAllowed: it is another unit's.
    """
    article = tx.get(Article, article_id, NO_ARTICLE, lock=lock, field="article_id")
    require_desk(tx.principal, article.unit_id)
    return article


def require_desk(principal: Principal, unit_id: UUID | None) -> None:
    """Raise `NotAllowed` unless the caller works on articles of this unit; those of the union are its officers'."""
    if not works_on(principal, unit_id):
        raise NotAllowed("This belongs to another unit.", rule="own_unit")


def works_on(principal: Principal, unit_id: UUID | None) -> bool:
    """Whether the caller sees a unit's articles at the writers' desk."""
    return sees_all_units(principal) or unit_id in principal.units("chair")


def revision_of(tx: Transaction, article: Article, number: int | None = None) -> ArticleRevision:
    """Return a revision of an article, by default the latest. Raises `NotFound`."""
    found = tx.session.get(ArticleRevision, (article.id, number or article.number))
    if found is None:
        raise NotFound("There is no such revision.", field="number")
    return found


def files_at(tx: Transaction, article_ids: list[UUID], *, kind: str | None = None, shown: bool) -> list[ArticleFile]:
    """Return files of articles, in the order they came, at the revision readers see, or at the latest."""
    at = Article.shown if shown else Article.number
    lasts = sa.or_(ArticleFile.last.is_(None), ArticleFile.last >= at)
    statement = (
        sa.select(ArticleFile)
        .join(Article, Article.id == ArticleFile.article_id)
        .where(ArticleFile.article_id.in_(article_ids), ArticleFile.first <= at, lasts)
        .order_by(ArticleFile.id)
    )
    if kind is not None:
        statement = statement.where(ArticleFile.kind == kind)
    return list(tx.session.scalars(statement))


def show(tx: Transaction, article: Article, revision: ArticleRevision) -> None:
    """Let lists and readers find an article as a revision has it."""
    for name in _SHOWN_TEXTS:
        setattr(article, name, getattr(revision, name))
    tx.session.execute(sa.delete(ArticleUnit).where(ArticleUnit.article_id == article.id))
    if revision.unit_ids:
        rows = [{"article_id": article.id, "unit_id": UUID(one)} for one in revision.unit_ids]
        tx.session.execute(sa.insert(ArticleUnit), rows)


def move(
    tx: Transaction, article: Article, action: str, step: str, reason: str | None = None, *, by_clock: bool = False
) -> None:
    """Take an article on by an action and keep the step. Raises `Refused` where its state forbids it."""
    before = article.state
    roles = frozenset({CLOCK}) if by_clock else tx.principal.roles
    article.state = ARTICLE.apply(before, action, roles=roles)
    changes: dict[str, tuple[Any, Any]] = {"step": (None, step), "number": (None, article.number)}
    if before != article.state:
        changes["state"] = (before, article.state)
    note_change(tx, subject_of(article.id), changes, reason)
    article.changed_at = tx.now


def tell_desk(tx: Transaction, article: Article, *, waits: bool, returned: bool = False) -> None:
    """Note whether officers are to read the article, and which revision; tell of it where that changed."""
    article.submitted = article.number if waits else article.submitted
    if article.waits == waits and not returned:
        return
    article.waits = waits
    tx.session.flush()
    writer = revision_of(tx, article).writer_member_id
    tx.record(
        ArticleMoved(
            article_id=article.id, unit_id=article.unit_id, state=article.state, waits=waits, returned=returned,
            writer_member_id=writer,
        )
    )  # fmt: skip


def published(tx: Transaction, article: Article, *, changed: bool) -> ArticlePublished:
    """Return that an article can be read, or that its text changed."""
    names = ("category_id", "unit_id", "title", "title_en", "audience", "published_at", "expires_at", "notify")
    units = tx.session.scalars(sa.select(ArticleUnit.unit_id).where(ArticleUnit.article_id == article.id))
    return ArticlePublished(
        article_id=article.id, unit_ids=sorted(units), revision=article.shown, changed=changed,
        **{name: getattr(article, name) for name in names},
    )  # fmt: skip


def withdrawn(article: Article) -> ArticleWithdrawn:
    """Return that an article can't be read any more."""
    return ArticleWithdrawn(article_id=article.id, unit_id=article.unit_id)


def subject_of(article_id: UUID) -> str:
    """Return the name under which an article's changes and files are kept."""
    return f"article/{article_id}"


def path_of(file: ArticleFile) -> str:
    """Return the address of a file below the union's own."""
    return f"{pictures_of(file.article_id)}{file.id}"


def pictures_of(article_id: UUID) -> str:
    """Return where the addresses of an article's files begin."""
    return f"/news/{article_id}/files/"
