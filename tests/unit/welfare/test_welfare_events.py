"""What welfare announces: sound examples, and nothing that tells who has which occasion."""

from __future__ import annotations

import pytest

from services.chassis.schema import EVENTS
from services.contracts.welfare import birthdays, entitlements
from services.contracts.welfare.hardship.events import HardshipReviewDue
from services.contracts.welfare.visits.events import (
    LifeEventReported,
    VisitAssigned,
    VisitCompleted,
    VisitOverdue,
    VisitRequired,
)
from services.contracts.welfare.vocabulary import OCCASIONS

OURS = [event for event in EVENTS.values() if event.source == "welfare"]
WHO = {"member_id", "assignee_member_id", "previous_assignee_id"}
WHY = {"occasion", "relation", "note", "reason", "benefit_key"}


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.type)
def test_the_example_is_sound_and_names_its_subject(event):
    assert event.load(event(**event.load(event.example)).payload())
    assert "{" not in event.subject.format(**event.example)


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.type)
def test_no_event_says_who_together_with_why(event):
    fields = set(event.data().fields)
    assert not (fields & WHO and fields & WHY)
    assert "occasion" not in fields


def test_all_events_of_the_catalogue_are_there():
    assert {event.type for event in OURS} >= {
        LifeEventReported.type,
        VisitRequired.type,
        VisitAssigned.type,
        VisitCompleted.type,
        VisitOverdue.type,
        birthdays.BenefitGranted.type,
        entitlements.EntitlementOpened.type,
    }


def test_subjects_and_keys_of_visits_do_not_name_an_occasion():
    # A record of hardship is no visit: its event names the record alone, neither member nor unit.
    assert set(HardshipReviewDue.data().fields) == {"record_id", "due_on", "open"}
    for event in set(OURS) - {HardshipReviewDue}:
        assert not any(occasion in event.subject for occasion in OCCASIONS)
