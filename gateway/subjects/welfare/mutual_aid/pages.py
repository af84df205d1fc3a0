"""Mutual aid in the console: cover periods with their lists, plans, coverage."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink, Shown
from gateway.portal.look_ups import line_choices
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, own_unit_choices, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.welfare.mutual_aid.figures import by_unit, by_year
from services.chassis.clock import today
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.mutual_aid import requests

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_OFFICE = frozenset({"officer", "auditor"})

PERIODS = PAGES.add_list(
    ListPage(
        "mutual_aid", "/console/mutual-aid", contract.list_cover_periods, _l("互助保障"),
        columns=(
            "title",
            Column("plan_id", how="text", value=lambda one: one["plan"]["name"]),
            "starts_on", "ends_on", "enrol_until", "payer", "members", Column("amount", on_page=False),
            Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("state",),
        lead=_l("分工会在登记期内按名单参保，每人每期一份；出险后申领。"),
        empty=_l("还没有保障期，请先登记保障计划。"),
        icon="shield-check",
        links=(
            PageLink("mutual_aid_claims", _l("申领"), "inbox", first=True),
            PageLink("mutual_aid_plans", _l("保障计划"), "card-checklist"),
        ),
        link="cover_period",
        argument="period_id",
        topics=("mutual_aid",),
        export=ListExport(name="cover_periods", title=_l("互助保障期"), personal=False),
    )
)  # fmt: skip

PLANS = PAGES.add_list(
    ListPage(
        "mutual_aid_plans", "/console/mutual-aid/plans", contract.list_mutual_aid_plans, _l("保障计划"),
        columns=(
            "name", "kind", "provider", "fee", "sum_insured", Column("age_from", on_page=False),
            Column("age_to", on_page=False), Column("claim_days", how="text"), Column("document", on_page=False),
            "offered", actions("of_plan"),
        ),
        roles=tuple(CONSOLE_ROLES),
        empty=_l("还没有保障计划。"),
        icon="card-checklist",
        links=(PageLink("new_mutual_aid_plan", _l("新增保障计划"), "plus-lg", _OFFICER, first=True),),
        back=("mutual_aid", _l("互助保障")),
        macros="portal/parts/mutual_aid.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


def _of_period(shown: Shown) -> dict[str, Any]:
    about, principal = shown.about, current_principal()
    units = own_unit_choices()
    day, officer = today().isoformat(), principal.has("officer")
    within = about["enrol_from"] <= day <= about["enrol_until"]
    return {
        "title": f"{about['plan']['name']} {about['title']}",
        "enrols": about["state"] == "open" and bool(units) and (officer or within),
        "own_units": units,
        "lines": line_choices() if officer and about["state"] == "open" and about["payer"] != "own" else {},
        "today": day,
    }


COVERS = PAGES.add_list(
    ListPage(
        "cover_period", "/console/mutual-aid/periods/<uuid:period_id>", contract.list_covers, _l("参保名单"),
        columns=(
            "member_id", "unit_id", "starts_on", "ends_on", Column("end_reason", optional=True),
            Column("enrolled_at", on_page=False), Column("fee_paid_on", optional=True), Column("state", state=True),
            actions("of_cover"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("unit_id", choices=unit_choices), "state"),
        empty=_l("名单上还没有人。"),
        icon="people",
        back=("mutual_aid", _l("互助保障")),
        about=contract.get_cover_period,
        more=_of_period,
        template="portal/console/cover_period.html",
        macros="portal/parts/mutual_aid.html",
        export=ListExport(name="covers", title=_l("互助保障参保名单")),
    )
)  # fmt: skip


def _coverage(shown: Shown) -> dict[str, Any]:
    """Return the pictures of coverage and claims, and the way back to the period's list."""
    period_id = shown.named["period_id"]
    figures = part(contract.coverage_figures, {"period_id": period_id})
    told = figures.data or {"units": [], "years": [], "few": 0}
    return {
        "figures": figures,
        "units": by_unit(told["units"], period_id),
        "years": by_year(told["years"], told["few"]) if told["years"] else None,
        "back": (
            url_for("portal.cover_period", period_id=period_id),
            f"{shown.about['plan']['name']} {shown.about['title']}",
        ),
    }


PAGES.add_list(
    ListPage(
        "coverage", "/console/mutual-aid/periods/<uuid:period_id>/coverage", contract.list_unit_covers, _l("参保率"),
        columns=("unit_id", "member_count", "covered_count", Column("percent", _l("参保率（%）"))),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("unit_id", choices=unit_choices),),
        empty=_l("还没有会员。"),
        icon="people",
        about=contract.get_cover_period,
        more=_coverage,
        template="portal/console/coverage.html",
        export=ListExport(personal=False, name="mutual_aid_coverage", title=_l("互助保障参保率")),
    )
)  # fmt: skip


