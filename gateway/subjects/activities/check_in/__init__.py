"""Check-in and attendance: own codes, desks with and without network, lists of who came, certificates."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.code_kind import CodeKind
from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.activities.check_in import (
    api,
    attendance_pages,
    desk_pages,
    member_pages,
    projections,
    rule_messages,
    setting_pages,
)
from services.contracts.activities.check_in.events import DeskHelperNamed
from services.contracts.activities.check_in.operations import read_certificate_code, read_check_in_code

SUBJECT = Subject(
    "check_in",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(desk_pages.PAGES, attendance_pages.PAGES, setting_pages.PAGES, member_pages.PAGES),
    menu=(MenuItem("my_attendance", _l("参加记录"), "clipboard-check", "own_benefits"),),
    news={
        "desk_helper_named": NewsKind(
            _l("请您协助活动签到"),
            "qr-code-scan",
            "check_in_desk",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("请您在“%(title)s”协助签到，到时打开签到台扫码即可。"), private=False),
        ),
    },
    reactions=(Reaction(DeskHelperNamed, projections.on_helper_named),),
    codes=(
        CodeKind(
            "check_in",
            _l("活动签到码"),
            read_check_in_code,
            "/activities/{}",
            desk_pages.page_of_code,
            titles={"good": _l("已报名，可以签到"), "ended": _l("报名不在有效状态")},
        ),
        CodeKind(
            "attended",
            _l("参加活动证明"),
            read_certificate_code,
            "/activities/{}",
            lambda reading: None,
            titles={"good": _l("证明属实"), "ended": _l("证明已不再有效")},
        ),
    ),
    help=Help(
        _l("签到与出席"),
        _l("活动开始前打开签到台，扫会员手机上的签到码；结束后关闭出席名单。"),
        (
            _l("组织者在活动的“出席”页设置签到时间、签到员、是否接待未报名的会员。"),
            _l("签到台每分钟更新一次名单；断网时自动按名单继续登记，恢复后自动补传，同一个人只算一次。"),
            _l("报名已取消的人要在签到台确认才能入场，名单上会标出。"),
            _l("结束后核对并关闭名单：没有登记的记为缺席，活动随之登记为已举办，年度计划的进度一并更新。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
