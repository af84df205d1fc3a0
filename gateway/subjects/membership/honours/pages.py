"""The own family: adding and erasing members; a child under 14 needs the guardian's consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import Part, act, go, part, submit
from services.contracts.membership.consents import list_consent_texts
from services.contracts.membership.family import (
    AddFamilyMember,
    add_family_member,
    list_family,
    remove_family_member,
)

PAGES = PageTable()

FIELDS = (
    "relation",
    "name",
    Field("birth_date", hint=_l("子女必填。")),
)


@PAGES.route("/me/family", methods=["GET", "POST"])
@only("member")
def my_family() -> str | Response | tuple[str, int]:
    """List the own family and add a member of it."""
    wording = _wording()
    form = Form(AddFamilyMember, FIELDS, posted=request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _page(form, wording)
    agreed = request.form.get("guardian_consent") or None
    if submit(form, add_family_member, guardian_consent=agreed) is None:
        return _page(form, wording), 422
    flash(gettext("已登记。"), "done")
    return go(url_for("portal.my_family"))


@PAGES.post("/me/family/<uuid:family_member_id>/remove")
@only("member")
def erase_family_member(family_member_id: UUID) -> Response:
    """Erase a member of the own family."""
    payload = {"family_member_id": str(family_member_id)}
    return act(remove_family_member, payload, done=gettext("已删除，不留副本。"), then=url_for("portal.my_family"))


def _wording() -> dict[str, Any] | None:
    found = part(list_consent_texts, {"purpose": "guardian", "limit": 1})
    return found.items[0] if found.items else None


def _page(form: Form, wording: dict[str, Any] | None) -> str:
    family: Part = part(list_family, {"member_id": str(signed_in().member_id)})
    return render_template("portal/member/family.html", family=family, form=form, wording=wording)