@PAGES.route("/console/mutual-aid/plans/new", methods=["GET", "POST"])
@only("officer")
def new_mutual_aid_plan() -> str | Response | tuple[str, int]:
    """Add a plan."""
    terms = _l("照承办单位的条款填写；确定后不能修改，条款有变时停用后另建。")
    fields: list[Field | str] = [
        "name", "kind", "provider", Field("document", hint=_l("条款名称和版本，判定时作为依据。")), "fee",
        "sum_insured", "age_from", "age_to", "claim_days", "remind_days", "ends_with_retirement", "ends_with_leaving",
        Field("about", control="textarea", wide=True),
    ]  # fmt: skip
    form = Form(requests.AddPlan, fields, posted=request.form if request.method == "POST" else None)
    back = url_for("portal.mutual_aid_plans")
    if form.posted is not None and submit(form, contract.add_mutual_aid_plan) is not None:
        flash(gettext("保障计划已新增，请新建保障期。"), "done")
        return go(back)
    return form_page(form, title=gettext("新增保障计划"), lead=str(terms), back=back, words=gettext("保障计划"))


@PAGES.route("/console/mutual-aid/plans/<uuid:plan_id>/periods/new", methods=["GET", "POST"])
@only("officer")
def new_cover_period(plan_id: UUID) -> str | Response | tuple[str, int]:
    """Open a cover period of a plan."""
    plan = call(contract.get_mutual_aid_plan, {"plan_id": str(plan_id)})
    fields = ["title", "starts_on", "ends_on", "enrol_from", "enrol_until", "payer"]
    values = {"enrol_from": today().isoformat()}
    form = Form(requests.OpenPeriod, fields, values=values, posted=request.form if request.method == "POST" else None)
    back = url_for("portal.mutual_aid_plans")
    if form.posted is not None:
        made = submit(form, contract.open_cover_period, plan_id=str(plan_id))
        if made is not None:
            flash(gettext("保障期已建立，登记期内分工会可以参保。"), "done")
            return go(url_for("portal.cover_period", period_id=made["id"]))
    lead = gettext("%(plan)s：每人 %(fee)s 元，同一计划的保障期不能重叠。", plan=plan["name"], fee=plan["fee"])
    return form_page(form, title=gettext("新建保障期"), lead=lead, back=back, words=gettext("保障计划"))


@PAGES.post("/console/mutual-aid/plans/<uuid:plan_id>/end")
@only("officer")
def end_mutual_aid_plan(plan_id: UUID) -> Response:
    """Offer a plan no more."""
    then = url_for("portal.mutual_aid_plans")
    return act(contract.end_mutual_aid_plan, {"plan_id": str(plan_id)}, done=gettext("计划已停用。"), then=then)


@PAGES.post("/console/mutual-aid/periods/<uuid:period_id>/close")
@only("officer")
def close_cover_list(period_id: UUID) -> Response:
    """Close the list of a period."""
    payload = {**_ref(period_id), "line_code": request.form.get("line_code") or None}
    return act(contract.close_cover_list, payload, done=gettext("名单已确定。"), then=_here(period_id))


@PAGES.post("/console/mutual-aid/periods/<uuid:period_id>/cancel")
@only("officer")
def cancel_cover_period(period_id: UUID) -> Response:
    """Cancel a period."""
    return act(contract.cancel_cover_period, _ref(period_id), done=gettext("保障期已取消。"), then=_here(period_id))


@PAGES.post("/console/mutual-aid/periods/<uuid:period_id>/ask-again")
@only("officer")
def ask_cover_payment_again(period_id: UUID) -> Response:
    """Ask for a refused payment again."""
    return act(contract.ask_cover_payment_again, _ref(period_id), done=gettext("已重新申报。"), then=_here(period_id))


@PAGES.post("/console/mutual-aid/periods/<uuid:period_id>/fees")
@only("officer", "chair")
def note_cover_fees(period_id: UUID) -> Response:
    """Note that the members of a unit paid their fees."""
    payload = {name: request.form.get(name, "") for name in ("unit_id", "paid_on")}

    def done(reply: Any) -> str:
        return gettext("已登记 %(count)s 人交费。", count=reply["noted"])

    return act(contract.note_cover_fees, {**_ref(period_id), **payload}, done=done, then=_here(period_id))


@PAGES.post("/console/mutual-aid/covers/<uuid:cover_id>/withdraw")
@only("officer", "chair")
def withdraw_cover(cover_id: UUID) -> Response:
    """Take a member off the list."""
    then = _here(request.form.get("period_id", type=UUID))
    return act(contract.withdraw_cover, {"cover_id": str(cover_id)}, done=gettext("已移出名单。"), then=then)


def _ref(period_id: UUID) -> dict[str, Any]:
    return {"period_id": str(period_id)}


def _here(period_id: Any) -> str:
    return url_for("portal.cover_period", period_id=period_id) if period_id else url_for("portal.mutual_aid")
