"""Goods for two festivals: members are choosing those of one, those of the other are being handed out."""

from __future__ import annotations

import time as clock_time
from datetime import date, datetime, time, timedelta
from typing import Any

from deploy.demo.union import PATIENCE, DemoUnion
from services.chassis.clock import SHANGHAI, today
from services.contracts.welfare.programmes import operations as goods

_PACKAGES = (
    ("粮油礼包", "东北大米 5 千克、菜籽油 5 升、木耳 500 克", "200.00", "120.00", True),
    ("山货礼包", "对口帮扶地区香菇、竹荪、土蜂蜜", "200.00", "200.00", False),
    ("水果礼包", "赣南脐橙 5 千克、红富士苹果 5 千克", "180.00", "0.00", False),
)
"""Name, contents, price, the part of it from paired-aid regions, whether it is the default."""
_CHOOSERS = ("member", "chair", "delegate")


def play(union: DemoUnion) -> str:
    """Begin both; the second is past its deadline, so that its goods are handed out."""
    now = today()
    choosing = _given(union, "mid-autumn", "中秋慰问品", "mid_autumn", (now + timedelta(days=10), 12, 20))
    _choose(union, choosing["id"])
    handing = _given(union, "spring", "春节慰问品", "spring_festival", (now - timedelta(days=1), 1, 15))
    handed = _hand_out(union, handing)
    return f"goods for {choosing['entitled']} members, {handed} handed out"


def _given(union: DemoUnion, step: str, name: str, festival: str, days: tuple[date, int, int]) -> dict[str, Any]:
    officer = union.as_officer()
    programme = union.ask(f"programme-{step}", goods.create_programme, {"name": name, "festival": festival}, officer)
    choose_until, first, last = days
    cycle = {
        "programme_id": programme["id"], "year": today().year, "title": f"{today().year} 年{name}", "as_of": today(),
        "price": "200.00", "choose_until": choose_until, "collect_from": choose_until + timedelta(days=first),
        "collect_until": choose_until + timedelta(days=last),
    }  # fmt: skip
    made = union.ask(f"cycle-{step}", goods.create_cycle, cycle, officer)
    cycle_id = made["id"]
    for place, (package, contents, price, aid, is_default) in enumerate(_PACKAGES):
        row = {"cycle_id": cycle_id, "name": package, "contents": contents, "price": price, "paired_aid": aid,
               "stock": union.count if is_default else max(union.count // 3, 5), "is_default": is_default}  # fmt: skip
        union.ask(f"package-{step}-{place}", goods.add_package, row, officer)
    for place, hour in enumerate((9, 14)):
        at = datetime.combine(choose_until + timedelta(days=first), time(hour), SHANGHAI)
        slot = {"cycle_id": cycle_id, "point": "教工之家一楼", "starts_at": at, "ends_at": at + timedelta(hours=3),
                "capacity": union.count}  # fmt: skip
        union.ask(f"slot-{step}-{place}", goods.add_pick_up_slot, slot, officer)
    union.ask(f"compute-{step}", goods.compute_cycle, {"cycle_id": cycle_id}, officer)
    computed = _until(union, cycle_id, "computed")
    union.ask(f"approve-{step}", goods.approve_cycle, {"cycle_id": cycle_id, "entitled": computed["entitled"]}, officer)
    return _until(union, cycle_id, "choosing")


def _choose(union: DemoUnion, cycle_id: str) -> None:
    for place, account in enumerate(_CHOOSERS):
        who = union.as_member(account)
        mine = union.ask("goods", goods.my_goods, {"limit": 10}, who)["items"]
        for row in mine:
            if row["cycle_id"] == cycle_id:
                packages = union.ask("mine", goods.get_my_goods, {"entitlement_id": row["id"]}, who)["packages"]
                wanted = {"entitlement_id": row["id"], "package_id": packages[place % len(packages)]["id"]}
                union.ask(f"choose-{account}", goods.choose_package, wanted, who)


def _hand_out(union: DemoUnion, cycle: dict[str, Any]) -> int:
    """Record the first lines of the paper list."""
    _until(union, cycle["id"], "handing_out")
    count = min(cycle["entitled"], 20)
    sheet = {"cycle_id": cycle["id"], "sheet": "教工之家-1", "lines": [{"number": n} for n in range(1, count + 1)]}
    return int(union.ask("sheet", goods.sync_signed_list, sheet, union.as_officer())["recorded"])


def _until(union: DemoUnion, cycle_id: str, state: str) -> dict[str, Any]:
    """Wait until a cycle is in a state, or further."""
    states = ("draft", "computed", "approved", "choosing", "handing_out", "closed")
    end = clock_time.monotonic() + PATIENCE * 10
    while True:
        found: dict[str, Any] = union.ask("cycle", goods.get_cycle, {"cycle_id": cycle_id}, union.as_officer())
        if states.index(found["state"]) >= states.index(state):
            return found
        if clock_time.monotonic() > end:
            raise RuntimeError(f"goods of the demo stayed {found['state']} and did not become {state}")
        union.pause()
