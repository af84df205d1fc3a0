"""Rules of articles: for whom they are, who publishes them, when. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from services.chassis.rules.refusal import Refusal

LATEST = timedelta(days=366)
"""How far ahead an article may be published."""


def units_are_named(audience: str, units: int) -> Refusal | None:
    """An article for some units names them, one for all names none."""
    if (audience == "units") == (units > 0):
        return None
    return Refusal("articles.units_are_named", "Name the units it is for, or none where it is for all.", "unit_ids")


def category_is_offered(offered: bool, same: bool) -> Refusal | None:
    """New articles stand in categories that are offered; an article keeps the category it has."""
    if offered or same:
        return None
    return Refusal("articles.category_is_offered", "This category is not offered any more.", "category_id")


def publisher_did_not_write(writer: UUID | None, own_ids: Collection[UUID]) -> Refusal | None:
    """Two people see what is published: who wrote it last does not publish it."""
    if writer is None or writer not in own_ids:
        return None
    return Refusal("articles.publisher_did_not_write", "Somebody else reads and publishes what you wrote.")


def publishes_what_was_read(number: int, read: int) -> Refusal | None:
    """What is published is the revision that was read, not one saved meanwhile."""
    if number == read:
        return None
    params = {"number": number, "read": read}
    return Refusal("articles.publishes_what_was_read", "It was changed since it was read.", "number", params)


def change_waits(waits: bool) -> Refusal | None:
    """Of a published article a change is published or returned, where one waits to be read."""
    return None if waits else Refusal("articles.change_waits", "No change of it waits to be read.")


def change_has_no_time_of_its_own(
    publish_at: datetime | None, expires_at: datetime | None, notify: bool
) -> Refusal | None:
    """A change is published at once; who was told of the article is not told again, and its expiry stays."""
    if publish_at is None and expires_at is None and not notify:
        return None
    field = "publish_at" if publish_at else "expires_at" if expires_at else "notify"
    return Refusal("articles.change_has_no_time_of_its_own", "A change is published at once, untold.", field)


def publishing_is_ahead(publish_at: datetime | None, now: datetime) -> Refusal | None:
    """An article is published now or within a year."""
    if publish_at is None or now < publish_at <= now + LATEST:
        return None
    return Refusal("articles.publishing_is_ahead", "Choose a moment of the next year.", "publish_at")


def expiry_follows(expires_at: datetime | None, shown_from: datetime) -> Refusal | None:
    """An article is shown for a while before it is not any more."""
    if expires_at is None or expires_at > shown_from:
        return None
    return Refusal("articles.expiry_follows", "It would never be shown.", "expires_at")


def picture_is_a_photo(kind: str, media_type: str) -> Refusal | None:
    """Covers and pictures are photos."""
    if kind == "attachment" or media_type in ("image/jpeg", "image/png"):
        return None
    return Refusal("articles.picture_is_a_photo", "Choose a JPEG or PNG.", "content")
