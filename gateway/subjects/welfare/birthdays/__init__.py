"""Birthday care: the month's list, vouchers, what was given."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import JobKind, MenuItem, Subject
from gateway.subjects.welfare.birthdays import api, member_pages, pages, rule_messages

SUBJECT = Subject(
    "birthdays",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem("own_birthday", _l("生日慰问"), "cake2", "own_benefits"),
        MenuItem("birthdays", _l("生日慰问"), "cake2", "welfare", CONSOLE_ROLES, also=("confirm_issue",)),
    ),
    jobs=(JobKind("issue_birthday_vouchers", _l("发放生日慰问"), page="birthdays"),),
    help=Help(
        _l("生日慰问"),
        _l("每月生成生日名单，按标准发放，凭码领取。"),
        (
            _l("校工会生成名单，核对后发放。"),
            _l("会员可选择按公历或农历过生日，自下一年起算，一年一次。"),
            _l("会员出示领取码，分工会核对后发给本人。"),
            _l("发放同时报账，超出标准的不予入账。"),
        ),
        _l("总工办发〔2017〕32号"),
    ),
    templates=Path(__file__).parent / "templates",
)
