"""Requests for correction: the queue, one request with its value, the decision."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import PASSED_ON, act, go, part, send, tell
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.corrections import (
    CORRECTION_STATES,
    decide_correction,
    list_corrections,
    open_correction,
)

PAGES = PageTable()

FILTERS = (Field("state", _l("状态"), "select", choices=CORRECTION_STATES, blank=ALL),)


@PAGES.get("/console/corrections")
@only("officer", "auditor")
def corrections() -> str:
    """List requests, newest first."""
    values = chosen(FILTERS)
    found = part(list_corrections, asked(**values))
    return render_template(
        "portal/console/corrections.html",
        list=listing(found),
        names=names(found.items, "member_id"),
        filters=FILTERS,
        values=values,
    )


@PAGES.post("/console/corrections/<uuid:correction_id>/open")
@only("officer")
def correction(correction_id: UUID) -> str | Response:
    """Show one request with the value asked for; the look is logged."""
    try:
        found = send(open_correction, {"correction_id": str(correction_id)})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.corrections"))
    return render_template("portal/console/correction.html", correction=found, names=names([found], "member_id"))


@PAGES.post("/console/corrections/<uuid:correction_id>/decide")
@only("officer")
def decide_on_correction(correction_id: UUID) -> Response:
    """Accept or refuse a request."""
    payload = {
        "correction_id": str(correction_id),
        "version": request.form.get("version", type=whole_number),
        "decision": request.form.get("decision", ""),
        "answer": request.form.get("answer", "").strip() or None,
    }
    then = url_for("portal.corrections", state="asked")
    return act(decide_correction, payload, done=gettext("已答复，本人可以看到。"), then=then)
