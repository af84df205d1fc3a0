"""Writing articles: drafts, revisions, submitting them, and beginning anew with one that was withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.activities.articles import rules
from services.activities.articles.tables import Article, ArticleRevision
from services.activities.articles.use_cases.categories import category_of
from services.activities.articles.use_cases.desk import detail
from services.activities.articles.use_cases.store import (
    desk_article,
    move,
    require_desk,
    revision_of,
    show,
    tell_desk,
)
from services.activities.articles.workflow import ARTICLE
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.chassis.identifiers import uuid7

_TEXTS = ("category_id", "title", "title_en", "summary", "body", "audience")


def write_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Write a new article as a draft.

    Raises:
        NotAllowed: it is neither of the caller's own unit nor the caller an officer.
        Refused: the category is not offered, or the units do not fit the audience.
    """
    require_desk(tx.principal, request["unit_id"])
    _check(tx, request, None)
    named = {name: request[name] for name in _TEXTS if name != "body"}
    article = Article(
        id=uuid7(), unit_id=request["unit_id"], **named, state=ARTICLE.initial, number=0, shown=0, created_at=tx.now,
        changed_at=tx.now, waits=False, notify=False, pinned=False,
    )  # fmt: skip
    tx.session.add(article)
    tx.session.flush()
    _revise(tx, article, request)
    move(tx, article, "save", "written")
    return detail(tx, article)


def save_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Save a new revision. Raises `PreconditionFailed` where somebody saved one since it was read."""
    article = desk_article(tx, request["article_id"], lock=True)
    if article.number != request["number"]:
        raise PreconditionFailed(
            "Somebody saved it meanwhile; look at both.", rule="articles.revision_is_the_one_that_was_read",
            params={"number": article.number},
        )  # fmt: skip
    _check(tx, request, revision_of(tx, article))
    move(tx, article, "save", "saved")
    _revise(tx, article, request)
    tell_desk(tx, article, waits=article.state == "published")
    return detail(tx, article)


def submit_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Submit a draft for review."""
    article = desk_article(tx, request["article_id"], lock=True)
    refuse_first(rules.publishes_what_was_read(article.number, request["number"]))
    move(tx, article, "submit", "submitted")
    tell_desk(tx, article, waits=True)
    return detail(tx, article)


def rework_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Make a draft of a withdrawn article."""
    article = desk_article(tx, request["article_id"], lock=True)
    move(tx, article, "rework", "reworked")
    article.shown = 0
    show(tx, article, revision_of(tx, article))
    return detail(tx, article)


def next_revision(tx: Transaction, article: Article) -> int:
    """Return the number of the revision that a file belongs to from now on; readers see it once it is published.

    It is a new one, by the caller, unless the caller wrote the latest and nobody was given that to read.
    """
    latest = revision_of(tx, article)
    unread = article.state == "draft" and article.number > article.submitted
    if not unread or rules.publisher_did_not_write(latest.written_by, tx.principal.own_ids) is None:
        texts = {name: getattr(latest, name) for name in _TEXTS}
        _revise(tx, article, {**texts, "unit_ids": latest.unit_ids})
    return article.number


def _check(tx: Transaction, request: Mapping[str, Any], before: ArticleRevision | None) -> None:
    category = category_of(tx, request["category_id"])
    same = before is not None and before.category_id == category.id
    refuse_first(
        rules.category_is_offered(category.offered, same),
        rules.units_are_named(request["audience"], len(request["unit_ids"])),
    )


def _revise(tx: Transaction, article: Article, texts: Mapping[str, Any]) -> None:
    """Store the next revision, by the caller; readers of a published article see the one before."""
    article.number += 1
    revision = ArticleRevision(
        article_id=article.id, number=article.number, at=tx.now, written_by=tx.principal.account_id,
        writer_member_id=tx.principal.member_id, unit_ids=sorted({str(one) for one in texts["unit_ids"]}),
        **{name: texts[name] for name in _TEXTS},
    )  # fmt: skip
    tx.session.add(revision)
    tx.session.flush()
    if article.shown == 0:
        show(tx, article, revision)
