"""Dues: what members owe, what comes in and goes back, files of the payroll, arrears."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoKind
from gateway.subjects.membership.dues import (
    api,
    files_pages,
    member_pages,
    one_member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.membership.dues.events import DuesReminded, DuesSettled

SUBJECT = Subject(
    "dues",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        files_pages.PAGES,
        one_member_pages.PAGES,
        member_pages.PAGES,
    ),
    menu=(
        MenuItem("my_dues", _l("我的会费"), "piggy-bank", "own_record"),
        MenuItem(
            "dues",
            _l("会费"),
            "piggy-bank",
            "money",
            CONSOLE_ROLES,
            also=(
                "charge",
                "confirm_reminding",
                "without_base",
                "dues_arrears",
                "dues_files",
                "take_dues_file",
                "dues_file",
                "dues_refunds",
                "dues_credits",
                "member_dues",
            ),
        ),
    ),
    todos={
        "dues_owed": TodoKind("piggy-bank", "my_dues", "/membership/dues/members/{}"),
    },
    news={
        "dues_reminded": NewsKind(
            _l("请缴纳会费"),
            "piggy-bank",
            "my_dues",
            notice=NoticeText(_l("有会费未缴，金额和缴纳方式在“我的会费”里。")),
        ),
    },
    reactions=(
        Reaction(DuesReminded, projections.on_reminded, batch=True),
        Reaction(DuesSettled, projections.on_settled, batch=True),
    ),
    jobs=(
        JobKind("charge_dues", _l("计收会费"), page="dues"),
        JobKind("check_dues_file", _l("核对会费文件"), page="dues_files"),
        JobKind("post_dues_file", _l("会费文件入账"), page="dues_files"),
        JobKind("export_arrears", _l("导出欠缴名单")),
        JobKind("remind_of_dues", _l("提醒缴纳会费"), page="dues_arrears"),
    ),
    help=Help(
        _l("会费"),
        _l("按月计收会费，由工资代扣，逐笔进入工会经费账目。"),
        (
            _l("财务或工会干部每月计收，计收后的会费是“待代扣”，不算欠缴。"),
            _l("工资发放后上传代扣文件，核对无误再入账。"),
            _l("代扣没有扣到，或到规定的日子仍未缴的，列入欠缴名单，可以提醒。"),
            _l("退还会费要由另一位干部审批。"),
        ),
        _l("工发〔1978〕101号"),
    ),
    templates=Path(__file__).parent / "templates",
)
