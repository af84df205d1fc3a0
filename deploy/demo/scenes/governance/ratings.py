"""Two years' ratings of the union from paper, this year's open, and an assessment of leaders that is published."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis import ballot_board as board
from services.chassis.clock import today
from services.chassis.errors import Refused
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.contracts.governance.ratings import operations as contract
from services.contracts.membership.record import operations as record

_MOST_TRIES = 900
_LEADERS = [
    {"name": "示例甲", "post": "校长"}, {"name": "示例乙", "post": "副校长"}, {"name": "示例丙", "post": "总会计师"},
]  # fmt: skip
_REMARKS = ("希望多到各学院听取意见。", "信息公开做得比以前好。", "体育场馆开放时间可以再长一些。")


def play(union: DemoUnion) -> str:
    year = today().year
    for back, share in ((2, 0), (1, 2)):
        _from_paper(union, year - back, share)
    delegates = _members(union)[:36]
    assessed = _assessed(union, year, delegates)
    made = union.ask("rating-now", contract.create_rating, _union_terms(year), union.as_officer())
    union.ask("rating-now-open", contract.open_rating, {"rating_id": made["id"]}, union.as_officer())
    _wait_until_open(union, {"rating_id": made["id"]})
    return f"2 earlier ratings, this year's, an assessment of {assessed} sheets"


def _union_terms(year: int) -> dict[str, Any]:
    about = "请对工会一年来的建家工作和本分工会主席作出评价。结果用于改进工作。"
    return {"title": f"{year} 年会员评家", "about": about, "kind": "union", "year": year}


def _from_paper(union: DemoUnion, year: int, better: int) -> None:
    """Enter a year's counts by unit; some units are too small to be shown."""
    terms = {**_union_terms(year), "way": "paper"}
    made = union.ask(f"rating-{year}", contract.create_rating, terms, union.as_officer())
    opened = union.ask(f"rating-open-{year}", contract.open_rating, {"rating_id": made["id"]}, union.as_officer())
    for place, one in enumerate(group for group in opened["groups"] if group["unit_id"]):
        sheets = 3 if place == 1 else 14 + place * 5 % 17
        payload = {
            "rating_id": made["id"], "group": one["group"], "sheets": sheets, "issued": sheets + 2 + place % 6,
            "counts": [[_row(sheets, place + row, better) for row in range(len(each["criteria"]))]
                       for each in opened["subjects"]],
        }  # fmt: skip
        union.ask(f"rating-papers-{year}-{place}", contract.enter_papers, payload, union.as_officer())
    union.ask(f"rating-close-{year}", contract.close_rating, {"rating_id": made["id"]}, union.as_officer())


def _row(sheets: int, place: int, better: int) -> list[int]:
    poor, fair = min(sheets, max(0, place % 3 - better)), min(sheets, max(0, 1 + place % 4 - better))
    good = (sheets - poor - fair) // 2
    return [sheets - poor - fair - good, good, fair, poor][:4] if poor + fair <= sheets else [sheets, 0, 0, 0]


def _assessed(union: DemoUnion, year: int, delegates: list[UUID]) -> int:
    terms = {
        "title": f"{year} 年民主评议学校领导干部", "kind": "leaders", "year": year, "leaders": _LEADERS,
        "electorate": "list", "member_ids": delegates, "about": "教职工代表从德、能、勤、绩、廉五个方面评议。",
    }  # fmt: skip
    made = union.ask("rating-leaders", contract.create_rating, terms, union.as_officer())
    named = {"rating_id": made["id"]}
    union.ask("rating-leaders-open", contract.open_rating, named, union.as_officer())
    _wait_until_open(union, named)
    [key] = union.ask("rating-keys", contract.get_rating_keys, named, ANONYMOUS)["groups"]
    for place, member_id in enumerate(delegates[:29]):
        _fill_in(union, named, key, member_id, place)
    union.ask("rating-leaders-close", contract.close_rating, named, union.as_officer())
    union.ask("rating-leaders-publish", contract.publish_rating, named, union.as_officer())
    return 29


def _wait_until_open(union: DemoUnion, named: dict[str, Any]) -> None:
    """Wait until the keys are made."""
    for _ in range(_MOST_TRIES):
        state = union.ask("rating-state", contract.get_rating, named, union.as_officer())["state"]
        if state != "opening":
            return
        union.pause()
    raise RuntimeError("a round is not opened")


def _fill_in(union: DemoUnion, named: dict[str, Any], told: dict[str, Any], member_id: UUID, place: int) -> None:
    """Let a delegate get a token and hand in a sheet, as a browser does."""
    key, prepared = blinding.public_key(board.decoded(told["key"])), blinding.prepare(secrets.token_bytes(32))
    blinded = blinding.blind(key, prepared)
    asked = {**named, "blinded": board.encoded(blinded.message)}
    delegate = Principal("account", member_id, member_id, (Grant("member"),))
    try:
        answer = union.ask(f"rating-token-{place}", contract.request_rating_token, asked, delegate)
    except Refused:  # this delegate's sheet was handed in before the loading stopped
        return
    signature = blinding.finalize(key, prepared, board.decoded(answer["signature"]), blinded.inverse)
    grades = [[1 + (place + row + who) % (2 + who) for row in range(5)] for who in range(len(_LEADERS))]
    sheet = {
        **named, "group": told["group"], "token": board.encoded(prepared), "signature": board.encoded(signature),
        "answers": grades, "remark": _REMARKS[place // 9] if place % 9 == 0 and place < 27 else None,
    }  # fmt: skip
    union.ask(f"rating-sheet-{place}", contract.hand_in_sheet, sheet, ANONYMOUS)


def _members(union: DemoUnion) -> list[UUID]:
    """Return members who may assess, the holders of the demo accounts first."""
    named = [union.member_id(union.holder(account)) for account in ("member", "delegate", "officer", "chair")]
    listed = union.ask("rating-members", record.list_members, {"standing": "active", "limit": 100}, union.as_officer())
    return list(dict.fromkeys([*named, *(UUID(row["id"]) for row in listed["items"])]))
