"""The workbench: what is to be done now, how things stand, what comes next. Each part fails alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, signed_in, unit_name
from gateway.portal.preferences import keep
from gateway.portal.service_calls import Part, go, part_of, parts
from gateway.read_models import activity_figures, todo_groups
from gateway.subjects.own.home import first_steps, hints, tasks
from gateway.subjects.own.home import workbench_pictures as pictures
from services.chassis.clock import day_of, today
from services.contracts.governance.funds.budget import get_fund_summary
from services.contracts.governance.plan.operations import list_plans
from services.contracts.membership.joining.figures import application_figures
from services.contracts.membership.record.figures import MONTHS, member_figures
from services.contracts.welfare.visits.operations import visit_figures

PAGES = PageTable()

DAYS = 7
"""Days of the calendar, from today."""


@dataclass(frozen=True)
class Figure:
    """A figure that leads to the list it counts.

    Args:
        words: what is counted.
        value: how many.
        address: of the list.
        warns: whether it should be none.
        note: a few words below.
    """

    words: Any
    value: Any
    address: str
    warns: bool = False
    note: Any = None


@PAGES.get("/console")
@only(*CONSOLE_ROLES)
def workbench() -> str:
    """Show what is to be done and how things stand, of the union or of the units one leads."""
    principal, day = current_principal(), today()
    office = principal.has("officer", "auditor")
    asked: dict[str, Any] = {
        "members": (member_figures, {}),
        "applications": (application_figures, {}),
        "visits": (visit_figures, {"detailed": True}),
        "plans": (list_plans, {}),
    }
    if office:
        asked["funds"] = (get_fund_summary, {"year": day.year})
    found = parts(asked)
    plan = _plan_of(found["plans"])
    units = None if office else principal.units("chair")
    held = part_of(lambda: activity_figures.held_by_month(day, MONTHS, units))
    return render_template(
        "portal/console/workbench.html",
        day=day,
        of_units=[unit_name(str(unit)) for unit in sorted(units or ())],
        figures=_figures(found, plan),
        away=[found[name] for name in ("members", "visits", "plans") if found[name].problem],
        queue=part_of(lambda: tasks.grouped(todo_groups.of(principal))) if principal.has("officer", "chair") else None,
        week=part_of(lambda: _week(activity_figures.of_days(day, DAYS))),
        months=_months(found, held),
        plan_ring=pictures.plan(plan) if plan else None,
        visits_bars=pictures.visits_by_unit(found["visits"].data["by_unit"]) if found["visits"].data else None,
        funds=found.get("funds"),
        **_money(found.get("funds")),
        checks=_checks(found) if principal.has("auditor") and not principal.has("officer", "chair") else [],
        steps=first_steps.of(plan, found.get("funds")) if principal.has("officer") else None,
        hint_texts=hints.of_workbench(signed_in()),
    )


@PAGES.post("/console/first-steps/hide")
@only("officer")
def hide_first_steps() -> Response:
    """Leave the first steps out of this reader's workbench."""
    return keep(go(url_for("portal.workbench")), first_steps.COOKIE, first_steps.HIDDEN)


def _figures(found: dict[str, Part], plan: dict[str, Any] | None) -> list[Figure]:
    """Return the figures of the services that answered."""
    members, applications, visits, funds = (
        (found[name].data if name in found else None) for name in ("members", "applications", "visits", "funds")
    )
    figures = []
    if members:
        new = members["by_month"][-1]["joined"]
        note = gettext("本月入会 %(count)s 人", count=new) if new else None
        listed = url_for("portal.members", standing="active")
        figures.append(Figure(gettext("在册会员"), members["active"], listed, note=note))
    if applications:
        new = applications["unconfirmed"]
        note = gettext("其中新申请 %(count)s 份", count=new) if new else None
        waiting = url_for("portal.applications", state="submitted")
        figures.append(Figure(gettext("待分工会审核"), applications["submitted"], waiting, note=note))
        approving = url_for("portal.applications", state="unit_reviewed")
        figures.append(Figure(gettext("待校工会批准"), applications["unit_reviewed"], approving))
    if visits:
        note = gettext("今天到期 %(count)s 次", count=visits["due_today"]) if visits["due_today"] else None
        figures.append(Figure(gettext("未完成走访"), visits["open"], url_for("portal.visits", show="open"), note=note))
        overdue = url_for("portal.visits", show="overdue")
        figures.append(Figure(gettext("逾期走访"), visits["overdue"], overdue, visits["overdue"] > 0))
    if funds:
        refused = url_for("portal.fund_refusals", state="open")
        figures.append(Figure(gettext("未予入账"), funds["refusals_open"], refused, funds["refusals_open"] > 0))
    return figures


def _checks(found: dict[str, Part]) -> list[Figure]:
    """Return what an auditor looks at, beside the figures all see."""
    visits, funds, year = found["visits"].data, found["funds"].data, today().year
    checks = []
    if funds:
        reversals = url_for("portal.funds", year=year, kind="reversal")
        note = gettext("本年冲销的分录，原分录保留。")
        checks.append(Figure(gettext("冲销"), funds["reversals"], reversals, note=note))
    if visits:
        made, timely = visits["made_this_year"], visits["in_time_this_year"]
        late, listed = made - timely, url_for("portal.visits", show="all")
        note = gettext("今年完成 %(made)s 次，按期 %(in_time)s 次。", made=made, in_time=timely)
        checks.append(Figure(gettext("超期完成的走访"), late, listed, late > 0, note))
    rules = gettext("现行标准、依据的文件和每次改动。")
    checks.append(Figure(gettext("制度标准"), None, url_for("portal.rules"), note=rules))
    uses = gettext("谁为什么用途用过会员信息。")
    checks.append(Figure(gettext("会员信息的使用"), None, url_for("portal.fact_uses"), note=uses))
    return checks


def _months(found: dict[str, Part], held: Part) -> list[Any]:
    """Return the columns over the last twelve months."""
    drawn: list[Any] = []
    if found["members"].data:
        drawn.append(pictures.joined(found["members"].data["by_month"]))
    if held.data is not None:
        drawn.append(pictures.held(held.data))
    if found["visits"].data:
        drawn.append(pictures.visited(found["visits"].data["by_month"]))
    return drawn


def _money(funds: Part | None) -> dict[str, Any]:
    """Return the pictures of the money, for who sees it."""
    if funds is None or funds.data is None:
        return {"budget_bar": None, "spent_columns": None}
    spent = pictures.spent(funds.data["by_month"], funds.data["year"])
    return {"budget_bar": pictures.budget(funds.data, today()), "spent_columns": spent}


def _week(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the days from today with their activities; what goes on longer stands on its first day here."""
    first = today()
    days: list[dict[str, Any]] = [{"day": first + timedelta(days=later), "items": []} for later in range(DAYS)]
    for item in items:
        begins = day_of(datetime.fromisoformat(item["starts_at"]))
        later = max(0, (begins - first).days)
        days[later]["items"].append(item)
    return days


def _plan_of(plans: Part) -> dict[str, Any] | None:
    """Return this year's plan, else the latest."""
    return next((item for item in plans.items if item["year"] == today().year), next(iter(plans.items), None))
