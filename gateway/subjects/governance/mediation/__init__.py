"""Mediation of labour disputes, for few people only: nothing of it is in search, exports, feeds or to-do lists."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Subject
from gateway.subjects.governance.mediation import (
    api,
    member_pages,
    one_dispute_pages,
    pages,
    rule_messages,
    step_pages,
)
from services.contracts.governance.mediation.vocabulary import DISPUTE_STEPS

SUBJECT = Subject(
    "mediation",
    __doc__,
    rules=rule_messages.RULES,
    steps={"dispute": DISPUTE_STEPS},
    routes=api.ROUTES,
    pages=(pages.PAGES, member_pages.PAGES, one_dispute_pages.PAGES, step_pages.PAGES),
    menu=(
        MenuItem(
            "disputes", _l("劳动争议调解"), "shield-lock", "democracy", frozenset({"officer", "mediator"}),
            also=("record_dispute", "dispute_step", "dispute_figures"),
        ),
        MenuItem("dispute_figures", _l("调解统计"), "speedometer2", "democracy", frozenset({"auditor"})),
        MenuItem("my_disputes", _l("我的调解"), "shield-lock", "own_benefits", also=("new_dispute", "dispute")),
    ),
    news={
        "private_matter": NewsKind(
            _l("您有一件待办"), "shield-lock", "my_disputes", notice=NoticeText(_l("请登录后查看。"))
        ),
        "private_matter_waits": NewsKind(
            _l("有一件待办等待接办"), "shield-lock", "disputes", notice=NoticeText(_l("请登录后查看。"))
        ),
    },
    help=Help(
        _l("劳动争议调解"),
        _l("教职工与学校之间、教职工之间的劳动人事争议，双方自愿，由调解员调解。只有当事人、调解员和经办人能看到案件。"),
        (
            _l("会员书面申请，或由经办人当场记录口头申请；依法另有途径的告知去哪里。"),
            _l("经办人接办后征求双方意见，一方不同意的终止并告知另一方。"),
            _l("调解员答复没有利害关系后开始调解，自收到申请之日起十五日内结束，双方同意可以延长。"),
            _l("达成协议的，双方签名或盖章，调解员签名并加盖调解组织印章后生效；不成的可以申请仲裁。"),
            _l("每次查看都有记录，当事人能看到。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
