"""Histories in words: why something changed where the system itself says so, and what a changed value reads like."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import gettext

from gateway.portal.audience_words import audience_words
from gateway.portal.form_fields import vocabulary_of
from gateway.portal.formats import money, plain_day, stamp
from gateway.portal.people import unit_name
from gateway.portal.template_globals import add_globals
from gateway.portal.words import texts_of
from services.contracts.activities.calendar.shapes import Activity
from services.contracts.membership.consents import PURPOSES
from services.contracts.membership.family import FAMILY_RELATIONS
from services.contracts.membership.record.attachments import PHOTO_CHANGES
from services.contracts.membership.record.shapes import STANDINGS, UpdateMember
from services.contracts.membership.standing.shapes import CHANGE_REASONS

_FIELDS = {**Activity().fields, **UpdateMember().fields}
_BESIDES = {"standing": STANDINGS, "consent": PURPOSES, "family": FAMILY_RELATIONS, "photo": PHOTO_CHANGES}
"""Vocabularies of what changes in a record without being a field of it."""


def change_reason(reason: str | None) -> str:
    """Return why something changed."""
    if reason and reason.startswith("dues file "):
        return gettext("缴费基数文件")
    return str(texts_of(CHANGE_REASONS).get(reason or "", reason or ""))


def value_words(field: str, value: Any) -> Any:
    """Return a value of a record as its history shows it."""
    if value in (None, ""):
        return gettext("（空）")
    if field in ("unit_id", "group_id"):
        return unit_name(str(value))
    if field.endswith(("_on", "_date")):
        return plain_day(str(value))
    return _word(field, value)


def _word(field: str, value: Any) -> Any:
    vocabulary = _BESIDES.get(field) or vocabulary_of(_FIELDS.get(field))
    return value if vocabulary is None else texts_of(vocabulary).get(value, value)


_ONLY_THAT = ("copied_from", "options", "questions")
"""Fields of an activity of which its history tells only that they changed."""


def activity_value(field: str, value: Any) -> str:
    """Return a value of an activity as its history shows it; nothing where only that it changed can be told."""
    if value is None and field == "capacity":
        return gettext("名额不限")
    if field == "audience":
        return audience_words(value)
    if isinstance(value, dict | list) or field.endswith("_id") or field in _ONLY_THAT:
        return ""
    if value in (None, ""):
        return gettext("（空）")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if field.endswith("_at") or field == "cancel_until":
        return stamp(str(value))
    if field == "fee":
        return money(str(value))
    return str(_word(field, value))


def set_up(app: Flask) -> None:
    """Make the words known to the templates."""
    add_globals(app, change_reason=change_reason, value_words=value_words, activity_value=activity_value)
