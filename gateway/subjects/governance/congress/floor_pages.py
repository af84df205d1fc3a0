"""The floor of a session: what officers do with agenda, speakers and votes; the projector; the delegates' phones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import act
from gateway.rpc.calls import call
from gateway.subjects.governance.congress.naming import session_name
from gateway.subjects.governance.congress.session_pages import speakers_of
from services.chassis.errors import NotFound
from services.chassis.plain_text import whole_number
from services.chassis.schema import Operation
from services.contracts.governance.congress import floor as contract
from services.contracts.governance.congress import sessions

PAGES = PageTable()


def _text(name: str) -> str | None:
    return request.form.get(name, "").strip() or None


def _number(name: str) -> int | None:
    return request.form.get(name, type=whole_number)


_ACTS: dict[str, tuple[Operation, Any, Callable[[], dict[str, Any]]]] = {
    "add": (contract.add_agenda_item, _l("议题已加入议程。"), lambda: {
        "title": _text("title"), "agenda_kind": _text("agenda_kind"), "body": _text("body"),
        "presenter": _text("presenter"), "organ_id": _text("organ_id"),
    }),
    "move": (contract.move_agenda_item, _l("顺序已调整。"), lambda: {"position": _number("position")}),
    "remove": (contract.remove_agenda_item, _l("议题已删除。"), dict),
    "begin": (contract.begin_agenda_item, _l("议题已开始。"), dict),
    "finish": (contract.finish_agenda_item, _l("议题已完成。"), lambda: {"note": _text("note")}),
    "cite": (contract.cite_rating, _l("民主评议已关联。"), lambda: {"rating_id": _text("rating_id")}),
    "take": (contract.take_speakers, _l("发言登记已更改。"), lambda: {"taken": request.form.get("taken") == "1"}),
    "call": (contract.call_speaker, _l("请代表发言。"), dict),
    "end_speech": (contract.end_speech, _l("发言已结束。"), dict),
    "move_speaker": (contract.move_speaker, _l("顺序已调整。"), lambda: {"position": _number("position")}),
    "hands": (contract.record_hands, _l("举手表决已登记。"), lambda: {
        "body": _text("body"), "title": _text("title"), "votes_for": _number("votes_for"),
        "against": _number("against"), "abstained": _number("abstained"),
    }),
    "vote": (contract.put_to_vote, _l("表决已开始，请代表在手机上投票。"), lambda: {
        "body": _text("body"), "title": _text("title"),
    }),
    "count": (contract.count_vote, _l("表决已结束并计票。"), dict),
}  # fmt: skip
_REFS = ("item_id", "speaker_id", "resolution_id")


@PAGES.post("/console/sessions/<uuid:session_id>/floor/<what>")
@only("officer")
def act_on_floor(session_id: UUID, what: str) -> Response:
    """Carry out one act of the floor; the form says of which item, speaker or resolution."""
    if what not in _ACTS:
        raise NotFound("There is no such act.")
    operation, done, given = _ACTS[what]
    named = {name: request.form[name] for name in _REFS if name in request.form}
    if not named:
        named = {"session_id": str(session_id)}
    then = url_for("portal.session", session_id=session_id)
    return act(operation, {**named, **given()}, done=str(done), then=then)


@PAGES.get("/sessions/<uuid:session_id>/screen")
@only("officer", "auditor", "chair", "member")
def session_screen(session_id: UUID) -> str:
    """Show a session on a projector; alone the part that changes, for a page that is open."""
    return _shown(session_id, "portal/parts/session_screen.html", "portal/member/session_screen.html")


@PAGES.get("/sessions/<uuid:session_id>")
@only("member")
def own_session(session_id: UUID) -> str:
    """Show a session on the phone; alone the part that changes, for a page that is open."""
    return _shown(session_id, "portal/parts/session_phone.html", "portal/member/session.html")


@PAGES.post("/sessions/<uuid:session_id>/speak")
@only("member")
def ask_to_speak(session_id: UUID) -> Response:
    """Ask to speak on the item that is dealt with."""
    payload, then = {"item_id": request.form.get("item_id", "")}, url_for("portal.own_session", session_id=session_id)
    return act(contract.ask_to_speak, payload, done=gettext("已登记发言。"), then=then)


@PAGES.post("/sessions/<uuid:session_id>/withdraw")
@only("member")
def withdraw_speech(session_id: UUID) -> Response:
    """Take one's own wish to speak back."""
    payload = {"speaker_id": request.form.get("speaker_id", "")}
    then = url_for("portal.own_session", session_id=session_id)
    return act(contract.withdraw_speech, payload, done=gettext("已取消发言。"), then=then)


def _shown(session_id: UUID, changing: str, whole: str) -> str:
    found = call(sessions.get_session, {"session_id": str(session_id)})
    template = changing if request.headers.get("HX-Request") else whole
    current = next((one for one in found["agenda"] if one["state"] == "open"), None)
    following = next((one for one in found["agenda"] if one["state"] == "planned"), None)
    return render_template(
        template,
        it=found,
        name=session_name(found),
        people=speakers_of(found),
        current=current,
        following=following,
        member_id=str(signed_in().member_id),
    )
