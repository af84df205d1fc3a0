"""One visit: assigning it, recording it with evidence and benefit, cancelling it, repeating a claim."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, signed_in
from gateway.portal.service_calls import PASSED_ON, act, go, place, submit, tell
from gateway.portal.steps import steps_of
from gateway.portal.uploads import takes_file
from gateway.rpc.calls import call, whole_names_of
from gateway.subjects.welfare.visits.evidence_upload import attach_chosen
from gateway.subjects.welfare.visits.guide import STEPS, guide_of
from gateway.subjects.welfare.visits.pages import candidates_for
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import NotAllowed, Problem
from services.chassis.plain_text import whole_number
from services.contracts.welfare.visits.files import LARGEST_EVIDENCE, LONGEST_SIDE, MOST_EVIDENCE_FILES
from services.contracts.welfare.visits.operations import (
    add_visit_evidence,
    assign_visit,
    cancel_visit,
    claim_visit_again,
    complete_visit,
    get_visit,
    unmask_evidence,
    unmask_life_event,
)
from services.contracts.welfare.visits.requests import CompleteVisit
from services.contracts.welfare.visits.shapes import VISIT_STAGES, VISIT_STATES
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS

PAGES = PageTable()

UPLOAD = {"side": LONGEST_SIDE, "most": MOST_EVIDENCE_FILES, "largest": LARGEST_EVIDENCE}
"""Limits that the page's script keeps before anything is sent."""
COMPLETE = (
    "visited_on",
    Field("amount", hint=_l("没有发放就留空。")),
    Field("form", blank=_l("没有发放")),
)


@PAGES.get("/visits/<uuid:visit_id>")
@only("officer", "chair", "auditor", "member")
def visit(visit_id: UUID) -> str:
    """Show one visit with what may be done with it."""
    return visit_page(visit_id)


def visit_page(
    visit_id: UUID,
    form: Form | None = None,
    plain: dict[str, Any] | None = None,
    photos: dict[str, str] | None = None,
) -> str:
    """Return the page of a visit.

    Args:
        visit_id: which one.
        form: of recording it, with what was filled in.
        plain: what is shown in plain this time, by field or piece of evidence.
        photos: photos that are shown this time, by piece of evidence, as addresses that hold them.
    """
    found = call(get_visit, {"visit_id": str(visit_id)})
    q = request.args.get("q", "").strip()[:50]
    may_assign = "assign" in found["actions"]
    form = form or Form(CompleteVisit, COMPLETE, values={"visited_on": today().isoformat()})
    form.offer("form", (found["benefit"] or {}).get("forms"))
    return render_template(
        "portal/console/visit.html",
        visit=found,
        way=steps_of(VISIT_STAGES, found["state"], VISIT_STATES),
        guide=guide_of(found, str(signed_in().member_id) if signed_in().member_id else None),
        guide_titles=STEPS,
        names=_names_on(found),
        candidates=candidates_for(found, q) if may_assign else None,
        q=q,
        form=form,
        evidence_asked=found["evidence_missing"] or ["note"],
        plain=plain or {},
        photos=photos or {},
        upload=UPLOAD,
        frame=_frame(),
        today=today(),
    )


@PAGES.get("/visits/<uuid:visit_id>/sheet")
@only("officer", "chair", "member")
def visit_sheet(visit_id: UUID) -> str:
    """Show the sheet of a visit, to be printed and signed, to those who may record it."""
    found = call(get_visit, {"visit_id": str(visit_id)})
    if "complete" not in found["actions"]:
        raise NotAllowed("The sheet is for who makes the visit.", rule="visits.level_is_ours")
    return render_template(
        "portal/console/visit_sheet.html",
        visit=found,
        names=_names_on(found),
        frame=_frame(),
    )


def _names_on(found: dict[str, Any]) -> dict[str, str]:
    """Return the names a page of a visit shows: who is sent to a member reads the whole name, of another unit too."""
    shown = names([found], "member_id", "assignee_id")
    sent = found["assignee_id"] == str(signed_in().member_id) and "complete" in found["actions"]
    return {**shown, **(whole_names_of([found["member_id"]]) if sent else {})}


def _frame() -> str:
    in_console = current_principal().roles & {"officer", "chair", "auditor"}
    return "portal/console.html" if in_console else "portal/member.html"


