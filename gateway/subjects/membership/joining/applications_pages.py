"""Applications to join: the queue, one application with its evidence, review and approval."""

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
from gateway.portal.list_pages import Batch, ListExport, ListPage, PageLink, Shown, Values
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, act, go, part, tell
from gateway.portal.steps import steps_of
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.joining.applications import APPLICATION_STAGES, APPLICATION_STATES
from services.contracts.membership.joining.operations import (
    application_photo,
    approve_application,
    get_application,
    list_applications,
    list_unconfirmed,
    open_application_file,
    reject_application,
    return_application,
    review_application,
    unmask_application,
)
from services.contracts.welfare.entitlements import benefits_by_employment

PAGES = PageTable()

LOOKED_AT = {"false": _l("新申请，分工会未看过"), "true": _l("分工会已看过")}


def listed_applications(values: Values) -> dict[str, Any]:
    """Return the filters of the console's list of applications.

    New applications, which no unit has looked at, have a page of their own. The list of those that wait for the unit
    has them too, because that is its work; a list of all states finds them by name only.

    Args:
        values: the filters in the query string.
    """
    leaves_out = not {"state", "q", "confirmed"} & values.keys()
    return {**values, **({"confirmed": True} if leaves_out else {})}


def _first_queue(values: Values) -> Values:
    """Return the filters; at first those of the applications that wait for the asker."""
    if request.args:
        return values
    return {"state": "unit_reviewed" if current_principal().has("officer") else "submitted"}


def _beside(shown: Shown) -> dict[str, Any]:
    """Return how many applications no unit has looked at, where the list leaves them out."""
    if "confirmed" in shown.values or "confirmed" not in listed_applications(shown.values):
        return {}
    unit = {"unit_id": shown.values["unit_id"]} if shown.values.get("unit_id") else {}
    return {"left_out": part(list_unconfirmed, {"limit": 1, "with_total": True, **unit}).total or 0}


APPLICATIONS = PAGES.add_list(
    ListPage(
        "applications", "/console/applications", list_applications, _l("入会审核"),
        columns=(
            Column("name", macro="applicant"), Column("gender", on_page=False), "unit_id", "employment", "hired_on",
            "submitted_at", Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            "q", "state", Field("confirmed", control="select", blank=ALL, choices=LOOKED_AT),
            Field("unit_id", choices=unit_choices),
        ),
        empty=_l("没有符合条件的申请。"),
        icon="person-plus",
        links=(
            PageLink("propose", _l("集体入会"), "people", frozenset({"officer", "chair"})),
            PageLink("unconfirmed_applications", _l("未经确认"), "inbox"),
            PageLink("joining", _l("入会设置"), "sliders", OFFICE_ROLES),
        ),
        link="application",
        argument="application_id",
        complete=_first_queue,
        payload=listed_applications,
        more=_beside,
        template="portal/console/applications.html",
        macros="portal/parts/applications.html",
        export=ListExport(title=_l("入会申请")),
        batch=Batch(
            "approve_many", "application_ids", _l("批准勾选的申请"), frozenset({"officer"}),
            takes=lambda item, values: values.get("state") == "unit_reviewed",
        ),
    )
)  # fmt: skip


@PAGES.get("/console/applications/<uuid:application_id>")
@only(*CONSOLE_ROLES)
def application(application_id: UUID) -> str:
    """Show one application with its steps and what may be done with it."""
    return _page(application_id)


def _page(application_id: UUID, plain: dict[str, str] | None = None) -> str:
    found = call(get_application, {"application_id": str(application_id)})
    way = steps_of(APPLICATION_STAGES, found["state"], APPLICATION_STATES)
    return render_template(
        "portal/console/application.html",
        application=found,
        way=way,
        plain=plain or {},
        benefits=part(benefits_by_employment, {}),
        sees_files=bool(current_principal().roles & {"officer", "chair"}),
    )


@PAGES.get("/console/applications/<uuid:application_id>/photo")
@only("officer", "chair")
def photo_of_application(application_id: UUID) -> Response:
    """Show the applicant's photo."""
    return file_response(call(application_photo, {"application_id": str(application_id)}), inline=True)


@PAGES.post("/console/applications/<uuid:application_id>/files/<uuid:file_id>/open")
@only("officer", "chair")
def open_file_of_application(application_id: UUID, file_id: UUID) -> Response:
    """Hand out a document; the look is logged."""
    ref = {"application_id": str(application_id), "file_id": str(file_id)}
    purpose = request.form.get("purpose", "").strip()
    return file_response(call(open_application_file, {**ref, "purpose": purpose}))


@PAGES.post("/console/applications/<uuid:application_id>/decide")
@only("officer", "chair")
def decide(application_id: UUID) -> Response:
    """Accept, return, reject or approve: who may do which is the owning service's decision."""
    decision, stage = request.form.get("decision", ""), request.form.get("stage", "")
    payload: dict[str, Any] = {"application_id": str(application_id)}
    payload["version"] = request.form.get("version", type=whole_number)
    reason = request.form.get("reason", "").strip()
    if stage == "submitted":
        operation, payload = review_application, {**payload, "decision": decision, "reason": reason or None}
        if "documents_seen" in request.form:
            payload["documents_seen"] = True
    elif decision == "approve":
        operation = approve_application
        payload["joined_on"] = request.form.get("joined_on") or None
        payload["original_age"] = request.form.get("original_age") or None
        payload["exception"] = request.form.get("exception", "").strip() or None
    else:
        operation = return_application if decision == "return" else reject_application
        payload["reason"] = reason
    done = {
        "accept": gettext("已通过分工会审核，等待校工会批准。"),
        "approve": gettext("已批准，会员号已编发。"),
        "return": gettext("已退回申请人修改。"),
        "reject": gettext("已作出不通过的决定。"),
    }
    then = url_for("portal.application", application_id=application_id)
    return act(operation, payload, done=done.get(decision, gettext("已办理。")), then=then)


@PAGES.post("/console/applications/<uuid:application_id>/unmask")
@only("officer", "chair")
def show_application_field(application_id: UUID) -> str | Response:
    """Show one sensitive field in plain, once, for a purpose that is logged."""
    field = request.form.get("field", "")
    payload = {"application_id": str(application_id), "field": field, "purpose": request.form.get("purpose", "")}
    try:
        reply = call(unmask_application, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.application", application_id=application_id))
    return _page(application_id, {field: reply["value"]})
