"""Requests for members: what can be asked for, one's own requests, appointments."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, part, submit
from services.chassis.errors import NotFound
from services.contracts.welfare.requests import appointments, operations
from services.contracts.welfare.requests.types import list_request_types

PAGES = PageTable()


@PAGES.get("/me/requests")
@only("member")
def my_requests() -> str:
    """Show one's own requests and appointments, and what can be asked for."""
    return render_template(
        "portal/member/requests.html",
        types=part(list_request_types, {"offered": True}),
        mine=part(operations.my_requests, {"limit": 50}),
        booked=part(appointments.my_appointments, {"limit": 20}),
    )


@PAGES.route("/me/requests/new/<uuid:type_id>", methods=["GET", "POST"])
@only("member")
def new_request(type_id: UUID) -> str | Response | tuple[str, int]:
    """Ask for something."""
    found = _type(type_id)
    form = Form(
        operations.SubmitRequest, [Field("text", control="textarea", wide=True)],
        posted=request.form if request.method == "POST" else None,
    )  # fmt: skip
    if form.posted is not None:
        made = submit(form, operations.submit_request, type_id=str(type_id))
        if made is not None:
            asks = bool(found["documents"])
            flash(gettext("已提交，请上传材料。") if asks else gettext("已提交，请等待受理。"), "done")
            return go(url_for("portal.one_request", request_id=made["id"]))
    page = render_template("portal/member/request_new.html", it=found, form=form)
    return (page, 422) if form.posted is not None else page


@PAGES.get("/me/requests/counselling/<uuid:type_id>")
@only("member")
def own_counselling(type_id: UUID) -> str:
    """Show the slots of a kind of counselling."""
    slots = part(appointments.list_counselling_slots, {"type_id": str(type_id), "limit": 100})
    return render_template("portal/member/counselling.html", it=_type(type_id), slots=slots)


@PAGES.post("/me/requests/counselling/<uuid:type_id>/<uuid:slot_id>/<any(book, cancel):action>")
@only("member")
def move_appointment(type_id: UUID, slot_id: UUID, action: str) -> Response:
    """Book an appointment, or cancel one's own."""
    then = url_for("portal.own_counselling", type_id=type_id)
    if action == "book":
        done = gettext("已预约。咨询结束后预约记录会删除。")
        return act(appointments.book_appointment, {"slot_id": str(slot_id)}, done=done, then=then)
    return act(appointments.cancel_appointment, {"slot_id": str(slot_id)}, done=gettext("预约已取消。"), then=then)


def _type(type_id: UUID) -> dict[str, object]:
    offered = part(list_request_types, {"offered": True}).items
    found = next((one for one in offered if one["id"] == str(type_id)), None)
    if found is None:
        raise NotFound("There is no such type.")
    return found
