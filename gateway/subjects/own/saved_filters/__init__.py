"""Saved filters: the filters and the order of a list page under a name, the own ones."""

from __future__ import annotations

from gateway.subject import Subject
from gateway.subjects.own.saved_filters import api, pages, rule_messages

SUBJECT = Subject("saved_filters", __doc__, routes=api.ROUTES, pages=(pages.PAGES,), rules=rule_messages.RULES)
