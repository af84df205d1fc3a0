"""The money of welfare's sources: reserved in the budget, paid, refused, asked for again."""

from gateway.subject import Subject
from gateway.subjects.welfare.payments import api, pages, rule_messages

SUBJECT = Subject(
    "payments",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
)
