"""Decisions about members: which rule said yes or no, where it is written, and from what it was decided."""

from pathlib import Path

from gateway.subject import Subject
from gateway.subjects.welfare.decisions import api, pages, rule_messages

SUBJECT = Subject(
    "decisions",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    templates=Path(__file__).parent / "templates",
)
