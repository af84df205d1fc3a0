"""Files of articles: cover, pictures and attachments by the one way of all uploads; they follow the revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.articles import rules
from services.activities.articles.tables import Article, ArticleFile
from services.activities.articles.use_cases.desk import detail
from services.activities.articles.use_cases.news import is_read
from services.activities.articles.use_cases.store import (
    desk_article,
    files_at,
    move,
    subject_of,
    tell_desk,
    works_on,
)
from services.activities.articles.use_cases.writing import next_revision
from services.activities.articles.workflow import ARTICLE
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.files import attachment_rules
from services.chassis.files.attachments import examined, paper_of, photo_of
from services.chassis.files.storage import erase_stored, file_of, store_file
from services.contracts.activities.articles.requests import MOST_FILES

_NONE = "There is no such file, or it is no longer kept."
_WIDEST = 1600
"""Pixels of a picture each way."""


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may attach this file now."""
    _require_attachable(tx, desk_article(tx, request["article_id"]), request)


def as_kept(request: Mapping[str, Any]) -> bytes:
    """Return the file of a request as it is kept: pictures drawn anew, papers with every pixel."""
    return paper_of(request) if request["kind"] == "attachment" else photo_of(request, longest_side=_WIDEST)


def attach_article_file(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Attach a file; a new cover takes the place of the one before."""
    article = desk_article(tx, request["article_id"], lock=True)
    _require_attachable(tx, article, request)
    move(tx, article, "save", "file_added")
    number = next_revision(tx, article)
    if request["kind"] == "cover":
        for former in files_at(tx, [article.id], kind="cover", shown=False):
            _end(tx, article, former, number)
    is_photo = request["kind"] != "attachment"
    file = store_file(
        tx, name=_named(request["name"], "jpg") if is_photo else request["name"],
        media_type="image/jpeg" if is_photo else request["media_type"], content=examined(request),
        subject=subject_of(article.id), purpose=request["kind"],
    )  # fmt: skip
    tx.session.add(
        ArticleFile(
            article_id=article.id, kind=request["kind"], caption=request["caption"], file_id=file.id, name=file.name,
            media_type=file.media_type, size=file.size, first=number, last=None,
        )
    )  # fmt: skip
    tx.session.flush()
    tell_desk(tx, article, waits=article.state == "published")
    return detail(tx, article)


def remove_article_file(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Remove a file; what readers see keeps it until the next revision is published."""
    article = desk_article(tx, request["article_id"], lock=True)
    found = _file(tx, article.id, request["file_id"])
    move(tx, article, "save", "file_removed")
    _end(tx, article, found, next_revision(tx, article))
    tx.session.flush()
    tell_desk(tx, article, waits=article.state == "published")
    return detail(tx, article)


def open_article_file(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file to who reads the article, or works on it. Raises `NotFound`."""
    article = tx.get(Article, request["article_id"], _NONE, rule="file_exists")
    found = _file(tx, article.id, request["file_id"])
    if not works_on(tx.principal, article.unit_id) and not (is_read(tx, article.id) and _is_shown(article, found)):
        raise NotFound(_NONE, rule="file_exists")
    file = file_of(tx, found.file_id, subject=subject_of(article.id))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def erase_removed(tx: Transaction, article: Article) -> None:
    """Erase the files that were removed, once what readers see has them no more."""
    gone = ArticleFile.article_id == article.id, ArticleFile.last < article.shown
    ids = list(tx.session.scalars(sa.select(ArticleFile.file_id).where(*gone)))
    if ids:
        tx.session.execute(sa.delete(ArticleFile).where(*gone))
        erase_stored(tx, *ids)


def _require_attachable(tx: Transaction, article: Article, request: Mapping[str, Any]) -> None:
    ARTICLE.apply(article.state, "save", roles=tx.principal.roles)
    count = sa.select(sa.func.count()).where(ArticleFile.article_id == article.id, ArticleFile.last.is_(None))
    refuse_first(
        rules.picture_is_a_photo(request["kind"], request["media_type"]),
        attachment_rules.files_are_few(tx.session.scalar(count) or 0, MOST_FILES),
    )


def _end(tx: Transaction, article: Article, file: ArticleFile, number: int) -> None:
    """Let a file belong to the revisions before `number`; one that no reader saw is erased at once."""
    if article.shown == 0 or file.first > article.shown:
        tx.session.delete(file)
        erase_stored(tx, file.file_id)
    else:
        file.last = number - 1


def _is_shown(article: Article, file: ArticleFile) -> bool:
    return file.first <= article.shown and (file.last is None or file.last >= article.shown)


def _file(tx: Transaction, article_id: UUID, file_id: UUID) -> ArticleFile:
    found = tx.session.get(ArticleFile, file_id)
    if found is None or found.article_id != article_id:
        raise NotFound(_NONE, rule="file_exists")
    return found


def _named(name: str, ending: str) -> str:
    stem = name.rpartition(".")[0] or name
    return f"{stem[:190]}.{ending}"
