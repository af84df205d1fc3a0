"""Many join the same club, or many clubs, at once: never more than its limit or the member's."""

from __future__ import annotations

from collections import Counter

import pytest

from services.contracts.activities.clubs import members
from tests.component.activities.clubbing import club_of, found, with_club_rules
from tests.component.activities.harness import ActivitiesHarness, member_account
from tests.component.activities.test_rush import together


def joining(union: ActivitiesHarness, club, member):
    return lambda: union.answer(members.join_club, member_account(member), club_id=club)


@pytest.mark.databases("postgresql")
def test_a_rush_fills_a_club_to_its_limit(activities: ActivitiesHarness):
    president, *others = activities.members(13)
    club = found(activities, president, joining="open", most_members=5)

    answers = together(*[joining(activities, club, one) for one in others])

    found_states = Counter("ok" if "ok" in one else one["problem"]["rule"] for one in answers)
    assert found_states == {"ok": 4, "clubs.club_has_room": 8}
    assert club_of(activities, club)["members"] == 5


@pytest.mark.databases("postgresql")
def test_a_member_who_joins_in_many_windows_keeps_to_the_limit(activities: ActivitiesHarness):
    union = with_club_rules(activities, joined_most=2)
    [member] = union.members(1)
    made = [found(union, one, joining="open", name=f"协会{place}") for place, one in enumerate(union.members(5))]

    answers = together(*[joining(union, club, member) for club in made], joining(union, made[0], member))

    assert sum("ok" in one for one in answers) == 2
    assert sum(club_of(union, club)["members"] for club in made) == 7
