"""Posts: given to a member for a term, ended before its time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import Sought, form_page, sought_member
from gateway.portal.formats import name_of
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, go, submit
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.plain_text import is_digits
from services.contracts.membership.organisation.operations import AssignPost, assign_post, end_post, get_unit
from services.contracts.membership.organisation.posts import POST_KINDS

PAGES = PageTable()

TERMS = {"5": _l("5 年"), "3": _l("3 年")}


POSTS_AT = {
    "union": ("union_chair", "union_officer", "auditor", "delegate", "handler", "mediator", "judge", "operator"),
    "unit": ("unit_chair", "unit_deputy", "women_member", "delegate", "handler", "mediator", "judge"),
    "group": ("group_leader", "delegate"),
    "committee": ("committee_chair", "committee_deputy", "committee_member"),
}
"""The posts offered at each kind of unit."""


def _fields(sought: Sought, kind: str) -> list[Field | str]:
    posts = POST_KINDS.only(*POSTS_AT.get(kind, POST_KINDS))
    return [
        Field("member_id", control="select", choices=sought.choices, wide=True),
        Field("kind", choices=posts),
        Field("term_years", control="select", choices=TERMS),
        "starts_on",
        Field("ends_on", hint=_l("补选时填本届届满日，不填按任期推算。")),
        Field("term", hint=_l("例如：第六届。")),
    ]


@PAGES.route("/console/organisation/<uuid:unit_id>/posts/new", methods=["GET", "POST"])
@only("officer")
def new_post(unit_id: UUID) -> str | Response | tuple[str, int]:
    """Give a member a post: first find the member, then say which post and from when."""
    stands = call(get_unit, {"unit_id": str(unit_id)})
    sought = sought_member()
    posted = request.form if request.method == "POST" else None
    fields = _fields(sought, stands["kind"])
    form = Form(AssignPost, fields, values={"starts_on": today().isoformat()}, posted=posted)
    if posted is None or _assigned(form, unit_id) is None:
        name = name_of(stands)
        return form_page(
            form, title=gettext("任命"), lead=name, back=url_for("portal.unit", unit_id=unit_id), words=name,
            button=gettext("确认任命"), sought=sought, find_label=gettext("担任人：姓名、拼音或会员号"),
            template="portal/console/post_new.html",
        )  # fmt: skip
    flash(gettext("已任命，相应的权限随即生效。"), "done")
    return go(url_for("portal.unit", unit_id=unit_id))


def _assigned(form: Form, unit_id: UUID) -> dict[str, Any] | None:
    filled = form.payload()
    filled["term_years"] = int(filled["term_years"]) if is_digits(str(filled.get("term_years", ""))) else 5
    return submit(form, assign_post, filled=filled, unit_id=str(unit_id))


@PAGES.post("/console/posts/<uuid:post_id>/end")
@only("officer")
def end_held_post(post_id: UUID) -> Response:
    """End a post before its term is over."""
    payload = {
        "post_id": str(post_id),
        "ended_on": request.form.get("ended_on") or None,
        "reason": request.form.get("reason", "").strip(),
    }
    unit_id = request.form.get("unit_id", "")
    then = url_for("portal.unit", unit_id=unit_id) if unit_id else url_for("portal.organisation")
    return act(end_post, payload, done=gettext("职务已结束。"), then=then)
