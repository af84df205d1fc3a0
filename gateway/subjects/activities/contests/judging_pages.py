"""Judges' pages for the phone: what is to be judged, one sheet at a time, drafts, stepping aside, correcting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.formats import stamp
from gateway.portal.messages import explain
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import PASSED_ON, act, part
from gateway.rpc.calls import call
from gateway.subjects.activities.contests.sheet_form import posted_points, sheet_page
from services.chassis.clock import now
from services.chassis.errors import Problem
from services.contracts.activities.contests import judging as contract
from services.contracts.activities.contests.settings import get_contest

PAGES = PageTable()
_JUDGING = "/activities/<uuid:activity_id>/judging"


@PAGES.get(_JUDGING)
@only("member")
def judge_contest(activity_id: UUID) -> str:
    """Show a judge the entries to judge."""
    ref = {"activity_id": str(activity_id)}
    contest, work = call(get_contest, ref), call(contract.judging, ref)
    return render_template(
        "portal/member/judge_contest.html", contest=contest, work=work, people=names(work["items"], "member_id")
    )


@PAGES.route(f"{_JUDGING}/<uuid:entry_id>", methods=["GET", "POST"])
@only("member")
def judge_entry(activity_id: UUID, entry_id: UUID) -> str | Response | tuple[str, int]:
    """Show the sheet of one entry, or hand it in."""
    back = url_for("portal.judge_contest", activity_id=activity_id)
    return sheet_page(activity_id, entry_id, judge_id=None, back=back, layout="portal/member.html")


@PAGES.post(f"{_JUDGING}/<uuid:entry_id>/draft")
@only("member")
def save_sheet_draft(activity_id: UUID, entry_id: UUID) -> str:
    """Keep what was filled in so far, and say so; the same page is kept again and again, so it has no key."""
    contest = call(get_contest, {"activity_id": str(activity_id)})
    payload = {
        "activity_id": str(activity_id), "entry_id": str(entry_id), "points": posted_points(contest),
        "comment": request.form.get("comment", "").strip().replace("\r\n", "\n") or None,
    }  # fmt: skip
    try:
        call(contract.save_sheet, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        return gettext("草稿没有保存：%(why)s", why=explain(problem)["text"])
    return gettext("草稿已保存 %(at)s", at=stamp(now()))


@PAGES.post(f"{_JUDGING}/<uuid:entry_id>/aside")
@only("member")
def step_aside_as_judge(activity_id: UUID, entry_id: UUID) -> Response:
    """Say that one does not judge an entry."""
    payload = {
        "activity_id": str(activity_id),
        "entry_id": str(entry_id),
        "reason": request.form.get("reason", "").strip(),
    }
    then = url_for("portal.judge_contest", activity_id=activity_id)
    return act(contract.step_aside, payload, done=gettext("已申明回避。"), then=then)


@PAGES.get(f"{_JUDGING}/sheets")
@only("member")
def own_sheets(activity_id: UUID) -> str:
    """Show the sheets that a judge may see; the head corrects them here."""
    ref = {"activity_id": str(activity_id)}
    contest, work = call(get_contest, ref), call(contract.judging, ref)
    chosen = {"entry_id": entry_id} if (entry_id := _asked()) else {}
    sheets = part(contract.list_sheets, {**ref, **chosen, "limit": 100})
    return render_template(
        "portal/member/judge_sheets.html", contest=contest, head=work["head"], sheets=sheets, entries=work["items"],
        people=names([*sheets.items, *work["items"]], "entry_member_id", "judge_member_id", "member_id"),
        chosen=chosen.get("entry_id"),
    )  # fmt: skip


@PAGES.post(f"{_JUDGING}/sheets/<uuid:sheet_id>/correct")
@only("member")
def correct_contest_sheet(activity_id: UUID, sheet_id: UUID) -> Response:
    """Correct a sheet as the head judge."""
    contest = call(get_contest, {"activity_id": str(activity_id)})
    payload: dict[str, Any] = {
        "activity_id": str(activity_id), "sheet_id": str(sheet_id), "points": posted_points(contest),
        "reason": request.form.get("reason", "").strip(),
    }  # fmt: skip
    then = url_for("portal.own_sheets", activity_id=activity_id)
    return act(contract.correct_sheet, payload, done=gettext("评分表已更正，原来的评分留在记录里。"), then=then)


def _asked() -> str | None:
    try:
        return str(UUID(request.args.get("entry", "")))
    except ValueError:
        return None
