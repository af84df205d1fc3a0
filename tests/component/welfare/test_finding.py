"""Finding in welfare: every kind by its words, and for each role what its lists show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.security.principal import Grant, Principal
from services.contracts.welfare.charity import operations as charity
from services.contracts.welfare.finding import FOUND_KINDS, find_in_welfare
from services.contracts.welfare.mutual_aid import operations as aid
from services.contracts.welfare.requests import operations as requests
from services.contracts.welfare.requests import types
from tests.component.welfare import goods
from tests.component.welfare.buying import Buying
from tests.component.welfare.care_campaigns.test_care_campaigns import Campaign as CareCampaign
from tests.component.welfare.charity.drives import CHARITY, TERMS
from tests.component.welfare.examinations.campaigns import SPRING
from tests.component.welfare.examinations.campaigns import Campaign as Examination
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.recuperation.rounds import Round
from tests.support.principals import auditor, member_account

WORD = "海棠"


def found(welfare: WelfareHarness, by: Principal | None = None, q: str = WORD) -> list[tuple[str, str]]:
    items = welfare.ask(find_in_welfare, by, q=q, limit=100)["items"]
    return sorted((one["kind"], one["title"]) for one in items)


def kinds(welfare: WelfareHarness, by: Principal | None = None, q: str = WORD) -> list[str]:
    return [kind for kind, _ in found(welfare, by, q)]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """The clock stands at noon of 4 May 2026."""
    with clock.frozen(SPRING):
        yield


@pytest.fixture
def applicant(welfare: WelfareHarness) -> Principal:
    return member_account(welfare.joined())


@pytest.fixture
def things(welfare: WelfareHarness, applicant: Principal) -> dict[str, Any]:
    """One thing of each kind with the word in its title; drafts and another unit's purchase beside them."""
    goods.cycle(
        welfare, title=f"{WORD}慰问品", year=2026, as_of=date(2026, 5, 1), choose_until=date(2026, 5, 10),
        collect_from=date(2026, 5, 12), collect_until=date(2026, 5, 20),
    )  # fmt: skip
    trips = Round(welfare, title=f"{WORD}疗休养")
    trips.trip(trips.route(name=f"{WORD}湖"))
    trips.draft(trips.route(name=f"{WORD}山"))
    Examination(welfare, title=f"{WORD}体检")
    drive = {**TERMS, **CHARITY, "opens_on": "2026-05-01", "closes_on": "2026-05-31"}
    welfare.ask(charity.prepare_drive, **{**drive, "title": f"{WORD}未发布的捐赠"})
    opened = welfare.ask(charity.prepare_drive, **{**drive, "title": f"{WORD}一日捐"})
    welfare.ask(charity.open_drive, drive_id=opened["id"])
    terms = {
        "name": f"{WORD}互助",
        "kind": "inpatient",
        "provider": "职工互助保障会",
        "fee": "50.00",
        "document": "条款",
        "sum_insured": "20000.00",
        "claim_days": 60,
        "remind_days": 15,
    }
    plan = welfare.ask(aid.add_mutual_aid_plan, **terms)
    period = {
        "title": f"{WORD}保障期",
        "starts_on": "2026-06-01",
        "ends_on": "2027-05-31",
        "payer": "own",
        "enrol_from": "2026-05-01",
        "enrol_until": "2026-05-31",
    }
    welfare.ask(aid.open_cover_period, plan_id=plan["id"], **period)
    buying = Buying(welfare)
    buying.supplier(name=f"{WORD}商贸")
    buying.need(title=f"{WORD}本单位采购", unit_id=welfare.unit)
    buying.need(title=f"{WORD}外单位采购", unit_id=welfare.other_unit)
    CareCampaign(welfare, title=f"{WORD}送温暖", starts_on="2026-05-05", ends_on="2026-05-31")
    steps = [{"name": "核对", "days": 2}]
    kind = welfare.ask(types.add_request_type, name=f"{WORD}学位", steps=steps)
    closed = welfare.ask(types.add_request_type, name=f"{WORD}停办", steps=steps)
    welfare.ask(types.offer_request_type, type_id=closed["id"], offered=False)
    asked = welfare.ask(requests.submit_request, applicant, type_id=kind["id"], text="孩子叫金桔")
    return {"request": asked, "type": kind}


@pytest.mark.databases("postgresql", "sqlite")
def test_officers_and_auditors_find_every_kind(welfare: WelfareHarness, things: dict[str, Any]) -> None:
    everything = found(welfare)

    assert {kind for kind, _ in everything} == set(FOUND_KINDS)
    assert len(everything) == len(FOUND_KINDS) + 4  # two trips, drives, purchases and types
    assert found(welfare, auditor()) == everything
    assert found(welfare, q=f"{WORD} 外单位") == [("purchase", f"{WORD}外单位采购")]
    assert found(welfare, q="100%") == found(welfare, q="金桔") == []


def test_a_chair_finds_the_own_unit_and_what_is_published(welfare: WelfareHarness, things: dict[str, Any]) -> None:
    seen = found(welfare, welfare.chair)

    assert sorted({kind for kind, _ in seen}) == sorted(
        {"cycle", "round", "trip", "drive", "plan", "period", "purchase", "campaign", "request_type"}
    )
    assert ("purchase", f"{WORD}本单位采购") in seen
    assert {f"{WORD}外单位采购", f"{WORD}山", f"{WORD}未发布的捐赠", f"{WORD}停办"}.isdisjoint(t for _, t in seen)


def test_a_member_finds_what_members_see_and_the_own_requests(
    welfare: WelfareHarness, things: dict[str, Any], applicant: Principal
) -> None:
    assert kinds(welfare, applicant) == ["drive", "plan", "request", "request_type", "round", "trip"]
    assert kinds(welfare, member_account(welfare.joined())) == ["drive", "plan", "request_type", "round", "trip"]
    number = things["request"]["number"]
    assert kinds(welfare, applicant, number) == kinds(welfare, None, number) == ["request"]
    assert kinds(welfare, welfare.chair, number) == []


def test_a_handler_finds_requests_of_the_own_types_only(
    welfare: WelfareHarness, things: dict[str, Any], applicant: Principal
) -> None:
    who = welfare.joined()
    handler = Principal("account", uuid4(), who, (Grant("member"), Grant("handler")))
    steps = [{"name": "核对", "days": 2}]
    own = welfare.ask(types.add_request_type, name=f"{WORD}托育", steps=steps, handler_id=who)
    welfare.ask(requests.submit_request, applicant, type_id=own["id"], text="一岁半的孩子")

    assert [one for one in found(welfare, handler) if one[0] == "request"] == [("request", f"{WORD}托育")]


def test_pages_follow_each_other(welfare: WelfareHarness, things: dict[str, Any]) -> None:
    first = welfare.ask(find_in_welfare, q=WORD, limit=10)
    rest = welfare.ask(find_in_welfare, q=WORD, limit=10, cursor=first["next_cursor"])

    ids = [one["id"] for one in (*first["items"], *rest["items"])]
    assert len(set(ids)) == len(ids) == len(FOUND_KINDS) + 4
    assert ids == sorted(ids, reverse=True)
    assert rest["next_cursor"] is None
