"""One member: the record masked, a field in plain for a purpose, history, correction, change of unit."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.calls import call
from gateway.identity.current import current_principal
from gateway.portal import words
from gateway.portal.blueprint import portal
from gateway.portal.forms import Field, Form
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.seams import PASSED_ON, act, go, part, submit, tell
from services.chassis.errors import Problem
from services.contracts.membership.member import UpdateMember
from services.contracts.membership.organisation import list_posts
from services.contracts.membership.record import (
    change_unit,
    get_member,
    member_accesses,
    member_history,
    unmask_member,
    update_member,
)
from services.contracts.welfare.entitlements import entitlements_of

MASKED = ("id_number", "phone", "email")
REASON = Field("reason", _l("修改原因"), "text", wide=True, required=True, hint=_l("会留在档案的变更记录里。"))
OFFICER = (
    Field("name", _l("姓名")),
    Field("gender", _l("性别"), "radios", choices=words.GENDER),
    Field("birth_date", _l("出生日期"), "date"),
    Field("employment", _l("用工形式"), "select", choices=words.EMPLOYMENT),
    Field("original_age", _l("原退休年龄（人事口径）"), "select", choices=words.ORIGINAL_AGE, blank=_l("未登记")),
    Field("hired_on", _l("入职日期"), "date"),
    Field("id_number", _l("身份证号"), extra={"autocomplete": "off"}),
    Field("phone", _l("手机号"), "tel"),
    Field("email", _l("电子邮箱"), "email"),
    REASON,
)
CHAIR = (Field("phone", _l("手机号"), "tel"), Field("email", _l("电子邮箱"), "email"), REASON)


@portal.get("/console/members/<uuid:member_id>")
@only(*CONSOLE_ROLES)
def member(member_id: UUID) -> str:
    """Show one record."""
    return _page(member_id)


def _page(member_id: UUID, plain: dict[str, str] | None = None) -> str:
    ref = {"member_id": str(member_id)}
    sees_accesses = current_principal().roles & {"officer", "auditor"}
    return render_template(
        "portal/console/member.html",
        member=call(get_member, ref),
        plain=plain or {},
        changes=part(member_history, {**ref, "limit": 20}),
        accesses=part(member_accesses, {**ref, "limit": 20}) if sees_accesses else None,
        posts=part(list_posts, {**ref, "limit": 50}),
        benefits=part(entitlements_of, ref),
        units=unit_choices(),
    )


@portal.post("/console/members/<uuid:member_id>/unmask")
@only("officer")
def show_member_field(member_id: UUID) -> str | Response:
    """Show one sensitive field in plain, once, for a purpose that is logged."""
    field = request.form.get("field", "")
    payload = {"member_id": str(member_id), "field": field, "purpose": request.form.get("purpose", "").strip()}
    try:
        reply = call(unmask_member, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.member", member_id=member_id))
    return _page(member_id, {field: reply["value"] or "—"})


@portal.route("/console/members/<uuid:member_id>/edit", methods=["GET", "POST"])
@only("officer", "chair")
def edit_member(member_id: UUID) -> str | Response | tuple[str, int]:
    """Correct a record; masked fields stay as they are unless filled in anew."""
    record = call(get_member, {"member_id": str(member_id)})
    fields = OFFICER if current_principal().has("officer") else CHAIR
    values = {key: value for key, value in record.items() if key not in MASKED}
    posted = request.form if request.method == "POST" else None
    form = Form(UpdateMember, [_optional(spec, record) for spec in fields], values=values, posted=posted)
    if posted is None:
        return render_template("portal/console/member_edit.html", form=form, member=record)
    filled = form.payload()
    changed = {
        key: value
        for key, value in filled.items()
        if key == "reason" or (value if key in MASKED else value != record.get(key))
    }
    version = request.form.get("version", type=int) or record["version"]
    if submit(form, update_member, filled=changed, member_id=str(member_id), version=version) is None:
        return render_template("portal/console/member_edit.html", form=form, member=record), 422
    flash(gettext("档案已更新。"), "done")
    return go(url_for("portal.member", member_id=member_id))


def _optional(spec: Field, record: dict[str, object]) -> Field:
    if spec.name not in MASKED:
        return spec
    stands = record.get(spec.name)
    hint = gettext("现为 %(value)s，不改就留空。", value=stands) if stands else None
    return Field(spec.name, spec.label, spec.control, hint=hint, extra=spec.extra, required=False)


@portal.post("/console/members/<uuid:member_id>/unit")
@only("officer")
def move_member(member_id: UUID) -> Response:
    """Move a member to another unit."""
    payload = {
        "member_id": str(member_id),
        "version": request.form.get("version", type=int),
        "unit_id": request.form.get("unit_id"),
        "on": request.form.get("on") or None,
        "reason": request.form.get("reason", "").strip(),
    }
    then = url_for("portal.member", member_id=member_id)
    return act(change_unit, payload, done=gettext("会员已调整到新的分工会。"), then=then)
