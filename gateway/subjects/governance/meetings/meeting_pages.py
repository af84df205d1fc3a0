"""One meeting: its members and who is there, agenda, documents, decisions, what is to be done."""

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
from gateway.portal.service_calls import act, go, hand_out, part, submit
from gateway.portal.steps import steps_of
from gateway.portal.uploads import file_response, takes_file
from gateway.rpc.calls import call
from gateway.subjects.governance.meetings.frames import back_home, frame
from gateway.subjects.governance.meetings.meeting_forms import action_form, decision_form, document_form, item_form
from gateway.subjects.governance.meetings.pages import body_choices
from gateway.subjects.governance.meetings.papers import calendar_of
from services.contracts.files import LARGEST
from services.contracts.governance.meetings import actions, decisions, meetings, votes
from services.contracts.governance.meetings.vocabulary import MEETING_STAGES, MEETING_STATES

PAGES = PageTable()
ALL = ("officer", "chair", "auditor", "member")
RUNS = ("officer", "chair", "member")
_PATH = "/meetings/<uuid:meeting_id>"
_WHEN = (
    Field("title", wide=True), "starts_at", "ends_at", "place",
    Field("notice", control="textarea", hint=_l("会议目的、请带的材料等，写进通知。")),
)  # fmt: skip
_STEPS = {
    "convene": (meetings.convene_meeting, _l("会议通知已发出，参会名单已确定。")),
    "open": (meetings.open_meeting, _l("会议开始。")),
    "end": (meetings.end_meeting, _l("会议结束，可以整理纪要送审。")),
    "resume": (meetings.resume_meeting, _l("会议继续进行。")),
}


@PAGES.route("/meetings/new", methods=["GET", "POST"])
@only(*RUNS)
def new_meeting() -> str | Response | tuple[str, int]:
    """Prepare a meeting."""
    fields = (Field("body_id", choices=body_choices, control="select"), *_WHEN)
    form = Form(meetings.PlanMeeting, fields, posted=request.form if request.method == "POST" else None)
    made = submit(form, meetings.plan_meeting) if form.posted is not None else None
    if made is None:
        back, words = back_home()
        lead = gettext("先排好议程、传好材料，再发通知；发通知前没有人会收到消息。")
        return form_page(form, title=gettext("筹备会议"), back=back, words=words, lead=lead)
    flash(gettext("会议已建立，请排议程。"), "done")
    return go(here(made["id"]))


@PAGES.get(_PATH)
@only(*ALL)
def meeting(meeting_id: UUID) -> str:
    """Show a meeting."""
    return _page(meeting_id)


