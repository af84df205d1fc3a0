"""Batches of approvals: started for all that wait, followed with a live bar, each application's outcome told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, go, part, send, tell
from services.chassis.errors import Problem
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.joining.approval import RUN_OUTCOMES
from services.contracts.membership.joining.operations import approval_outcomes, start_approval

PAGES = PageTable()

FILTERS = (Field("outcome", _l("结果"), "select", choices=RUN_OUTCOMES, blank=ALL),)


@PAGES.post("/console/applications/runs")
@only("officer")
def start_run() -> Response:
    """Approve all that wait for the union, of one unit or of all."""
    unit_id, joined_on = request.form.get("unit_id") or None, request.form.get("joined_on") or None
    try:
        job: dict[str, Any] = send(start_approval, {"unit_id": unit_id, "joined_on": joined_on})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.applications"))
    return go(url_for("portal.approval_run", job_id=job["id"]))


@PAGES.get("/console/applications/runs/<uuid:job_id>")
@only("officer")
def approval_run(job_id: UUID) -> str:
    """Show how far a batch is and what became of each application."""
    values = chosen(FILTERS)
    ref = {"job_id": str(job_id)}
    found = part(approval_outcomes, asked(**ref, **values))
    for item in found.items:
        item["why"] = say(Problem(item["detail"], rule=item["rule"])) if item["detail"] else "—"
    job = part(JOBS_OF["membership"].get, ref)
    return render_template(
        "portal/console/approval_run.html",
        job=job.data,
        problem=job.problem,
        list=listing(found),
        filters=FILTERS,
        values=values,
    )
