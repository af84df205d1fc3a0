"""Tables of articles. Reads are counted by day; nothing tells who read."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.activities.base import Base
from services.chassis.database.engine import UuidKey

_SHOWN = sa.text("state IN ('scheduled', 'published')")
_SCHEDULED = sa.text("state = 'scheduled'")
_WAITS = sa.text("waits")


class ArticleCategory(Base):
    """栏目 A category of articles."""

    __tablename__ = "article_category"

    id: Mapped[UuidKey]
    name: Mapped[str] = mapped_column(sa.String(20), unique=True)
    name_en: Mapped[str | None] = mapped_column(sa.String(60))
    place: Mapped[int]
    offered: Mapped[bool]


class Article(Base):
    """文章 An article. Its texts, category and audience are those readers see; before that, the latest.

    `number` is the latest revision, `shown` the one readers see, `submitted` the latest that officers were given to
    read, 0 for none. `waits`: officers are to read it.
    """

    __tablename__ = "article"

    id: Mapped[UuidKey]
    unit_id: Mapped[UUID | None]
    category_id: Mapped[UUID] = mapped_column(sa.ForeignKey("article_category.id"))
    title: Mapped[str] = mapped_column(sa.String(80))
    title_en: Mapped[str | None] = mapped_column(sa.String(160))
    summary: Mapped[str | None] = mapped_column(sa.String(200))
    audience: Mapped[str] = mapped_column(sa.String(8))
    state: Mapped[str] = mapped_column(sa.String(12))
    number: Mapped[int] = mapped_column(default=1)
    shown: Mapped[int] = mapped_column(default=0)
    submitted: Mapped[int] = mapped_column(default=0, server_default="0")
    waits: Mapped[bool] = mapped_column(default=False)
    notify: Mapped[bool] = mapped_column(default=False)
    pinned: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        sa.Index(
            "ix_article_news", "pinned", "published_at", "id", postgresql_where=_SHOWN, sqlite_where=_SHOWN
        ),
        sa.Index("ix_article_due", "published_at", postgresql_where=_SCHEDULED, sqlite_where=_SCHEDULED),
        sa.Index("ix_article_waits", "changed_at", postgresql_where=_WAITS, sqlite_where=_WAITS),
        sa.Index("ix_article_changed_at", "changed_at", "id"),
        sa.Index("ix_article_state", "state", "changed_at", "id"),
        sa.Index("ix_article_unit_id", "unit_id", "changed_at", "id"),
        sa.Index("ix_article_category_id", "category_id", "changed_at", "id"),
        sa.Index("ix_article_title", "title", "id"),
    )  # fmt: skip


class ArticleRevision(Base):
    """修订 What an article says at one point; a revision that readers saw is never changed."""

    __tablename__ = "article_revision"

    article_id: Mapped[UUID] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(sa.String(80))
    title_en: Mapped[str | None] = mapped_column(sa.String(160))
    summary: Mapped[str | None] = mapped_column(sa.String(200))
    body: Mapped[str] = mapped_column(sa.Text)
    audience: Mapped[str] = mapped_column(sa.String(8))
    unit_ids: Mapped[list[str]] = mapped_column(sa.JSON)
    at: Mapped[datetime]
    written_by: Mapped[UUID | None]
    writer_member_id: Mapped[UUID | None]


class ArticleUnit(Base):
    """文章对象 A unit whose members may read an article, as it is shown now."""

    __tablename__ = "article_unit"

    article_id: Mapped[UUID] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (sa.Index("ix_article_unit_unit_id", "unit_id", "article_id"),)


class ArticleFile(Base):
    """文章文件 A file of an article, from revision `first` to revision `last`, None for on and on."""

    __tablename__ = "article_file"

    id: Mapped[UuidKey]
    article_id: Mapped[UUID] = mapped_column(sa.ForeignKey("article.id"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    caption: Mapped[str | None] = mapped_column(sa.String(60))
    file_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    first: Mapped[int]
    last: Mapped[int | None]

    __table_args__ = (sa.Index("ix_article_file_article_id", "article_id", "id"),)


class ArticleRead(Base):
    """阅读次数 How often an article was read on a day; no reader, no time."""

    __tablename__ = "article_read"

    article_id: Mapped[UUID] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
