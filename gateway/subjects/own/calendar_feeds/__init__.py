"""Calendars for calendar programs: the own activities, those of the unit and of the union, and single ones."""

from __future__ import annotations

from pathlib import Path

from gateway.subject import Subject
from gateway.subjects.own.calendar_feeds import api, feed_pages, pages

SUBJECT = Subject(
    "calendars",
    __doc__,
    routes=api.ROUTES,
    pages=(pages.PAGES, feed_pages.PAGES),
    templates=Path(__file__).parent / "templates",
)