@PAGES.route(f"{_PATH}/edit", methods=["GET", "POST"])
@only(*RUNS)
def edit_meeting(meeting_id: UUID) -> str | Response | tuple[str, int]:
    """Change a meeting."""
    found = call(meetings.get_meeting, {"meeting_id": str(meeting_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(meetings.ChangeMeeting, _WHEN, values=found, posted=posted)
    if posted is None or submit(form, meetings.change_meeting, meeting_id=str(meeting_id)) is None:
        lead = gettext("已通知的会议改了时间或地点，会再通知参会人。")
        back = here(meeting_id)
        return form_page(form, title=gettext("修改会议"), back=back, words=found["title"], lead=lead)
    flash(gettext("已保存。"), "done")
    return go(here(meeting_id))


@PAGES.post(f"{_PATH}/<any(convene, open, end, resume):what>")
@only(*RUNS)
def move_meeting(meeting_id: UUID, what: str) -> Response:
    """Take a meeting on."""
    operation, done = _STEPS[what]
    return act(operation, {"meeting_id": str(meeting_id)}, done=str(done), then=here(meeting_id))


@PAGES.post(f"{_PATH}/cancel")
@only(*RUNS)
def cancel_meeting(meeting_id: UUID) -> Response:
    """Cancel a meeting."""
    payload = {"meeting_id": str(meeting_id), "reason": request.form.get("reason", "").strip()}
    return act(meetings.cancel_meeting, payload, done=gettext("会议已取消。"), then=here(meeting_id))


@PAGES.post(f"{_PATH}/answer")
@only(*RUNS)
def answer_meeting(meeting_id: UUID) -> Response:
    """Be excused, or come after all."""
    payload = {"meeting_id": str(meeting_id), "attendance": request.form.get("attendance", "")}
    return act(meetings.answer_call, payload, done=gettext("已回复。"), then=here(meeting_id))


@PAGES.post(f"{_PATH}/attendance")
@only(*RUNS)
def mark_attendance(meeting_id: UUID) -> Response:
    """Record who is there."""
    marks = [
        {"member_id": name.removeprefix("mark-"), "attendance": value}
        for name, value in request.form.items()
        if name.startswith("mark-")
    ]
    payload = {"meeting_id": str(meeting_id), "marks": marks}
    return act(meetings.mark_attendance, payload, done=gettext("到会情况已保存。"), then=here(meeting_id, "seats"))


@PAGES.post(f"{_PATH}/seats/<uuid:member_id>")
@only(*RUNS)
def set_seat(meeting_id: UUID, member_id: UUID) -> Response:
    """Give somebody another seat, or take a guest off the list."""
    ref, role = {"meeting_id": str(meeting_id), "member_id": str(member_id)}, request.form.get("role", "")
    if role == "remove":
        done = gettext("已从名单移除。")
        return act(meetings.remove_meeting_guest, ref, done=done, then=here(meeting_id, "seats"))
    done = gettext("已设置。")
    return act(meetings.set_meeting_seat, {**ref, "role": role}, done=done, then=here(meeting_id, "seats"))


@PAGES.post(f"{_PATH}/items")
@only(*RUNS)
def add_meeting_item(meeting_id: UUID) -> Response | tuple[str, int]:
    """Add an item to the agenda."""
    found = call(meetings.get_meeting, {"meeting_id": str(meeting_id)})
    form = item_form(found, request.form)
    if submit(form, meetings.add_meeting_item, meeting_id=str(meeting_id)) is None:
        return _page(meeting_id, item=form), 422
    flash(gettext("已列入议程。"), "done")
    return go(here(meeting_id, "agenda"))


@PAGES.post(f"{_PATH}/items/<uuid:item_id>/<any(up, down, remove, postpone):what>")
@only(*RUNS)
def move_meeting_item(meeting_id: UUID, item_id: UUID, what: str) -> Response:
    """Move an item up or down, take it off, or postpone it."""
    ref, then = {"meeting_id": str(meeting_id)}, here(meeting_id, "agenda")
    if what == "remove":
        return act(meetings.remove_meeting_item, {**ref, "item_id": str(item_id)}, done=gettext("已删除。"), then=then)
    if what == "postpone":
        done = gettext("已暂缓，议题等下次会议。")
        return act(meetings.postpone_meeting_item, {**ref, "item_id": str(item_id)}, done=done, then=then)
    ids = [item["id"] for item in call(meetings.get_meeting, ref)["items"]]
    place = ids.index(str(item_id)) if str(item_id) in ids else 0
    other = min(max(place + (1 if what == "down" else -1), 0), len(ids) - 1)
    ids[place], ids[other] = ids[other], ids[place]
    return act(meetings.order_meeting_items, {**ref, "item_ids": ids}, done=None, then=then)


@PAGES.post(f"{_PATH}/documents")
@takes_file(LARGEST)
@only(*RUNS)
def attach_meeting_document(meeting_id: UUID) -> Response | tuple[str, int]:
    """Add a document."""
    found = call(meetings.get_meeting, {"meeting_id": str(meeting_id)})
    form = document_form(found, request.form)
    if submit(form, meetings.attach_meeting_document, meeting_id=str(meeting_id)) is None:
        return _page(meeting_id, document=form), 422
    flash(gettext("文件已上传。"), "done")
    return go(here(meeting_id, "documents"))


@PAGES.get(f"{_PATH}/documents/<uuid:document_id>")
@only(*ALL)
def meeting_document(meeting_id: UUID, document_id: UUID) -> Response:
    """Hand out a document."""
    ref = {"meeting_id": str(meeting_id), "document_id": str(document_id)}
    return hand_out(meetings.open_meeting_document, ref, otherwise=here(meeting_id))


@PAGES.post(f"{_PATH}/documents/<uuid:document_id>/remove")
@only(*RUNS)
def remove_meeting_document(meeting_id: UUID, document_id: UUID) -> Response:
    """Remove a document."""
    ref = {"meeting_id": str(meeting_id), "document_id": str(document_id)}
    return act(meetings.remove_meeting_document, ref, done=gettext("文件已删除。"), then=here(meeting_id, "documents"))


@PAGES.get(f"{_PATH}/calendar.ics")
@only(*ALL)
def meeting_calendar_file(meeting_id: UUID) -> Response:
    """Hand out the meeting for a calendar program."""
    return file_response(calendar_of({"meeting_id": str(meeting_id)}))


@PAGES.post(f"{_PATH}/decisions/<uuid:item_id>")
@only(*RUNS)
def record_decision(meeting_id: UUID, item_id: UUID) -> Response | tuple[str, int]:
    """Record what was decided on an item."""
    form = decision_form(request.form)
    ref = {"meeting_id": str(meeting_id), "item_id": str(item_id)}
    made = submit(form, decisions.record_meeting_decision, filled={**form.payload(), **ref})
    if made is None:
        return _page(meeting_id, decision=form, deciding=str(item_id)), 422
    passed = made["outcome"] == "passed"
    said = gettext("决议 %(number)s 通过。", number=made["number"])
    flash(said if passed else gettext("%(number)s 未通过。", number=made["number"]), "done")
    return go(here(meeting_id, "agenda"))


@PAGES.post(f"{_PATH}/action-items")
@only(*RUNS)
def add_action_item(meeting_id: UUID) -> Response | tuple[str, int]:
    """Give somebody something to do."""
    found = call(meetings.get_meeting, {"meeting_id": str(meeting_id)})
    form = action_form(found, request.form)
    if submit(form, actions.add_action_item, meeting_id=str(meeting_id)) is None:
        return _page(meeting_id, action=form), 422
    flash(gettext("已交办，责任人会收到待办。"), "done")
    return go(here(meeting_id, "actions"))


def here(meeting_id: UUID | str, anchor: str | None = None) -> str:
    """Return the address of a meeting's page."""
    return url_for("portal.meeting", meeting_id=meeting_id, _anchor=anchor)


def _page(meeting_id: UUID, deciding: str | None = None, **forms: Form) -> str:
    found = call(meetings.get_meeting, {"meeting_id": str(meeting_id)})
    ref = {"meeting_id": str(meeting_id), "limit": 100}
    decided = part(decisions.list_meeting_decisions, ref)
    given = part(actions.list_action_items, {**ref, "show": "all"})
    shown = {
        "item": item_form(found, None), "document": document_form(found, None), "decision": decision_form(None),
        "action": action_form(found, None), **forms,
    }  # fmt: skip
    called = part(votes.list_meeting_votes, {"meeting_id": str(meeting_id)})
    people = names([*found["seats"], *found["items"], *given.items], "member_id", "presenter_id", "owner_id")
    return render_template(
        "portal/meetings/meeting.html", frame=frame(), home=back_home(), it=found,
        way=steps_of(MEETING_STAGES, found["state"], MEETING_STATES), names=people,
        decided={one["id"]: one for one in decided.items}, given=given, earlier=_earlier(found), forms=shown,
        deciding=deciding, votes=called, files={item["id"]: [] for item in found["items"]},
    )  # fmt: skip


def _earlier(found: dict[str, Any]) -> Any:
    """Return what the body's earlier meetings left to do, which a meeting begins with; for those who run it."""
    if "agenda" not in found["actions"]:
        return None
    asked = {"body_id": found["body_id"], "show": "open", "limit": 50}
    left = [one for one in part(actions.list_action_items, asked).items if one["meeting_id"] != found["id"]]
    return {"items": left, "people": names(left, "owner_id")}
