"""Seats in between: one held while the form is filled in, one handed to a colleague who brings a code and agrees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, act, go, send, tell
from gateway.read_models import registrations
from gateway.rpc.calls import call
from gateway.subjects.activities.activities.member_pages import chosen_in
from gateway.subjects.activities.activities.question_fields import answers_form, answers_in, conditions
from services.chassis.errors import Problem
from services.chassis.process.settings import settings
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.questions.operations import get_questions
from services.contracts.activities.registration.decisions import offer_hand_over, take_over, withdraw_hand_over
from services.contracts.activities.registration.holds import hold_seat, release_hold

PAGES = PageTable()


@PAGES.post("/activities/<uuid:activity_id>/hold")
@only("member")
def hold_own_seat(activity_id: UUID) -> Response:
    """Hold a seat while the form is filled in; with another choice hold that instead."""
    then = url_for("portal.activity", activity_id=activity_id)
    payload = {"activity_id": str(activity_id), **(chosen_in(request.form) or {})}
    return act(hold_seat, payload, done=None, then=then)


@PAGES.post("/activities/<uuid:activity_id>/hold/release")
@only("member")
def release_own_hold(activity_id: UUID) -> Response:
    """Give the held seat back."""
    then = url_for("portal.activity", activity_id=activity_id)
    return act(release_hold, {"activity_id": str(activity_id)}, done=gettext("已放弃保留的名额。"), then=then)


@PAGES.post("/activities/<uuid:activity_id>/hand-over")
@only("member")
def hand_over_seat(activity_id: UUID) -> str | Response:
    """Show the code and the link for a colleague, once."""
    then = url_for("portal.activity", activity_id=activity_id)
    try:
        reply = send(offer_hand_over, {"activity_id": str(activity_id)})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(then)
    root = settings().public_url or request.host_url.rstrip("/")
    link = f"{root}{url_for('portal.accept_seat', activity_id=activity_id)}?code={reply['code']}"
    activity = call(get_activity, {"activity_id": str(activity_id)})
    return render_template("portal/member/hand_over.html", activity=activity, told=reply, link=link)


@PAGES.post("/activities/<uuid:activity_id>/hand-over/withdraw")
@only("member")
def take_hand_over_back(activity_id: UUID) -> Response:
    """Make the code invalid."""
    then = url_for("portal.activity", activity_id=activity_id)
    return act(withdraw_hand_over, {"activity_id": str(activity_id)}, done=gettext("已撤回，转让码作废。"), then=then)


@PAGES.route("/activities/<uuid:activity_id>/take-over", methods=["GET", "POST"])
@only("member")
def accept_seat(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Agree to take over a colleague's seat, with one's own answers."""
    named = {"activity_id": str(activity_id)}
    activity, questions = call(get_activity, named), call(get_questions, named)["questions"]
    posted = request.form if request.method == "POST" else None
    form = answers_form(questions, posted=posted)
    if posted is not None:
        payload: dict[str, Any] = {**named, "code": posted.get("code", "").strip(), "answers": answers_in(form)}
        try:
            reply = send(take_over, payload)
        except PASSED_ON:
            raise
        except Problem as problem:
            form.take(problem)
        else:
            registrations.remember(reply)
            flash(gettext("名额已归您，请准时参加。"), "done")
            return go(url_for("portal.activity", activity_id=activity_id))
    page = {"activity": activity, "questions": questions, "form": form, "conditions": conditions(questions)}
    text = render_template("portal/member/take_over.html", **page, code=request.values.get("code", ""))
    return text if form.problem is None else (text, 422)
