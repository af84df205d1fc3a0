"""One motion, one decision, one action item, for console and members alike."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.meetings.frames import back_home, frame
from gateway.subjects.governance.meetings.meeting_pages import ALL, RUNS
from gateway.subjects.governance.meetings.pages import body_choices
from services.chassis.errors import NotAllowed
from services.chassis.plain_text import whole_number
from services.contracts.governance.ballots import operations as ballots
from services.contracts.governance.meetings import actions, decisions, meetings, motions

PAGES = PageTable()
_ACTIONS = {
    "finish": (actions.finish_action_item, "note", _l("已办结。")),
    "drop": (actions.drop_action_item, "reason", _l("已终止。")),
    "reopen": (actions.reopen_action_item, "reason", _l("已重新督办。")),
}


@PAGES.route("/motions/new", methods=["GET", "POST"])
@only(*RUNS)
def new_motion() -> str | Response | tuple[str, int]:
    """Make a motion."""
    fields = (
        Field("body_id", _l("向哪个组织提出"), "select", choices=body_choices), Field("title", wide=True),
        Field("text", control="textarea", hint=_l("要讨论什么、为什么、建议怎么办。"), extra={"rows": "8"}),
    )  # fmt: skip
    form = Form(motions.SubmitMotion, fields, posted=request.form if request.method == "POST" else None)
    made = submit(form, motions.submit_motion) if form.posted is not None else None
    if made is None:
        back, words = back_home()
        lead = gettext("校工会干部、分工会主席和这个组织的成员可以提出；办理结果会通知您。")
        button = gettext("提出")
        return form_page(form, title=gettext("提出议题"), back=back, words=words, lead=lead, button=button)
    flash(gettext("议题已提出。"), "done")
    return go(url_for("portal.motion", motion_id=made["id"]))


@PAGES.get("/motions/<uuid:motion_id>")
@only(*ALL)
def motion(motion_id: UUID) -> str:
    """Show a motion."""
    found = call(motions.get_motion, {"motion_id": str(motion_id)})
    coming = part(meetings.list_meetings, {"body_id": found["body_id"], "show": "coming", "limit": 20})
    return render_template(
        "portal/meetings/motion.html", frame=frame(), home=back_home(), it=found,
        names=names([found], "proposer_id"), coming=coming,
    )  # fmt: skip


@PAGES.post("/motions/<uuid:motion_id>/<any(decline, withdraw):what>")
@only(*RUNS)
def move_motion(motion_id: UUID, what: str) -> Response:
    """Decline a motion, or withdraw one's own."""
    ref, then = {"motion_id": str(motion_id)}, url_for("portal.motion", motion_id=motion_id)
    if what == "withdraw":
        return act(motions.withdraw_motion, ref, done=gettext("已撤回。"), then=then)
    payload = {**ref, "reason": request.form.get("reason", "").strip()}
    return act(motions.decline_motion, payload, done=gettext("已告知提出人。"), then=then)


@PAGES.get("/meetings/decisions/<uuid:decision_id>")
@only(*ALL)
def meeting_decision(decision_id: UUID) -> str:
    """Show a decision."""
    found = call(decisions.get_meeting_decision, {"decision_id": str(decision_id)})
    cited = [one for one in (found["replaces_id"], found["replaced_by_id"]) if one]
    others = part(decisions.list_meeting_decisions, {"ids": cited}).items if cited else []
    return render_template(
        "portal/meetings/decision.html", frame=frame(), home=back_home(), it=found,
        others={one["id"]: one for one in others}, sees_meeting=_sees_meeting(found["meeting_id"]),
        ballot_page=_ballot_page(found["ballot_id"]),
    )  # fmt: skip


@PAGES.post("/meetings/decisions/<uuid:decision_id>/<any(void, publish, hide):what>")
@only(*RUNS)
def move_decision(decision_id: UUID, what: str) -> Response:
    """Void a decision, or let members read it."""
    ref, then = {"decision_id": str(decision_id)}, url_for("portal.meeting_decision", decision_id=decision_id)
    if what == "void":
        payload = {**ref, "reason": request.form.get("reason", "").strip()}
        return act(decisions.void_meeting_decision, payload, done=gettext("决议已作废，可以重新表决。"), then=then)
    shown = what == "publish"
    done = gettext("已公开，会员可以看到。") if shown else gettext("已不再公开。")
    return act(decisions.publish_meeting_decision, {**ref, "published": shown}, done=done, then=then)


