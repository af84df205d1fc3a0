"""The desk of an activity: the scanner, who came, correcting, and going on without network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Answer

from gateway.identity.current import current_principal
from gateway.portal.desks import scanned
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.formats import stamp
from gateway.portal.forms import Field, Form
from gateway.portal.messages import say, say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_name
from gateway.portal.service_calls import act, go, send, submit
from gateway.rpc.calls import MOST_NAMES, call, whole_names_of
from gateway.subjects.activities.check_in.scans import with_person
from services.chassis.clock import now
from services.chassis.errors import InvalidInput, Problem
from services.chassis.plain_text import whole_number
from services.contracts.activities.check_in import operations as contract
from services.contracts.activities.check_in.shapes import CheckIn
from services.contracts.gateway.codes import LONGEST_CODE

PAGES = PageTable()
_LONGEST_DESK = 40


def page_of_code(reading: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the desk at which a code that was scanned elsewhere is checked in."""
    return url_for("portal.check_in_desk", activity_id=reading["subject_id"]), _l("到签到台")


@PAGES.get("/activities/<uuid:activity_id>/desk")
@only("officer", "chair", "member")
def check_in_desk(activity_id: UUID) -> str:
    """Show the scanner, to who organises the activity or was named to help."""
    return _desk({"activity_id": activity_id, "arrival": None, "problem": None})


@PAGES.post("/activities/<uuid:activity_id>/desk")
@only("officer", "chair", "member")
def scanned_at_desk(activity_id: UUID) -> Answer:
    """Check in who shows a code; alone for the scanner's script."""

    def look_up(text: str) -> dict[str, Any]:
        arrival = send(contract.check_in, with_person(_coming(activity_id, code=text)))
        return {"arrival": arrival, "people": _names([arrival["member_id"], arrival["by_member"]])}

    shown: dict[str, Any] = {
        "activity_id": activity_id,
        "arrival": None,
        "people": {},
        "rule": None,
        "desk": _desk_name(),
    }
    return scanned(look_up, scope="check_in", result="portal/parts/check_in_result.html", page=_desk, shown=shown)


@PAGES.route("/activities/<uuid:activity_id>/desk/member", methods=["GET", "POST"])
@only("officer", "chair")
def check_in_member(activity_id: UUID) -> str | Answer | tuple[str, int]:
    """Check in somebody who has no code, searched for by name."""
    sought, here = sought_member(), url_for("portal.check_in_desk", activity_id=activity_id)
    fields = (
        Field("member_id", choices=sought.choices, control="select"),
        Field("companions", hint=_l("不填就按报名的人数。")),
        Field("let_in", label=_l("报名已取消或在候补，也让其入场")),
    )
    posted = request.form if request.method == "POST" else None
    form = Form(CheckIn, fields, values={}, posted=posted)
    if posted is None or (done := submit(form, contract.check_in, activity_id=str(activity_id))) is None:
        return form_page(
            form, title=gettext("按姓名签到"), back=here, words=gettext("签到台"), sought=sought,
            lead=gettext("没有报名的会员，有空余名额时也可以这样登记。"), button=gettext("登记到场"),
        )  # fmt: skip
    flash(_said(done), "done")
    return go(here)


@PAGES.post("/activities/<uuid:activity_id>/desk/undo")
@only("officer", "chair", "member")
def undo_check_in(activity_id: UUID) -> Answer:
    """Take back a check-in that was wrong."""
    payload = {
        "activity_id": str(activity_id), "member_id": request.form.get("member_id", ""),
        "reason": request.form.get("reason", "").strip(),
    }  # fmt: skip
    then = url_for("portal.check_in_desk", activity_id=activity_id)
    return act(contract.undo_check_in, payload, done=gettext("签到已撤销。"), then=then)


@PAGES.get("/activities/<uuid:activity_id>/desk/list")
@only("officer", "chair", "member")
def desk_list(activity_id: UUID) -> Response:
    """Return the list by which the desk goes on without network, with names for the desk's eyes."""
    told = call(contract.desk_list, {"activity_id": str(activity_id)})
    people = _names([one["member_id"] for one in told["items"]])
    items = [
        {
            **{name: one[name] for name in ("registration_id", "companions", "state")},
            "name": people.get(one["member_id"], ""),
            "unit": unit_name(one["unit_id"]),
        }
        for one in told["items"]
    ]
    return _json({"token": told["token"], "now": int(now().timestamp() * 1000), "items": items})


