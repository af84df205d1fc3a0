"""Applications for aid in the console: the list, one application, what may be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.form_fields import ALL
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.look_ups import found_members
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, Part, act, go, hand_out, part, tell
from gateway.portal.steps import steps_of
from gateway.portal.words import texts_of
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation
from services.contracts.welfare.hardship import operations as contract
from services.contracts.welfare.hardship.vocabulary import AID_STAGES, AID_STATES

PAGES = PageTable()

SHOW = {
    "all": ALL,
    **texts_of(AID_STATES.only("submitted", "unit_forwarded", "under_review", "granted", "paid", "closed", "refused",
                               "withdrawn")),
    "payment_refused": _l("未予入账"),
}  # fmt: skip


def _request(values: dict[str, str]) -> dict[str, Any]:
    show = values.get("show", "all")
    narrowed: dict[str, Any] = {key: value for key, value in values.items() if key != "show"}
    if show == "payment_refused":
        return {**narrowed, "payment_refused": True}
    return narrowed if show == "all" else {**narrowed, "state": show}


def _figures(_shown: Shown) -> dict[str, Any]:
    """Return the figures of the year, for officers and auditors."""
    office = current_principal().has("officer", "auditor")
    return {"figures": part(contract.hardship_figures) if office else Part()}


PAGES.add_list(
    ListPage(
        "aid_applications", "/console/aid-applications", contract.list_aid_applications, _l("帮扶申请"),
        columns=(
            "member_id", "unit_id", Column("kind", optional=True), "asked", Column("granted", optional=True),
            Column("paid", optional=True), "submitted_at", Column("decided_on", on_page=False),
            Column("claim_state", on_page=False), Column("state", macro="state"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("show", _l("状态"), "select", choices=SHOW), Field("unit_id", choices=unit_choices), "sort"),
        lead=_l("分工会只转交，看不到类别、理由和材料；查看理由和材料要写用途，本人能看到谁看过。"),
        empty=_l("没有符合条件的申请。"),
        icon="shield-lock",
        link="aid_application",
        argument="application_id",
        payload=_request,
        more=_figures,
        template="portal/console/aid_applications.html",
        macros="portal/parts/hardship.html",
        topics=("aid",),
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.get("/console/aid-applications/<uuid:application_id>")
@only(*CONSOLE_ROLES)
def aid_application(application_id: UUID) -> str:
    """Show one application with what may be done with it."""
    return _page(application_id)


def _page(application_id: UUID, plain: dict[str, str] | None = None) -> str:
    found = call(contract.get_aid_application, {"application_id": str(application_id)})
    decides = "grant" in found["actions"]
    q = request.args.get("q", "").strip()[:50]
    chosen = [one for one in request.args.getlist("present") if one][:60]
    people = names([found, *({"member_id": one} for one in (*found["present"], *chosen))], "member_id")
    looks: dict[str, Any] = {"application_id": str(application_id), "limit": 50}
    office = current_principal().has("officer", "auditor")
    return render_template(
        "portal/console/aid_application.html",
        application=found,
        who=people.get(found["member_id"]),
        people=people,
        way=steps_of(AID_STAGES, found["state"], AID_STATES),
        plain=plain or {},
        accesses=part(contract.list_aid_accesses, looks) if office else Part(),
        candidates=found_members(q) if decides else Part(),
        q=q,
        chosen=chosen,
        today=today(),
    )


def _here(application_id: UUID) -> str:
    return url_for("portal.aid_application", application_id=application_id)


def _step(operation: Operation, application_id: UUID, done: str, **more: Any) -> Response:
    version = request.form.get("version", type=whole_number)
    payload = {"application_id": str(application_id), "version": version, **more}
    return act(operation, payload, done=done, then=_here(application_id))


@PAGES.post("/console/aid-applications/<uuid:application_id>/forward")
@only("officer", "chair")
def forward_aid(application_id: UUID) -> Response:
    """Forward an application."""
    return _step(contract.forward_aid_application, application_id, gettext("已转交校工会。"))


@PAGES.post("/console/aid-applications/<uuid:application_id>/take-up")
@only("officer")
def take_up_aid(application_id: UUID) -> Response:
    """Take up an application."""
    return _step(contract.take_up_aid_application, application_id, gettext("已受理，请组织评审。"))


@PAGES.post("/console/aid-applications/<uuid:application_id>/return")
@only("officer")
def return_aid(application_id: UUID) -> Response:
    """Give an application back."""
    reason = request.form.get("reason", "").strip()
    return _step(contract.return_aid_application, application_id, gettext("已退回本人补充。"), reason=reason)


@PAGES.post("/console/aid-applications/<uuid:application_id>/decide")
@only("officer")
def decide_aid(application_id: UUID) -> Response:
    """Record the committee's decision."""
    granted = plain_amount(request.form.get("granted", "")).strip()
    decision = {
        "outcome": request.form.get("outcome", ""),
        "granted": granted or None,
        "decided_on": request.form.get("decided_on", ""),
        "present": [one for one in request.form.getlist("present") if one],
        "note": request.form.get("note", "").strip(),
    }
    return _step(contract.decide_aid_application, application_id, gettext("评审结论已登记。"), **decision)


@PAGES.post("/console/aid-applications/<uuid:application_id>/pay-again")
@only("officer")
def pay_aid_again(application_id: UUID) -> Response:
    """Put the payment to the funds again."""
    return _step(contract.pay_aid_again, application_id, gettext("已重新申报。"))


@PAGES.post("/console/aid-applications/<uuid:application_id>/close")
@only("officer")
def close_aid(application_id: UUID) -> Response:
    """Close a paid application."""
    return _step(contract.close_aid_application, application_id, gettext("已办结。"))


@PAGES.post("/console/aid-applications/<uuid:application_id>/unmask")
@only("officer")
def show_aid_text(application_id: UUID) -> str | Response:
    """Show a protected text for a purpose that is logged."""
    field, purpose = request.form.get("field", ""), request.form.get("purpose", "").strip()
    payload = {"application_id": str(application_id), "field": field, "purpose": purpose}
    try:
        value = call(contract.unmask_aid_application, payload)["value"] or "—"
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(application_id))
    return _page(application_id, {field: value})


@PAGES.post("/console/aid-applications/<uuid:application_id>/papers/<uuid:evidence_id>/open")
@only("officer")
def open_aid_paper(application_id: UUID, evidence_id: UUID) -> Response:
    """Hand out a paper for a purpose that is logged."""
    return paper(application_id, evidence_id, _here(application_id), request.form.get("purpose", "").strip() or None)


def paper(application_id: UUID, evidence_id: UUID, back: str, purpose: str | None) -> Response:
    """Return the file of a paper, or the page before with what refused."""
    payload = {"application_id": str(application_id), "evidence_id": str(evidence_id), "purpose": purpose}
    return hand_out(contract.open_aid_paper, payload, otherwise=back)
