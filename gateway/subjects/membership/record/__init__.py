"""Membership: members' records. Organisation, joining and standing have tables of their own."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.read_models import timeline
from gateway.search_kind import SearchKind
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.membership.record import (
    api,
    figures_pages,
    finding,
    member_pages,
    one_member_pages,
    pages,
    rule_messages,
)
from services.contracts.membership.record.operations import UnitChanged

SUBJECT = Subject(
    "membership",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        figures_pages.PAGES,
        one_member_pages.PAGES,
        member_pages.PAGES,
    ),
    menu=(
        MenuItem("my_record", _l("我的档案"), "person-badge", "own_record"),
        MenuItem(
            "members",
            _l("会员"),
            "people",
            "members",
            CONSOLE_ROLES,
            also=(
                "members_figures",
                "member",
                "edit_member",
                "member_standing",
                "decide_standing",
                "member_files",
                "confirm_cards",
            ),
        ),
    ),
    news={
        "unit_changed": NewsKind(
            _l("您的分工会有变动"), "diagram-3", "me", notice=NoticeText(_l("您的分工会已变更，会员号不变。"))
        ),
    },
    reactions=(Reaction(UnitChanged, timeline.note_moved, batch=True),),
    jobs=(JobKind("export_members", _l("导出会员名单")),),
    search=(
        SearchKind(
            "member",
            _l("会员"),
            "people",
            "/membership/members/{id}",
            finding.shown,
            find=finding.find,
            roles=CONSOLE_ROLES,
        ),
    ),
    help=Help(
        _l("会员档案"),
        _l("一处查到会员的会籍、联系方式、福利和变动；敏感信息平时隐去。"),
        (
            _l("校工会干部更正档案，每次改动都留记录。"),
            _l("查看明文要写用途，本人可以看到谁看过。"),
            _l("分工会主席只看本分工会的会员。"),
        ),
        _l("个人信息保护法第二十八条、第五十一条"),
    ),
    templates=Path(__file__).parent / "templates",
)
