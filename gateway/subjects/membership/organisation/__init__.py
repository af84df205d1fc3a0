"""The organisation: units with their history, merged, split and moved; posts and who holds them."""

from __future__ import annotations

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.portal.exporting import Column, Exportable
from gateway.portal.people import CONSOLE_ROLES
from gateway.read_models import handing_over, units
from gateway.subject import MenuItem, NewsKind, Reaction, Subject, TodoKind, each
from gateway.subjects.membership.organisation import (
    api,
    ending_terms_pages,
    pages,
    posts_pages,
    projections,
    rule_messages,
    unit_changes_pages,
    unit_split_pages,
)
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
    ),
    menu=(
        MenuItem(
            "organisation",
            _l("组织"),
            "diagram-3",
            "members",
            CONSOLE_ROLES,
            also=("unit", "new_unit", "edit_unit", "new_post", "ending_terms", "merge", "split", "move_part"),
        ),
    ),
    todos={
        "term_ending": TodoKind(
            _l("任期将满，请筹备换届"), "calendar-event", "ending_terms", "/membership/posts?ending_within=90"
        ),
    },
    news={
        "post_assigned": NewsKind(_l("您担任了新的职务"), "person-badge", "me"),
        "post_ended": NewsKind(_l("您的一项职务已结束"), "person-badge", "me"),
    },
    exports={
        "posts": Exportable(
            _l("职务"),
            list_posts,
            (
                Column("unit_id", _l("组织"), "unit"),
                Column("kind", _l("职务"), "post"),
                Column("member_name", _l("姓名")),
                Column("starts_on", _l("开始日期"), "day"),
                Column("ends_on", _l("届满日期"), "day"),
                Column("ended_on", _l("提前结束"), "day"),
                Column("term", _l("届次")),
            ),
            roles=CONSOLE_ROLES,
        ),
        "units": Exportable(
            _l("组织"),
            list_units,
            (
                Column("code", _l("代码")),
                Column("name", _l("名称")),
                Column("name_en", _l("英文名称")),
                Column("kind", _l("类别"), "unit_kind"),
                Column("parent_id", _l("上级"), "unit"),
                Column("active", _l("在用"), "yes"),
            ),
            roles=CONSOLE_ROLES,
            personal=False,
        ),
    },
    reactions=(
        *each(units.note, UnitCreated, UnitUpdated, batch=True),
        Reaction(UnitMerged, handing_over.note_merged),
        Reaction(UnitSplit, handing_over.note_split),
        Reaction(PostTermEnding, projections.note_ending),
        Reaction(PostAssigned, projections.note_succeeded, batch=True),
        Reaction(PostEnded, projections.note_ended),
    ),
    templates=Path(__file__).parent / "templates",
)