def _here(visit_id: UUID) -> str:
    return url_for("portal.visit", visit_id=visit_id)


@PAGES.post("/visits/<uuid:visit_id>/assign")
@only("officer", "chair")
def assign(visit_id: UUID) -> Response:
    """Assign the visit to a member."""
    payload = {
        "visit_id": str(visit_id),
        "assignee_id": request.form.get("assignee_id"),
        "version": request.form.get("version", type=whole_number),
    }
    return act(assign_visit, payload, done=gettext("已指派，对方会收到待办。"), then=_here(visit_id))


@PAGES.post("/visits/<uuid:visit_id>/complete")
@takes_file(LARGEST_EVIDENCE)
@only("officer", "chair", "member")
def complete(visit_id: UUID) -> Response | tuple[str, int]:
    """Record that the visit was made, with evidence and what was given; its files are attached first."""
    form = Form(CompleteVisit, COMPLETE, posted=request.form)
    uploaded = attach_chosen(visit_id)
    if uploaded.problem is not None:
        place(form, uploaded.problem)
        return visit_page(visit_id, form), 422
    evidence = [
        {"kind": kind, "text": request.form[f"evidence-{kind}"].strip()}
        for kind in EVIDENCE_KINDS
        if request.form.get(f"evidence-{kind}", "").strip()
    ]
    filled = {**form.payload(), "evidence": evidence}
    version = uploaded.version_after(request.form.get("version", type=whole_number))
    if submit(form, complete_visit, filled=filled, visit_id=str(visit_id), version=version) is None:
        return visit_page(visit_id, form), 422
    flash(
        gettext("走访已登记。") if not filled.get("amount") else gettext("走访已登记，慰问金额已报工会经费入账。"),
        "done",
    )
    return go(_here(visit_id))


@PAGES.post("/visits/<uuid:visit_id>/evidence")
@only("officer", "chair", "member")
def add_evidence(visit_id: UUID) -> Response:
    """Add a piece of evidence, also late."""
    payload = {
        "visit_id": str(visit_id),
        "kind": request.form.get("kind", ""),
        "text": request.form.get("text", "").strip(),
    }
    return act(add_visit_evidence, payload, done=gettext("凭证已补充。"), then=_here(visit_id))


@PAGES.post("/visits/<uuid:visit_id>/cancel")
@only("officer", "chair")
def cancel(visit_id: UUID) -> Response:
    """Record that no visit is made, and why."""
    payload = {
        "visit_id": str(visit_id),
        "reason": request.form.get("reason", "").strip(),
        "report_was_wrong": "report_was_wrong" in request.form,
    }
    return act(cancel_visit, payload, done=gettext("走访已取消。"), then=_here(visit_id))


@PAGES.post("/visits/<uuid:visit_id>/claim")
@only("officer", "chair")
def claim_again(visit_id: UUID) -> Response:
    """Send a refused or reversed claim to the funds again."""
    payload = {
        "visit_id": str(visit_id),
        "amount": plain_amount(request.form.get("amount", "")).strip(),
        "form": request.form.get("form") or None,
        "reason": request.form.get("reason", "").strip(),
    }
    return act(claim_visit_again, payload, done=gettext("已重新申报。"), then=_here(visit_id))


@PAGES.post("/visits/<uuid:visit_id>/unmask")
@only("officer", "auditor")
def show_visit_field(visit_id: UUID) -> str | Response:
    """Show a protected field of the life event, or the text of one piece of evidence, for a purpose that is logged."""
    field, purpose = request.form.get("field", ""), request.form.get("purpose", "").strip()
    try:
        if request.form.get("evidence_id"):
            evidence_id = request.form["evidence_id"]
            payload = {"visit_id": str(visit_id), "evidence_id": evidence_id, "purpose": purpose}
            plain = {evidence_id: call(unmask_evidence, payload)["value"] or "—"}
        else:
            life_event_id = call(get_visit, {"visit_id": str(visit_id)})["life_event_id"]
            payload = {"life_event_id": life_event_id, "field": field, "purpose": purpose}
            plain = {field: call(unmask_life_event, payload)["value"] or "—"}
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(visit_id))
    return visit_page(visit_id, plain=plain)
