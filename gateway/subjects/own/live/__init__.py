"""What changes while one looks: seats, to-dos, messages and the progress of long work, as server-sent events."""

from __future__ import annotations

from gateway.subject import Subject
from gateway.subjects.own.live import api, rule_messages

SUBJECT = Subject("live", __doc__, routes=api.ROUTES, rules=rule_messages.RULES)
