"""The workbench: the figures of the day, the queues, what comes next. Each figure fails alone."""

from __future__ import annotations

from typing import Any

from flask import render_template

from gateway.identity.current import current_principal
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import Part, part, part_of
from gateway.read_models import activities as activities_view
from gateway.read_models import todos
from gateway.subjects.own.home import tasks
from services.chassis.clock import now, today
from services.contracts.governance.funds.budget import get_fund_summary
from services.contracts.governance.plan.operations import list_plans
from services.contracts.membership.joining.operations import list_applications
from services.contracts.membership.record.operations import list_members
from services.contracts.welfare.visits.operations import visit_figures

PAGES = PageTable()


@PAGES.get("/console")
@only(*CONSOLE_ROLES)
def workbench() -> str:
    """Show how things stand."""
    roles = current_principal().roles
    plans = part(list_plans)
    return render_template(
        "portal/console/workbench.html",
        members=_count(list_members, standing="active"),
        to_review=_count(list_applications, state="submitted"),
        to_approve=_count(list_applications, state="unit_reviewed"),
        visits=part(visit_figures),
        plans=plans,
        plan=_plan_of(plans),
        funds=part(get_fund_summary, {"year": today().year}) if roles & {"officer", "auditor"} else None,
        upcoming=part_of(lambda: activities_view.page({"starts_from": now(), "state": "scheduled", "limit": 6})),
        queue=part_of(lambda: todos.of(current_principal(), limit=8)),
        told=tasks.told,
    )


def _count(operation: Any, **filters: str) -> Part:
    return part(operation, {"limit": 1, "with_total": True, **filters})


def _plan_of(plans: Part) -> dict[str, Any] | None:
    """Return this year's plan, else the latest."""
    return next((item for item in plans.items if item["year"] == today().year), next(iter(plans.items), None))
