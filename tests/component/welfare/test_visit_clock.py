"""What the clock does to visits, how they are listed and counted, and what happens when two act at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import Conflict, InvalidInput, Problem, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.harness import NOON, WelfareHarness
from tests.support.at_once import at_once
from tests.support.principals import chair_of


@pytest.mark.databases("postgresql", "sqlite")
def test_a_visit_not_made_in_time_is_announced_once_as_overdue_then_goes_up(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    with clock.frozen(NOON + timedelta(hours=47)):
        welfare.run_timer("watch_visit_deadlines")
        assert welfare.events("visit_overdue", "visit_escalated") == []
    with clock.frozen(NOON + timedelta(hours=48)):
        welfare.run_timer("watch_visit_deadlines")
        welfare.run_timer("watch_visit_deadlines")
        (overdue,) = welfare.events("visit_overdue")
        assert (overdue["visit_id"], overdue["level"]) == (visit_id, "unit")
        shown = welfare.ask(visits.get_visit, visit_id=visit_id)
        assert (shown["overdue"], shown["escalated"]) == (True, False)
    with clock.frozen(NOON + timedelta(hours=72)):
        welfare.run_timer("watch_visit_deadlines")
        welfare.run_timer("watch_visit_deadlines")
        (escalated,) = welfare.events("visit_escalated")
        assert (escalated["visit_id"], escalated["level"]) == (visit_id, "union")
        assert welfare.ask(visits.get_visit, visit_id=visit_id)["escalated"]


def test_a_clock_that_stood_still_for_days_announces_both(welfare: WelfareHarness) -> None:
    welfare.report(welfare.joined())
    with clock.frozen(NOON + timedelta(days=30)):
        welfare.run_timer("watch_visit_deadlines")
    assert [event["type"] for event in welfare.events("visit_overdue", "visit_escalated")] == [
        "visit_overdue",
        "visit_escalated",
    ]


def test_an_overdue_visit_is_still_made_and_is_not_in_time(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    with clock.frozen(NOON + timedelta(days=5)):
        welfare.run_timer("watch_visit_deadlines")
        made = welfare.complete(visit_id)
    assert (made["state"], made["overdue"], made["visited_in_time"]) == ("visited", False, False)


def test_a_visit_made_in_time_and_written_down_late_was_in_time(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    with clock.frozen(NOON + timedelta(days=9)):
        made = welfare.complete(visit_id, visited_on=date(2023, 3, 3))
    assert made["visited_in_time"] is True


def test_made_and_cancelled_visits_are_never_overdue(welfare: WelfareHarness) -> None:
    welfare.complete(welfare.report(welfare.joined())["visit_id"])
    cancelled = welfare.report(welfare.joined())["visit_id"]
    welfare.ask(visits.cancel_visit, welfare.chair, visit_id=cancelled, reason="wishes no visit")
    with clock.frozen(NOON + timedelta(days=30)):
        welfare.run_timer("watch_visit_deadlines")
    assert welfare.events("visit_overdue") == []


def test_a_visit_announced_ahead_is_due_after_the_day(welfare: WelfareHarness) -> None:
    reported = welfare.report(welfare.joined(), "wedding", happened_on=date(2023, 3, 20))
    assert reported["due_at"] == "2023-03-21T16:00:00+00:00"


@pytest.mark.databases("postgresql", "sqlite")
def test_visits_are_listed_by_due_time_filtered_and_paged(welfare: WelfareHarness) -> None:
    ids = []
    for hours in range(5):
        with clock.frozen(NOON + timedelta(hours=hours)):
            ids.append(welfare.report(welfare.joined(), happened_on=date(2023, 3, 1))["visit_id"])
    elsewhere = welfare.report(welfare.joined(welfare.other_unit), by=welfare.officer)["visit_id"]

    first = welfare.ask(visits.list_visits, welfare.chair, limit=3)
    rest = welfare.ask(visits.list_visits, welfare.chair, limit=3, cursor=first["next_cursor"])
    assert [visit["id"] for page in (first, rest) for visit in page["items"]] == ids
    assert rest["next_cursor"] is None
    backwards = welfare.ask(visits.list_visits, welfare.chair, sort="-due_at")["items"]
    assert [visit["id"] for visit in backwards] == ids[::-1]

    def found(**filters: Any) -> set[str]:
        return {visit["id"] for visit in welfare.ask(visits.list_visits, **filters)["items"]}

    welfare.complete(ids[0])
    welfare.answered(ExpenseRefused, ids[0])
    welfare.ask(visits.assign_visit, welfare.chair, visit_id=ids[1], assignee_id=(helper := welfare.joined()))
    assert found(unit_id=welfare.other_unit) == {elsewhere}
    assert found(state="visited") == found(claim_refused=True) == found(open=False) == {ids[0]}
    assert found(assignee_id=helper) == found(state="assigned") == {ids[1]}
    assert found(due_to="2023-03-02") == set()
    assert found(ids=ids[:2], state="assigned") == {ids[1]}
    assert welfare.ask(visits.list_visits, welfare.chair, ids=[elsewhere])["items"] == []
    assert welfare.ask(visits.list_visits, unit_id=welfare.other_unit, with_total=True)["total"] == 1
    assert found(due_from="2023-03-03", due_to="2023-03-03") == {*ids, elsewhere}
    with clock.frozen(NOON + timedelta(hours=50)):
        assert found(overdue=True) == {ids[1], ids[2], elsewhere}
        assert found(overdue=False) == {ids[0], ids[3], ids[4]}
    with pytest.raises(InvalidInput) as invalid:
        welfare.ask(visits.list_visits, cursor=first["next_cursor"][:-4] + "AAAA")
    assert invalid.value.field == "cursor"


@pytest.mark.databases("postgresql", "sqlite")
def test_figures_count_what_stands_and_what_was_in_time(welfare: WelfareHarness) -> None:
    made, late, refused, open_one = (welfare.report(welfare.joined())["visit_id"] for _ in range(4))
    welfare.report(welfare.joined(welfare.other_unit), by=welfare.officer)
    welfare.complete(made)
    welfare.answered(ExpenseRecorded, made)
    welfare.complete(refused)
    welfare.answered(ExpenseRefused, refused)
    with clock.frozen(NOON + timedelta(days=4)):
        welfare.run_timer("watch_visit_deadlines")
        welfare.complete(late)
        figures = welfare.ask(visits.visit_figures, welfare.chair)
        detailed = welfare.ask(visits.visit_figures, welfare.chair, detailed=True)
    assert figures == {
        "open": 1,
        "due_today": 0,
        "overdue": 1,
        "escalated": 1,
        "claims_pending": 1,
        "claims_refused": 1,
        "closed_this_year": 1,
        "made_this_year": 3,
        "in_time_this_year": 2,
    }
    assert welfare.ask(visits.visit_figures)["open"] == 2
    assert open_one
    assert {name: detailed[name] for name in figures} == figures
    by_month = {one["month"]: (one["made"], one["in_time"]) for one in detailed["by_month"]}
    assert (len(by_month), by_month[f"{NOON:%Y-%m}"]) == (12, (3, 2))
    assert welfare.ask(visits.list_visit_statistics, welfare.chair)["items"] == [
        {"unit_id": str(welfare.unit), "month": f"{NOON:%Y-%m}", "made": 3, "in_time": 2}
    ]
    assert welfare.ask(visits.list_visit_statistics, year=2022)["items"] == []
    assert detailed["by_unit"] == [{"unit_id": str(welfare.unit), "made": 3, "in_time": 2, "overdue": 1}]


def test_two_who_report_at_once_require_one_visit(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    answers = at_once(8, lambda _: welfare.report(visited, by=chair_of(welfare.unit)))
    refused = [answer for answer in answers if isinstance(answer, Problem)]
    assert len(refused) == 7
    assert {type(answer) for answer in refused} <= {Refused, Conflict}
    assert len(welfare.events("visit_required")) == 1


def test_both_parents_reported_on_one_day_at_once_are_two_events_and_no_third(welfare: WelfareHarness) -> None:
    bereaved = welfare.joined()

    def report(_: int) -> Any:
        changes = {"relation": "parent", "another_relative": True}
        return welfare.report(bereaved, "bereavement", chair_of(welfare.unit), **changes)

    answers = at_once(6, report)
    refused = [answer for answer in answers if isinstance(answer, Problem)]
    assert len(refused) == 4
    assert {answer.rule for answer in refused if isinstance(answer, Refused)} <= {"visits.relatives_are_few"}
    assert len(welfare.events("visit_required")) == 2


def test_two_who_complete_at_once_claim_once(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    answers = at_once(6, lambda _: welfare.complete(visit_id, chair_of(welfare.unit)))
    assert sum(isinstance(answer, Refused) for answer in answers) == 5
    assert len(welfare.events("visit_completed")) == 1
    assert len(welfare.ask(visits.get_visit, visit_id=visit_id)["evidence"]) == 2


def test_two_clocks_announce_once(welfare: WelfareHarness) -> None:
    for _ in range(5):
        welfare.report(welfare.joined())
    at_once(4, lambda _: welfare.run_timer("watch_visit_deadlines"))
    with clock.frozen(NOON + timedelta(days=3)):
        at_once(4, lambda _: welfare.run_timer("watch_visit_deadlines"))
    assert len(welfare.events("visit_overdue")) == 5


def test_a_malformed_id_is_the_callers_mistake(welfare: WelfareHarness) -> None:
    with pytest.raises(InvalidInput) as invalid:
        welfare.ask(visits.get_visit, visit_id="not-an-id")
    assert invalid.value.field == "visit_id"
    with pytest.raises(Problem, match="no such visit"):
        welfare.ask(visits.get_visit, visit_id=uuid4())
