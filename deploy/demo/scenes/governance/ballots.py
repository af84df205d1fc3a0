"""One ballot open for all members, a named one that passed, an election with equal votes and its run-off, a ranking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import now
from services.chassis.security.principal import service_principal
from services.contracts.governance.ballots import operations as contract
from services.contracts.membership.record import operations as record

_MOST_TRIES = 200
_AT_ONCE = 200
_GATEWAY = service_principal("gateway")


def play(union: DemoUnion) -> str:
    voters = voters_of(union)
    _open_to_all(union, voters)
    _passed(union, voters[:60])
    _tied(union, voters[:30])
    _ranked(union, voters[:45])
    return "4 ballots and a run-off"


def _open_to_all(union: DemoUnion, voters: list[UUID]) -> None:
    terms = {
        "title": "教职工文体活动时间安排", "kind": "choose", "secrecy": "open", "body": "union", "seats": 2,
        "about": "请选出最方便参加活动的时间，最多选两项；结果用于安排下学期的活动。", "counts": "last",
        "options": [{"text": text} for text in ("周三下午", "周五下午", "工作日晚上", "周末上午")],
        "closes_at": now() + timedelta(days=9),
    }  # fmt: skip
    ballot_id = _opened(union, "all", terms)
    # Who tries the demonstration finds something to vote on.
    cast = [(one, [str(1 + place % 4)]) for place, one in enumerate(voters[4:]) if place % 3 == 0]
    _vote(union, "all", ballot_id, cast)


def _passed(union: DemoUnion, voters: list[UUID]) -> None:
    terms = {
        "title": "通过《工会经费使用办法（修订）》", "kind": "yes_no", "secrecy": "named", "body": "union_congress",
        "about": "修订内容：慰问标准按新规定执行，采购增加两人验收。", "electorate": "list", "member_ids": voters,
    }  # fmt: skip
    ballot_id = _opened(union, "passed", terms)
    answers = ["yes"] * 44 + ["no"] * 6 + ["abstain"] * 4
    _vote(union, "passed", ballot_id, [(one, [answer]) for one, answer in zip(voters, answers, strict=False)])
    union.ask("ballot-close-passed", contract.close_ballot, {"ballot_id": ballot_id}, union.as_officer())


def _tied(union: DemoUnion, voters: list[UUID]) -> None:
    stand = voters[4:8]
    terms = {
        "title": "增补委员选举", "kind": "election", "secrecy": "open", "body": "union_congress", "seats": 2,
        "options": [{"member_id": one} for one in stand], "electorate": "list", "member_ids": voters,
    }  # fmt: skip
    ballot_id = _opened(union, "tied", terms)
    papers = [["1", "2"]] * 9 + [["1", "3"]] * 9 + [["2", "3"]] * 7 + [["4"]] * 2
    _vote(union, "tied", ballot_id, list(zip(voters, papers, strict=False)))
    union.ask("ballot-close-tied", contract.close_ballot, {"ballot_id": ballot_id}, union.as_officer())
    union.ask("ballot-round", contract.call_round, {"ballot_id": ballot_id}, union.as_officer())


def _ranked(union: DemoUnion, voters: list[UUID]) -> None:
    terms = {
        "title": "教工之家改造项目排序", "kind": "ranking", "secrecy": "open", "body": "unit",
        "about": "经费只够做前两项，请按重要程度排出先后。", "electorate": "list", "member_ids": voters,
        "options": [{"text": text} for text in ("健身房换新器材", "母婴室", "阅览角", "乒乓球室地胶")],
    }  # fmt: skip
    ballot_id = _opened(union, "ranked", terms)
    papers = [["2", "1", "3", "4"], ["2", "4", "1", "3"], ["1", "2", "3", "4"], ["3", "2", "1", "4"]]
    _vote(union, "ranked", ballot_id, [(one, papers[place % 4]) for place, one in enumerate(voters[:38])])
    union.ask("ballot-close-ranked", contract.close_ballot, {"ballot_id": ballot_id}, union.as_officer())


def _opened(union: DemoUnion, name: str, terms: dict[str, Any]) -> str:
    made = union.ask(f"ballot-{name}", contract.create_ballot, terms, union.as_officer())
    union.ask(f"ballot-open-{name}", contract.open_ballot, {"ballot_id": made["id"]}, union.as_officer())
    return str(made["id"])


def _vote(union: DemoUnion, name: str, ballot_id: str, votes: list[tuple[UUID, list[str]]]) -> None:
    for start in range(0, len(votes), _AT_ONCE):
        part = [
            {"member_id": member_id, "choices": choices, "actor": str(member_id)}
            for member_id, choices in votes[start : start + _AT_ONCE]
        ]
        payload = {"ballot_id": ballot_id, "votes": part}
        union.ask(f"ballot-votes-{name}-{start}", contract.cast_votes, payload, _GATEWAY)


def voters_of(union: DemoUnion) -> list[UUID]:
    """Return members who vote, the holders of the demo accounts first, once governance knows them all."""
    named = [union.member_id(union.holder(account)) for account in ("member", "officer", "chair", "delegate")]
    listed = union.ask("ballot-members", record.list_members, {"standing": "active", "limit": 100}, union.as_officer())
    voters = list(dict.fromkeys([*named, *(UUID(row["id"]) for row in listed["items"])]))
    asked = {"electorate": "list", "member_ids": voters}
    for _ in range(_MOST_TRIES):
        if not union.ask("ballot-electorate", contract.count_electorate, asked, union.as_officer())["strangers"]:
            return voters
        union.pause()
    raise RuntimeError("governance does not know the members")
