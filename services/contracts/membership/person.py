"""Vocabulary and fields of a person, shared by joining and record."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Name, Schema, Text, Vocabulary
from services.contracts.membership.record.fields import MEMBER_FIELDS
from services.contracts.vocabulary import EMPLOYMENTS

GENDERS = Vocabulary("gender", male="男", female="女")

ORIGINAL_AGES = Vocabulary("original_age", M60="60 周岁", F55="55 周岁", F50="50 周岁")
"""The class of the original retirement age, as HR states it; never derived from sex (senior women may be on 60)."""

SENSITIVE_FIELDS = MEMBER_FIELDS.only("id_number", "phone", "email")
"""Encrypted at rest, shown masked; the plain value is shown for a purpose only, and each access is logged."""


def person_name(**kwargs: Any) -> fields.String:
    """A person's name, 1 to 50 characters."""
    return Name(50, **kwargs)


def id_number_text(**kwargs: Any) -> fields.String:
    """居民身份证号码 An identity number as typed: 18 characters, spaces and hyphens ignored; rules check the rest."""
    return Text(30, 15, **kwargs)


def phone_text(**kwargs: Any) -> fields.String:
    """A telephone number as typed; rules check the form."""
    return Text(30, 3, **kwargs)


def email_text(**kwargs: Any) -> fields.String:
    """An e-mail address as typed; rules check the form."""
    return Text(254, 3, **kwargs)


def employment_choice(**kwargs: Any) -> fields.String:
    """Form of employment."""
    return Choice(EMPLOYMENTS, **kwargs)


def gender_choice(**kwargs: Any) -> fields.String:
    """Sex as registered."""
    return Choice(GENDERS, **kwargs)


def original_age_choice(**kwargs: Any) -> fields.String:
    """Class of the original retirement age, from HR."""
    return Choice(ORIGINAL_AGES, **kwargs)


class PlainValue(Schema):
    """A sensitive field in plain."""

    field = fields.String(required=True)
    value = fields.String(allow_none=True, load_default=None)
