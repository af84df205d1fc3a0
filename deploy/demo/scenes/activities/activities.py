"""Activities of the plan: some held, some to come that members registered for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from deploy.demo.union import DemoUnion, plan_items
from services.chassis.clock import SHANGHAI, now, today
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.check_in import operations as check_in
from services.contracts.activities.registration import operations as registration

UPCOMING = (
    ("ii-newcomers", 21, 150, 0.1),
    ("iv-choir", 35, 600, 0.3),
    ("i-reading-salon", 9, 40, 1.3),
    ("iv-volleyball-fun-sports", 16, 300, 0.4),
    ("iv-young-staff", 28, 80, 0.5),
    ("12-retirement-ceremony", 27, 120, 0.2),
)
"""Item of the plan, days from today, seats, and the share of the seats asked for; above one, a waiting list forms."""
FOR_SOME: tuple[tuple[str, str, str, str, int, dict[str, Any]], ...] = (
    ("women-health", "女职工健康讲座", "Health lecture for women", "lecture", 18, {"sex": "female"}),
    ("young-teachers", "青年教师教学沙龙", "Teaching salon for young staff", "salon", 23, {"age_to": 35}),
)
"""Key, title, title in English, kind, days from today, and for whom, beside everybody's unit and employment."""
SOON: tuple[tuple[str, str, str, str, str, int, bool], ...] = (
    ("tai-chi", "太极拳晨练", "Tai chi in the morning", "sports", "体育馆", 1, False),
    ("unit-salon", "外国语学院读书会", "Reading circle of the language school", "salon", "教工之家", 3, True),
    ("open-accounts", "工会经费公开日", "Open day of the union's accounts", "meeting", "大学生活动中心", 5, False),
)
"""Key, title, title in English, kind, place, days from today, and whether the chair's unit organises it."""
PAST = (("i-expert-lecture", 12, 300, 0.4), ("05-fitness-games", 40, 500, 0.6), ("09-choir-contest", 55, 600, 0.7))
"""Item of the plan, days ago, seats, and the share of those there were seats for who took part."""
HELD = {
    "02-retirement-ceremony-2022": 0.9, "02-congress-6-3": 0.95, "03-term-briefing": 0.8, "03-womens-day": 0.7,
    "03-health-examination": 0.85, "03-city-table-tennis": 1.0, "03-children-sports-class": 0.9,
    "04-teaching-contest": 0.75, "04-sports-meeting": 0.8, "04-model-workers-study": 0.6, "05-singles-party": 0.7,
    "05-childrens-day": 0.95, "06-recuperation-launch": 0.9, "07-summer-coolness": 0.8, "09-charity-day": 0.5,
    "10-sports-meeting": 0.85, "10-education-volleyball": 0.9,
}  # fmt: skip
"""Items of the plan that were held in their month when it is over, and how full they were."""
MOST_ENTERED, MISSED = 120, 11
"""As many of a held activity are entered at most, and one of so many did not come."""
PLACES = ("大学生活动中心", "图书馆报告厅", "体育馆", "教工之家", "音乐厅")


def play(union: DemoUnion) -> str:
    items = plan_items(union)
    for number, (key, days, seats, share) in enumerate(PAST):
        _hold(union, items[key], _at(-days), seats, share, number)
    over = [key for key in HELD if items[key]["month"] < today().month]
    for number, key in enumerate(over):
        seats = items[key]["default_capacity"] or 40
        day = date(today().year, items[key]["month"], 4 + number * 5 % 22)
        _hold(union, items[key], _moment(day), seats, HELD[key], number)
    for number, (key, days, seats, share) in enumerate(UPCOMING):
        opens_at = now() - timedelta(days=2)
        scheduled = {**_activity(items[key], _at(days), seats, number), "registration_opens_at": opens_at}
        activity = union.ask(f"activity-{key}", calendar.schedule_activity, scheduled)
        # Rows after the posts' holders, another part of the roster for each activity.
        _register(union, activity["id"], key, int(seats * share), len(items) + number * 97)
    for soon in SOON:
        _soon(union, *soon)
    for number, one in enumerate(FOR_SOME):
        _for_some(union, one, 31 + number * 53)
    return f"{len(PAST) + len(over)} activities held, {len(UPCOMING) + len(FOR_SOME) + len(SOON)} to come"


