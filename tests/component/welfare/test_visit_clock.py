"""What the clock does to visits, how they are listed and counted, and what happens when two act at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.errors import Conflict, InvalidInput, Problem, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.office import NOON, Office, chair_of


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Let several act at the same time; return what each got, a problem included."""

    def tried(order: int) -> Any:
        try:
            return act(order)
        except Problem as problem:
            return problem

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(tried, range(count)))


def test_a_visit_not_made_in_time_is_announced_once_as_overdue_then_goes_up(any_office: Office) -> None:
    office = any_office
    visit_id = office.report(office.joined())["visit_id"]
    with office.at(NOON + timedelta(hours=47)):
        office.tick("watch_visit_deadlines")
        assert office.events("visit_overdue", "visit_escalated") == []
    with office.at(NOON + timedelta(hours=48)):
        office.tick("watch_visit_deadlines")
        office.tick("watch_visit_deadlines")
        (overdue,) = office.events("visit_overdue")
        assert (overdue["visit_id"], overdue["level"]) == (visit_id, "unit")
        shown = office.ask(visits.get_visit, visit_id=visit_id)
        assert (shown["overdue"], shown["escalated"]) == (True, False)
    with office.at(NOON + timedelta(hours=72)):
        office.tick("watch_visit_deadlines")
        office.tick("watch_visit_deadlines")
        (escalated,) = office.events("visit_escalated")
        assert (escalated["visit_id"], escalated["level"]) == (visit_id, "union")
        assert office.ask(visits.get_visit, visit_id=visit_id)["escalated"]


def test_a_clock_that_stood_still_for_days_announces_both(office: Office) -> None:
    office.report(office.joined())
    with office.at(NOON + timedelta(days=30)):
        office.tick("watch_visit_deadlines")
    assert [event["type"] for event in office.events("visit_overdue", "visit_escalated")] == [
        "visit_overdue",
        "visit_escalated",
    ]


def test_an_overdue_visit_is_still_made_and_is_not_in_time(office: Office) -> None:
    visit_id = office.report(office.joined())["visit_id"]
    with office.at(NOON + timedelta(days=5)):
        office.tick("watch_visit_deadlines")
        made = office.complete(visit_id)
    assert (made["state"], made["overdue"], made["visited_in_time"]) == ("visited", False, False)


def test_a_visit_made_in_time_and_written_down_late_was_in_time(office: Office) -> None:
    visit_id = office.report(office.joined())["visit_id"]
    with office.at(NOON + timedelta(days=9)):
        made = office.complete(visit_id, visited_on=date(2023, 3, 3))
    assert made["visited_in_time"] is True


def test_made_and_cancelled_visits_are_never_overdue(office: Office) -> None:
    office.complete(office.report(office.joined())["visit_id"])
    cancelled = office.report(office.joined())["visit_id"]
    office.ask(visits.cancel_visit, office.chair, visit_id=cancelled, reason="wishes no visit")
    with office.at(NOON + timedelta(days=30)):
        office.tick("watch_visit_deadlines")
    assert office.events("visit_overdue") == []


def test_a_visit_announced_ahead_is_due_after_the_day(office: Office) -> None:
    reported = office.report(office.joined(), "wedding", happened_on=date(2023, 3, 20))
    assert reported["due_at"] == "2023-03-21T16:00:00+00:00"


def test_visits_are_listed_by_due_time_filtered_and_paged(office: Office) -> None:
    ids = []
    for hours in range(5):
        with office.at(NOON + timedelta(hours=hours)):
            ids.append(office.report(office.joined(), happened_on=date(2023, 3, 1))["visit_id"])
    elsewhere = office.report(office.joined(office.other_unit), by=office.officer)["visit_id"]

    first = office.ask(visits.list_visits, office.chair, limit=3)
    rest = office.ask(visits.list_visits, office.chair, limit=3, cursor=first["next_cursor"])
    assert [visit["id"] for page in (first, rest) for visit in page["items"]] == ids
    assert rest["next_cursor"] is None
    backwards = office.ask(visits.list_visits, office.chair, sort="-due_at")["items"]
    assert [visit["id"] for visit in backwards] == ids[::-1]

    def found(**filters: Any) -> set[str]:
        return {visit["id"] for visit in office.ask(visits.list_visits, **filters)["items"]}

    office.complete(ids[0])
    office.answered(ExpenseRefused, ids[0])
    office.ask(visits.assign_visit, office.chair, visit_id=ids[1], assignee_id=(helper := office.joined()))
    assert found(unit_id=office.other_unit) == {elsewhere}
    assert found(state="visited") == found(claim_refused=True) == found(open=False) == {ids[0]}
    assert found(assignee_id=helper) == found(state="assigned") == {ids[1]}
    assert found(due_to="2023-03-02") == set()
    assert found(due_from="2023-03-03", due_to="2023-03-03") == {*ids, elsewhere}
    with office.at(NOON + timedelta(hours=50)):
        assert found(overdue=True) == {ids[1], ids[2], elsewhere}
        assert found(overdue=False) == {ids[0], ids[3], ids[4]}
    with pytest.raises(InvalidInput) as invalid:
        office.ask(visits.list_visits, cursor=first["next_cursor"][:-4] + "AAAA")
    assert invalid.value.field == "cursor"


def test_figures_count_what_stands_and_what_was_in_time(any_office: Office) -> None:
    office = any_office
    made, late, refused, open_one = (office.report(office.joined())["visit_id"] for _ in range(4))
    office.report(office.joined(office.other_unit), by=office.officer)
    office.complete(made)
    office.answered(ExpenseRecorded, made)
    office.complete(refused)
    office.answered(ExpenseRefused, refused)
    with office.at(NOON + timedelta(days=4)):
        office.tick("watch_visit_deadlines")
        office.complete(late)
        figures = office.ask(visits.visit_figures, office.chair)
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
    assert office.ask(visits.visit_figures)["open"] == 2
    assert open_one


def test_two_who_report_at_once_require_one_visit(office: Office) -> None:
    visited = office.joined()
    answers = at_once(8, lambda _: office.report(visited, by=chair_of(office.unit)))
    refused = [answer for answer in answers if isinstance(answer, Problem)]
    assert len(refused) == 7
    assert {type(answer) for answer in refused} <= {Refused, Conflict}
    assert len(office.events("visit_required")) == 1


def test_two_who_complete_at_once_claim_once(office: Office) -> None:
    visit_id = office.report(office.joined())["visit_id"]
    answers = at_once(6, lambda _: office.complete(visit_id, chair_of(office.unit)))
    assert sum(isinstance(answer, Refused) for answer in answers) == 5
    assert len(office.events("visit_completed")) == 1
    assert len(office.ask(visits.get_visit, visit_id=visit_id)["evidence"]) == 2


def test_two_clocks_announce_once(office: Office) -> None:
    for _ in range(5):
        office.report(office.joined())
    at_once(4, lambda _: office.tick("watch_visit_deadlines"))
    with office.at(NOON + timedelta(days=3)):
        at_once(4, lambda _: office.tick("watch_visit_deadlines"))
    assert len(office.events("visit_overdue")) == 5


def test_a_malformed_id_is_the_callers_mistake(office: Office) -> None:
    with pytest.raises(InvalidInput) as invalid:
        office.ask(visits.get_visit, visit_id="not-an-id")
    assert invalid.value.field == "visit_id"
    with pytest.raises(Problem, match="no such visit"):
        office.ask(visits.get_visit, visit_id=uuid4())
