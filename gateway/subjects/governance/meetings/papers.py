"""The minutes of a meeting as a PDF with agenda, attendance, decisions and action items; the meeting for a calendar."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from icalendar import Calendar, Event

from gateway.identity.current import current_principal
from gateway.jobs.sheets import paper
from gateway.pdf.printing import printed
from gateway.portal.formats import moment, plain_day
from gateway.portal.people import names
from gateway.portal.words import words
from gateway.read_models import gatherings
from gateway.rpc.calls import call
from services.contracts.governance.meetings import actions, decisions, meetings, minutes

_MOST = 100


def minutes_paper_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the minutes as a PDF, to who may read them.

    Raises:
        NotFound: there is no such meeting.
        NotAllowed: the reader has no seat in it, or the minutes are a draft.
    """
    ref = {"meeting_id": payload["meeting_id"]}
    written, meeting = call(minutes.get_minutes, ref), call(meetings.get_meeting, ref)
    decided = call(decisions.list_meeting_decisions, {**ref, "limit": _MOST})["items"]
    given = call(actions.list_action_items, {**ref, "show": "all", "limit": _MOST})["items"]
    people = names([*meeting["seats"], *given, written], "member_id", "owner_id", "approved_by")
    title = gettext("%(body)s会议纪要", body=meeting["body_name"])
    blocks = [
        *_head(meeting, people), ("heading", gettext("纪要")), *_paragraphs(written["text"]),
        *_decided(decided), *_given(given, people), ("text", _signed(written, people)),
    ]  # fmt: skip
    subtitle = f"{meeting['title']}　{moment(meeting['starts_at'])}　{meeting['place']}"
    return paper(f"{meeting['title']}-纪要.pdf", printed("document", title, subtitle, blocks))


def calendar_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return a meeting as an iCalendar file (RFC 5545), to who sees it."""
    meeting = call(meetings.get_meeting, {"meeting_id": payload["meeting_id"]})
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Gonghui//Gonghui//ZH")
    calendar.add("version", "2.0")
    event.add("uid", f"meeting-{meeting['id']}@gonghui")
    sequence, changed_at = gatherings.change_of(current_principal().member_id, UUID(meeting["id"]))
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("status", {"cancelled": "CANCELLED", "planned": "TENTATIVE"}.get(meeting["state"], "CONFIRMED"))
    event.add("summary", meeting["title"])
    event.add("dtstart", datetime.fromisoformat(meeting["starts_at"]).astimezone(UTC))
    event.add("dtend", datetime.fromisoformat(meeting["ends_at"]).astimezone(UTC))
    event.add("location", meeting["place"])
    event.add("url", url_for("portal.meeting", meeting_id=meeting["id"], _external=True))
    calendar.add_component(event)
    content = base64.b64encode(calendar.to_ical()).decode("ascii")
    return {"name": f"{meeting['title']}.ics", "media_type": "text/calendar", "content": content}


def _head(meeting: Mapping[str, Any], people: Mapping[str, str]) -> list[tuple[str, Any]]:
    def those(*how: str) -> str:
        found = [people.get(seat["member_id"], "—") for seat in meeting["seats"] if seat["attendance"] in how]
        return gettext("、").join(found) or "—"

    roles = {
        role: gettext("、").join(
            people.get(seat["member_id"], "—") for seat in meeting["seats"] if seat["role"] == role
        )
        for role in ("chair", "secretary")
    }
    counts = gettext(
        "应到 %(entitled)s 人，实到 %(present)s 人", entitled=meeting["entitled"], present=meeting["present"]
    )
    rows = [
        (gettext("主持"), roles["chair"]), (gettext("记录"), roles["secretary"]),
        (gettext("出席"), those("present", "left")), (gettext("请假"), those("excused")),
        (gettext("缺席"), those("absent")), (gettext("人数"), counts),
    ]  # fmt: skip
    agenda = [(item["position"], item["title"], str(words(item["kind"], "meeting_item"))) for item in meeting["items"]]
    return [
        ("table", [[gettext("项目"), gettext("内容")], rows, [1, 5]]),
        ("heading", gettext("议程")),
        ("table", [[gettext("序号"), gettext("议题"), gettext("类别")], agenda, [1, 6, 2]]),
    ]


def _paragraphs(text: str) -> list[tuple[str, Any]]:
    return [("text", line) for line in text.splitlines() if line.strip()]


def _decided(found: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    if not found:
        return []
    rows = [
        (one["number"], one["title"], f"{one['votes_for']} / {one['votes_against']} / {one['abstained']}",
         str(words(one["outcome"] if one["state"] != "voided" else "voided",
                   "meeting_outcome" if one["state"] != "voided" else "meeting_decision")))
        for one in reversed(found)
    ]  # fmt: skip
    headings = [gettext("编号"), gettext("决议"), gettext("赞成 / 反对 / 弃权"), gettext("结果")]
    return [("heading", gettext("决议")), ("table", [headings, rows, [2, 6, 3, 2]])]


def _given(found: list[dict[str, Any]], people: Mapping[str, str]) -> list[tuple[str, Any]]:
    if not found:
        return []
    rows = [
        (one["number"], one["text"], people.get(one["owner_id"], "—"), str(plain_day(one["due_on"]))) for one in found
    ]
    headings = [gettext("序号"), gettext("事项"), gettext("责任人"), gettext("期限")]
    return [("heading", gettext("督办事项")), ("table", [headings, rows, [1, 6, 2, 2]])]


def _signed(written: Mapping[str, Any], people: Mapping[str, str]) -> str:
    if written["state"] != "approved":
        return gettext("本纪要尚未审签。")
    who = people.get(written["approved_by"]) or gettext("校工会")
    return gettext("审签：%(who)s　%(when)s", who=who, when=moment(written["approved_at"]))
