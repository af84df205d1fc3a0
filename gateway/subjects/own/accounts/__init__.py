"""Accounts of members who came by roster or from HR: slips with one-time codes, and opening an account with one."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.identity import grants, members
from gateway.portal.rule_messages import shared as shared_rules
from gateway.subject import JobKind, MenuItem, Reaction, Subject
from gateway.subjects.own.accounts import api, open_account_pages, pages, sign_in_pages, slips
from services.contracts.gateway.accounts import start_slips
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.organisation.operations import PostAssigned, PostEnded
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged

SUBJECT = Subject(
    "accounts",
    __doc__,
    routes=api.ROUTES,
    pages=(
        sign_in_pages.PAGES,
        open_account_pages.PAGES,
        pages.PAGES,
    ),
    menu=(MenuItem("member_accounts", _l("会员账号"), "key", "members", frozenset({"officer", "chair"})),),
    rules=shared_rules.RULES,
    reactions=(
        Reaction(MemberJoined, members.note_joined, batch=True),
        Reaction(MemberUpdated, members.note_updated, batch=True),
        Reaction(UnitChanged, members.note_moved, batch=True),
        Reaction(PostAssigned, grants.note_assigned, batch=True),
        Reaction(PostEnded, grants.note_ended),
    ),
    jobs=(JobKind(slips.KIND, _l("打印账号开通单"), start_slips, slips.draw, slips.keep),),
    templates=Path(__file__).parent / "templates",
)
