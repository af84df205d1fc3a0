"""Texts about a former member are erased when the retention period ends; visits and sums stay."""

from __future__ import annotations

import pytest

from services.contracts.membership.retention import MemberAnonymised
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.harness import WelfareHarness


@pytest.mark.databases("postgresql", "sqlite")
def test_notes_and_evidence_are_forgotten_and_the_visit_stays(welfare: WelfareHarness) -> None:
    somebody, other = welfare.joined(), welfare.joined()
    for member_id in (somebody, other):
        visit = welfare.report(member_id, "hospitalisation", welfare.officer, note="An appendix.")["visit_id"]
        welfare.complete(visit, amount="200.00")
    welfare.receive(
        "on_member_anonymised",
        welfare.message(MemberAnonymised, member_id=somebody),
    )
    assert [one["amount"] for one in welfare.ask(visits.list_visits, welfare.officer)["items"]] == ["200.00"] * 2
    notes = welfare.stored("SELECT note FROM life_event")
    assert sorted(note is None for (note,) in notes) == [False, True]
