"""HR synchronisation: differences, one of them field by field, deliveries; applying and ignoring differences."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, act, ask_again, go, part, send, tell
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.hr import (
    HR_DIFFERENCE_STATES,
    HR_KINDS,
    apply_hr_difference,
    apply_hr_differences,
    dismiss_hr_difference,
    get_hr_difference,
    list_hr_differences,
    list_hr_rounds,
    pull_hr_changes,
)

PAGES = PageTable()

FILTERS = (
    Field("state", _l("状态"), "select", choices=HR_DIFFERENCE_STATES),
    Field("kind", _l("类别"), "select", choices=HR_KINDS, blank=ALL),
)
_LOOKS = ("officer", "auditor")


@PAGES.get("/console/hr")
@only(*_LOOKS)
def hr_differences() -> str:
    """List differences, and show HR's last delivery."""
    values = chosen(FILTERS)
    wanted = {"state": "open", **values}
    return render_template(
        "portal/console/hr.html",
        list=listing(part(list_hr_differences, asked(with_total=True, **wanted))),
        rounds=part(list_hr_rounds, {"limit": 5}),
        filters=FILTERS,
        values=values,
        wanted=wanted,
    )


@PAGES.get("/console/hr/rounds")
@only(*_LOOKS)
def hr_rounds() -> str:
    """List deliveries."""
    return render_template("portal/console/hr_rounds.html", list=listing(part(list_hr_rounds, asked())))


@PAGES.get("/console/hr/<uuid:record_id>")
@only(*_LOOKS)
def hr_difference(record_id: UUID) -> str:
    """Show one difference field by field, compared with the present record."""
    found = call(get_hr_difference, {"record_id": str(record_id)})
    return render_template("portal/console/hr_difference.html", found=found)


@PAGES.post("/console/hr/apply")
@only("officer")
def apply_hr() -> Response:
    """Apply the selected differences, or all of the list, by a job."""
    ticked = request.form.getlist("record_ids")
    everything = request.form.get("which") == "all"
    if not ticked and not everything:
        ask_again(gettext("请先勾选要采用的差异。"))
        return go(url_for("portal.hr_differences"))
    kind = request.form.get("kind") or None
    payload = {"kind": kind} if everything else {"record_ids": ticked}
    try:
        job = send(apply_hr_differences, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.hr_differences"))
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.post("/console/hr/pull")
@only("officer")
def pull_hr() -> Response:
    """Fetch from HR's own API by a job."""
    try:
        job = send(pull_hr_changes, {})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.hr_differences"))
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.post("/console/hr/<uuid:record_id>/apply")
@only("officer")
def apply_one_hr(record_id: UUID) -> Response:
    """Apply one difference as it was shown."""
    seen = {
        "record_id": str(record_id),
        "version": request.form.get("version", type=whole_number) or 0,
        "member_version": request.form.get("member_version", type=whole_number),
    }
    here = url_for("portal.hr_difference", record_id=record_id)
    return act(apply_hr_difference, seen, done=gettext("已采用，档案随之更新。"), then=here)


@PAGES.post("/console/hr/<uuid:record_id>/dismiss")
@only("officer")
def dismiss_hr(record_id: UUID) -> Response:
    """Ignore a difference."""
    payload = {
        "record_id": str(record_id),
        "version": request.form.get("version", type=whole_number) or 0,
        "reason": request.form.get("reason", "").strip(),
    }
    here = url_for("portal.hr_difference", record_id=record_id)
    return act(dismiss_hr_difference, payload, done=gettext("已忽略这条差异。"), then=here)
