"""The lives of activities and registrations as tables, and that the README draws them as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.activities.calendar.workflow import ACTIVITY
from services.activities.check_in.workflow import ATTENDANCE
from services.activities.children_classes.workflow import CHILD_REGISTRATION
from services.activities.clubs.workflow import CLUB, CLUB_MEMBERSHIP, CLUB_REVIEW
from services.activities.contests.workflow import CONTEST
from services.activities.places.workflow import PLACE_BOOKING
from services.activities.registration.workflow import LIVE, REGISTRATION
from services.activities.sports.workflow import TOURNAMENT
from services.activities.surveys.workflow import SURVEY
from services.activities.teams.workflow import TEAM, TEAM_PLAYER
from services.chassis.errors import Refused
from services.contracts.activities.calendar.shapes import ACTIVITY_STATES
from services.contracts.activities.check_in.vocabulary import ATTENDANCE_STATES
from services.contracts.activities.children_classes.vocabulary import CHILD_STATES
from services.contracts.activities.clubs.vocabulary import CLUB_MEMBERSHIPS, CLUB_REVIEW_STATES, CLUB_STATES
from services.contracts.activities.contests.vocabulary import CONTEST_STATES
from services.contracts.activities.places.vocabulary import BOOKING_STATES
from services.contracts.activities.registration.events import REGISTRATION_STATES
from services.contracts.activities.sports.vocabulary import TOURNAMENT_STATES
from services.contracts.activities.surveys.vocabulary import SURVEY_STATES
from services.contracts.activities.teams.vocabulary import PLAYER_STATES, TEAM_STATES

README = Path(__file__).parents[3] / "services" / "activities" / "README.md"


def test_the_states_are_those_that_were_promised():
    assert set(ACTIVITY.states) == set(ACTIVITY_STATES)
    assert set(REGISTRATION.states) - {"asked"} == set(REGISTRATION_STATES)
    assert set(CHILD_REGISTRATION.states) - {"asked"} == set(CHILD_STATES)
    assert set(CLUB.states) == set(CLUB_STATES)
    assert set(CLUB_MEMBERSHIP.states) - {"asked"} == set(CLUB_MEMBERSHIPS)
    assert set(CLUB_REVIEW.states) == set(CLUB_REVIEW_STATES)
    assert set(CONTEST.states) == set(CONTEST_STATES)
    assert set(TOURNAMENT.states) == set(TOURNAMENT_STATES)
    assert set(PLACE_BOOKING.states) - {"asked"} == set(BOOKING_STATES)
    assert set(SURVEY.states) == set(SURVEY_STATES)
    assert set(ATTENDANCE.states) == set(ATTENDANCE_STATES)
    assert set(TEAM.states) == set(TEAM_STATES)
    assert set(TEAM_PLAYER.states) - {"asked"} == set(PLAYER_STATES)
    assert set(LIVE) == set(REGISTRATION_STATES) - {"cancelled"}


@pytest.mark.parametrize("state", ["held", "cancelled"])
@pytest.mark.parametrize("action", ["update", "cancel", "announce"])
def test_what_was_held_or_called_off_is_not_changed_any_more(state, action):
    with pytest.raises(Refused) as refused:
        ACTIVITY.apply(state, action, roles=None)

    assert refused.value.rule == "workflow.activity"
    assert action not in refused.value.params["legal"]


def test_an_activity_is_not_held_before_it_starts():
    activity = SimpleNamespace(starts_at=datetime(2023, 9, 26, 6, 0, tzinfo=UTC))

    with pytest.raises(Refused) as refused:
        ACTIVITY.apply("scheduled", "hold", roles=None, subject=activity, context=datetime(2023, 9, 1, tzinfo=UTC))

    assert refused.value.rule == "calendar.activity_has_started"


def test_a_cancelled_registration_stays_cancelled():
    assert REGISTRATION.final_states == ("cancelled",)


@pytest.mark.parametrize(
    "workflow",
    [
        ACTIVITY,
        REGISTRATION,
        PLACE_BOOKING,
        CLUB,
        CLUB_MEMBERSHIP,
        CLUB_REVIEW,
        CHILD_REGISTRATION,
        CONTEST,
        TOURNAMENT,
        SURVEY,
        ATTENDANCE,
        TEAM,
        TEAM_PLAYER,
    ],
    ids=lambda workflow: workflow.name,
)
def test_the_readme_draws_the_workflow_as_it_is(workflow):
    assert f"```mermaid\n{workflow.mermaid()}```" in README.read_text(encoding="utf-8")
