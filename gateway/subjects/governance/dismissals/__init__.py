"""Dismissal notices of the employer, for few people only: nothing of one is in search, exports or feeds."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NoticeText, Subject, TodoKind, each
from gateway.subjects.governance.dismissals import api, notice_pages, pages, projections, rule_messages
from services.contracts.governance.dismissals import events
from services.contracts.governance.dismissals.vocabulary import DISMISSAL_STEPS

SUBJECT = Subject(
    "dismissals",
    __doc__,
    rules=rule_messages.RULES,
    steps={"dismissal": DISMISSAL_STEPS},
    routes=api.ROUTES,
    pages=(pages.PAGES, notice_pages.PAGES),
    menu=(
        MenuItem(
            "dismissals", _l("解除劳动合同通知"), "shield-lock", "democracy", frozenset({"officer"}),
            also=("record_dismissal", "dismissal_step", "link_dismissal", "dismissal_figures", "dismissal"),
        ),
        MenuItem("dismissal_figures", _l("解除通知统计"), "speedometer2", "democracy", frozenset({"auditor"})),
    ),
    todos={
        "private_opinion": TodoKind(
            "shield-lock", "dismissals", "/governance/dismissals", None, roles=frozenset({"officer"}),
            notice=NoticeText(_l("有一件待办有期限，请登录后查看。")),
        ),
    },
    reactions=each(
        projections.on_opinion, events.DismissalOpinionDue, events.DismissalOpinionOverdue,
        events.DismissalOpinionSettled,
    ),
    help=Help(
        _l("解除劳动合同通知"),
        _l("单位单方解除劳动合同，事先把理由通知工会；工会认为违反法律、规章或合同的，有权要求纠正。"),
        (
            _l("人事系统报送，或由经办人登记书面通知；拟解除日期须在今天以后。"),
            _l("工会在规定天数内提出意见；没有规定天数的，先在“制度标准”里设定。"),
            _l("要求纠正的写明违反什么、为什么；单位研究后书面答复，由经办人登记并上传。"),
            _l("通知没有写明会员的，由经办人关联；本人登录后可以看到通知和意见，并可以申请调解。"),
            _l("只有经办人、报送单位和本人能看到，每次查看都有记录。"),
        ),
        _l("《中华人民共和国工会法》第二十二条；《中华人民共和国劳动合同法》第四十三条"),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
