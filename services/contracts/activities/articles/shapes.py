"""What articles look like to readers and to those who write them."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, labelled
from services.contracts.activities.articles.vocabulary import (
    ARTICLE_AUDIENCES,
    ARTICLE_FIELDS,
    ARTICLE_FILE_KINDS,
    ARTICLE_STATES,
    ARTICLE_STEPS,
)


@labelled(ARTICLE_FIELDS)
class Category(Schema):
    """栏目 A category of articles; one that is not offered stays with the articles it has."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True)
    place = fields.Integer(required=True)
    offered = fields.Boolean(required=True)


class ArticleFile(Schema):
    """A file of an article, with the address of its bytes below the union's own."""

    id = fields.UUID(required=True)
    kind = Choice(ARTICLE_FILE_KINDS, required=True)
    caption = fields.String(allow_none=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    path = fields.String(required=True)


@labelled(ARTICLE_FIELDS)
class News(Schema):
    """文章 A published article in a list. `cover_path`: address of its picture, null without one."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(allow_none=True)
    summary = fields.String(allow_none=True)
    category_id = fields.UUID(required=True)
    category_name = fields.String(required=True)
    category_name_en = fields.String(allow_none=True)
    unit_id = fields.UUID(allow_none=True)
    audience = Choice(ARTICLE_AUDIENCES, required=True)
    pinned = fields.Boolean(required=True)
    published_at = Timestamp(required=True)
    cover_path = fields.String(allow_none=True)


class NewsArticle(News):
    """A published article whole. `html` is clean: no scripts, no styles, pictures of the article only."""

    html = fields.String(required=True)
    changed_at = Timestamp(required=True)
    expires_at = Timestamp(allow_none=True)
    attachments = fields.List(fields.Nested(ArticleFile), required=True)


class NewsEntry(News):
    """An article for everybody, with its text, as feeds carry it."""

    html = fields.String(required=True)
    changed_at = Timestamp(required=True)


class Feed(Schema):
    """The latest articles that are for everybody."""

    items = fields.List(fields.Nested(NewsEntry), required=True)


@labelled(ARTICLE_FIELDS)
class Article(Schema):
    """An article at the writers' desk. `waits`: a published one has changes that are not published yet."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    title_en = fields.String(allow_none=True)
    category_id = fields.UUID(required=True)
    category_name = fields.String(required=True)
    unit_id = fields.UUID(allow_none=True)
    audience = Choice(ARTICLE_AUDIENCES, required=True)
    state = Choice(ARTICLE_STATES, required=True)
    waits = fields.Boolean(required=True)
    pinned = fields.Boolean(required=True)
    changed_at = Timestamp(required=True)
    published_at = Timestamp(allow_none=True)
    expires_at = Timestamp(allow_none=True)
    reads = fields.Integer(required=True)


class ReadsOfDay(Schema):
    """How often an article was read on a day. Nobody knows by whom."""

    day = fields.Date(required=True)
    count = fields.Integer(required=True)


class ArticleStep(Schema):
    """What was done with an article, when, by whose account, and why."""

    step = Choice(ARTICLE_STEPS, required=True)
    at = Timestamp(required=True)
    account_id = fields.UUID(allow_none=True)
    reason = fields.String(allow_none=True)


@labelled(ARTICLE_FIELDS)
class ArticleDetail(Article):
    """An article whole, at its latest revision `number`; readers see revision `shown`, 0 for none.

    `actions`: what the caller may do now. `wrote`: the caller wrote the latest revision and so can't publish it.
    """

    number = fields.Integer(required=True)
    shown = fields.Integer(required=True)
    summary = fields.String(allow_none=True)
    body = fields.String(required=True)
    html = fields.String(required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    notify = fields.Boolean(required=True)
    files = fields.List(fields.Nested(ArticleFile), required=True)
    read_days = fields.List(fields.Nested(ReadsOfDay), required=True)
    steps = fields.List(fields.Nested(ArticleStep), required=True)
    actions = fields.List(fields.String(), required=True)
    wrote = fields.Boolean(required=True)


@labelled(ARTICLE_FIELDS)
class Revision(Schema):
    """修订 A revision in the list of an article."""

    number = fields.Integer(required=True)
    title = fields.String(required=True)
    at = Timestamp(required=True)
    account_id = fields.UUID(allow_none=True)
    shown = fields.Boolean(required=True)


class RevisionDetail(Revision):
    """A revision whole."""

    title_en = fields.String(allow_none=True)
    summary = fields.String(allow_none=True)
    body = fields.String(required=True)
    audience = Choice(ARTICLE_AUDIENCES, required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    category_id = fields.UUID(required=True)
