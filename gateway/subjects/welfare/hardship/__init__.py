"""Hardship: the registry with its yearly review, applications for aid, and the committee's decisions."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.formats import money
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.welfare.hardship import (
    api,
    application_pages,
    member_pages,
    projections,
    record_pages,
    rule_messages,
)
from services.contracts.welfare.hardship.events import AidApplicationMoved, HardshipReviewDue, PrivateMatterMoved
from services.contracts.welfare.hardship.operations import list_aid_applications, list_hardship_records

_OFFICE = frozenset({"officer", "auditor"})
_ASKED = TodoDetails(list_aid_applications, member="member_id", facts=lambda one: (money(one["asked"]),))
_PAGE = ("aid_application", "/welfare/aid-applications/{}", "application_id")

SUBJECT = Subject(
    "hardship",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(application_pages.PAGES, record_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "aid_applications", _l("帮扶申请"), "shield-lock", "welfare", CONSOLE_ROLES, also=("aid_application",)
        ),
        MenuItem(
            "hardship_records",
            _l("困难职工档案"),
            "file-earmark-text",
            "welfare",
            _OFFICE,
            also=("hardship_record", "new_hardship_record"),
        ),
        MenuItem(
            "my_aid", _l("困难帮扶"), "shield-lock", "own_benefits", also=("my_aid_application", "new_aid", "edit_aid")
        ),
    ),
    todos={
        "aid_to_forward": TodoKind(
            "shield-lock",
            *_PAGE,
            notice=NoticeText(_l("有会员提交了申请，请转交校工会。")),
            roles=frozenset({"chair", "officer"}),
            details=_ASKED,
        ),
        "aid_to_review": TodoKind(
            "shield-lock",
            *_PAGE,
            notice=NoticeText(_l("有会员的申请等待受理和评审。")),
            roles=frozenset({"officer"}),
            details=_ASKED,
        ),
        "aid_payment_refused": TodoKind(
            "cash-stack",
            *_PAGE,
            notice=NoticeText(_l("有一笔支出没有入账，请处理后重新申报。")),
            roles=frozenset({"officer"}),
            details=_ASKED,
        ),
        "hardship_review_due": TodoKind(
            "file-earmark-text",
            "hardship_record",
            "/welfare/hardship-records/{}",
            "record_id",
            notice=NoticeText(_l("有档案到了复核的时间。")),
            roles=frozenset({"officer"}),
            details=TodoDetails(list_hardship_records, member="member_id"),
        ),
    },
    news={
        "private_matter_moved": NewsKind(
            _l("您的申请有新进展"), "shield-lock", "my_aid", notice=NoticeText(_l("请登录查看详情。"))
        ),
    },
    reactions=(
        Reaction(AidApplicationMoved, projections.on_moved),
        Reaction(HardshipReviewDue, projections.on_review_due),
        Reaction(PrivateMatterMoved, projections.note_matter),
    ),
    help=Help(
        _l("困难帮扶"),
        _l("会员家庭困难或患大病时，工会给予帮扶；理由和材料只有本人和办理的干部能看。"),
        (
            _l("会员填写申请、上传证明材料后提交，可以随时查看进度。"),
            _l("分工会主席转交校工会，看不到类别、理由和材料。"),
            _l("校工会受理，评审小组按每年上限决定金额，写明到会的人和意见。"),
            _l("批准后从工会经费的帮扶项目支付；未予入账的写明规则，改正后重新申报。"),
            _l("困难职工建立档案，每年复核一次。"),
        ),
        _l("基层工会经费收支管理办法；个人信息保护法第二十八条、第五十一条"),
    ),
    templates=Path(__file__).parent / "templates",
)
