"""Membership's course: transfers, retirement, decisions that end a membership, requests to leave."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES, unit_name
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Subject, TodoDetails, TodoKind, each
from gateway.subjects.membership.standing import (
    api,
    member_pages,
    projections,
    retirement_pages,
    rule_messages,
    standing_pages,
    transfers_pages,
)
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.membership.standing.operations import (
    LeaveEnded,
    LeaveRequested,
    MemberLeft,
    MemberReinstated,
    list_leave_requests,
)
from services.contracts.membership.transfer import (
    TransferApproved,
    TransferEnded,
    TransferReleased,
    TransferRequested,
    list_transfers,
)


def _way(transfer: Mapping[str, Any]) -> tuple[str]:
    """Return from where to where a member is transferred."""
    sides = (transfer["from_unit_id"], transfer["to_unit_id"])
    return (" → ".join(unit_name(side) if side else transfer["other_union"] or "—" for side in sides),)


_TRANSFERRED = TodoDetails(list_transfers, name="member_name", facts=_way)

SUBJECT = Subject(
    "standing",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        transfers_pages.PAGES,
        retirement_pages.PAGES,
        standing_pages.PAGES,
        member_pages.PAGES,
    ),
    menu=(
        MenuItem("my_membership", _l("我的会籍"), "clock-history", "own_record"),
        MenuItem(
            "transfers",
            _l("转会"),
            "arrow-left-right",
            "members",
            CONSOLE_ROLES,
            also=("transfer", "new_transfer", "note_transfer_in"),
        ),
        MenuItem("retirements", _l("荣休"), "sunset", "members", CONSOLE_ROLES),
        MenuItem("standing_changes", _l("会籍变动"), "clock-history", "members", CONSOLE_ROLES),
    ),
    todos={
        "transfer_release": TodoKind(
            "arrow-left-right",
            "transfer",
            "/membership/transfers/{}",
            "transfer_id",
            notice=NoticeText(_l("有会员要转到其他单位，请办理调出。")),
            roles=frozenset({"chair", "officer"}),
            details=_TRANSFERRED,
        ),
        "transfer_acceptance": TodoKind(
            "arrow-left-right",
            "transfer",
            "/membership/transfers/{}",
            "transfer_id",
            notice=NoticeText(_l("有会员要转入，请办理接收。")),
            roles=frozenset({"chair", "officer"}),
            details=_TRANSFERRED,
        ),
        "leave_declaration": TodoKind(
            "person",
            "standing_changes",
            "/membership/leave-requests?state=requested",
            notice=NoticeText(_l("有会员申请退会，请办理。")),
            roles=frozenset({"officer"}),
            details=TodoDetails(list_leave_requests, name="member_name"),
        ),
    },
    news={
        "transfer_requested": NewsKind(
            _l("转会申请已提出"),
            "arrow-left-right",
            "my_membership",
            notice=NoticeText(_l("转会的进度在“我的会籍”里。")),
        ),
        "transfer_released": NewsKind(
            _l("转会：调出单位已同意"),
            "arrow-left-right",
            "my_membership",
            notice=NoticeText(_l("接下来由调入单位办理接收。")),
        ),
        "transfer_approved": NewsKind(
            _l("转会：调入单位已接收"),
            "arrow-left-right",
            "my_membership",
            notice=NoticeText(_l("您已是新单位的会员，会员号不变。")),
        ),
        "transfer_ended": NewsKind(
            _l("转会已办结"), "arrow-left-right", "my_membership", notice=NoticeText(_l("转会的结果在“我的会籍”里。"))
        ),
        "member_retired": NewsKind(
            _l("退休已确认，会籍保留"), "sunset", "my_membership", notice=NoticeText(_l("会籍保留，仍可参加工会活动。"))
        ),
        "retirement_undone": NewsKind(
            _l("退休已撤销，会籍恢复在册"),
            "sunset",
            "my_membership",
            notice=NoticeText(_l("会籍已恢复，请核对“我的会籍”。")),
        ),
        "member_left": NewsKind(
            _l("会籍已终止"), "person", "my_membership", notice=NoticeText(_l("会籍终止的依据和日期在“我的会籍”里。"))
        ),
        "member_reinstated": NewsKind(
            _l("会籍已恢复"), "person", "my_membership", notice=NoticeText(_l("会籍已恢复，请核对“我的会籍”。"))
        ),
        "leave_requested": NewsKind(
            _l("退会申请已提交"),
            "person",
            "my_membership",
            notice=NoticeText(_l("退会申请由校工会办理，办结前可以撤回。")),
        ),
        "leave_ended": NewsKind(
            _l("退会申请已办结"), "person", "my_membership", notice=NoticeText(_l("退会申请的结果在“我的会籍”里。"))
        ),
    },
    reactions=(
        *each(projections.note_transfer, TransferRequested, TransferReleased, TransferApproved, TransferEnded),
        *each(projections.note_leave, LeaveRequested, LeaveEnded),
        *each(projections.note_standing, MemberRetired, RetirementUndone, MemberLeft, MemberReinstated, batch=True),
    ),
    jobs=(JobKind("confirm_retirements", _l("办理退休"), page="retirements"),),
    help=Help(
        _l("会籍变动"),
        _l("会员转会、退休保留会籍、退会和终止会籍，都按程序办理并留下依据。"),
        (
            _l("转会由转出、转入两个分工会先后同意。"),
            _l("到龄退休先核对月份，再由校工会确认；人事批准的日期优先。"),
            _l("终止会籍要有会议决定和理由，不会自动发生。"),
        ),
        _l("工会会员会籍管理办法（2016）"),
    ),
    templates=Path(__file__).parent / "templates",
)
