"""Claims in the console: the list, one claim, filing one for a member, taking it on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, Part, act, go, part, submit, tell
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file
from gateway.rpc.calls import call
from gateway.subjects.welfare.mutual_aid.documents import attach_chosen, open_document, remove_document
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.mutual_aid import requests
from services.contracts.welfare.mutual_aid.vocabulary import CLAIM_STATES

PAGES = PageTable()
_WAY = CLAIM_STATES.only("submitted", "forwarded", "sent_on", "paid")

CLAIMS = PAGES.add_list(
    ListPage(
        "mutual_aid_claims", "/console/mutual-aid/claims", contract.list_mutual_aid_claims, _l("互助保障申领"),
        columns=(
            "member_id", "unit_id", Column("plan_name", optional=True), Column("event_on", optional=True),
            "due_on", "submitted_at", Column("asked", optional=True), Column("paid", optional=True),
            Column("paid_on", on_page=False), Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("unit_id", choices=unit_choices), "state",
            Field("late", control="select", choices={"true": _l("已过期未报送")}, blank=_l("全部")), "sort",
        ),
        lead=_l("分工会只看到谁有申领、办到哪一步和期限；内容和材料只有本人和校工会经办人可以查看。"),
        empty=_l("没有符合条件的申领。"),
        icon="inbox",
        links=(PageLink("new_mutual_aid_claim", _l("代会员提出"), "plus-lg", frozenset({"officer"})),),
        link="mutual_aid_claim",
        argument="claim_id",
        back=("mutual_aid", _l("互助保障")),
        export=ListExport(roles=frozenset({"officer", "auditor"})),
    )
)  # fmt: skip


@PAGES.get("/console/mutual-aid/claims/<uuid:claim_id>")
@only("officer", "chair", "auditor")
def mutual_aid_claim(claim_id: UUID) -> str:
    """Show a claim: to the chair whose it is, how far it is and by when; to officers all but its texts."""
    return _page(claim_id, {})


def _page(claim_id: UUID, plain: dict[str, str]) -> str:
    """Return the page of a claim; `plain` are texts that were just opened for a purpose."""
    claim = call(contract.get_mutual_aid_claim, {"claim_id": str(claim_id)})
    principal = current_principal()
    own = str(principal.member_id) == claim["member_id"]
    looks = {"claim_id": str(claim_id), "limit": 20}
    return render_template(
        "portal/console/mutual_aid_claim.html",
        claim=claim,
        names=names([claim], "member_id"),
        way=steps_of(_WAY, claim["state"], CLAIM_STATES),
        own=own,
        plain=plain,
        today=today().isoformat(),
        accesses=part(contract.list_claim_accesses, looks) if principal.has("officer", "auditor") else Part(),
    )


@PAGES.route("/console/mutual-aid/claims/new", methods=["GET", "POST"])
@only("officer")
def new_mutual_aid_claim() -> str | Response | tuple[str, int]:
    """File a claim for a member or the family: first find the member."""
    sought = sought_member(standing=None)
    plans = {one["id"]: one["name"] for one in part(contract.list_mutual_aid_plans, {"limit": 100}).items}
    fields: list[Field | str] = [
        Field("member_id", control="select", choices=sought.choices, wide=True, required=True),
        Field("plan_id", control="select", choices=plans), "event_on", "asked",
        Field("details", control="textarea", wide=True),
    ]  # fmt: skip
    posted = request.form if request.method == "POST" else None
    form = Form(requests.SubmitClaim, fields, posted=posted)
    made = submit(form, contract.submit_mutual_aid_claim) if posted is not None else None
    if made is None:
        return form_page(
            form, title=gettext("代会员提出申领"), back=url_for("portal.mutual_aid_claims"), words=gettext("申领"),
            lead=gettext("本人或家属把材料交到校工会时使用。内容加密保存，只有本人和校工会经办人可以查看。"),
            button=gettext("提出申领"), sought=sought,
        )  # fmt: skip
    flash(gettext("申领已提出，请上传材料。"), "done")
    return go(_here(made["id"]))


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/forward")
@only("officer", "chair")
def forward_mutual_aid_claim(claim_id: UUID) -> Response:
    """Forward a claim to the union."""
    return act(
        contract.forward_mutual_aid_claim, _ref(claim_id), done=gettext("已转交校工会。"), then=_here(claim_id)
    )  # fmt: skip


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/send-on")
@only("officer")
def send_on_mutual_aid_claim(claim_id: UUID) -> Response:
    """Note that a claim was sent on."""
    return act(
        contract.send_on_mutual_aid_claim, _ref(claim_id), done=gettext("已登记报送。"), then=_here(claim_id)
    )  # fmt: skip


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/paid")
@only("officer")
def record_claim_paid(claim_id: UUID) -> Response:
    """Note what the provider paid."""
    paid = plain_amount(request.form.get("paid", "")).strip()
    payload = {**_ref(claim_id), "paid": paid, "paid_on": request.form.get("paid_on", "")}
    return act(contract.record_claim_paid, payload, done=gettext("赔付已登记。"), then=_here(claim_id))


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/refused")
@only("officer")
def record_claim_refused(claim_id: UUID) -> Response:
    """Note that the provider does not pay."""
    payload = {**_ref(claim_id), "reason": request.form.get("reason", "").strip()}
    return act(contract.record_claim_refused, payload, done=gettext("已登记未获赔付。"), then=_here(claim_id))


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/withdraw")
@only("officer")
def withdraw_claim_for_member(claim_id: UUID) -> Response:
    """Withdraw a claim for the member."""
    return act(contract.withdraw_mutual_aid_claim, _ref(claim_id), done=gettext("申领已撤回。"), then=_here(claim_id))


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/unmask")
@only("officer")
def show_claim_text(claim_id: UUID) -> str | Response:
    """Show what is written in a claim for a purpose that is logged."""
    field, purpose = request.form.get("field", ""), request.form.get("purpose", "").strip()
    try:
        value = call(contract.unmask_mutual_aid_claim, {**_ref(claim_id), "field": field, "purpose": purpose})["value"]
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(claim_id))
    return _page(claim_id, {field: value or "—"})


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/documents")
@takes_file(requests.LARGEST_DOCUMENT)
@only("officer")
def attach_document_for_member(claim_id: UUID) -> Response:
    """Attach documents that came on paper."""
    return attach_chosen(str(claim_id), _here(claim_id))


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/documents/<uuid:document_id>/open")
@only("officer")
def open_document_of_claim(claim_id: UUID, document_id: UUID) -> Response:
    """Open a document for a purpose that is logged."""
    return open_document({**_ref(claim_id), "document_id": str(document_id)}, _here(claim_id))


@PAGES.post("/console/mutual-aid/claims/<uuid:claim_id>/documents/<uuid:document_id>/remove")
@only("officer")
def remove_document_for_member(claim_id: UUID, document_id: UUID) -> Response:
    """Remove a document."""
    return remove_document({**_ref(claim_id), "document_id": str(document_id)}, _here(claim_id))


def _ref(claim_id: UUID) -> dict[str, Any]:
    return {"claim_id": str(claim_id)}


def _here(claim_id: Any) -> str:
    return url_for("portal.mutual_aid_claim", claim_id=claim_id)
