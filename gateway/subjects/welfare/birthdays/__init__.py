"""Birthday care: the month's list, vouchers, what was given."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.welfare.birthdays import api, pages, rule_messages

SUBJECT = Subject(
    "birthdays",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    menu=(MenuItem("birthdays", _l("生日慰问"), "cake2", "welfare", CONSOLE_ROLES),),
    jobs=(JobKind("issue_birthday_vouchers", _l("发放生日慰问"), page="birthdays"),),
    templates=Path(__file__).parent / "templates",
)
