"""Care campaigns: warmth in winter, coolness in summer, care for those on duty; lists, visitors, progress."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NoticeText, Reaction, Subject, TodoKind
from gateway.subjects.welfare.care_campaigns import api, list_loading, pages, projections, rule_messages, visitor_pages
from services.contracts.welfare.care_campaigns.events import CareAssigned, CarePaymentRefused

SUBJECT = Subject(
    "care_campaigns",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, list_loading.PAGES, visitor_pages.PAGES),
    menu=(
        MenuItem(
            "care_campaigns",
            _l("慰问活动"),
            "sun",
            "welfare",
            CONSOLE_ROLES,
            also=("care_campaign", "new_care_campaign", "load_care_list"),
        ),
        MenuItem("my_care", _l("慰问活动"), "sun", "own_benefits"),
    ),
    todos={
        "care_to_give": TodoKind(
            "sun",
            "my_care",
            "/me/care-visits",
            notice=NoticeText(_l("有 %(people)s 人请您在活动结束前慰问。")),
        ),
        "care_payment_refused": TodoKind(
            "cash-stack",
            "care_campaign",
            "/welfare/care-campaigns/{}",
            "campaign_id",
            notice=NoticeText(_l("有一次慰问活动的支出没有入账，请处理后重新申报。")),
            roles=frozenset({"officer"}),
        ),
    },
    reactions=(
        Reaction(CareAssigned, projections.on_assigned),
        Reaction(CarePaymentRefused, projections.on_payment_refused),
    ),
    help=Help(
        _l("慰问活动"),
        _l("冬送温暖、夏送清凉、慰问寒暑假坚守岗位的教职工：按名单指派、登记、看进度。"),
        (
            _l("校工会设定时间、每人标准和名单；同一个人在一次活动里只慰问一次，重复的先列出来。"),
            _l("名单按分工会或按人指派给慰问人，慰问人可以转交。"),
            _l("慰问人登记日期、签收人，上传签收单或照片；没有慰问的写明原因。"),
            _l("结束后按实际发放入账，用不完的预留退回；年度计划里对应的事项随之完成。"),
        ),
        _l("基层工会经费收支管理办法，本校标准见“制度标准”"),
    ),
    templates=Path(__file__).parent / "templates",
)
