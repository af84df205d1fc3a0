"""Decisions about members: which rule said yes or no, where it is written, and from what it was decided."""

from gateway.subject import Subject
from gateway.subjects.welfare.decisions import api, rule_messages

SUBJECT = Subject("decisions", __doc__, rules=rule_messages.RULES, routes=api.ROUTES)
