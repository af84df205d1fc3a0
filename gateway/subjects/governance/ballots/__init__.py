"""Ballots: who may vote on what, the votes, and what came of it."""

from gateway.subject import Subject
from gateway.subjects.governance.ballots import api, rule_messages

SUBJECT = Subject(
    "ballots",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
)
