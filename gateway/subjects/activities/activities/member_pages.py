"""Members' pages of activities: the list, one activity with its seats, registering and cancelling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.page_cache import render_shared
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import PASSED_ON, Part, act, carry_out, go, part, send, tell
from gateway.read_models import activities as activities_view
from gateway.read_models import registrations, viewer_summary
from gateway.rpc.activity_checks import look_at
from gateway.rpc.caching import Stamped, stamped
from gateway.rpc.calls import call
from gateway.rpc.registration_batches import register_member
from gateway.subjects.activities.activities.question_fields import (
    Questions,
    answers_form,
    answers_in,
    conditions,
    is_posted,
)
from services.chassis.clock import now
from services.chassis.errors import InvalidInput, NotFound, Problem, Unavailable
from services.chassis.plain_text import whole_number
from services.contracts.activities.calendar.operations import get_activity, list_activities
from services.contracts.activities.opening import remind_me
from services.contracts.activities.questions.operations import get_questions
from services.contracts.activities.registration.operations import answer_offer, cancel_registration, check_registration

PAGES = PageTable()

SHOW = {"upcoming": _l("将要举办"), "open": _l("正在报名"), "past": _l("已经结束"), "cancelled": _l("已取消")}


def view_filters(values: dict[str, str]) -> dict[str, Any]:
    """Return the filters of the view of activities from the filters of the page."""
    found: dict[str, Any] = {"q": values.get("q"), "kind": values.get("kind")}
    show = values.get("show", "upcoming")
    if show == "upcoming":
        found |= {"starts_from": _this_minute(), "state": "scheduled"}
    elif show == "open":
        found |= {"registration_open": True}
    elif show == "past":
        found |= {"starts_to": _this_minute(), "sort": "-starts_at"}
    else:
        found |= {"state": "cancelled", "sort": "-starts_at"}
    return found


def _this_minute() -> datetime:
    """The present time without seconds, so that readers within a minute share the same page."""
    return now().replace(second=0, microsecond=0)


def _page(filters: Mapping[str, Any]) -> Stamped:
    return activities_view.remembered(("page", *filters.items()), lambda: stamped(activities_view.page(filters)))


def _registered(shown: Shown) -> dict[str, Any]:
    """Return what the reader registered for, of the activities on the page."""
    upcoming = shown.values.get("show", "upcoming") in ("upcoming", "open")
    return {"mine": _mine({item["id"] for item in shown.found.items}, upcoming)}


ACTIVITIES = PAGES.add_list(
    ListPage(
        "activities", "/activities", list_activities, _l("活动"),
        columns=(),
        roles=(),
        filters=(Field("q", control="search"), Field("show", _l("范围"), "select", choices=SHOW), "kind"),
        empty=_l("没有符合条件的活动。"),
        icon="calendar-event",
        payload=view_filters,
        read=_page,
        more=_registered,
        template="portal/member/activities.html",
        layout="member",
        shared=True,
    )
)  # fmt: skip


def _mine(activity_ids: set[str], upcoming: bool) -> dict[str, str]:
    """Return the reader's registrations for the activities on the page."""
    account = signed_in()
    if not account.member_id or not activity_ids:
        return {}
    known = viewer_summary.of(account)["registrations"] if upcoming else registrations.of(account.member_id)
    standing = registrations.in_force_after_own(str(account.member_id), known)
    return {item["activity_id"]: item["state"] for item in standing if item["activity_id"] in activity_ids}


def shown_activity(activity_id: UUID) -> Part:
    """Return the present state of one activity; from the view while its service is away."""
    exact = part(get_activity, {"activity_id": str(activity_id)})
    return exact if exact.problem is None else _from_view(activity_id, exact.problem)


def _from_view(activity_id: UUID, problem: Problem) -> Part:
    try:
        return Part(data=activities_view.get(activity_id), problem=problem)
    except NotFound:
        raise problem from None


@PAGES.get("/activities/<uuid:activity_id>")
@only()
def activity(activity_id: UUID) -> str:
    """Show one activity: what, where, when, seats, and whether the reader may register, or why not."""
    told = _looked_at(activity_id)
    own = {"clock": now().isoformat()}
    return render_shared("portal/member/activity.html", told, more=lambda: _asked(told["questions"]), own=own)


def _asked(questions: Questions, form: Form | None = None) -> dict[str, Any]:
    """Return what the page needs to ask questions."""
    return {"answers": form or answers_form(questions), "conditions": conditions(questions)}


