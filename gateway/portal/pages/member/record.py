"""The own record: correct the contact, see one's own sensitive fields, who changed and who looked."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.calls import call
from gateway.portal.blueprint import portal
from gateway.portal.forms import Field, Form
from gateway.portal.pages.member.me import own_record
from gateway.portal.people import only, signed_in
from gateway.portal.seams import go, part, submit
from services.contracts.membership.member import UpdateMember
from services.contracts.membership.record import get_member, member_accesses, member_history, update_member

CONTACT = (
    Field("phone", _l("手机号"), "tel", extra={"autocomplete": "tel"}),
    Field("email", _l("电子邮箱"), "email", extra={"autocomplete": "email"}),
)


@portal.get("/me/record")
@only("member")
def my_record() -> str:
    """Show the own record with its changes and who looked at it."""
    of_me = {"member_id": str(signed_in().member_id), "limit": 20}
    return render_template(
        "portal/member/record.html",
        record=own_record(),
        changes=part(member_history, of_me),
        accesses=part(member_accesses, of_me),
    )


@portal.route("/me/record/contact", methods=["GET", "POST"])
@only("member")
def edit_contact() -> str | Response | tuple[str, int]:
    """Correct the own telephone number and e-mail address."""
    record = call(get_member, {"member_id": str(signed_in().member_id)})
    form = Form(UpdateMember, _with_present(record), posted=request.form if request.method == "POST" else None)
    if request.method == "GET":
        return render_template("portal/member/contact.html", form=form, record=record)
    filled = {name: value for name, value in form.payload().items() if value}
    version = request.form.get("version", type=int) or record["version"]
    if submit(form, update_member, filled=filled, member_id=record["id"], version=version) is None:
        return render_template("portal/member/contact.html", form=form, record=record), 422
    flash(gettext("联系方式已更新。"), "done")
    return go(url_for("portal.my_record"))


def _with_present(record: dict[str, Any]) -> list[Field]:
    fields = []
    for spec in CONTACT:
        stands = record.get(spec.name)
        hint = gettext("现为 %(value)s，不改就留空。", value=stands) if stands else None
        fields.append(Field(spec.name, spec.label, spec.control, hint=hint, extra=spec.extra, required=False))
    return fields
