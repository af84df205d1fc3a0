"""Requests of articles."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Timestamp, labelled
from services.contracts.activities.articles.vocabulary import (
    ARTICLE_AUDIENCES,
    ARTICLE_FIELDS,
    ARTICLE_FILE_KINDS,
    ARTICLE_ORDERS,
    ARTICLE_STATES,
)
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileName, MediaType

LONGEST_BODY = 30_000
MOST_FILES = 30
"""Of one article, those that were removed not counted."""
MOST_UNITS = 100


@labelled(ARTICLE_FIELDS)
class CategoryTerms(Schema):
    """What a category is called and where it stands among the others."""

    name = Line(20, 1, required=True)
    name_en = Line(60, load_default=None, allow_none=True)
    place = fields.Integer(strict=True, load_default=50, validate=validate.Range(min=1, max=99))
    offered = fields.Boolean(load_default=True)


class ChangeCategory(CategoryTerms):
    """A category as it is to be."""

    category_id = fields.UUID(required=True)


class ListCategories(PageRequest):
    """Which categories: all, or only those that are offered."""

    offered = fields.Boolean(load_default=None, allow_none=True)


class ArticleRef(Schema):
    """One article by id."""

    article_id = fields.UUID(required=True)


@labelled(ARTICLE_FIELDS)
class ArticleContent(Schema):
    """What an article says, in Markdown, and for whom it is."""

    category_id = fields.UUID(required=True)
    title = Line(80, 2, required=True)
    title_en = Line(160, load_default=None, allow_none=True)
    summary = Text(200, load_default=None, allow_none=True)
    body = Text(LONGEST_BODY, 2, required=True)
    audience = Choice(ARTICLE_AUDIENCES, load_default="members")
    unit_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_UNITS))


@labelled(ARTICLE_FIELDS)
class WriteArticle(ArticleContent):
    """A new article; without unit it is the union's own, which officers write."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


class SaveArticle(ArticleContent):
    """An article as it is to be; `number` is the revision that was read."""

    article_id = fields.UUID(required=True)
    number = fields.Integer(strict=True, required=True)


@labelled(ARTICLE_FIELDS)
class ReadArticle(ArticleRef):
    """A step of an article; `number` is the revision that was read."""

    number = fields.Integer(strict=True, required=True)


@labelled(ARTICLE_FIELDS)
class PublishArticle(ReadArticle):
    """The revision to publish, now or at a moment; whether members are notified."""

    publish_at = Timestamp(load_default=None, allow_none=True)
    expires_at = Timestamp(load_default=None, allow_none=True)
    notify = fields.Boolean(load_default=False)


@labelled(ARTICLE_FIELDS)
class ReasonedStep(ArticleRef):
    """A step of an article with its reason."""

    reason = Text(300, 2, required=True)


@labelled(ARTICLE_FIELDS)
class PlaceArticle(ArticleRef):
    """How a published article is shown: before all others, until when."""

    pinned = fields.Boolean(load_default=False)
    expires_at = Timestamp(load_default=None, allow_none=True)


@labelled(ARTICLE_FIELDS)
class AttachArticleFile(ArticleRef):
    """A file: cover and pictures are JPEG or PNG and drawn anew, attachments PDF, JPEG or PNG up to 10 MB."""

    kind = Choice(ARTICLE_FILE_KINDS, required=True)
    caption = Line(60, load_default=None, allow_none=True)
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class ArticleFileRef(ArticleRef):
    """One file of an article."""

    file_id = fields.UUID(required=True)


class RevisionRef(ArticleRef):
    """One revision of an article."""

    number = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))


class ListRevisions(PageRequest):
    """The revisions of one article, latest first."""

    article_id = fields.UUID(required=True)


@labelled(ARTICLE_FIELDS)
class ListArticles(PageRequest):
    """Which articles at the writers' desk; a chair sees those of the own units."""

    q = Line(50, load_default=None, allow_none=True)
    state = Choice(ARTICLE_STATES, load_default=None, allow_none=True)
    category_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    waits = fields.Boolean(load_default=None, allow_none=True)
    ids = fields.List(fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(max=100))
    sort = Choice(ARTICLE_ORDERS, load_default="-changed_at")


@labelled(ARTICLE_FIELDS)
class ListNews(PageRequest):
    """Which published articles; everybody sees those for all, members more, those that are pinned first."""

    q = Line(50, load_default=None, allow_none=True)
    category_id = fields.UUID(load_default=None, allow_none=True)


class ListFeed(Schema):
    """How many of the latest articles that are for everybody."""

    limit = fields.Integer(load_default=20, validate=validate.Range(min=1, max=50))
