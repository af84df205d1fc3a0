"""Meetings: bodies, motions, agendas, attendance, minutes, decisions, action items."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Subject, TodoDetails, TodoKind, each
from gateway.subjects.governance.meetings import (
    api,
    finding,
    guest_pages,
    meeting_pages,
    member_pages,
    minutes_pages,
    one_pages,
    pages,
    projections,
    rule_messages,
    vote_pages,
)
from services.contracts.governance.meetings import events
from services.contracts.governance.meetings.actions import ACTION_STEPS, list_action_items
from services.contracts.governance.meetings.meetings import list_meetings
from services.contracts.governance.meetings.motions import list_motions
from services.contracts.governance.meetings.vocabulary import MEETING_STEPS, MEETING_VOTE_STEPS, MOTION_STEPS

_SHARED = (
    "meeting",
    "edit_meeting",
    "new_meeting",
    "minutes",
    "motion",
    "new_motion",
    "meeting_decision",
    "action_item",
    "put_item_to_vote",
)
_LISTS = ("meeting_motions", "meeting_decisions", "action_items", "meeting_bodies", "new_meeting_body",
          "edit_meeting_body", "new_guest")  # fmt: skip


def _what_became(params: Mapping[str, Any]) -> str | None:
    return {
        "submitted": gettext("您的议题重新等待安排"),
        "placed": gettext("您的议题已列入议程"),
        "declined": gettext("您的议题未被采纳，请看原因"),
        "withdrawn": gettext("您的议题已撤回"),
        "passed": gettext("您的议题已通过"),
        "rejected": gettext("您的议题未通过"),
        "postponed": gettext("您的议题暂缓再议"),
    }.get(str(params.get("state")))


SUBJECT = Subject(
    "meetings",
    __doc__,
    rules=rule_messages.RULES,
    steps={
        "meeting": MEETING_STEPS, "meeting_motion": MOTION_STEPS, "meeting_vote": MEETING_VOTE_STEPS,
        "action_item": ACTION_STEPS,
    },
    routes=api.ROUTES,
    pages=(
        pages.PAGES, meeting_pages.PAGES, guest_pages.PAGES, minutes_pages.PAGES, one_pages.PAGES, member_pages.PAGES,
        vote_pages.PAGES,
    ),
    menu=(
        MenuItem("meetings", _l("会议"), "people", "democracy", CONSOLE_ROLES, also=(*_SHARED, *_LISTS)),
        MenuItem("my_meetings", _l("会议与督办"), "people", "own_benefits", also=(*_SHARED, "published_decisions")),
    ),
    todos={
        "motion_to_place": TodoKind(
            "card-checklist",
            "motion",
            "/governance/motions/{}",
            "motion_id",
            notice=NoticeText(_l("有新的议题，请列入议程或答复提出人。")),
            roles=frozenset({"officer", "chair"}),
            details=TodoDetails(list_motions, facts=lambda one: (one["title"], one["body_name"]), asks={"show": "all"}),
        ),
        "minutes_to_approve": TodoKind(
            "journal-check",
            "minutes",
            "/governance/meetings/{}/minutes",
            "meeting_id",
            notice=NoticeText(_l("会议纪要已送审，请审签或退回修改。")),
            roles=frozenset({"officer", "member"}),
            details=TodoDetails(list_meetings, facts=lambda one: (one["title"],), asks={"show": "all"}),
        ),
        "action_item": TodoKind(
            "list-check",
            "action_item",
            "/governance/action-items/{}",
            "action_item_id",
            notice=NoticeText(_l("会议交办的事项由您负责，请在期限前办结并写明结果。")),
            roles=frozenset({"member"}),
            details=TodoDetails(list_action_items, facts=lambda one: (one["text"],), asks={"show": "all"}),
        ),
    },
    news={
        "meeting_convened": NewsKind(
            _l("请您参加会议"), "people", "meeting", "meeting_id",
            notice=NoticeText(_l("请在“会议与督办”里查看时间、议程和材料，不能参加请先请假。")),
        ),
        "meeting_moved": NewsKind(
            _l("会议改了时间或地点"), "calendar-event", "meeting", "meeting_id",
            notice=NoticeText(_l("请在“会议与督办”里查看新的安排。")),
        ),
        "meeting_cancelled": NewsKind(
            _l("会议取消"), "calendar-event", "meeting", "meeting_id",
            notice=NoticeText(_l("原定的会议不再举行。")),
        ),
        "minutes_approved": NewsKind(
            _l("会议纪要已审签"), "journal-check", "minutes", "meeting_id",
            notice=NoticeText(_l("请在“会议与督办”里查看纪要和决议。")),
        ),
        "motion_moved": NewsKind(
            _l("您的议题有进展"), "card-checklist", "motion", "motion_id", shade=_what_became,
            notice=NoticeText(_l("请在“会议与督办”里查看详情。")),
        ),
    },
    reactions=(
        *each(projections.on_motion, events.MotionSubmitted, events.MotionMoved),
        *each(projections.on_meeting, events.MeetingConvened, events.MeetingMoved, events.MeetingCancelled),
        *each(projections.on_minutes, events.MinutesCirculated, events.MinutesReturned, events.MinutesApproved),
        *each(projections.on_assigned, events.ActionItemAssigned),
        *each(projections.on_due, events.ActionItemDue),
        *each(projections.on_closed, events.ActionItemClosed),
    ),
    search=(
        SearchKind(
            "meeting_decision", _l("会议决议"), "journal-check", "/governance/decisions/{id}", finding.shown,
            find=finding.find,
        ),
    ),
    help=Help(
        _l("会议"),
        _l("委员会、联席议事和分工会的会议，从议题到督办办结，每一步留下记录。"),
        (
            _l("校工会设定会议组织：由哪些职务组成、由谁主持；会议当天任职的人就是成员，通知发出后名单不变。"),
            _l("校工会干部、分工会主席和成员提出议题；主持人、记录人排议程、传材料、发通知。"),
            _l("到会成员达到规定人数才能开会和表决；列席的不计入。决议编号登记，写明票数和依据的规则。"),
            _l("纪要每次保存都留一稿；两个人同时改，后保存的人会看到两个版本。写的人不能自己审签。"),
            _l("督办事项由一个人负责、有一个期限；到期前和逾期后各提醒一次。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
