"""Examinations in a member's statement: the same for a past day, whatever followed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.contracts.welfare import statement
from services.contracts.welfare.examinations import operations as contract
from tests.component.welfare.examinations.campaigns import DAY, SPRING, Campaign, on
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account


def told(welfare: WelfareHarness, member_id: UUID, as_of: date) -> list[tuple[str, Any, Any]]:
    found = welfare.ask(statement.my_statement, member_account(member_id), as_of=as_of.isoformat())
    lines = [line for line in found["lines"] if line["kind"] == "examination"]
    return [(line["state"], line["until"], line["reason"]) for line in lines]


def test_what_was_had_missed_and_refused_is_told_as_of_a_day(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(sex="female"), campaign.slot()
    came, missed, man = campaign.member(), campaign.member(), campaign.member(sex="male")
    campaign.open()
    for one in (came, missed):
        campaign.book(one, slot, package)
    before = {one: told(welfare, one, SPRING.date()) for one in (came, missed, man)}
    assert before == {
        came: [("expiring", "2026-06-30", None)],
        missed: [("expiring", "2026-06-30", None)],
        man: [("refused", None, "examinations.a_package_fits")],
    }
    with on(DAY):
        campaign.mark(came)
        campaign.mark(missed, "no_show")
        campaign.open()
        assert told(welfare, came, DAY) == [("given", None, None)]
    with on(date(2026, 7, 10)):
        welfare.ask(contract.close_examination, examination_id=campaign.id)
        assert told(welfare, came, date(2026, 7, 10)) == [("given", None, None)]
        assert told(welfare, missed, date(2026, 7, 10)) == [("lapsed", "2026-06-30", None)]
        assert {one: told(welfare, one, SPRING.date()) for one in before} == before


def test_a_corrected_mark_leaves_the_statements_of_the_days_before(welfare: WelfareHarness, campaign: Campaign) -> None:
    package, slot = campaign.package(sex="female"), campaign.slot()
    came = campaign.member()
    campaign.open()
    campaign.book(came, slot, package)
    with on(DAY):
        campaign.mark(came)
        as_marked = told(welfare, came, DAY)
    corrected = date(2026, 7, 2)  # after the last day to book
    with on(corrected):
        campaign.mark(came, "no_show")
        assert told(welfare, came, corrected) == [("lapsed", "2026-06-30", None)]
        assert told(welfare, came, DAY) == as_marked == [("given", None, None)]
    with on(date(2026, 7, 3)):
        campaign.mark(came)
        assert told(welfare, came, date(2026, 7, 3)) == [("given", None, None)]
        assert told(welfare, came, corrected) == [("lapsed", "2026-06-30", None)]
        assert told(welfare, came, DAY) == as_marked
    marks = welfare.stored("SELECT state FROM examination_mark ORDER BY id")
    assert marks == [("attended",), ("no_show",), ("attended",)]
