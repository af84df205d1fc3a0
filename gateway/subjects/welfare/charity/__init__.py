"""Charity drives: pledges, gifts, lists counted by two, hand-over to a qualified charity, disclosure."""

from pathlib import Path

from gateway.subject import Subject
from gateway.subjects.welfare.charity import api, rule_messages

SUBJECT = Subject(
    "charity",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    templates=Path(__file__).parent / "templates",
)
