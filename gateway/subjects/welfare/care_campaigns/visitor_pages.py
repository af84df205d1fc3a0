"""What visitors do: whom to visit, one person with the evidence, handing over; and what one was given oneself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.look_ups import found_members
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, ask_again, carry_out, go, hand_out, part, send, submit
from gateway.portal.uploads import takes_file, upload_of
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.plain_text import whole_number
from services.contracts.files import LARGEST
from services.contracts.welfare.care_campaigns import operations as contract
from services.contracts.welfare.care_campaigns.requests import CompleteCareItem

PAGES = PageTable()
FIELDS = ("given_on", Field("value", hint=_l("留空就按每人标准。")), "signed_by", Field("note", control="textarea"))


@PAGES.get("/care")
@only("member")
def my_care() -> str:
    """List whom one is to visit, by campaign, and what one was given."""
    open_ones = part(contract.my_care_items, {"open": True, "limit": 100})
    done = part(contract.my_care_items, {"open": False, "limit": 20})
    gifts = part(contract.my_campaign_gifts, {"limit": 20})
    q = request.args.get("q", "").strip()[:50]
    campaigns = {one["campaign_id"]: one for one in open_ones.items}
    return render_template(
        "portal/member/care.html",
        open_ones=open_ones,
        done=done,
        gifts=gifts,
        campaigns=campaigns,
        people=names([*open_ones.items, *done.items], "member_id"),
        q=q,
        candidates=found_members(q) if _may_search() else None,
    )


def _may_search() -> bool:
    """Whether the reader may look for members by name; others hand over by the chair."""
    return current_principal().has("officer", "chair")


@PAGES.get("/care/<uuid:item_id>")
@only("officer", "chair", "auditor", "member")
def care_item(item_id: UUID) -> str:
    """Show one person of a campaign."""
    return _page(item_id)


def _page(item_id: UUID, form: Form | None = None) -> str:
    found = call(contract.get_care_item, {"item_id": str(item_id)})
    in_console = current_principal().roles & {"officer", "chair", "auditor"}
    return render_template(
        "portal/member/care_item.html",
        item=found,
        people=names([found], "member_id", "visitor_id"),
        form=form or Form(CompleteCareItem, FIELDS, values={"given_on": today().isoformat()}),
        frame="portal/console.html" if in_console else "portal/member.html",
        largest=LARGEST,
    )


def _here(item_id: UUID) -> str:
    return url_for("portal.care_item", item_id=item_id)


@PAGES.post("/care/<uuid:item_id>/complete")
@only("officer", "chair", "member")
def complete_care_item(item_id: UUID) -> Response | tuple[str, int]:
    """Record what was given."""
    form = Form(CompleteCareItem, FIELDS, posted=request.form)
    version = request.form.get("version", type=whole_number)
    if submit(form, contract.complete_care_item, item_id=str(item_id), version=version) is None:
        return _page(item_id, form), 422
    flash(gettext("慰问已登记。"), "done")
    return go(_here(item_id))


@PAGES.post("/care/<uuid:item_id>/miss")
@only("officer", "chair", "member")
def miss_care_item(item_id: UUID) -> Response:
    """Record that nothing was given."""
    payload = {"item_id": str(item_id), "reason": request.form.get("reason", "").strip()}
    return act(contract.miss_care_item, payload, done=gettext("已登记未慰问。"), then=_here(item_id))


@PAGES.post("/care/<uuid:item_id>/evidence")
@takes_file(LARGEST)
@only("officer", "chair", "member")
def attach_care_evidence(item_id: UUID) -> Response:
    """Attach a photo or signed sheet."""
    upload = upload_of("content")
    if upload is None:
        ask_again(gettext("请先选择文件。"))
        return go(_here(item_id))
    payload = {
        **upload, "item_id": str(item_id), "kind": request.form.get("kind", ""),
        "people_shown": request.form.get("people_shown") or None,
    }  # fmt: skip
    return carry_out(
        lambda: send(contract.attach_care_evidence, payload), done=gettext("凭证已上传。"), then=_here(item_id)
    )


@PAGES.post("/care/<uuid:item_id>/evidence/<uuid:evidence_id>/open")
@only("officer", "chair", "auditor", "member")
def open_care_evidence(item_id: UUID, evidence_id: UUID) -> Response:
    """Hand out a file; officers and auditors state a purpose."""
    purpose = request.form.get("purpose", "").strip() or None
    payload: dict[str, Any] = {"item_id": str(item_id), "evidence_id": str(evidence_id), "purpose": purpose}
    return hand_out(contract.open_care_evidence, payload, otherwise=_here(item_id))


@PAGES.post("/care/<uuid:item_id>/evidence/<uuid:evidence_id>/remove")
@only("officer", "chair", "member")
def remove_care_evidence(item_id: UUID, evidence_id: UUID) -> Response:
    """Remove a file."""
    payload = {"item_id": str(item_id), "evidence_id": str(evidence_id)}
    return act(contract.remove_care_evidence, payload, done=gettext("凭证已删除。"), then=_here(item_id))


@PAGES.post("/care/hand-over")
@only("officer", "chair", "member")
def hand_over_care() -> Response:
    """Hand over one's open people of a campaign to another member."""
    payload = {
        "campaign_id": request.form.get("campaign_id", ""),
        "to_visitor_id": request.form.get("to_visitor_id", ""),
    }

    def done(reply: Any) -> str:
        return gettext("已转交 %(count)s 人。", count=reply["assigned"])

    return act(contract.hand_over_care_items, payload, done=done, then=url_for("portal.my_care"))
