"""The organisation: units with their history, merged, split and moved; posts and who holds them."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.columns import Column
from gateway.portal.exporting import Exportable
from gateway.portal.people import CONSOLE_ROLES
from gateway.portal.words import words
from gateway.read_models import handing_over, units
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind, each
from gateway.subjects.membership.organisation import (
    api,
    delegations_pages,
    ending_terms_pages,
    finding,
    pages,
    posts_pages,
    projections,
    rule_messages,
    unit_changes_pages,
    unit_split_pages,
)
from services.contracts.membership.organisation.delegations import DelegationEnded, DelegationGiven
from services.contracts.membership.organisation.operations import (
    PostAssigned,
    PostEnded,
    PostTermEnding,
    UnitCreated,
    UnitUpdated,
    list_posts,
    list_units,
)
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit

SUBJECT = Subject(
    "organisation",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        posts_pages.PAGES,
        unit_changes_pages.PAGES,
        unit_split_pages.PAGES,
        ending_terms_pages.PAGES,
        delegations_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "organisation",
            _l("组织"),
            "diagram-3",
            "organisation",
            CONSOLE_ROLES,
            also=("unit", "new_unit", "edit_unit", "new_post", "ending_terms", "merge", "split", "move_part"),
            below=("/console/organisation", "/console/posts"),
        ),
    ),
    todos={
        "term_ending": TodoKind(
            "calendar-event",
            "ending_terms",
            "/membership/posts?ending_within=90",
            notice=NoticeText(_l("有一项职务任期将满，请在期满前筹备换届。")),
            roles=frozenset({"officer"}),
            details=TodoDetails(
                list_posts, name="member_name", facts=lambda post: (words(post["kind"], "post"), post["term"])
            ),
        ),
    },
    news={
        "post_assigned": NewsKind(
            _l("您担任了新的职务"), "person-badge", "me", notice=NoticeText(_l("新职务的权限从任期第一天起有效。"))
        ),
        "post_ended": NewsKind(
            _l("您的一项职务已结束"), "person-badge", "me", notice=NoticeText(_l("该职务的权限已收回。"))
        ),
        "delegation_given": NewsKind(
            _l("职务代行已登记"),
            "person-badge",
            "my_roles",
            notice=NoticeText(_l("%(starts_on)s 至 %(ends_on)s 由代行人履行该职务，权限到期自动收回。")),
        ),
        "delegation_ended": NewsKind(
            _l("职务代行已提前结束"), "person-badge", "my_roles", notice=NoticeText(_l("代行的权限已收回。"))
        ),
    },
    exports={
        "units": Exportable(
            _l("组织"),
            list_units,
            ("code", "name", "name_en", "kind", Column("parent_id", how="unit"), "active"),
            roles=CONSOLE_ROLES,
            personal=False,
        ),
    },
    reactions=(
        *each(units.note, UnitCreated, UnitUpdated, batch=True),
        Reaction(UnitMerged, handing_over.note_merged),
        Reaction(UnitSplit, handing_over.note_split),
        Reaction(PostTermEnding, projections.note_ending),
        Reaction(PostAssigned, projections.note_assigned, batch=True),
        Reaction(PostAssigned, projections.note_succeeded, batch=True),
        Reaction(PostEnded, projections.note_ended),
        *each(projections.note_delegations, DelegationGiven, DelegationEnded, batch=True),
    ),
    search=(
        SearchKind(
            "unit",
            _l("组织"),
            "diagram-3",
            "/membership/units/{id}",
            finding.shown,
            indexed=units.SEARCHED,
            roles=CONSOLE_ROLES,
        ),
    ),
    help=Help(
        _l("组织"),
        _l("分工会的设置、任职和代行，都有起止日期，过去的情况可以查到。"),
        (
            _l("校工会新设、合并、拆分分工会，会员随之调整。"),
            _l("任职到期前系统提醒换届。"),
            _l("主席不在时可以指定代行人，到期自动结束。"),
        ),
        _l("工会法第十一条、第十六条"),
    ),
    templates=Path(__file__).parent / "templates",
)
