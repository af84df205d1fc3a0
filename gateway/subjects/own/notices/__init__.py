"""Notices: what one was told, read and unread."""

from __future__ import annotations

from pathlib import Path

from gateway.subject import Subject
from gateway.subjects.own.notices import api, pages

SUBJECT = Subject(
    "notices",
    __doc__,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    templates=Path(__file__).parent / "templates",
)
