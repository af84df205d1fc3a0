"""Honours and families: what stands beside a member's record."""

from pathlib import Path

from gateway.subject import Subject
from gateway.subjects.membership.honours import api, pages, rule_messages

SUBJECT = Subject(
    "honours",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    templates=Path(__file__).parent / "templates",
)
