"""Entitlement accounts of the year."""

from flask_babel import lazy_gettext as _l

from gateway.read_models import entitlements
from gateway.subject import NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.welfare.entitlements import api, rule_messages
from services.contracts.welfare.entitlements import EntitlementOpened

SUBJECT = Subject(
    "entitlements",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    news={
        "entitlement_opened": NewsKind(
            _l("福利账户已开通"),
            "gift",
            "my_benefits",
            notice=NoticeText(_l("%(year)s 年度的福利账户已开立，可在“我的福利”里查看。")),
        ),
    },
    reactions=(Reaction(EntitlementOpened, entitlements.note_opened, batch=True),),
)
