"""Accounts of members who came by roster or from HR: slips with one-time codes, and opening an account with one."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.identity import grants, members, password_codes
from gateway.identity.providers import linking
from gateway.portal.rule_messages import files as file_rules
from gateway.portal.rule_messages import shared as shared_rules
from gateway.subject import JobKind, MenuItem, NewsKind, Reaction, Subject, each
from gateway.subjects.own.accounts import (
    api,
    forgotten_pages,
    open_account_pages,
    pages,
    rule_messages,
    sign_in_pages,
    sign_on_pages,
    slips,
)
from services.contracts.gateway.accounts import start_slips
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.organisation.delegations import DelegationEnded, DelegationGiven
from services.contracts.membership.organisation.operations import PostAssigned, PostEnded
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged

SUBJECT = Subject(
    "accounts",
    __doc__,
    routes=api.ROUTES,
    pages=(
        sign_in_pages.PAGES,
        sign_on_pages.PAGES,
        forgotten_pages.PAGES,
        open_account_pages.PAGES,
        pages.PAGES,
    ),
    menu=(
        MenuItem(
            "member_accounts",
            _l("会员账号"),
            "key",
            "organisation",
            frozenset({"officer", "chair"}),
            also=("confirm_slips", "confirm_revocation"),
        ),
    ),
    rules={**shared_rules.RULES, **file_rules.RULES, **rule_messages.RULES},
    news={
        linking.LINKED: NewsKind(_l("您的账号绑定了校园身份"), "link-45deg", "my_settings"),
        password_codes.CODE_MADE: NewsKind(
            _l("有人为您生成了改密码的一次性码；如不是您要求的，请告诉校工会"), "key", "my_settings"
        ),
        password_codes.PASSWORD_SET: NewsKind(_l("您的密码已用一次性码重新设置"), "key", "my_settings"),
        linking.UNLINKED: NewsKind(_l("您的账号解除了校园身份的绑定"), "link-45deg", "my_settings"),
    },
    reactions=(
        Reaction(MemberJoined, members.note_joined, batch=True),
        Reaction(MemberUpdated, members.note_updated, batch=True),
        Reaction(UnitChanged, members.note_moved, batch=True),
        Reaction(PostAssigned, grants.note_assigned, batch=True),
        Reaction(PostEnded, grants.note_ended),
        *each(grants.note_delegations, DelegationGiven, DelegationEnded, batch=True),
    ),
    jobs=(JobKind(slips.KIND, _l("打印账号开通单"), start_slips, slips.draw, slips.keep),),
    help=Help(
        _l("会员账号"),
        _l("由名册或人事数据入会的会员凭开通单开通账号；忘记密码由工会当面核对后重设。"),
        (
            _l("打印开通单，当面交给本人。"),
            _l("重设密码前核对证件；本人会收到通知。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
