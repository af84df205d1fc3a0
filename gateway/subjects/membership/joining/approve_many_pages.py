"""Approving ticked applications: first the list of what will happen, then what became of each."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, ask_again, go, part, send, tell
from gateway.subjects.membership.joining.approvals_pages import why_refused
from services.chassis.errors import Problem
from services.contracts.ids import MOST_IDS
from services.contracts.membership.joining.operations import approve_applications, list_applications

PAGES = PageTable()


@PAGES.post("/console/applications/approve")
@only("officer")
def approve_many() -> str | Response:
    """Show the ticked applications and what approving does; once that is confirmed, approve them.

    The answer to the confirmed form is the page with every outcome. Loading it again approves nothing twice: the form
    has a key.
    """
    ticked = list(dict.fromkeys(request.form.getlist("application_ids")))[:MOST_IDS]
    if not ticked:
        ask_again(gettext("请先勾选要批准的申请。"))
        return go(_back())
    if "confirmed" not in request.form:
        return _page(ticked)
    try:
        reply = send(
            approve_applications, {"application_ids": ticked, "joined_on": request.form.get("joined_on") or None}
        )
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_back())
    return _page(ticked, reply)


def _page(ticked: list[str], reply: dict[str, Any] | None = None) -> str:
    listed = part(list_applications, {"ids": ticked, "limit": MOST_IDS})
    outcomes = {one["application_id"]: {**one, "why": why_refused(one)} for one in reply["items"]} if reply else {}
    return render_template(
        "portal/console/approve_many.html",
        listed=listed,
        ticked=ticked,
        ready=[one["id"] for one in listed.items if one["state"] == "unit_reviewed"],
        reply=reply,
        outcomes=outcomes,
        back=_back(),
    )


def _back() -> str:
    """Return from where the applications were ticked: the to-dos, the workbench or the list."""
    places = {url_for(f"portal.{endpoint}") for endpoint in ("todos_page", "workbench")}
    back = request.form.get("back", "")
    return back if back in places else url_for("portal.applications")
