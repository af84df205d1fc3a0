"""Terms, seats and shares: prepared, divided, begun, ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.chassis.errors import NotAllowed, PreconditionFailed, Refused
from services.contracts.governance.congress import delegates, terms
from tests.component.governance.congress.terms import BODY, Union, chair_of


def seats(union: Union, congress: str) -> list[int]:
    listed = union.governance.ask(terms.list_seats, congress_id=congress, limit=100)["items"]
    of = {one["unit_id"]: one["seats"] for one in listed}
    return [of.get(str(unit), 0) for unit in union.units]


def test_seats_are_divided_by_headcount_and_every_unit_hears_of_its_own(union: Union):
    congress = union.allotted()

    assert seats(union, congress) == [4, 2, 1]
    told = union.governance.events("unit_seats_changed")
    assert {(one["unit_id"], one["seats"], one["vacant"]) for one in told} == {
        (str(unit), count, count) for unit, count in zip(union.units, (4, 2, 1), strict=True)
    }


def test_one_units_seats_are_changed_within_the_body_and_not_below_its_delegates(union: Union):
    congress = union.allotted()
    union.elect(congress, union.units[0], union.members[union.units[0]][:3])

    def change(place: int, count: int) -> Any:
        values = {"congress_id": congress, "body": BODY, "unit_id": union.units[place], "seats": count}
        return union.governance.ask(terms.set_unit_seats, **values, reason="经协商调整")

    with pytest.raises(Refused, match="3 delegates serve"):
        change(0, 2)
    with pytest.raises(Refused, match="body has 7"):
        change(1, 3)
    change(0, 3)
    change(1, 3)
    assert seats(union, congress) == [3, 3, 1]


def test_too_few_seats_and_foreign_units_are_refused(union: Union):
    congress = union.prepare(seats=2)

    with pytest.raises(Refused) as refused:
        union.governance.ask(terms.allot_seats, congress_id=congress, body=BODY, least=1)
    assert refused.value.rule == "congress.seats_suffice"
    with pytest.raises(Refused) as refused:
        union.governance.ask(terms.allot_seats, congress_id=congress, body="union_congress", least=1)
    assert refused.value.rule == "congress.body_meets"


def test_a_term_begins_with_delegates_after_the_one_before(union: Union):
    congress = union.allotted()
    with pytest.raises(Refused) as refused:
        union.governance.ask(terms.begin_congress, congress_id=congress)
    assert refused.value.rule == "congress.has_delegates"
    with pytest.raises(Refused) as refused:
        union.prepare(number=7)
    assert refused.value.rule == "congress.term_follows"
    with pytest.raises(Refused) as refused:
        union.prepare(number=6, starts_on=date(2027, 1, 1))
    assert refused.value.rule == "congress.number_is_free"

    union.elect(congress, union.units[2], union.members[union.units[2]][:1])
    assert union.governance.ask(terms.begin_congress, congress_id=congress)["state"] == "in_term"
    with pytest.raises(Refused) as refused:
        union.governance.ask(terms.begin_congress, congress_id=congress)
    assert refused.value.params["legal"] == ["end"]


def test_another_last_day_holds_for_every_seat(union: Union):
    congress = union.in_term()
    found = union.governance.ask(terms.get_congress, congress_id=congress)
    wanted = {
        "congress_id": congress, "ends_on": date(2031, 8, 31), "bodies": [{"body": BODY, "seats": 9}],
        "reason": "经上级工会批准延期换届",
    }  # fmt: skip

    with pytest.raises(PreconditionFailed):
        union.governance.ask(terms.change_congress, **wanted, version=found["version"] - 1)
    union.governance.ask(terms.change_congress, **wanted, version=found["version"])

    assert len(union.governance.events("delegate_term_changed")) == 7
    listed = union.governance.ask(delegates.list_delegates, congress_id=congress)["items"]
    assert {one["last_day"] for one in listed} == {"2031-08-31"}
    union.governance.ask(terms.end_congress, congress_id=congress)
    with pytest.raises(Refused, match="ended"):
        union.governance.ask(terms.allot_seats, congress_id=congress, body=BODY, least=1)
    listed = union.governance.ask(delegates.list_delegates, congress_id=congress)["items"]
    assert {one["last_day"] for one in listed} == {"2026-03-11"}


def test_shares_are_counted_with_what_is_missing_and_no_facts_are_kept(union: Union):
    congress = union.elected()
    asked: list[dict[str, Any]] = []

    def facts(request: Any) -> dict[str, Any]:
        asked.append(dict(request))
        people = [{"member_id": one, "sex": "male", "age": 50} for one in request["member_ids"]]
        people[0].update(sex="female", age=40)
        return {"items": people, "unknown_ids": []}

    figures = {
        "unit_id": union.units[0], "members": 70, "women": 30, "by_employment": {}, "groups": 0, "has_chair": True,
        "needs_committee": True, "needs_women_committee": True,
    }  # fmt: skip
    union.governance.answers["membership.facts_of_members"] = facts
    union.governance.answers["membership.unit_figures"] = lambda _: {"items": [figures]}

    found = union.governance.ask(terms.check_shares, congress_id=congress, body=BODY)

    (body,) = found["bodies"]
    assert {one["share"]: (one["found"], one["of"], one["missing"]) for one in body["shares"]} == {
        "teachers": (7, 7, 0), "women": (1, 7, 2), "young": (1, 7, 1),
    }  # fmt: skip
    assert body["shares_missing_rules"] == []
    assert asked[0]["purpose"] == "congress_shares"
    teachers = next(one for one in body["shares"] if one["share"] == "teachers")
    assert teachers["rule"]["document"] == "学校教职工代表大会规定"


def test_only_officers_prepare_and_divide(union: Union):
    congress = union.prepare()
    chair = chair_of(union.units[0])
    with pytest.raises(NotAllowed):
        union.governance.ask(terms.allot_seats, chair, congress_id=congress, body=BODY, least=1)
