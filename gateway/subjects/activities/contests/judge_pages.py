"""Judges in the console: naming, taking out, stepping aside for them, entering paper sheets of guests."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, go, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.contests.naming import groups_of
from gateway.subjects.activities.contests.sheet_form import sheet_page
from services.contracts.activities.contests import judging as contract
from services.contracts.activities.contests.settings import get_contest

PAGES = PageTable()
_JUDGES = "/console/activities/<uuid:activity_id>/contest/judges"


@PAGES.route(f"{_JUDGES}/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_contest_judge(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Name a judge: a member who is searched for, or somebody from outside."""
    found, sought = call(get_contest, {"activity_id": str(activity_id)}), sought_member(optional=True)
    fields = (
        Field("member_id", control="select", choices=sought.choices, blank=_l("校外评委")),
        Field("name", hint=_l("校外评委填姓名，用纸质评分表，由主办方代录；会员评委不填。")),
        Field("groups", control="checks", choices=groups_of),
        Field("head", hint=_l("组长可以更正评分表，每场比赛一位。")),
    )
    posted = request.form if request.method == "POST" else None
    every = [str(one["number"]) for one in found["groups"]]
    form = Form(contract.AddJudge, fields, values={"groups": every}, posted=posted)
    if posted is not None:
        filled = form.payload()
        filled["groups"] = [int(one) for one in filled["groups"] if one.isdecimal() and len(one) < 6]
        if submit(form, contract.add_judge, filled=filled, activity_id=str(activity_id)) is not None:
            flash(gettext("评委已聘请。"), "done")
            return go(_here(activity_id))
    return form_page(
        form, title=gettext("聘请评委"), back=_here(activity_id), words=found["title"], sought=sought,
        button=gettext("聘请"),
    )  # fmt: skip


@PAGES.post(f"{_JUDGES}/<uuid:judge_id>/remove")
@only("officer", "chair")
def remove_contest_judge(activity_id: UUID, judge_id: UUID) -> Response:
    """Take a judge out."""
    payload = {"activity_id": str(activity_id), "judge_id": str(judge_id)}
    return act(contract.remove_judge, payload, done=gettext("评委已撤下。"), then=_here(activity_id))


@PAGES.post(f"{_JUDGES}/<uuid:judge_id>/aside")
@only("officer", "chair")
def let_judge_step_aside(activity_id: UUID, judge_id: UUID) -> Response:
    """Say for a judge that an entry is not judged."""
    payload = {
        "activity_id": str(activity_id), "judge_id": str(judge_id), "entry_id": request.form.get("entry_id", ""),
        "reason": request.form.get("reason", "").strip(),
    }  # fmt: skip
    return act(contract.step_aside, payload, done=gettext("已登记回避。"), then=_here(activity_id))


@PAGES.get(f"{_JUDGES}/<uuid:judge_id>/sheets")
@only("officer", "chair")
def paper_sheets(activity_id: UUID, judge_id: UUID) -> str:
    """Show the entries whose paper sheets of a guest are to be entered."""
    ref = {"activity_id": str(activity_id)}
    contest, work = call(get_contest, ref), call(contract.judging, {**ref, "judge_id": str(judge_id)})
    return render_template(
        "portal/console/paper_sheets.html", contest=contest, work=work, people=names(work["items"], "member_id"),
        judge_id=str(judge_id),
    )  # fmt: skip


@PAGES.route(f"{_JUDGES}/<uuid:judge_id>/sheets/<uuid:entry_id>", methods=["GET", "POST"])
@only("officer", "chair")
def paper_sheet(activity_id: UUID, judge_id: UUID, entry_id: UUID) -> str | Response | tuple[str, int]:
    """Enter a paper sheet of a guest."""
    back = url_for("portal.paper_sheets", activity_id=activity_id, judge_id=judge_id)
    return sheet_page(activity_id, entry_id, judge_id=judge_id, back=back, layout="portal/console.html")


def _here(activity_id: UUID) -> str:
    return url_for("portal.console_contest", activity_id=activity_id)
