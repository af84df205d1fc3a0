"""Welfare: life events, visits, birthday care, entitlements and the rules they are decided by."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.api import welfare
from gateway.portal.exporting import Column, Exportable
from gateway.portal.pages.console import visit as visit_pages
from gateway.portal.pages.console import visit_types as visit_types_pages
from gateway.portal.pages.console import visits as visits_pages
from gateway.portal.pages.member import life_events as member_life_events_pages
from gateway.portal.rule_messages import welfare as welfare_rules
from gateway.read_models import visit_todos
from gateway.subject import MenuItem, NewsKind, Reaction, Subject, TodoKind, each
from gateway.subjects.roles import ALL
from services.contracts.welfare.visit_events import (
    VisitAssigned,
    VisitCancelled,
    VisitClaimRefused,
    VisitClosed,
    VisitCompleted,
    VisitEscalated,
    VisitOverdue,
    VisitRequired,
)
from services.contracts.welfare.visits import list_visits

_VISIT_FLAGS = ("open", "overdue", "escalated", "claim_refused")


def _visits(values: dict[str, str]) -> dict[str, Any]:
    show = values.pop("show", "open")
    if show in _VISIT_FLAGS:
        return {**values, show: True}
    return values if show == "all" else {**values, "state": show}


SUBJECT = Subject(
    "welfare",
    "Welfare: life events, visits, birthday care, entitlements and the rules they are decided by.",
    routes=welfare.ROUTES,
    pages=(
        visits_pages.PAGES,
        visit_pages.PAGES,
        visit_types_pages.PAGES,
        member_life_events_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "visits",
            _l("走访"),
            "heart-pulse",
            "welfare",
            ALL,
            also=("visit", "report_event", "visit_types", "new_visit_type", "edit_visit_type"),
        ),
    ),
    rules={**welfare_rules.RULES},
    todos={
        "visit_due": TodoKind(_l("走访会员"), "heart-pulse", "visit", "/welfare/visits/{}", "visit_id"),
        "visit_escalated": TodoKind(
            _l("逾期走访待处理"), "exclamation-triangle", "visit", "/welfare/visits/{}", "visit_id"
        ),
        "visit_assigned": TodoKind(_l("您被指派走访"), "heart-pulse", "visit", "/welfare/visits/{}", "visit_id"),
        "claim_refused": TodoKind(_l("走访入账被拒，请更正"), "cash-stack", "visit", "/welfare/visits/{}", "visit_id"),
    },
    news={
        "visit_assigned": NewsKind(_l("您被指派走访"), "heart-pulse", "visit", "visit_id"),
    },
    exports={
        "visits": Exportable(
            _l("走访"),
            list_visits,
            (
                Column("member_id", _l("会员"), "member"),
                Column("unit_id", _l("分工会"), "unit"),
                Column("level", _l("由谁走访"), "level"),
                Column("assignee_id", _l("走访人"), "member"),
                Column("due_at", _l("期限"), "stamp"),
                Column("visited_on", _l("走访日期"), "day"),
                Column("amount", _l("金额（元）"), "money"),
                Column("claim_state", _l("入账"), "claim"),
                Column("state", _l("状态"), "visit"),
            ),
            roles=ALL,
            payload=_visits,
        ),
    },
    reactions=(
        Reaction(VisitRequired, visit_todos.on_required),
        Reaction(VisitAssigned, visit_todos.on_assigned),
        Reaction(VisitOverdue, visit_todos.on_late),
        Reaction(VisitEscalated, visit_todos.on_escalated),
        Reaction(VisitClaimRefused, visit_todos.on_claim_refused),
        *each(visit_todos.on_over, VisitCompleted, VisitClosed, VisitCancelled),
    ),
)
