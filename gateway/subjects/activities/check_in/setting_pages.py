"""Setting up an activity's check-in: times, walk-ins, cost, and the members who help."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, attempt, go, send
from gateway.rpc.calls import call
from services.contracts.activities.check_in import operations as contract
from services.contracts.activities.check_in.shapes import SetCheckIn

PAGES = PageTable()
_SET = ("opens_minutes", "closes_minutes", "walk_ins", "cost")


@PAGES.route("/console/activities/<uuid:activity_id>/check-in", methods=["GET", "POST"])
@only("officer", "chair")
def set_check_in(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Show and take what is set."""
    state, here = _state(activity_id), url_for("portal.activity_attendance", activity_id=activity_id)
    fields = (
        "opens_minutes", "closes_minutes", Field("walk_ins", blank=None),
        Field("cost", hint=_l("填写后显示人均费用。")),
    )  # fmt: skip
    posted = request.form if request.method == "POST" else None
    form = Form(SetCheckIn, fields, values={name: state[name] for name in _SET}, posted=posted)
    if (
        posted is None
        or attempt(form, lambda: _sent(activity_id, {**form.payload(), "helpers": state["helpers"]})) is None
    ):
        return form_page(
            form, title=gettext("签到设置"), back=here, words=gettext("出席"),
            lead=gettext("签到台在这段时间内开放；活动改期时随之改变。"),
        )  # fmt: skip
    flash(gettext("签到设置已保存。"), "done")
    return go(here)


@PAGES.route("/console/activities/<uuid:activity_id>/helpers/new", methods=["GET", "POST"])
@only("officer", "chair")
def name_helper(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Name a member who checks people in."""
    state, here = _state(activity_id), url_for("portal.activity_attendance", activity_id=activity_id)
    sought = sought_member()
    fields = (Field("helpers", label=_l("签到员"), choices=sought.choices, control="select"),)
    posted = request.form if request.method == "POST" else None
    form = Form(SetCheckIn, fields, values={}, posted=posted)
    if posted is None or attempt(form, lambda: _sent(activity_id, _with(state, request.form.get("helpers")))) is None:
        return form_page(
            form, title=gettext("添加签到员"), back=here, words=gettext("出席"), sought=sought,
            lead=gettext("签到员只能在这次活动的签到台登记到场，会收到消息。"), button=gettext("添加"),
        )  # fmt: skip
    flash(gettext("已添加，对方会收到消息。"), "done")
    return go(here)


@PAGES.post("/console/activities/<uuid:activity_id>/helpers/<uuid:member_id>/remove")
@only("officer", "chair")
def remove_helper(activity_id: UUID, member_id: UUID) -> Response:
    """End that a member checks people in."""
    state = _state(activity_id)
    left = [one for one in state["helpers"] if one != str(member_id)]
    then = url_for("portal.activity_attendance", activity_id=activity_id)
    payload = {"activity_id": str(activity_id), **{name: state[name] for name in _SET}, "helpers": left}
    return act(contract.set_check_in, payload, done=gettext("已移除签到员。"), then=then)


def _state(activity_id: UUID) -> dict[str, Any]:
    return call(contract.get_check_in, {"activity_id": str(activity_id)})


def _with(state: dict[str, Any], helper: str | None) -> dict[str, Any]:
    helpers = list(dict.fromkeys([*state["helpers"], *([helper] if helper else [])]))
    return {**{name: state[name] for name in _SET}, "helpers": helpers}


def _sent(activity_id: UUID, filled: dict[str, Any]) -> dict[str, Any]:
    return send(contract.set_check_in, {**filled, "activity_id": str(activity_id)})
