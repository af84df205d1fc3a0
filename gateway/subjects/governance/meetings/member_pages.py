"""Meetings for members: those with a seat, what one has to do, one's motions, and decisions that were published."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _l

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListPage
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import part
from services.contracts.governance.meetings import actions, decisions, meetings, motions

PAGES = PageTable()


@PAGES.get("/me/meetings")
@only("member")
def my_meetings() -> str:
    """Show one's own meetings, action items and motions."""
    return render_template(
        "portal/member/meetings.html",
        coming=part(meetings.list_meetings, {"mine": True, "limit": 20}),
        past=part(meetings.list_meetings, {"mine": True, "show": "past", "limit": 10}),
        given=part(actions.list_action_items, {"mine": True, "limit": 50}),
        moved=part(motions.list_motions, {"show": "all", "limit": 20}),
    )


PAGES.add_list(
    ListPage(
        "published_decisions", "/me/decisions", decisions.list_meeting_decisions, _l("会议决议"),
        columns=("title", "number", "body_name", "decided_on", Column("outcome", state=True)),
        roles=("member",),
        filters=(Field("q", hint=_l("编号或标题")),),
        lead=_l("工会公开的决议，和您参加的会议的决议。"),
        empty=_l("还没有公开的决议。"),
        icon="journal-check",
        back=("my_meetings", _l("会议与督办")),
        link="meeting_decision",
        argument="decision_id",
        layout="member",
    )
)  # fmt: skip
