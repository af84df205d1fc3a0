"""Consents (同意): the texts of each purpose in their versions, and the consents that people gave.

Belongs here: publishing texts, and the shapes of consents. Withdrawing a consent is part of privacy.
"""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    PUBLIC,
    Choice,
    Event,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    label,
    query,
)
from services.contracts.days import Day

PURPOSES = Vocabulary(
    "consent_purpose", processing="个人信息处理", sensitive="敏感个人信息", photo="照片",
    publication="公开姓名与荣誉", guardian="监护人同意",
)  # fmt: skip
"""In this order: 个人信息保护法 Art. 13, 29, 26, 25, 31."""

NEEDED_TO_JOIN = ("processing", "sensitive")
"""Required for a membership; the other purposes are optional."""


def consent_version(**kwargs: object) -> fields.String:
    """The version of a wording, such as "2026-01"."""
    return fields.String(validate=validate.Regexp(r"\A[A-Za-z0-9.-]{1,40}\Z"), **kwargs)  # type: ignore[arg-type]


class GivenConsent(Schema):
    """Consent to a purpose, in the version of the text that was shown."""

    purpose = Choice(PURPOSES, required=True)
    version = consent_version(required=True)


class ConsentRecord(GivenConsent):
    """A stored consent: its purpose, version and time, whether the unit recorded it, whether it was withdrawn."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    given_at = Timestamp(required=True)
    by_unit = fields.Boolean(required=True)
    withdrawn_at = Timestamp(allow_none=True, load_default=None)


class ConsentText(Schema):
    """同意书 One version of the text of a purpose."""

    id = fields.UUID(required=True)
    purpose = Choice(PURPOSES, required=True)
    version = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    title_en = fields.String(allow_none=True, load_default=None)
    text_en = fields.String(allow_none=True, load_default=None)
    in_force_from = fields.Date(required=True)
    published_at = Timestamp(required=True)
    current = fields.Boolean(required=True)


class ConsentTextFilter(PageRequest):
    """Which texts: those in force today, or every version, newest first."""

    purpose = Choice(PURPOSES, load_default=None, allow_none=True)
    current = fields.Boolean(load_default=True)


class PublishConsentText(Schema):
    """A new version of a text; earlier consents stay valid for the version they were given to."""

    purpose = Choice(PURPOSES, required=True, metadata=label("用途"))
    version = consent_version(required=True, metadata=label("版本号"))
    title = Line(100, 2, required=True, metadata=label("标题"))
    text = Text(4000, 10, required=True, metadata=label("正文"))
    title_en = Line(200, load_default=None, allow_none=True, metadata=label("英文标题"))
    text_en = Text(8000, load_default=None, allow_none=True, metadata=label("英文正文"))
    in_force_from = Day(years_ahead=10, load_default=None, allow_none=True, metadata=label("施行日期"))


list_consent_texts = query(
    "membership", "list_consent_texts", request=ConsentTextFilter, reply=Page(ConsentText), allow=(PUBLIC,),
    doc="The wordings of consent by purpose and version.", title="查看同意书文本",
)  # fmt: skip
publish_consent_text = command(
    "membership", "publish_consent_text", request=PublishConsentText, reply=ConsentText, allow=("officer",),
    doc="Publish a new version of a wording, in force from a day.", title="发布同意书文本",
)  # fmt: skip


class ConsentTextPublishedData(Schema):
    """Which purpose has which new version, in force from when; the text is available over the API."""

    consent_text_id = fields.UUID(required=True)
    purpose = fields.String(required=True)
    version = fields.String(required=True)
    in_force_from = fields.Date(required=True)


class ConsentTextPublished(Event, source="membership"):
    """A new version of the text of a consent was published."""

    subject = "consent_text/{consent_text_id}"
    data = ConsentTextPublishedData
    example = {"consent_text_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0031", "purpose": "processing",
               "version": "2026-09", "in_force_from": "2026-09-01"}  # fmt: skip
