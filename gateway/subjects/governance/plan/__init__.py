"""The year's plan: its items, their progress."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.read_models import plan as plan_views
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, Reaction, Subject
from gateway.subjects.governance.plan import api, finding, pages, rule_messages, writing_pages
from services.contracts.governance.plan.events import PlanItemProgressed, PlanItemUpdated, PlanPublished

SUBJECT = Subject(
    "plan",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        writing_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "plan",
            _l("年度计划"),
            "card-checklist",
            "activities",
            CONSOLE_ROLES,
            also=("plan_item", "begin_year", "new_plan_item", "edit_plan_item"),
        ),
    ),
    reactions=(
        Reaction(PlanPublished, plan_views.note_published),
        Reaction(PlanItemUpdated, plan_views.note_item),
        Reaction(PlanItemProgressed, plan_views.note_progress),
    ),
    search=(
        SearchKind(
            "plan_item",
            _l("年度计划"),
            "card-checklist",
            "/governance/plan/items/{id}",
            finding.shown,
            indexed=plan_views.SEARCHED,
        ),
    ),
    help=Help(
        _l("年度计划"),
        _l("把全年工作列成事项，落实到月份，与实际举办的活动对照。"),
        (
            _l("校工会起草，核对后发布给全体会员。"),
            _l("活动挂到事项上，办完后进度自动更新。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
