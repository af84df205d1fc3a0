"""Votes of a meeting: an item is put to the vote, the vote is opened, counted or cancelled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.meetings.meeting_pages import RUNS, here
from services.chassis.errors import NotFound
from services.contracts.governance.meetings import meetings, motions, votes

PAGES = PageTable()
_PATH = "/meetings/<uuid:meeting_id>"
_STEPS = {
    "open": (votes.open_meeting_vote, _l("表决已开始。")),
    "count": (votes.count_meeting_vote, None),
}


@PAGES.route(f"{_PATH}/items/<uuid:item_id>/vote", methods=["GET", "POST"])
@only(*RUNS)
def put_item_to_vote(meeting_id: UUID, item_id: UUID) -> str | Response | tuple[str, int]:
    """Put an item to the vote of the members who are there."""
    found = call(meetings.get_meeting, {"meeting_id": str(meeting_id)})
    item = next((one for one in found["items"] if one["id"] == str(item_id)), None)
    if item is None:
        raise NotFound("There is no such item.", field="item_id")
    posted = request.form if request.method == "POST" else None
    form = Form(votes.PutItemToVote, _fields(found), values=_first(item) if posted is None else None, posted=posted)
    ref = {"meeting_id": str(meeting_id), "item_id": str(item_id)}
    made = submit(form, votes.put_item_to_vote, filled={**form.payload(), **ref}) if posted is not None else None
    if made is None:
        lead = gettext("到会成员在自己的手机上投票；名册随即固定，迟到的签到后也能投。结束后票数和结果直接成为决议。")
        return form_page(
            form, title=gettext("发起表决"), back=here(meeting_id, "agenda"), words=found["title"], lead=lead,
            button=gettext("发起表决"),
        )  # fmt: skip
    done = gettext("表决已开始，到会成员会收到待办。")
    flash(done if made["ballot_state"] != "prepared" else gettext("已通知监票人登记密钥，齐了就可以开始。"), "done")
    return go(here(meeting_id, "agenda"))


@PAGES.post(f"{_PATH}/votes/<uuid:ballot_id>/<any(open, count):what>")
@only(*RUNS)
def move_meeting_vote(meeting_id: UUID, ballot_id: UUID, what: str) -> Response:
    """Open a secret vote, or end a vote and record what it decided."""
    operation, done = _STEPS[what]
    ref = {"meeting_id": str(meeting_id), "ballot_id": str(ballot_id)}
    return act(operation, ref, done=str(done) if done else _counted, then=here(meeting_id, "agenda"))


@PAGES.post(f"{_PATH}/votes/<uuid:ballot_id>/cancel")
@only(*RUNS)
def cancel_meeting_vote(meeting_id: UUID, ballot_id: UUID) -> Response:
    """Cancel a vote that goes on."""
    ref = {"meeting_id": str(meeting_id), "ballot_id": str(ballot_id)}
    payload = {**ref, "reason": request.form.get("reason", "").strip()}
    done = gettext("表决已取消，可以重新发起。")
    return act(votes.cancel_meeting_vote, payload, done=done, then=here(meeting_id, "agenda"))


def _counted(reply: dict[str, Any]) -> str:
    if reply["state"] == "invalid":
        return gettext("参加表决的人数不足，没有形成决议，可以重新发起。")
    if reply["ballot_state"] == "counting":
        return gettext("投票已结束；监票人交出份额、开票以后，决议自动登记。")
    return gettext("表决已结束，结果见议程。")


def _first(item: dict[str, Any]) -> dict[str, Any]:
    """Return what the form begins with: the title of the item, the text of its motion."""
    found = part(motions.get_motion, {"motion_id": item["motion_id"]}).data if item["motion_id"] else None
    return {"title": item["title"], "text": found["text"] if found else "", "shares_needed": 2}


def _fields(found: dict[str, Any]) -> tuple[Field | str, ...]:
    known = names(found["seats"], "member_id")
    people = {seat["member_id"]: known.get(seat["member_id"], "—") for seat in found["seats"]}
    return (
        Field("title", wide=True),
        Field("text", control="textarea", hint=_l("表决通过后就是决议的内容；投票人在会议页面上能看到。")),
        Field("secrecy", hint=_l("无记名投票有最少人数，还要先由监票人登记密钥。")),
        Field(
            "scrutineers", control="checks", choices=people, required=False, hint=_l("只有无记名投票需要，至少两人。")
        ),
        Field("shares_needed", required=False, hint=_l("只有无记名投票需要：几位监票人一起才能开票。")),
    )