@PAGES.post("/activities/<uuid:activity_id>/desk/sync")
@only("officer", "chair", "member")
def sync_desk(activity_id: UUID) -> Response:
    """Record what the desk noted without network, and say of each scan what became of it."""
    lines = _lines()
    asked = {
        "activity_id": str(activity_id), "token": request.form.get("token", ""), "desk": _desk_name(), "lines": lines,
    }  # fmt: skip
    try:
        outcomes = call(contract.sync_check_ins, asked)["outcomes"]
    except InvalidInput as problem:
        # The list holds no more: said of each scan, so that the desk does not try for ever.
        said = {"outcome": "not_counted", "words": say(problem)}
        return _json({"outcomes": [{"scan": one.get("scan"), **said} for one in lines]})
    people = _names([one["member_id"] for one in outcomes])
    return _json({"outcomes": [{**one, "words": _became(one, people)} for one in outcomes]})


def _coming(activity_id: UUID, **more: Any) -> dict[str, Any]:
    companions = request.form.get("companions", type=whole_number)
    return {
        "activity_id": str(activity_id), "desk": _desk_name(), "let_in": request.form.get("let_in") == "1",
        "companions": companions, **more,
    }  # fmt: skip


def _desk_name() -> str | None:
    return " ".join(request.values.get("desk", "").split())[:_LONGEST_DESK] or None


def _desk(shown: Mapping[str, Any]) -> str:
    state = call(contract.get_check_in, {"activity_id": str(shown["activity_id"])})
    in_console = state["may_organise"] and bool(current_principal().roles & {"officer", "chair"})
    given = {"people": {}, "rule": None, "code": "", "desk": _desk_name(), **shown}
    return render_template(
        "portal/console/check_in_desk.html",
        frame="portal/console.html" if in_console else "portal/member.html",
        state=state, longest=LONGEST_CODE, **given,
    )  # fmt: skip


def _names(member_ids: list[Any]) -> dict[str, str]:
    """Return whole names: activities has said that the reader runs the desk, who must know whom to let in."""
    wanted = list(dict.fromkeys(str(one) for one in member_ids if one))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), MOST_NAMES):
        found.update(whole_names_of(wanted[start : start + MOST_NAMES]))
    return found


def _lines() -> list[dict[str, Any]]:
    try:
        read = json.loads(request.form.get("lines", "[]"))
    except ValueError:
        return []
    return [one for one in read if isinstance(one, dict)] if isinstance(read, list) else []


def _said(arrival: Mapping[str, Any]) -> str:
    name = _names([arrival["member_id"]]).get(arrival["member_id"], "")
    if arrival["outcome"] == "already":
        at = stamp(arrival["arrived_at"])
        return gettext("%(name)s此前已签到（%(at)s %(desk)s），没有重复登记。", name=name, at=at,
                       desk=arrival["desk"] or "")  # fmt: skip
    return gettext("%(name)s已登记到场。", name=name)


def _became(one: Mapping[str, Any], people: Mapping[str, str]) -> str:
    name = people.get(str(one["member_id"]), gettext("一个码"))
    if one["outcome"] == "not_counted":
        try:
            why = say_rule(one["rule"], one["params"])
        except Problem:
            why = ""
        return gettext("%(name)s：没有登记。%(why)s", name=name, why=why)
    if one["outcome"] == "already":
        at = stamp(one["arrived_at"])
        return gettext("%(name)s：此前已签到（%(at)s %(desk)s）。", name=name, at=at, desk=one["desk"] or "")
    return gettext("%(name)s：已补登到场。", name=name) + (gettext("报名不在有效状态，已标出。") if one["flag"] else "")


def _json(told: Mapping[str, Any]) -> Response:
    response: Response = current_app.response_class(json.dumps(told, ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    return response
