"""The own record: correct the contact, see one's own sensitive fields, who changed and who looked."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.look_ups import own_record
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.record_fields import GROUPS, RecordForm
from gateway.portal.service_calls import PASSED_ON, go, part, submit, tell
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.honours import list_honours
from services.contracts.membership.record.operations import (
    get_member,
    member_accesses,
    member_history,
    unmask_member,
    update_member,
)

PAGES = PageTable()


@PAGES.get("/me/record")
@only("member")
def my_record() -> str:
    """Show the own record with its changes and who looked at it."""
    return _page()


@PAGES.post("/me/record/unmask")
@only("member")
def show_own_field() -> str | Response:
    """Show one of the own masked fields in plain, once; logged like every look."""
    field = request.form.get("field", "")
    of_me = {"member_id": str(signed_in().member_id), "field": field}
    try:
        reply = call(unmask_member, {**of_me, "purpose": request.form.get("purpose", "").strip()})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.my_record"))
    return _page({field: reply["value"] or "—"})


def _page(plain: dict[str, str] | None = None) -> str:
    of_me = {"member_id": str(signed_in().member_id), "limit": 20}
    return render_template(
        "portal/member/record.html",
        record=own_record(),
        groups=GROUPS,
        plain=plain or {},
        honours=part(list_honours, of_me),
        changes=part(member_history, of_me),
        accesses=part(member_accesses, of_me),
    )


@PAGES.route("/me/record/contact", methods=["GET", "POST"])
@only("member")
def edit_contact() -> str | Response | tuple[str, int]:
    """Correct what members keep up themselves: contact, home, skills."""
    record = call(get_member, {"member_id": str(signed_in().member_id)})
    form = RecordForm(record, request.form if request.method == "POST" else None, reason=False)
    if request.method != "POST":
        return render_template("portal/member/contact.html", form=form, record=record)
    version = request.form.get("version", type=whole_number) or record["version"]
    if submit(form, update_member, filled=form.corrections(), member_id=record["id"], version=version) is None:
        return render_template("portal/member/contact.html", form=form, record=record), 422
    flash(gettext("档案已更新。"), "done")
    return go(url_for("portal.my_record"))
