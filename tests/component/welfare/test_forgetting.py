"""Texts about a former member are erased when the retention period ends; visits and sums stay."""

from __future__ import annotations

from services.contracts.membership.retention import MemberAnonymised
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.office import Office


def test_notes_and_evidence_are_forgotten_and_the_visit_stays(office: Office) -> None:
    somebody, other = office.joined(), office.joined()
    for member_id in (somebody, other):
        visit = office.report(member_id, "hospitalisation", office.officer, note="An appendix.")["visit_id"]
        office.complete(visit, amount="200.00")
    office.hear(
        "on_member_anonymised",
        MemberAnonymised,
        office.body(MemberAnonymised, f"member/{somebody}", member_id=somebody),
    )
    assert [one["amount"] for one in office.ask(visits.list_visits, office.officer)["items"]] == ["200.00"] * 2
    notes = office.stored("SELECT note FROM life_event")
    assert sorted(note is None for (note,) in notes) == [False, True]
