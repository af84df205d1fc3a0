"""Whatever is done in whatever order: never a seat too many, and first come, first served."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.contracts.activities.calendar import operations as calendar
from tests.component.activities.harness import OFFICER, ActivitiesHarness

PEOPLE = 7
PERSON = st.integers(0, PEOPLE - 1)
STEPS = st.one_of(
    st.tuples(st.just("register"), PERSON),
    st.tuples(st.just("register"), PERSON),
    st.tuples(st.just("cancel"), PERSON),
    st.tuples(st.just("batch"), st.lists(PERSON, min_size=1, max_size=PEOPLE)),
    st.tuples(st.just("resize"), st.integers(1, PEOPLE) | st.none()),
)


class Fair:
    """What everybody would expect: one queue, and the first `capacity` of it have the seats."""

    def __init__(self, capacity: int | None) -> None:
        self.capacity = capacity
        self.queue: list[UUID] = []

    def states(self) -> dict[UUID, str]:
        seats = len(self.queue) if self.capacity is None else self.capacity
        return {one: "confirmed" if place < seats else "waitlisted" for place, one in enumerate(self.queue)}

    def enter(self, *members: UUID) -> None:
        self.queue += [one for one in dict.fromkeys(members) if one not in self.queue]

    def leave(self, member: UUID) -> None:
        self.queue.remove(member)


@pytest.mark.databases("postgresql", "sqlite")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(1, 4) | st.none(), steps=st.lists(STEPS, min_size=1, max_size=25))
def test_any_sequence_keeps_seats_exact_and_the_order_fair(
    activities: ActivitiesHarness, capacity: int | None, steps: list
):
    activity = activities.schedule(capacity=capacity)
    people = activities.members(PEOPLE)
    fair = Fair(capacity)

    for what, which in steps:
        if what == "register":
            activities.register(activity, people[which])
            fair.enter(people[which])
        elif what == "batch":
            activities.register_batch(activity, [people[one] for one in which])
            fair.enter(*[people[one] for one in which])
        elif what == "cancel" and people[which] in fair.queue:
            activities.cancel(activity, people[which])
            fair.leave(people[which])
        elif what == "resize":
            activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=which, move_overflow=True)
            fair.capacity = which

        live = {one: state for one, state in activities.states(activity).items() if state != "cancelled"}
        assert live == fair.states()
    activities.assert_sound(activity)
    assert activities.waiting(activity) == [one for one, state in fair.states().items() if state == "waitlisted"]
