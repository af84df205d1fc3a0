"""A course whose organiser approves each registration: some approved, one refused, some waiting to be decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.demo.union import DemoUnion
from services.chassis.clock import SHANGHAI, now, today
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.options import operations as options
from services.contracts.activities.questions import operations as questions
from services.contracts.activities.registration import decisions
from services.contracts.activities.registration import operations as registration

QUESTIONS: list[dict[str, Any]] = [
    {"number": 1, "text": "自带相机吗", "kind": "yes_no", "required": True},
    {"number": 2, "text": "想拍什么", "kind": "choice", "choices": ["人物", "校园风景", "活动现场"]},
]
ANSWERS: tuple[dict[str, Any], ...] = (
    {"1": "yes", "2": "活动现场"}, {"1": "yes", "2": "人物"}, {"1": "no"}, {"1": "yes", "2": "校园风景"},
)  # fmt: skip
ASKED, APPROVED = 12, 6
FIRST = 120
"""The first of the roster who asks."""


def play(union: DemoUnion) -> str:
    day = today() + timedelta(days=15)
    starts_at = datetime(day.year, day.month, day.day, 14, 0, tzinfo=SHANGHAI).astimezone(UTC)
    scheduled = {
        "title": "工会通讯员摄影班", "title_en": "Photography for correspondents", "kind": "training",
        "place": "教工之家", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3), "capacity": 10,
        "summary": "为各分工会通讯员开设，器材有限，报名由校工会审核。",
        "registration_opens_at": now() - timedelta(days=1),
    }  # fmt: skip
    activity = {"activity_id": union.ask("photo-course", calendar.schedule_activity, scheduled)["id"]}
    ways = {"moderated": True, "hand_over": True}
    union.ask("photo-course-form", options.set_options, {**activity, **ways}, union.as_officer())
    asked = {**activity, "questions": QUESTIONS}
    union.ask("photo-course-questions", questions.set_questions, asked, union.as_officer())
    members = [union.member_id((FIRST + row) % union.count) for row in range(min(ASKED, union.count // 2))]
    choices = [{"answers": ANSWERS[row % len(ANSWERS)]} for row in range(len(members))]
    batch = {**activity, "member_ids": members, "choices": choices}
    reply = union.ask("photo-course-asked", registration.register_batch, batch)
    ids = [one["registration_id"] for one in reply["outcomes"] if one["state"] == "pending"]
    approved = {**activity, "registration_ids": ids[:APPROVED]}
    union.ask("photo-course-approved", decisions.approve_registrations, approved, union.as_officer())
    reason = "本期限各分工会通讯员，下期面向全体会员。"
    refused = {**activity, "registration_ids": ids[APPROVED : APPROVED + 1], "reason": reason}
    union.ask("photo-course-refused", decisions.refuse_registrations, refused, union.as_officer())
    return f"{len(ids)} members asked for a course: {APPROVED} approved, one refused, the others not decided"
