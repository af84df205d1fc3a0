"""Charity drives: pledges, gifts, lists counted by two, hand-over to a qualified charity, disclosure."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.welfare.charity import (
    api,
    gift_files,
    list_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.welfare.charity.events import CashToCount, DriveClosed, DriveDisclosed, DriveHandedOver
from services.contracts.welfare.charity.operations import list_drives

_OFFICER = frozenset({"officer"})
_DETAILS = TodoDetails(list_drives, name="title")

SUBJECT = Subject(
    "charity",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, list_pages.PAGES, gift_files.PAGES, member_pages.PAGES),
    menu=(
        MenuItem("charity", _l("慈善捐赠"), "heart", "own_benefits", also=("charity_drive", "my_gifts")),
        MenuItem(
            "drives",
            _l("慈善捐赠"),
            "heart",
            "welfare",
            CONSOLE_ROLES,
            also=("drive", "new_drive", "change_drive", "cash_counts", "gift_list", "enter_list", "read_gift_file"),
        ),
    ),
    todos={
        projections.COUNT: TodoKind(
            "cash-stack",
            "drive",
            "/welfare/drives/{}",
            "drive_id",
            notice=NoticeText(_l("本分工会有登记的捐赠现金，请两人分别清点。"), private=False),
            roles=frozenset({"chair"}),
            details=_DETAILS,
        ),
        projections.HAND_OVER: TodoKind(
            "heart",
            "drive",
            "/welfare/drives/{}",
            "drive_id",
            notice=NoticeText(_l("有一次慈善捐赠已结束，请移交慈善组织并上传收据。"), private=False),
            roles=_OFFICER,
            details=_DETAILS,
        ),
        projections.DISCLOSE: TodoKind(
            "megaphone",
            "drive",
            "/welfare/drives/{}",
            "drive_id",
            notice=NoticeText(_l("善款已移交，请公开使用情况。"), private=False),
            roles=_OFFICER,
            details=_DETAILS,
        ),
    },
    reactions=(
        Reaction(CashToCount, projections.on_cash),
        Reaction(DriveClosed, projections.on_closed),
        Reaction(DriveHandedOver, projections.on_handed_over),
        Reaction(DriveDisclosed, projections.on_disclosed),
    ),
    help=Help(
        _l("慈善捐赠"),
        _l("慈善一日捐：与有公开募捐资格的慈善组织合作，善款由其入账。"),
        (
            _l("校工会写明慈善组织后发布，会员自愿捐赠，可以匿名，随时可以撤回。"),
            _l("分工会登记现金和物品清单，两人清点一致后确认；工资代扣只凭本人同意。"),
            _l("结束后移交慈善组织并上传收据，再向所有登录的人公开使用情况。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
