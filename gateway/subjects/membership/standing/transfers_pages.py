"""Transfers: the queue, one with its steps and decisions, asking for a member's."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.membership.standing.member_pages import TRANSFER_FIELDS
from gateway.subjects.membership.standing.progress import steps_of
from services.chassis.plain_text import whole_number
from services.contracts.membership.record.operations import get_member
from services.contracts.membership.transfer import (
    TRANSFER_STATES,
    RecordTransferIn,
    RequestTransfer,
    decide_transfer,
    get_transfer,
    list_transfers,
    record_transfer_in,
    request_transfer,
    withdraw_transfer,
)

PAGES = PageTable()

SORTS = {"-requested_at": _l("最近申请"), "requested_at": _l("最早申请"), "effective_on": _l("生效日期")}
FILTERS = (
    Field("q", _l("姓名、拼音或会员号"), "search"),
    Field("state", _l("状态"), "select", choices=TRANSFER_STATES, blank=ALL),
    Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=ALL),
    Field("sort", _l("排序"), "select", choices=SORTS),
)
TAKEN_IN = (
    Field("other_union", _l("原工会名称")),
    Field("former_number", _l("原会员号")),
    Field("member_since", _l("在原工会入会日期"), "date"),
    Field("reason", _l("说明"), wide=True),
)


@PAGES.get("/console/transfers")
@only(*CONSOLE_ROLES)
def transfers() -> str:
    """List transfers; at first those under way."""
    values = chosen(FILTERS)
    found = part(list_transfers, asked(with_total=True, open=not request.args, **values))
    return render_template("portal/console/transfers.html", list=listing(found), filters=FILTERS, values=values)


@PAGES.get("/console/transfers/<uuid:transfer_id>")
@only(*CONSOLE_ROLES)
def transfer(transfer_id: UUID) -> str:
    """Show one transfer with its steps and what may be done with it."""
    found = call(get_transfer, {"transfer_id": str(transfer_id)})
    return render_template("portal/console/transfer.html", transfer=found, way=steps_of(found))


@PAGES.post("/console/transfers/<uuid:transfer_id>/decide")
@only("officer", "chair")
def decide_on_transfer(transfer_id: UUID) -> Response:
    """Release, accept, refuse or withdraw: who may do which is the owning service's decision."""
    decision, reason = request.form.get("decision", ""), request.form.get("reason", "").strip() or None
    payload = {
        "transfer_id": str(transfer_id),
        "version": request.form.get("version", type=whole_number),
        "reason": reason,
    }
    then = url_for("portal.transfer", transfer_id=transfer_id)
    if decision == "withdraw":
        return act(withdraw_transfer, payload, done=gettext("转会已撤回，会员留在原分工会。"), then=then)
    done = {
        "release": gettext("已同意调出，等待调入单位接收。"),
        "accept": gettext("已接收。"),
        "refuse": gettext("已作出不同意的决定，会员留在原分工会。"),
    }
    return act(
        decide_transfer, {**payload, "decision": decision}, done=done.get(decision, gettext("已办理。")), then=then
    )


@PAGES.route("/console/members/<uuid:member_id>/transfer", methods=["GET", "POST"])
@only("officer", "chair")
def new_transfer(member_id: UUID) -> str | Response | tuple[str, int]:
    """Request a transfer of a member; if the chair of the unit does it, the member is released at once."""
    record = call(get_member, {"member_id": str(member_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(RequestTransfer, TRANSFER_FIELDS, posted=posted)
    if posted is not None:
        made = submit(form, request_transfer, member_id=str(member_id))
        if made is not None:
            flash(gettext("转会已提出。"), "done")
            return go(url_for("portal.transfer", transfer_id=made["id"]))
    page = render_template("portal/console/transfer_form.html", form=form, member=record, title=gettext("提出转会"))
    return page if posted is None else (page, 422)


@PAGES.route("/console/members/<uuid:member_id>/transfer-in", methods=["GET", "POST"])
@only("officer")
def note_transfer_in(member_id: UUID) -> str | Response | tuple[str, int]:
    """Note from which union a member came."""
    record = call(get_member, {"member_id": str(member_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(RecordTransferIn, TAKEN_IN, posted=posted)
    if posted is not None and submit(form, record_transfer_in, member_id=str(member_id)) is not None:
        flash(gettext("已登记转入。"), "done")
        return go(url_for("portal.member_standing", member_id=member_id))
    page = render_template(
        "portal/console/transfer_form.html", form=form, member=record, title=gettext("登记从外单位工会转入")
    )
    return page if posted is None else (page, 422)
