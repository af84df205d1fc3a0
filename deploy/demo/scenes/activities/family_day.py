"""A family day: by bus or alone, lunch, companions, questions; the bus is full, and given up places are offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.demo.union import DemoUnion
from services.chassis.clock import SHANGHAI, now, today
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.options import operations as options
from services.contracts.activities.questions import operations as questions
from services.contracts.activities.registration import operations as registration

BUS, LUNCH = "大巴座位", "午餐份数"
FORM: dict[str, Any] = {
    "most_companions": 2,
    "offer_hours": 48,
    "hold_minutes": 10,
    "quotas": [{"number": 1, "name": BUS, "size": 20}, {"number": 2, "name": LUNCH, "size": 60}],
    "groups": [{"name": "出行方式", "least": 1, "most": 1}, {"name": "其他", "least": 0, "most": 1}],
    "options": [
        {"number": 1, "name": "乘大巴往返", "group": "出行方式", "quotas": [BUS]},
        {"number": 2, "name": "自行前往", "group": "出行方式"},
        {"number": 3, "name": "在园区午餐", "group": "其他", "quotas": [LUNCH]},
    ],
}
QUESTIONS: list[dict[str, Any]] = [
    {"number": 1, "text": "同行的人是否有忌口", "kind": "yes_no", "required": True},
    {"number": 2, "text": "忌口", "kind": "choices", "required": True, "choices": ["海鲜", "花生", "牛羊肉", "其他"],
     "if_question": 1, "if_answers": ["yes"]},
    {"number": 3, "text": "请写明忌口", "kind": "line", "required": True, "if_question": 2, "if_answers": ["其他"]},
    {"number": 4, "text": "需要几个儿童安全座椅", "kind": "number", "if_option": 1, "hint": "不需要就不填。"},
]  # fmt: skip
CHOICES: tuple[dict[str, Any], ...] = (
    {"companions": 2, "options": [1, 3], "answers": {"1": "yes", "2": ["海鲜"], "4": 1}},
    {"companions": 0, "options": [2], "answers": {"1": "no"}},
    {"companions": 1, "options": [1], "answers": {"1": "yes", "2": ["花生", "其他"], "3": "不吃香菜"}},
    {"companions": 1, "options": [2, 3], "answers": {"1": "no"}},
)
ASKED = 28
FULL_AT = 16
"""As many of those who ask before the bus is full."""
FIRST = 41
"""The first of the roster who asks."""


def play(union: DemoUnion) -> str:
    day = today() + timedelta(days=12)
    starts_at = datetime(day.year, day.month, day.day, 9, 0, tzinfo=SHANGHAI).astimezone(UTC)
    scheduled = {
        "title": "教职工家庭日", "title_en": "Family day", "kind": "parent_child", "place": "植物园",
        "summary": "带上家人走进植物园：自然导览、亲子手工、草坪午餐。", "starts_at": starts_at,
        "summary_en": "A day in the botanical garden with the family: guided walks, crafts, lunch on the lawn.",
        "ends_at": starts_at + timedelta(hours=7), "capacity": 90, "registration_opens_at": now() - timedelta(days=3),
    }  # fmt: skip
    activity = {"activity_id": union.ask("family-day", calendar.schedule_activity, scheduled)["id"]}
    union.ask("family-day-form", options.set_options, {**activity, **FORM}, union.as_officer())
    union.ask("family-day-questions", questions.set_questions, {**activity, "questions": QUESTIONS}, union.as_officer())
    members = [union.member_id((FIRST + row) % union.count) for row in range(min(ASKED, union.count // 2))]
    # The first who waits for the bus is the member with an account.
    own = union.member_id(union.holder("member"))
    members = [member for member in members if member != own]
    members.insert(FULL_AT, own)
    choices = [CHOICES[row % len(CHOICES)] for row in range(len(members))]
    union.ask("family-day-asked", registration.register_batch, {**activity, "member_ids": members, "choices": choices})
    last_bus = max(row for row in range(len(members)) if row % len(CHOICES) == 0 and row < FULL_AT)
    given_up = {**activity, "member_id": members[last_bus], "reason": "出差，不能参加"}
    union.ask("family-day-given-up", registration.cancel_registration, given_up, union.as_officer())
    return f"{len(members)} families for a family day: a full bus, places in it offered to those who wait"
