"""Publishing: by a second person, now or at a moment; returning, withdrawing, placing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.activities.articles import rules
from services.activities.articles.tables import Article
from services.activities.articles.use_cases import files
from services.activities.articles.use_cases.desk import detail
from services.activities.articles.use_cases.store import (
    NO_ARTICLE,
    desk_article,
    move,
    published,
    revision_of,
    show,
    tell_desk,
    withdrawn,
)
from services.chassis.database.due_rows import take_due
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Refusal


def publish_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Publish the revision that was read, or let it be published at a moment.

    Raises:
        Refused: the caller wrote it, it was changed since it was read, nothing waits, or a change is given a time.
    """
    article = desk_article(tx, request["article_id"], lock=True)
    revision, was = revision_of(tx, article), article.state
    shown_from = request["publish_at"] or tx.now
    terms = (request["publish_at"], request["expires_at"], request["notify"])
    refuse_first(
        *(_refusals_of_change(article, terms) if was == "published" else ()),
        rules.publishes_what_was_read(article.number, request["number"]),
        rules.publisher_did_not_write(revision.written_by, tx.principal.own_ids),
        rules.publishing_is_ahead(request["publish_at"], tx.now),
        rules.expiry_follows(request["expires_at"], shown_from),
    )
    if was == "published":
        _publish_change(tx, article)
        return detail(tx, article)
    later = request["publish_at"] is not None
    move(tx, article, "schedule" if later else "publish", "scheduled" if later else "published")
    article.published_at, article.expires_at = shown_from, request["expires_at"]
    article.notify = request["notify"]
    _let_read(tx, article)
    if not later:
        tx.record(published(tx, article, changed=False))
    tell_desk(tx, article, waits=False)
    return detail(tx, article)


def return_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return an article, or the change of one that is published, to its writer with a reason."""
    article = desk_article(tx, request["article_id"], lock=True)
    if article.state == "published":
        refuse_first(rules.change_waits(article.waits))
    move(tx, article, "return", "returned", request["reason"])
    if article.state == "draft":
        article.shown = 0
    tell_desk(tx, article, waits=False, returned=True)
    return detail(tx, article)


def withdraw_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Withdraw an article; from this moment nobody reads it."""
    article = desk_article(tx, request["article_id"], lock=True)
    move(tx, article, "withdraw", "withdrawn", request["reason"])
    article.pinned = False
    tx.record(withdrawn(article))
    tell_desk(tx, article, waits=False)
    return detail(tx, article)


def place_article(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Pin a published article or not, and say until when it is shown."""
    article = desk_article(tx, request["article_id"], lock=True)
    refuse_first(rules.expiry_follows(request["expires_at"], tx.now))
    move(tx, article, "place", "placed")
    article.pinned, article.expires_at = request["pinned"], request["expires_at"]
    return detail(tx, article)


def publish_due(call: Call) -> None:
    """Tell of articles whose moment has come; readers have them from that second, whether this ran or not."""
    take_due(call, Article, "scheduled", "published_at", held=_held, act=_release, refused="article_not_published")


def _release(tx: Transaction, article: Article) -> None:
    move(tx, article, "release", "released", by_clock=True)
    tx.record(published(tx, article, changed=False))


def _refusals_of_change(article: Article, terms: tuple[Any, Any, bool]) -> tuple[Refusal | None, ...]:
    return rules.change_waits(article.waits), rules.change_has_no_time_of_its_own(*terms)


def _publish_change(tx: Transaction, article: Article) -> None:
    move(tx, article, "publish", "change_published")
    _let_read(tx, article)
    tx.record(published(tx, article, changed=True))
    tell_desk(tx, article, waits=False)


def _let_read(tx: Transaction, article: Article) -> None:
    article.shown = article.number
    show(tx, article, revision_of(tx, article))
    files.erase_removed(tx, article)


def _held(tx: Transaction, article_id: UUID) -> Article:
    return tx.get(Article, article_id, NO_ARTICLE, lock=True)