@PAGES.get("/action-items/<uuid:action_item_id>")
@only(*ALL)
def action_item(action_item_id: UUID) -> str:
    """Show an action item."""
    return _action_page(action_item_id)


@PAGES.post("/action-items/<uuid:action_item_id>/progress")
@only(*RUNS)
def report_progress(action_item_id: UUID) -> Response | tuple[str, int]:
    """Say how far it is."""
    form = _progress_form(request.form)
    if submit(form, actions.report_progress, action_item_id=str(action_item_id)) is None:
        return _action_page(action_item_id, progress=form), 422
    flash(gettext("进展已保存。"), "done")
    return go(_action(action_item_id))


@PAGES.post("/action-items/<uuid:action_item_id>/change")
@only(*RUNS)
def change_action_item(action_item_id: UUID) -> Response | tuple[str, int]:
    """Give it another owner or day."""
    found = call(actions.get_action_item, {"action_item_id": str(action_item_id)})
    form = _change_form(found, request.form)
    if submit(form, actions.change_action_item, action_item_id=str(action_item_id)) is None:
        return _action_page(action_item_id, change=form), 422
    flash(gettext("已调整。"), "done")
    return go(_action(action_item_id))


@PAGES.post("/action-items/<uuid:action_item_id>/<any(finish, drop, reopen):what>")
@only(*RUNS)
def move_action_item(action_item_id: UUID, what: str) -> Response:
    """End it, or take it up again."""
    operation, field, done = _ACTIONS[what]
    payload = {"action_item_id": str(action_item_id), field: request.form.get("words", "").strip()}
    return act(operation, payload, done=str(done), then=_action(action_item_id))


def _action_page(action_item_id: UUID, **forms: Form) -> str:
    found = call(actions.get_action_item, {"action_item_id": str(action_item_id)})
    shown = {"progress": _progress_form(None, found["percent"]), **forms}
    if "change" in found["actions"] and "change" not in shown:
        shown["change"] = _change_form(found, None)
    return render_template(
        "portal/meetings/action_item.html", frame=frame(), home=back_home(), it=found, forms=shown,
        names=names([found, *found["history"]], "owner_id", "member_id"),
        sees_meeting=_sees_meeting(found["meeting_id"]),
    )  # fmt: skip


def _progress_form(posted: Any, percent: int = 0) -> Form:
    fields = ("percent", Field("note", _l("进展"), "textarea"))
    values = {"percent": min(percent, 99)}
    if posted is not None:
        values["percent"] = posted.get("percent", type=whole_number) or 0
    return Form(actions.ReportProgress, fields, values=values, posted=posted, prefix="progress-")


def _change_form(found: dict[str, Any], posted: Any) -> Form:
    meeting = call(meetings.get_meeting, {"meeting_id": found["meeting_id"]})
    known = names(meeting["seats"], "member_id")
    people = {seat["member_id"]: known.get(seat["member_id"], "—") for seat in meeting["seats"]}
    people.setdefault(found["owner_id"], names([found], "owner_id").get(found["owner_id"], "—"))
    fields = (Field("owner_id", choices=people, control="select"), "due_on", Field("reason", control="textarea"))
    return Form(actions.ChangeActionItem, fields, values=found, posted=posted, prefix="change-")


def _sees_meeting(meeting_id: str) -> bool:
    """Whether the reader may open the meeting: members read published decisions of meetings they had no seat in."""
    try:
        call(meetings.get_meeting, {"meeting_id": meeting_id})
    except NotAllowed:
        return False
    return True


def _ballot_page(ballot_id: str | None) -> str | None:
    """Return the page of the ballot that decided; None without one, and for who neither voted nor sees it by office."""
    if ballot_id is None:
        return None
    try:
        mine = call(ballots.get_ballot, {"ballot_id": ballot_id})["mine"]
    except NotAllowed:
        return None
    return url_for("portal.ballot_paper" if mine["on_roll"] else "portal.ballot", ballot_id=ballot_id)


def _action(action_item_id: UUID) -> str:
    return url_for("portal.action_item", action_item_id=action_item_id)
