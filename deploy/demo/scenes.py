"""What goes on in the demo union: activities people registered for, applications, visits, a month's birthdays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from deploy.demo import dues, joining, privacy_scenes, standing_scenes
from deploy.demo.bodies import found_bodies
from deploy.demo.hr import deliver
from deploy.demo.people import seeded_id
from deploy.demo.union import DemoUnion
from services.chassis.clock import SHANGHAI, now, today
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from services.contracts.governance import awards as governance_awards
from services.contracts.governance.plan import operations as plan
from services.contracts.membership.record import operations as record
from services.contracts.welfare import birthdays
from services.contracts.welfare.visits import operations as visits

UPCOMING = (
    ("ii-newcomers", 21, 150, 0.1),
    ("iv-choir", 35, 600, 0.3),
    ("i-reading-salon", 9, 40, 1.3),
    ("iv-volleyball-fun-sports", 16, 300, 0.4),
    ("iv-young-staff", 28, 80, 0.5),
    ("12-retirement-ceremony", 27, 120, 0.2),
)
"""Item of the plan, days from today, seats, and the share of the seats asked for: above one, people wait."""
PAST = (("i-expert-lecture", 12, 300, 212), ("05-fitness-games", 40, 500, 388), ("09-choir-contest", 55, 600, 540))
"""Item of the plan, days ago, seats, how many took part."""
PLACE = ("大学生活动中心", "图书馆报告厅", "体育馆", "教工之家", "音乐厅")


def play(union: DemoUnion) -> Iterator[str]:
    """Let things happen in a union that was just founded; yields a line for each scene."""
    yield f"demo: {found_bodies(union)} committees of the union"
    yield f"demo: {deliver(union)} differences to the HR system"
    items = _plan_items(union)
    yield f"demo: {_hold_past(union, items)} activities held, {_schedule(union, items)} to come"
    yield f"demo: {joining.apply(union)} applications to join, {joining.propose(union)} newcomers proposed"
    yield f"demo: {joining.give_photos(union)} photos for cards"
    yield f"demo: {_visits(union)} visits"
    yield f"demo: {_awards(union)} awards"
    yield f"demo: dues of {dues.play(union)} members"
    yield standing_scenes.play(union)
    yield privacy_scenes.play(union)
    yield f"demo: birthdays of {today():%Y-%m}, {_birthdays(union)} on the list"


def _plan_items(union: DemoUnion) -> dict[str, dict[str, Any]]:
    page = union.ask("items", plan.list_plan_items, {"year": 2023, "limit": 100})
    return {item["key"]: item for item in page["items"]}


def _activity(item: dict[str, Any], starts_at: datetime, seats: int, place: str) -> dict[str, Any]:
    return {
        "title": item["title"],
        "title_en": item["title_en"],
        "kind": item["kind"],
        "place": place,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=item["default_duration_minutes"] or 120),
        "capacity": seats,
        "plan_item_id": item["id"],
    }


def _at(days: int) -> datetime:
    day = today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 14, 0, tzinfo=SHANGHAI).astimezone(UTC)


def _hold_past(union: DemoUnion, items: dict[str, dict[str, Any]]) -> int:
    for number, (key, days, seats, attended) in enumerate(PAST):
        starts_at = _at(-days)
        payload = {
            **_activity(items[key], starts_at, seats, PLACE[number]),
            "registration_opens_at": starts_at - timedelta(days=14),
            "registration_closes_at": starts_at - timedelta(days=1),
            "cancel_until": starts_at - timedelta(days=1),
        }
        activity = union.ask(f"past-{key}", calendar.schedule_activity, payload)
        held = {"activity_id": activity["id"], "held_on": starts_at.astimezone(SHANGHAI).date(), "attended": attended}
        union.ask(f"held-{key}", calendar.hold_activity, held)
    return len(PAST)


def _schedule(union: DemoUnion, items: dict[str, dict[str, Any]]) -> int:
    for number, (key, days, seats, share) in enumerate(UPCOMING):
        payload = {
            **_activity(items[key], _at(days), seats, PLACE[number % len(PLACE)]),
            "registration_opens_at": now() - timedelta(days=2),
        }
        activity = union.ask(f"activity-{key}", calendar.schedule_activity, payload)
        wanted = min(int(seats * share), union.count // 2)
        # Rows after the posts' holders, another stretch of the roster for each activity.
        first = len(items) + number * 97
        rows = [(first + index) % union.count for index in range(wanted)]
        for start in range(0, len(rows), registration.LARGEST_BATCH):
            part = rows[start : start + registration.LARGEST_BATCH]
            batch = {"activity_id": activity["id"], "member_ids": [union.member_id(row) for row in part]}
            union.ask(f"registered-{key}-{start}", registration.register_batch, batch)
    return len(UPCOMING)


def _awards(union: DemoUnion) -> int:
    awards = (
        ("officer", "优秀工会工作者", "university", "union_worker", "校工〔2023〕21号"),
        ("member", "工会积极分子", "university", "activist", "校工〔2023〕22号"),
        ("member", "青年教师教学竞赛二等奖", "provincial", "teaching", "浙教工〔2022〕8号"),
        ("delegate", "三育人先进个人", "university", "three_educations", "校党〔2023〕9号"),
    )
    for index, (holder, title, level, category, document) in enumerate(awards):
        payload = {
            "member_id": union.member_id(union.holder(holder)),
            "title": title,
            "level": level,
            "category": category,
            "awarded_on": date(2023, 12, 20) - timedelta(days=90 * index),
            "document": document,
        }
        union.ask(f"award-{index}", governance_awards.grant_award, payload)
    home = {"unit_id": union.units[union.holder("chair")], "title": "先进教工小家", "level": "university"}
    home |= {"category": "home", "awarded_on": date(2023, 12, 20), "document": "校工〔2023〕23号"}
    union.ask("award-home", governance_awards.grant_award, home)
    return len(awards) + 1


def _visits(union: DemoUnion) -> int:
    """Report three life events in the chair's unit; one visit was made and claimed, two are due."""
    # The chair's unit has the chair, the member and whoever the weights sent there.
    known = (union.member_id(union.holder("member")), union.member_id(union.holder("chair")))
    unit = {"unit_id": union.units[union.holder("chair")], "limit": 50}
    rows = union.ask("unit", record.list_members, unit, union.as_officer())["items"]
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in known]
    parent = others[-1] if others else known[0]
    reported = (("wedding", 1, known[0]), ("hospitalisation", 2, known[1]), ("birth", 3, parent))
    for occasion, days, member_id in reported:
        payload = {"member_id": member_id, "occasion": occasion, "happened_on": today() - timedelta(days=days)}
        event = union.ask(f"life-event-{occasion}", visits.report_life_event, payload, union.as_officer())
    made = {
        "visit_id": event["visit_id"],
        "visited_on": today() - timedelta(days=2),
        "evidence": [{"kind": "note", "text": "到家中看望母子。"}, {"kind": "signature", "text": "本人已签收。"}],
        "amount": "500.00",
        "form": "goods",
    }
    union.ask("visit-made", visits.complete_visit, made, union.as_chair())
    return len(reported)