def _looked_at(activity_id: UUID) -> dict[str, Any]:
    """Return what the page shows: the activity, what the reader may do, what is chosen and asked.

    A draft is shown to its organisers only.
    """
    member_id = signed_in().member_id
    if member_id is None or not current_principal().has("member"):
        return _told(shown_activity(activity_id), Part())
    try:
        activity, check, form, questions = look_at(activity_id, member_id)
    except NotFound:
        named = {"activity_id": str(activity_id)}
        return _told(shown_activity(activity_id), part(check_registration, named))
    except Unavailable as problem:
        return _told(_from_view(activity_id, problem), Part(problem=problem))
    seen = {name: value for name, value in check.items() if name != "member_id"}
    return _told(Part(data=activity), Part(data=seen)) | {"form": form, "questions": questions}


def _told(exact: Part, check: Part) -> dict[str, Any]:
    member_id = signed_in().member_id
    own = registrations.mine(member_id, exact.data["id"]) if member_id and check.data is None else None
    nothing: dict[str, Any] = {"form": None, "questions": []}
    return {"activity": exact.data, "exact": exact, "check": check, "registered": own, **nothing}


@PAGES.get("/activities/<uuid:activity_id>/seats")
@only()
def seats(activity_id: UUID) -> str:
    """Return only the bar of seats, which the page reloads every few seconds."""
    return render_template("portal/member/seats.html", activity=activities_view.get(activity_id))


@PAGES.post("/activities/<uuid:activity_id>/register")
@only("member")
def register(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Register oneself: a seat, or a place on the waiting list. Answers that do not fit are asked for again."""
    then, choice = url_for("portal.activity", activity_id=activity_id), chosen_in(request.form)
    if not is_posted(request.form):
        return carry_out(lambda: register_member(activity_id, choice=choice), done=_outcome, then=then)
    questions = call(get_questions, {"activity_id": str(activity_id)})["questions"]
    form = answers_form(questions, posted=request.form)
    filled = {**(choice or {}), "answers": answers_in(form)}
    try:
        reply = register_member(activity_id, choice=filled)
    except InvalidInput as problem:
        form.take(problem)
        page = {**_looked_at(activity_id), **_asked(questions, form), "chosen_before": choice or {}}
        page["clock"] = now().isoformat()
        return render_template("portal/member/activity.html", **page), 422
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(then)
    flash(_outcome(reply), "done")
    return go(then)


def chosen_in(posted: MultiDict[str, str]) -> dict[str, Any] | None:
    """Return what was chosen; groups with one answer have a name of their own each."""
    given = [value for name, value in posted.items(multi=True) if name.partition(".")[0] == "option"]
    companions = posted.get("companions", type=whole_number)
    options = [number for number in map(whole_number, given) if number is not None]
    return {"companions": companions or 0, "options": sorted(options)} if companions or options else None


def _outcome(reply: dict[str, Any]) -> str:
    if reply["state"] == "waitlisted":
        return gettext("名额已满，您排在候补第 %(position)s 位，有人退出会自动递补。", position=reply["position"])
    if reply["state"] == "pending":
        return gettext("申请已提交，主办方审核后通知您。")
    return gettext("您此前已经报名。") if reply["already"] else gettext("报名成功。")


@PAGES.post("/activities/<uuid:activity_id>/reminder")
@only("member")
def remind_of_opening(activity_id: UUID) -> Response:
    """Ask to be told when registration opens, or not any more."""
    wanted = request.form.get("wanted") == "yes"
    done = gettext("报名开始时会通知您。") if wanted else gettext("不再提醒。")
    payload = {"activity_id": str(activity_id), "wanted": wanted}
    return act(remind_me, payload, done=done, then=url_for("portal.activity", activity_id=activity_id))


@PAGES.post("/activities/<uuid:activity_id>/offer")
@only("member")
def answer_seat_offer(activity_id: UUID) -> Response:
    """Take the seat that is offered, or leave it to the next who waits."""
    accept = request.form.get("accept") == "yes"
    payload = {"activity_id": str(activity_id), "accept": accept}
    return carry_out(
        lambda: registrations.remember_answer(send(answer_offer, payload)),
        done=gettext("已确认，请准时参加。") if accept else gettext("已放弃，名额转给下一位候补的会员。"),
        then=url_for("portal.activity", activity_id=activity_id),
    )


@PAGES.post("/activities/<uuid:activity_id>/cancel-registration")
@only("member")
def cancel_own_registration(activity_id: UUID) -> Response:
    """Cancel the own registration."""
    payload = {"activity_id": str(activity_id)}
    return carry_out(
        lambda: registrations.remember_cancelled(send(cancel_registration, payload)),
        done=gettext("报名已取消，名额已让给候补的会员。"),
        then=url_for("portal.activity", activity_id=activity_id),
    )
