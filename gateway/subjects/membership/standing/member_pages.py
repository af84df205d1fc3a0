"""My membership: how it stands, the transfer under way, the month of retirement explained, asking to leave."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_choices
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.steps import steps_of
from services.contracts.membership.retirement import member_retirement
from services.contracts.membership.standing.operations import (
    list_standing_changes,
    member_standing,
    request_leave,
    take_back_leave,
)
from services.contracts.membership.transfer import (
    TRANSFER_STAGES,
    TRANSFER_STATES,
    RequestTransfer,
    get_transfer,
    list_transfers,
    request_transfer,
    withdraw_transfer,
)

PAGES = PageTable()

TRANSFER_FIELDS = (
    Field("to_unit_id", choices=unit_choices, blank=_l("转往外单位工会"),
          hint=_l("校内调动选分工会；调离学校选“转往外单位工会”并填写名称。")),
    Field("other_union", hint=_l("只在调离学校时填写。")),
    Field("effective_on", hint=_l("不填就是接收当天。")),
    Field("reason", control="textarea"),
)  # fmt: skip


@PAGES.get("/me/membership")
@only("member")
def my_membership() -> str:
    """Show how the own membership stands."""
    own = part(member_standing)
    transfer_id = (own.data or {}).get("transfer_id")
    transfer = part(get_transfer, {"transfer_id": transfer_id}) if transfer_id else None
    return render_template(
        "portal/member/membership.html",
        own=own,
        transfer=transfer,
        way=steps_of(TRANSFER_STAGES, transfer.data["state"], TRANSFER_STATES) if transfer and transfer.data else (),
        transfers=part(list_transfers, {"limit": 20}),
        changes=part(list_standing_changes, {"limit": 20}),
        retirement=part(member_retirement),
    )


@PAGES.route("/me/membership/transfer", methods=["GET", "POST"])
@only("member")
def ask_transfer() -> str | Response | tuple[str, int]:
    """Ask for a transfer for oneself."""
    posted = request.form if request.method == "POST" else None
    form = Form(RequestTransfer, TRANSFER_FIELDS, posted=posted)
    own_unit = (part(member_standing).data or {}).get("unit_id")
    form.offer("to_unit_id", [unit_id for unit_id in unit_choices() if unit_id != own_unit])
    if posted is not None:
        if submit(form, request_transfer) is not None:
            flash(gettext("转会申请已提交，先由调出单位办理。"), "done")
            return go(url_for("portal.my_membership"))
        return render_template("portal/member/transfer_form.html", form=form), 422
    return render_template("portal/member/transfer_form.html", form=form)


@PAGES.post("/me/membership/transfer/<uuid:transfer_id>/withdraw")
@only("member")
def withdraw_own_transfer(transfer_id: UUID) -> Response:
    """Take the own transfer back."""
    payload = {"transfer_id": str(transfer_id), "reason": request.form.get("reason", "").strip()}
    return act(withdraw_transfer, payload, done=gettext("转会申请已撤回。"), then=url_for("portal.my_membership"))


@PAGES.post("/me/membership/leave")
@only("member")
def ask_leave() -> Response:
    """Ask to leave the union."""
    payload = {"reason": request.form.get("reason", "").strip() or None}
    return act(
        request_leave,
        payload,
        done=gettext("退会申请已提交，校工会宣布前可以收回。"),
        then=url_for("portal.my_membership"),
    )


@PAGES.post("/me/membership/leave/<uuid:leave_id>/take-back")
@only("member")
def take_back_own_leave(leave_id: UUID) -> Response:
    """Stay after all."""
    payload = {"leave_id": str(leave_id)}
    return act(take_back_leave, payload, done=gettext("退会申请已收回。"), then=url_for("portal.my_membership"))
