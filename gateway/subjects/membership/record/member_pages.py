"""The own record: correct the contact, see one's own sensitive fields, who changed and who looked."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.look_ups import own_record
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.record_fields import RecordForm
from gateway.portal.service_calls import PASSED_ON, Part, go, part, submit, tell
from gateway.rpc.calls import call
from gateway.subjects.membership.record.tabs import TABS, chosen_tab, initials, shown_groups, tab_of
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.honours import list_honours
from services.contracts.membership.organisation.operations import list_posts
from services.contracts.membership.record.files import member_has_photo
from services.contracts.membership.record.operations import (
    get_member,
    member_accesses,
    member_history,
    unmask_member,
    update_member,
)
from services.contracts.welfare.entitlements import my_entitlements

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
        return go(url_for("portal.my_record", tab=tab_of(field)))
    return _page(tab_of(field), {field: reply["value"] or "—"})


def _page(tab: str | None = None, plain: dict[str, str] | None = None) -> str:
    ref, tab = {"member_id": str(signed_in().member_id)}, tab or chosen_tab()
    record = own_record()
    photo = part(member_has_photo, ref)
    return render_template(
        "portal/member/record.html",
        record=record,
        tabs=TABS,
        tab=tab,
        groups=shown_groups(record.data, tab) if record.data else [],
        plain=plain or {},
        posts=part(list_posts, {**ref, "limit": 50}),
        has_photo=bool(photo.data and photo.data["has_photo"]),
        initials=initials(record.data["name"]) if record.data else "",
        **_READ[tab](ref),
    )


_READ: dict[str, Callable[[dict[str, str]], dict[str, Part]]] = {
    "membership": lambda ref: {"honours": part(list_honours, {**ref, "limit": 50})},
    "contact": lambda ref: {},
    "benefits": lambda ref: {"benefits": part(my_entitlements)},
    "changes": lambda ref: {
        "changes": part(member_history, {**ref, "limit": 20}),
        "accesses": part(member_accesses, {**ref, "limit": 20}),
    },
}
"""What a tab shows beyond the record itself."""


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
    return go(url_for("portal.my_record", tab="contact"))
