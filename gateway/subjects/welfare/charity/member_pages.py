"""Charity for everybody who is signed in: drives, one's pledge and gifts, certificates, disclosures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import Part, act, part
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from gateway.subjects.welfare.charity.certificates import certificate_of
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.contracts.welfare.charity import operations as contract

PAGES = PageTable()


@PAGES.get("/charity")
@only()
def charity() -> str:
    """List the published drives."""
    return render_template("portal/member/charity.html", drives=part(contract.list_drives, {"limit": 20}))


@PAGES.get("/charity/<uuid:drive_id>")
@only()
def charity_drive(drive_id: UUID) -> str:
    """Show a drive: how to give while it is open, and its totals, hand-over and disclosure afterwards."""
    about = {"drive_id": str(drive_id)}
    drive, day = call(contract.get_drive, about), today().isoformat()
    takes = drive["state"] == "open" and drive["opens_on"] <= day <= drive["closes_on"]
    is_member = current_principal().has("member")
    mine = part(contract.my_gifts, {"limit": 50}) if is_member else Part()
    return render_template(
        "portal/member/charity_drive.html",
        drive=drive,
        takes=takes and is_member,
        is_member=is_member,
        pledge=part(contract.my_pledge, about).data if takes and is_member else None,
        mine=[gift for gift in mine.items if gift["drive_id"] == str(drive_id)],
        today=day,
    )


@PAGES.get("/charity/<uuid:drive_id>/receipt")
@only()
def disclosed_receipt(drive_id: UUID) -> Response:
    """Hand out the charity's receipt."""
    return file_response(call(contract.charity_receipt, {"drive_id": str(drive_id)}))


@PAGES.post("/charity/<uuid:drive_id>/pledge")
@only("member")
def pledge(drive_id: UUID) -> Response:
    """Pledge, or change the pledge."""
    payload = {
        "drive_id": str(drive_id),
        "way": request.form.get("way") or None,
        "amount": plain_amount(request.form.get("amount", "")).strip() or None,
    }
    done = gettext("认捐已记下，只有您自己能看到，随时可以改或撤回。")
    return act(contract.pledge_to_drive, payload, done=done, then=_here(drive_id))


@PAGES.post("/charity/<uuid:drive_id>/pledge/withdraw")
@only("member")
def withdraw_pledge(drive_id: UUID) -> Response:
    """Withdraw the pledge."""
    done = gettext("认捐已撤回，没有留下记录。")
    return act(contract.withdraw_pledge, {"drive_id": str(drive_id)}, done=done, then=_here(drive_id))


@PAGES.post("/charity/<uuid:drive_id>/give/<any(payroll,transfer):way>")
@only("member")
def give(drive_id: UUID, way: str) -> Response:
    """Give by payroll or record one's own transfer."""
    payload: dict[str, Any] = {
        "drive_id": str(drive_id),
        "way": way,
        "amount": plain_amount(request.form.get("amount", "")).strip(),
    }
    if way == "payroll":
        agreed = request.form.get("agreed") == "1"
        payload["wording_version"] = request.form.get("wording_version") if agreed else None
    else:
        payload["reference"] = request.form.get("reference", "").strip() or None
        payload["given_on"] = request.form.get("given_on") or None
        payload["anonymous"] = request.form.get("anonymous") == "1"
    done = (
        gettext("谢谢您！已登记，扣款前可以随时撤回。") if way == "payroll" else gettext("谢谢您！核对后可以打印证书。")
    )
    return act(contract.give_to_drive, payload, done=done, then=_here(drive_id))


@PAGES.post("/charity/<uuid:drive_id>/claim")
@only("member")
def claim_gift(drive_id: UUID) -> Response:
    """Take an anonymous gift into one's account by its code."""
    payload = {"drive_id": str(drive_id), "code": request.form.get("code", "").strip()}
    done = gettext("已认领，仍然匿名；只有您自己能看到。")
    return act(contract.claim_gift, payload, done=done, then=_here(drive_id), opens=lambda gift: _gifts())


@PAGES.get("/me/gifts")
@only("member")
def my_gifts() -> str:
    """Show one's gifts, anonymous ones too."""
    return render_template("portal/member/gifts.html", gifts=part(contract.my_gifts, {"limit": 50}))


@PAGES.post("/me/gifts/<uuid:gift_id>/withdraw")
@only("member")
def withdraw_own_gift(gift_id: UUID) -> Response:
    """Withdraw one's gift before it is confirmed."""
    return act(contract.withdraw_gift, {"gift_id": str(gift_id)}, done=gettext("已撤回。"), then=_gifts())


@PAGES.post("/me/gifts/<uuid:gift_id>/receipt")
@only("member")
def ask_receipt(gift_id: UUID) -> Response:
    """Ask for a receipt."""
    payload = {"gift_id": str(gift_id), "receipt_title": request.form.get("receipt_title", "").strip()}
    return act(contract.ask_receipt, payload, done=gettext("已转告工会，由慈善组织开具。"), then=_gifts())


@PAGES.get("/me/gifts/<uuid:gift_id>/certificate.pdf")
@only("member")
def own_certificate(gift_id: UUID) -> Response:
    """Hand out the certificate of one's gift."""
    return file_response(certificate_of({"gift_id": str(gift_id)}))


def _here(drive_id: UUID) -> str:
    return url_for("portal.charity_drive", drive_id=drive_id)


def _gifts() -> str:
    return url_for("portal.my_gifts")
