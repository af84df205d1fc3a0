"""Meetings in the console: the lists of meetings, motions, decisions and action items, and the bodies that meet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.look_ups import recent_years
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, OFFICE_ROLES, only, part_choices
from gateway.portal.service_calls import go, part, submit
from services.chassis.errors import NotFound
from services.contracts.governance.meetings import actions, bodies, decisions, meetings, motions

PAGES = PageTable()
_OFFICER = frozenset({"officer"})
_RUNS = frozenset({"officer", "chair"})


def body_choices() -> dict[str, str]:
    """Return the bodies in use by id."""
    return {one["id"]: one["name"] for one in part(bodies.list_meeting_bodies, {"active": True}).items}


_BODY = Field("body_id", choices=body_choices)

PAGES.add_list(
    ListPage(
        "meetings", "/console/meetings", meetings.list_meetings, _l("会议"),
        columns=(
            "title", "body_name", "starts_at", "place", Column("entitled", on_page=False),
            Column("present", on_page=False), Column("minutes_state", state=True), Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("q", hint=_l("会议标题")), "show", _BODY, "state", "minutes_state"),
        lead=_l("委员会、联席议事和分工会的会议：议题、议程、到会、决议、纪要、督办。"),
        empty=_l("没有符合条件的会议。"),
        icon="people",
        links=(
            PageLink("new_meeting", _l("筹备会议"), "plus-lg", _RUNS, first=True),
            PageLink("meeting_motions", _l("议题"), "card-checklist"),
            PageLink("meeting_decisions", _l("决议登记簿"), "journal-check"),
            PageLink("action_items", _l("督办事项"), "list-check"),
            PageLink("meeting_bodies", _l("会议组织"), "sliders", OFFICE_ROLES),
        ),
        link="meeting",
        argument="meeting_id",
        export=ListExport(personal=False),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "meeting_motions", "/console/meeting-motions", motions.list_motions, _l("议题"),
        columns=(
            "title", "body_name", Column("proposer_id", how="member"), "submitted_at", Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("q", hint=_l("议题标题")), "show", _BODY, "state"),
        lead=_l("默认列出还没有列入议程的议题；在会议页面把它列入议程。"),
        empty=_l("没有待安排的议题。"),
        icon="card-checklist",
        links=(PageLink("new_motion", _l("提出议题"), "plus-lg", _RUNS, first=True),),
        back=("meetings", _l("会议")),
        link="motion",
        argument="motion_id",
        export=ListExport(),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "meeting_decisions", "/console/meeting-decisions", decisions.list_meeting_decisions, _l("决议登记簿"),
        columns=(
            "number", "title", "body_name", "decided_on", "votes_for", "votes_against", "abstained",
            Column("vote_way", on_page=False), Column("outcome", state=True), Column("state", state=True),
            Column("published", optional=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("q", hint=_l("编号或标题")), _BODY, "outcome", "state",
            Field("year", choices=recent_years, control="select", blank=_l("全部")),
        ),
        lead=_l("编号按年连续，作废的编号不再使用；其他业务用编号引用决议。"),
        empty=_l("还没有决议。"),
        icon="journal-check",
        back=("meetings", _l("会议")),
        link="meeting_decision",
        argument="decision_id",
        export=ListExport(personal=False),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "action_items", "/console/action-items", actions.list_action_items, _l("督办事项"),
        columns=(
            "text", Column("owner_id", how="member"), "due_on", "percent", "meeting_title",
            Column("overdue", optional=True), Column("done_on", on_page=False), Column("state", state=True),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(Field("q", hint=_l("事项内容")), "show", _BODY, "state"),
        lead=_l("默认列出办理中的，快到期的在前；“已逾期”只看过了期限的。"),
        empty=_l("没有符合条件的督办事项。"),
        icon="list-check",
        back=("meetings", _l("会议")),
        link="action_item",
        argument="action_item_id",
        export=ListExport(),
    )
)  # fmt: skip

_TERMS = (
    Field("name", hint=_l("例如：工会委员会、女职工委员会、联席议事会。")), "kind",
    Field("unit_id", choices=part_choices, blank=_l("全校（只用于联席议事）"), required=False),
    Field("post_kinds", hint=_l("会议当天担任这些职务的人就是成员，有表决权。")), "chair_kind",
)  # fmt: skip


@PAGES.get("/console/meeting-bodies")
@only(*OFFICE_ROLES)
def meeting_bodies() -> str:
    """List the bodies that meet."""
    return render_template("portal/console/meeting_bodies.html", found=part(bodies.list_meeting_bodies))


@PAGES.route("/console/meeting-bodies/new", methods=["GET", "POST"])
@only("officer")
def new_meeting_body() -> str | Response | tuple[str, int]:
    """Add a body."""
    form = Form(bodies.AddBody, _TERMS, posted=request.form if request.method == "POST" else None)
    return _answer(form, bodies.add_meeting_body, gettext("新增会议组织"))


@PAGES.route("/console/meeting-bodies/<uuid:body_id>", methods=["GET", "POST"])
@only("officer")
def edit_meeting_body(body_id: UUID) -> str | Response | tuple[str, int]:
    """Change a body."""
    found = next((one for one in part(bodies.list_meeting_bodies).items if one["id"] == str(body_id)), None)
    if found is None:
        raise NotFound("There is no such body.")
    posted = request.form if request.method == "POST" else None
    form = Form(bodies.ChangeBody, (*_TERMS, "active"), values=found, posted=posted)
    return _answer(form, bodies.change_meeting_body, gettext("修改会议组织"), body_id=str(body_id))


def _answer(form: Form, operation: Any, title: str, **fixed: Any) -> str | Response | tuple[str, int]:
    if form.posted is not None and submit(form, operation, **fixed) is not None:
        flash(gettext("会议组织已保存。"), "done")
        return go(url_for("portal.meeting_bodies"))
    return form_page(form, title=title, back=url_for("portal.meeting_bodies"), words=gettext("会议组织"))
