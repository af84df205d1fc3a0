"""Events of articles. Titles of published articles are public or for members; texts are never in events."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema, Timestamp
from services.contracts.activities.articles.vocabulary import ARTICLE_AUDIENCES, ARTICLE_STATES

_ARTICLE = "0190d5a0-0000-7000-8000-0000000000b1"
_CATEGORY = "0190d5a0-0000-7000-8000-0000000000b2"


class PublishedData(Schema):
    """Which article can be read from when on, by whom; `notify` says whether those are to be told.

    `changed` is true where it could be read before and its text changed.
    """

    article_id = fields.UUID(required=True)
    category_id = fields.UUID(required=True)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    title = fields.String(required=True)
    title_en = fields.String(allow_none=True, load_default=None)
    audience = Choice(ARTICLE_AUDIENCES, required=True)
    unit_ids = fields.List(fields.UUID(), required=True)
    published_at = Timestamp(required=True)
    expires_at = Timestamp(allow_none=True, load_default=None)
    notify = fields.Boolean(required=True)
    revision = fields.Integer(required=True)
    changed = fields.Boolean(required=True)


class ArticlePublished(Event, source="activities"):
    """An article can be read, or its text changed."""

    subject = "article/{article_id}"
    data = PublishedData
    example = {
        "article_id": _ARTICLE, "category_id": _CATEGORY, "unit_id": None, "title": "第五届教职工大合唱举行",
        "title_en": "Fifth staff choir contest held", "audience": "all", "unit_ids": [],
        "published_at": "2023-09-27T01:00:00+00:00", "expires_at": None, "notify": True, "revision": 3,
        "changed": False,
    }  # fmt: skip


class WithdrawnData(Schema):
    """Which article can't be read any more."""

    article_id = fields.UUID(required=True)
    unit_id = fields.UUID(allow_none=True, load_default=None)


class ArticleWithdrawn(Event, source="activities"):
    """A published article was withdrawn, or one that was to be published."""

    subject = "article/{article_id}"
    data = WithdrawnData
    example = {"article_id": _ARTICLE, "unit_id": None}


class MovedData(Schema):
    """Which article came to which state at the writers' desk, and who wrote it last.

    `waits` is true where officers are to read it. `returned` is true where it came back from the review.
    """

    article_id = fields.UUID(required=True)
    unit_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(ARTICLE_STATES, required=True)
    waits = fields.Boolean(required=True)
    returned = fields.Boolean(required=True)
    writer_member_id = fields.UUID(allow_none=True, load_default=None)


class ArticleMoved(Event, source="activities"):
    """An article was submitted, returned or published, or a published one has a change to be read."""

    subject = "article/{article_id}"
    data = MovedData
    example = {
        "article_id": _ARTICLE, "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003", "state": "review", "waits": True,
        "returned": False, "writer_member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002",
    }  # fmt: skip
