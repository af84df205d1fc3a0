"""Transfers: the queue, one with its steps and decisions, asking for a member's."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, Values
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices, unit_name
from gateway.portal.service_calls import act, go, submit
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.membership.standing.member_pages import TRANSFER_FIELDS
from services.chassis.plain_text import whole_number
from services.contracts.membership.record.operations import get_member
from services.contracts.membership.transfer import (
    TRANSFER_STAGES,
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

TAKEN_IN: tuple[Field | str, ...] = ("other_union", "former_number", "member_since", Field("reason", wide=True))


def _open_at_first(values: Values) -> Values:
    """Return the filters; at first those of transfers under way. A state that was chosen says more than `open`."""
    if not request.args:
        return {"open": "true"}
    return {name: value for name, value in values.items() if name != "open" or "state" not in values}


def _place(key: str) -> Column:
    """Return the column of a unit, or of the other union where there is no unit."""
    return Column(key, how="text", value=lambda item: unit_name(item[key]) if item[key] else item["other_union"])


TRANSFERS = PAGES.add_list(
    ListPage(
        "transfers", "/console/transfers", list_transfers, _l("转会"),
        columns=(
            "member_name", "number", _place("from_unit_id"), _place("to_unit_id"), "effective_on",
            Column("requested_at", wide=True), Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            "q", Field("open", choices={"false": _l("全部"), "true": _l("办理中")}), "state",
            Field("unit_id", choices=unit_choices), "sort",
        ),
        lead=_l("调出单位同意，调入单位接收，到日生效；办理期间会员仍在原分工会。"),
        empty=_l("没有符合条件的转会。"),
        icon="arrow-left-right",
        link="transfer",
        argument="transfer_id",
        complete=_open_at_first,
        export=ListExport(),
    )
)  # fmt: skip


@PAGES.get("/console/transfers/<uuid:transfer_id>")
@only(*CONSOLE_ROLES)
def transfer(transfer_id: UUID) -> str:
    """Show one transfer with its steps and what may be done with it."""
    found = call(get_transfer, {"transfer_id": str(transfer_id)})
    return render_template(
        "portal/console/transfer.html", transfer=found, way=steps_of(TRANSFER_STAGES, found["state"], TRANSFER_STATES)
    )


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