def _birthdays(union: DemoUnion) -> int:
    """Draw up this month's list and issue the vouchers of the first days."""
    month = {"year": today().year, "month": today().month}
    drawn = union.ask("birthday-list", birthdays.draw_up_birthday_list, month)
    first = union.ask("birthdays", birthdays.list_birthday_grants, {**month, "limit": 20}, union.as_officer())["items"]
    if first:
        issue = {**month, "amount": "200.00", "form": "voucher", "grant_ids": [grant["id"] for grant in first]}
        union.ask("vouchers", birthdays.issue_birthday_vouchers, issue, union.as_officer())
    return int(drawn["listed"])


def account_rows(union: DemoUnion, names: tuple[str, ...], password: str) -> list[dict[str, Any]]:
    """Return the demo accounts, each bound to the member who holds the post it is named after."""
    return [
        {
            "id": seeded_id(union.seed, "account", name),
            "username": name,
            "password": password,
            "member_id": union.member_id(union.holder(name)),
        }
        for name in names
    ]


def member_account_rows(union: DemoUnion, count: int, password: str) -> Iterator[dict[str, Any]]:
    """Yield accounts `m000001`, … for the first members that hold no demo account."""
    taken: set[UUID] = {union.member_id(index) for index in range(len(union.units) * 2)}
    rows = (index for index in range(union.count) if union.member_id(index) not in taken)
    for number, index in zip(range(1, count + 1), rows, strict=False):
        yield {"username": f"m{number:06d}", "password": password, "member_id": union.member_id(index)}
