"""Decisions of organisers on registrations: those that wait for approval, many at once, and priorities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.formats import title_of
from gateway.portal.list_pages import Batch, ListPage, Shown
from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import PASSED_ON, act, ask_again, go, send, tell
from gateway.rpc.calls import call
from gateway.subjects.activities.activities.question_fields import answer_words
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.questions.operations import list_answers
from services.contracts.activities.registration.decisions import (
    HIGHEST_PRIORITY,
    approve_registrations,
    refuse_registrations,
    set_priority,
)
from services.contracts.activities.registration.operations import LARGEST_BATCH

PAGES = PageTable()
_STEPS = {"approve": approve_registrations, "refuse": refuse_registrations}


def _beside(shown: Shown) -> dict[str, Any]:
    back = url_for("portal.console_activity", activity_id=shown.named["activity_id"]), title_of(shown.about)
    return {"back": back, "lead": title_of(shown.about), "answer_words": answer_words}


PAGES.add_list(
    ListPage(
        "pending_registrations", "/console/activities/<uuid:activity_id>/pending", list_answers, _l("待审核的报名"),
        columns=("member_id", "unit_id", "registered_at", Column("answers", macro="answers")),
        roles=("officer", "chair"),
        empty=_l("没有等待审核的报名。"),
        icon="clipboard-check",
        about=get_activity,
        payload=lambda values: {**values, "state": "pending"},
        more=_beside,
        template="portal/console/pending_registrations.html",
        macros="portal/parts/answers.html",
        batch=Batch(
            "decide_registrations", "registration_ids", _l("批准勾选的报名"), frozenset({"officer", "chair"}),
            key="registration_id", keeps=("activity_id",),
        ),
    )
)  # fmt: skip


@PAGES.post("/console/activities/pending/decide")
@only("officer", "chair")
def decide_registrations() -> str | Response:
    """Say how many would be approved or refused; once that is confirmed, do it."""
    activity_id = request.form.get("activity_id", "")
    here = url_for("portal.pending_registrations", activity_id=UUID(activity_id))
    ticked = list(dict.fromkeys(request.form.getlist("registration_ids")))[:LARGEST_BATCH]
    step = "refuse" if request.form.get("as") == "refuse" else "approve"
    if not ticked:
        ask_again(gettext("请先勾选报名。"))
        return go(here)
    if "confirmed" not in request.form:
        return _asked(activity_id, ticked, step, here)
    reason = {"reason": request.form.get("reason", "").strip()} if step == "refuse" else {}
    try:
        reply = send(_STEPS[step], {"activity_id": activity_id, "registration_ids": ticked, **reason})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(here)
    flash(_outcome(reply["items"], step), "done")
    return go(here)


def _asked(activity_id: str, ticked: list[str], step: str, here: str) -> str:
    activity = call(get_activity, {"activity_id": activity_id})
    waiting = call(list_answers, {"activity_id": activity_id, "state": "pending", "limit": 100})["items"]
    chosen = [one for one in waiting if one["registration_id"] in ticked]
    people = names(chosen, "member_id")
    page = {
        "activity": activity, "ticked": ticked, "step": step, "back_address": here,
        "people": [people.get(one["member_id"], gettext("会员")) for one in chosen],
    }  # fmt: skip
    return render_template("portal/console/decide_registrations.html", **page)


def _outcome(items: list[Mapping[str, Any]], step: str) -> str:
    """Return what became of the registrations: how many have a seat, wait, were refused, stay and why."""
    counts = {state: sum(one["state"] == state for one in items) for state in ("confirmed", "waitlisted", "pending")}
    if step == "refuse":
        return gettext("未批准 %(count)s 人，已告知原因。", count=len(items))
    told = [
        gettext("已批准 %(count)s 人", count=counts["confirmed"]),
        gettext("进候补 %(count)s 人", count=counts["waitlisted"]) if counts["waitlisted"] else "",
    ]
    stays = next((one for one in items if one["rule"]), None)
    if stays is not None:
        why = say_rule(stays["rule"], stays["params"])
        told.append(gettext("仍待审核 %(count)s 人：%(why)s", count=counts["pending"], why=why))
    return gettext("，").join(one for one in told if one)


@PAGES.post("/console/activities/<uuid:activity_id>/registrations/<uuid:member_id>/priority")
@only("officer", "chair")
def set_registration_priority(activity_id: UUID, member_id: UUID) -> Response:
    """Let a member wait before others, with the reason."""
    payload = {
        "activity_id": str(activity_id),
        "member_id": str(member_id),
        "priority": min(request.form.get("priority", type=whole_number) or 0, HIGHEST_PRIORITY),
        "reason": request.form.get("reason", "").strip(),
    }
    then = url_for("portal.console_activity", activity_id=activity_id)
    return act(set_priority, payload, done=gettext("优先级已设置，会员能看到原因。"), then=then)
