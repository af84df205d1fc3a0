"""Search: one box over members, activities and what else the subjects let be found, as far as one may see it."""

from pathlib import Path

from gateway.subject import Subject
from gateway.subjects.own.search import api, pages, rule_messages

SUBJECT = Subject(
    "search",
    __doc__,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    templates=Path(__file__).parent / "templates",
)