def _hold(union: DemoUnion, item: dict[str, Any], starts_at: datetime, seats: int, share: float, number: int) -> None:
    """Schedule an activity of the past for an item of the plan, and enter from paper who had registered and who came.

    Of those who had registered one in `MISSED` did not come; the closed list counts the others as who took part.
    """
    closes_at, key = starts_at - timedelta(days=1), item["key"]
    times = {"registration_opens_at": starts_at - timedelta(days=14), "registration_closes_at": closes_at}
    scheduled = {**_activity(item, starts_at, min(seats, MOST_ENTERED), number), **times, "cancel_until": closes_at}
    activity = union.ask(f"past-{key}", calendar.schedule_activity, scheduled)
    asked = {"activity_id": activity["id"]}
    attended = int(min(seats, MOST_ENTERED, union.count // 2) * share)
    members = [union.member_id((number * 83 + row) % union.count) for row in range(attended)]
    for mark, part in (("present", members), ("absent", members[::MISSED]), ("excused", members[1:2])):
        marked = {**asked, "member_ids": part, "mark": mark, "registered": True}
        union.ask(f"{mark}-{key}", check_in.mark_attendance, marked, union.as_officer())
    union.ask(f"held-{key}", check_in.close_attendance, asked, union.as_officer())


def _for_some(union: DemoUnion, one: tuple[str, str, str, str, int, dict[str, Any]], first: int) -> None:
    """Schedule an activity for certain members; of those who ask, membership's facts decide who is in its audience."""
    key, title, title_en, kind, days, audience = one
    starts_at = _at(days)
    scheduled = {
        "title": title, "title_en": title_en, "kind": kind, "place": PLACES[1], "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2), "capacity": 60, "registration_opens_at": now() - timedelta(days=2),
        "audience": {"units": [], "employments": [], **audience},
    }  # fmt: skip
    activity = union.ask(f"activity-{key}", calendar.schedule_activity, scheduled)
    _register(union, activity["id"], key, 40, first)


def _soon(
    union: DemoUnion, key: str, title: str, title_en: str, kind: str, place: str, days: int, of_unit: bool
) -> None:
    """Schedule an activity of the coming days; some members registered for it."""
    starts_at = _at(days)
    scheduled = {
        "title": title, "title_en": title_en, "kind": kind, "place": place, "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2), "capacity": 60, "registration_opens_at": now() - timedelta(days=5),
        "organiser_unit_id": union.units[union.holder("chair")] if of_unit else None,
    }  # fmt: skip
    activity = union.ask(f"activity-{key}", calendar.schedule_activity, scheduled)
    _register(union, activity["id"], key, 24, days * 11)


def _register(union: DemoUnion, activity_id: str, key: str, wanted: int, first: int) -> None:
    rows = [(first + index) % union.count for index in range(min(wanted, union.count // 2))]
    for start in range(0, len(rows), registration.LARGEST_BATCH):
        part = rows[start : start + registration.LARGEST_BATCH]
        batch = {"activity_id": activity_id, "member_ids": [union.member_id(row) for row in part]}
        union.ask(f"registered-{key}-{start}", registration.register_batch, batch)


def _activity(item: dict[str, Any], starts_at: datetime, seats: int, number: int) -> dict[str, Any]:
    return {
        "title": item["title"],
        "title_en": item["title_en"],
        "kind": item["kind"],
        "place": PLACES[number % len(PLACES)],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=item["default_duration_minutes"] or 120),
        "capacity": seats,
        "plan_item_id": item["id"],
    }


def _at(days: int) -> datetime:
    return _moment(today() + timedelta(days=days))


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 14, 0, tzinfo=SHANGHAI).astimezone(UTC)
