"""Birthday care: the month's list, vouchers, what was given."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.portal.pages.console import birthdays as birthdays_pages
from gateway.subject import MenuItem, Subject
from gateway.subjects.roles import ALL

SUBJECT = Subject(
    "birthdays",
    "Birthday care: the month's list, vouchers, what was given.",
    pages=(birthdays_pages.PAGES,),
    menu=(MenuItem("birthdays", _l("生日慰问"), "cake2", "welfare", ALL),),
)
