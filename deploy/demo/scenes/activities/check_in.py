"""A talk that begins within the hour: the desk is open, some are there, one walked in, one came though cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from deploy.demo.union import DemoUnion
from services.chassis.clock import now
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.check_in import operations as check_in
from services.contracts.activities.options import operations as options
from services.contracts.activities.registration import operations as registration

FIRST, ASKED, ARRIVED = 60, 30, 14
"""The first of the roster who registered, how many did, and how many of them are there."""


def play(union: DemoUnion) -> str:
    officer, starts_at = union.as_officer(), now().replace(second=0, microsecond=0) + timedelta(minutes=45)
    scheduled = {
        "title": "工会讲堂：科学家精神", "title_en": "Union lecture: the spirit of science", "kind": "lecture",
        "place": "图书馆报告厅", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "capacity": 48,
        "summary": "老教授讲述实验室里的三十年，讲座后合影。", "registration_opens_at": now() - timedelta(days=6),
    }  # fmt: skip
    activity = {"activity_id": union.ask("lecture", calendar.schedule_activity, scheduled)["id"]}
    form = {"most_companions": 1, "quotas": [], "groups": [], "options": []}
    union.ask("lecture-form", options.set_options, {**activity, **form}, officer)
    own = union.member_id(union.holder("member"))
    rows = [union.member_id((FIRST + row) % union.count) for row in range(min(ASKED + 3, union.count // 2))]
    helper, stranger, *members = [one for one in rows if one != own]
    asked = [own, *members]
    choices: list[dict[str, Any]] = [
        {"companions": 1 if row % 5 == 2 else 0, "options": []} for row in range(len(asked))
    ]
    union.ask("lecture-asked", registration.register_batch, {**activity, "member_ids": asked, "choices": choices})
    setting = {"opens_minutes": 90, "closes_minutes": 30, "walk_ins": "seats", "helpers": [helper], "cost": "1200.00"}
    union.ask("lecture-desk", check_in.set_check_in, {**activity, **setting}, officer)
    given_up = {**activity, "member_id": members[0], "reason": "临时有课"}
    union.ask("lecture-given-up", registration.cancel_registration, given_up, officer)
    arrivals: list[dict[str, Any]] = [{"member_id": one} for one in members[1:ARRIVED]]
    arrivals += [{"member_id": members[0], "let_in": True}, {"member_id": stranger, "by_card": True}]
    for number, arrival in enumerate(arrivals):
        desk = {"desk": "东门" if number % 2 else "正门"}
        union.ask(f"lecture-arrival-{number}", check_in.check_in, {**activity, **arrival, **desk}, officer)
    excused = {**activity, "member_ids": [members[-1]], "mark": "excused", "note": "外出开会"}
    union.ask("lecture-excused", check_in.mark_attendance, excused, officer)
    return f"a lecture with {len(asked)} registered, {len(arrivals)} there"
