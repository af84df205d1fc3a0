"""One member: the record on tabs, masked, a field in plain for a purpose, history, correction, change of unit."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.record_fields import RecordForm
from gateway.portal.service_calls import PASSED_ON, Part, act, go, part, submit, tell
from gateway.rpc.calls import call
from gateway.subjects.membership.record.tabs import TABS, chosen_tab, initials, shown_groups, tab_of
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.family import list_family, view_family
from services.contracts.membership.honours import list_honours
from services.contracts.membership.organisation.operations import list_posts
from services.contracts.membership.record.files import member_has_photo
from services.contracts.membership.record.operations import (
    change_unit,
    get_member,
    member_accesses,
    member_history,
    unmask_member,
    update_member,
)
from services.contracts.welfare.entitlements import entitlements_of

PAGES = PageTable()


@PAGES.get("/console/members/<uuid:member_id>")
@only(*CONSOLE_ROLES)
def member(member_id: UUID) -> str:
    """Show one record."""
    return _page(member_id)


def _page(
    member_id: UUID, tab: str | None = None, plain: dict[str, str] | None = None, family: Part | None = None
) -> str:
    ref = {"member_id": str(member_id)}
    found, tab = call(get_member, ref), tab or chosen_tab()
    return render_template(
        "portal/console/member.html",
        member=found,
        tabs=TABS,
        tab=tab,
        groups=shown_groups(found, tab),
        plain=plain or {},
        posts=part(list_posts, {**ref, "limit": 50}),
        units=unit_choices(),
        has_photo=_has_photo(ref),
        initials=initials(found["name"]),
        **({"family": family} if family else _READ[tab](ref)),
    )


def _changes(ref: dict[str, str]) -> dict[str, Part | None]:
    sees_accesses = current_principal().roles & {"officer", "auditor"}
    return {
        "changes": part(member_history, {**ref, "limit": 20}),
        "accesses": part(member_accesses, {**ref, "limit": 20}) if sees_accesses else None,
    }


def _family(ref: dict[str, str]) -> dict[str, Part | None]:
    return {"family": part(list_family, ref) if current_principal().has("officer") else None}


_READ: dict[str, Callable[[dict[str, str]], dict[str, Part | None]]] = {
    "membership": lambda ref: {"honours": part(list_honours, {**ref, "limit": 50})},
    "contact": _family,
    "benefits": lambda ref: {"benefits": part(entitlements_of, ref)},
    "changes": _changes,
}
"""What a tab shows beyond the record itself."""


def _has_photo(ref: dict[str, str]) -> bool:
    """Whether there is a photo the asker may see."""
    found = part(member_has_photo, ref) if current_principal().roles & {"officer", "chair"} else None
    return bool(found and found.data and found.data["has_photo"])


@PAGES.post("/console/members/<uuid:member_id>/unmask")
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
        return go(url_for("portal.member", member_id=member_id, tab=tab_of(field)))
    return _page(member_id, tab_of(field), {field: reply["value"] or "—"})


@PAGES.post("/console/members/<uuid:member_id>/family")
@only("officer")
def show_family(member_id: UUID) -> str | Response:
    """Show a member's family in plain, once, for a purpose that is logged."""
    payload = {"member_id": str(member_id), "purpose": request.form.get("purpose", "").strip()}
    try:
        reply = call(view_family, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.member", member_id=member_id, tab="contact"))
    return _page(member_id, "contact", family=Part(data=reply))


@PAGES.route("/console/members/<uuid:member_id>/edit", methods=["GET", "POST"])
@only("officer", "chair")
def edit_member(member_id: UUID) -> str | Response | tuple[str, int]:
    """Correct a record; masked fields stay as they are unless filled in anew."""
    record = call(get_member, {"member_id": str(member_id)})
    form = RecordForm(record, request.form if request.method == "POST" else None, reason=True)
    if request.method != "POST":
        return render_template("portal/console/member_edit.html", form=form, member=record)
    version = request.form.get("version", type=whole_number) or record["version"]
    if submit(form, update_member, filled=form.corrections(), member_id=str(member_id), version=version) is None:
        return render_template("portal/console/member_edit.html", form=form, member=record), 422
    flash(gettext("档案已更新。"), "done")
    return go(url_for("portal.member", member_id=member_id, tab="changes"))


@PAGES.post("/console/members/<uuid:member_id>/unit")
@only("officer")
def move_member(member_id: UUID) -> Response:
    """Move a member to another unit."""
    payload = {
        "member_id": str(member_id),
        "version": request.form.get("version", type=whole_number),
        "unit_id": request.form.get("unit_id"),
        "on": request.form.get("on") or None,
        "reason": request.form.get("reason", "").strip(),
    }
    then = url_for("portal.member", member_id=member_id)
    return act(change_unit, payload, done=gettext("会员已调整到新的分工会。"), then=then)
