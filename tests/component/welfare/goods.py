"""Short ways to a cycle of goods in a test: made, computed, approved, chosen from, handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from services.chassis import clock
from services.chassis.clock import SHANGHAI
from services.contracts.welfare.programmes import operations as goods
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account

CHOOSE_UNTIL, COLLECT_FROM, COLLECT_UNTIL = date(2023, 3, 10), date(2023, 3, 12), date(2023, 3, 20)


def programme(welfare: WelfareHarness, **changes: Any) -> dict[str, Any]:
    values = {"name": "春节慰问品", "festival": "spring_festival", **changes}
    return welfare.ask(goods.create_programme, **values)  # type: ignore[no-any-return]


def cycle(welfare: WelfareHarness, programme_id: str | None = None, **changes: Any) -> dict[str, Any]:
    values = {
        "programme_id": programme_id or programme(welfare)["id"], "year": 2023, "title": "2023 年春节慰问品",
        "as_of": date(2023, 3, 1), "price": "200.00", "choose_until": CHOOSE_UNTIL, "collect_from": COLLECT_FROM,
        "collect_until": COLLECT_UNTIL, **changes,
    }  # fmt: skip
    return welfare.ask(goods.create_cycle, **values)  # type: ignore[no-any-return]


def package(welfare: WelfareHarness, cycle_id: str, **changes: Any) -> dict[str, Any]:
    values = {
        "name": "粮油", "contents": "大米 5 千克，菜籽油 5 升", "price": "200.00", "paired_aid": "80.00",
        "stock": 100, "is_default": False, **changes,
    }  # fmt: skip
    detail = welfare.ask(goods.add_package, cycle_id=cycle_id, **values)
    return detail["packages"][-1]  # type: ignore[no-any-return]


def compute(welfare: WelfareHarness, cycle_id: str) -> dict[str, Any]:
    """Compute the list to its end; return the cycle."""
    job_id = welfare.ask(goods.compute_cycle, cycle_id=cycle_id)["job_id"]
    welfare.run_job(job_id)
    return read(welfare, cycle_id)


def read(welfare: WelfareHarness, cycle_id: str) -> dict[str, Any]:
    return welfare.ask(goods.get_cycle, cycle_id=cycle_id)  # type: ignore[no-any-return]


def approved(welfare: WelfareHarness, cycle_id: str) -> dict[str, Any]:
    """Approve a computed cycle and tell everybody: choosing is open."""
    entitled = read(welfare, cycle_id)["entitled"]
    welfare.ask(goods.approve_cycle, cycle_id=cycle_id, entitled=entitled)
    turn(welfare, "tell_entitled_members")
    return read(welfare, cycle_id)


def turn(welfare: WelfareHarness, timer: str, times: int = 3) -> None:
    for _ in range(times):
        welfare.run_timer(timer)


def open_cycle(welfare: WelfareHarness, *stocks: int, **changes: Any) -> tuple[str, list[str]]:
    """Return the id of a cycle that is open for choosing, and of its packages; the first is the default."""
    made = cycle(welfare, **changes)
    ids = [
        package(welfare, made["id"], name=f"礼包{place}", stock=stock, is_default=not place)["id"]
        for place, stock in enumerate(stocks or (100,))
    ]
    compute(welfare, made["id"])
    approved(welfare, made["id"])
    return made["id"], ids


def mine(welfare: WelfareHarness, member_id: UUID) -> dict[str, Any]:
    """Return somebody's newest goods, with what there is to choose from."""
    entitlement_id = welfare.ask(goods.my_goods, member_account(member_id))["items"][0]["id"]
    return welfare.ask(goods.get_my_goods, member_account(member_id), entitlement_id=entitlement_id)  # type: ignore


def choose(welfare: WelfareHarness, member_id: UUID, package_id: str, slot_id: str | None = None) -> dict[str, Any]:
    values = {"entitlement_id": mine(welfare, member_id)["id"], "package_id": package_id, "slot_id": slot_id}
    return welfare.ask(goods.choose_package, member_account(member_id), **values)  # type: ignore[no-any-return]


@contextmanager
def on(day: date) -> Iterator[None]:
    """The clock stands at noon of a day in China."""
    with clock.frozen(datetime.combine(day, time(12), SHANGHAI)):
        yield


@contextmanager
def desk_open(welfare: WelfareHarness) -> Iterator[None]:
    """The days of collecting: who did not choose has the default."""
    with on(COLLECT_FROM):
        turn(welfare, "choose_default_packages")
        yield


def hand_out(welfare: WelfareHarness, code: str, **changes: Any) -> dict[str, Any]:
    values = {"code": code, "signature": "本人", **changes}
    return welfare.ask(goods.record_hand_out, **values)  # type: ignore[no-any-return]
