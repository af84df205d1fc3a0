"""Membership: members' records and long work. Organisation, joining and standing have tables of their own."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.api import membership
from gateway.portal.pages.console import member as member_pages
from gateway.portal.pages.console import members as members_pages
from gateway.portal.pages.member import files as member_files_pages
from gateway.portal.pages.member import record as member_record_pages
from gateway.portal.rule_messages import membership as membership_rules
from gateway.read_models import timeline
from gateway.subject import MenuItem, NewsKind, Reaction, Subject
from gateway.subjects.roles import ALL
from services.contracts.membership.record import UnitChanged

SUBJECT = Subject(
    "membership",
    "Membership: members' records and long work. Organisation, joining and standing have tables of their own.",
    routes=membership.ROUTES,
    pages=(
        members_pages.PAGES,
        member_pages.PAGES,
        member_record_pages.PAGES,
        member_files_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "members",
            _l("会员"),
            "people",
            "members",
            ALL,
            also=("member", "edit_member", "member_standing", "decide_standing", "member_files"),
        ),
    ),
    rules={**membership_rules.RULES},
    news={
        "unit_changed": NewsKind(_l("您的分工会有变动"), "diagram-3", "me"),
    },
    reactions=(Reaction(UnitChanged, timeline.note_moved, batch=True),),
)
