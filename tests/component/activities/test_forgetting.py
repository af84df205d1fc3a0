"""Employment and hiring day of a former member are erased when the retention period ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.activities.participants.tables import Participant
from services.chassis.database.history import ChangeHistory
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.harness import OFFICER, ActivitiesHarness, joining


@pytest.mark.databases("postgresql", "sqlite")
def test_why_a_place_was_given_back_is_forgotten_with_the_person(activities: ActivitiesHarness) -> None:
    activity, (member_id, other) = activities.schedule(), activities.members(2)
    activities.register_batch(activity, [member_id, other])
    for one in (member_id, other):
        activities.ask(
            registration.cancel_registration, OFFICER, activity_id=str(activity), member_id=str(one), reason="住院"
        )

    def reasons() -> int:
        with activities.database.session() as session:
            return len(session.scalars(sa.select(ChangeHistory).where(ChangeHistory.reason == "住院")).all())

    assert reasons() == 2
    activities.tell(MemberAnonymised, member_id=str(member_id))
    assert reasons() == 1


def test_the_copy_of_a_former_member_keeps_only_what_figures_need(activities: ActivitiesHarness) -> None:
    member_id = uuid4()
    activities.joined(member_id)
    activities.tell(MemberAnonymised, member_id=str(member_id))
    with activities.database.session() as session:
        row = session.scalars(sa.select(Participant).where(Participant.member_id == member_id)).one()
        assert (row.employment, row.joined_on, row.awaits_ceremony) == (None, None, False)


def test_news_of_joining_that_come_after_everything_bring_nothing_back(activities: ActivitiesHarness) -> None:
    member_id = uuid4()
    activities.tell(MemberUpdated, 2, **_updated(member_id, "withdrawn"))
    activities.tell(MemberAnonymised, 3, member_id=str(member_id))

    activities.joined(member_id, 1)

    with activities.database.session() as session:
        row = session.scalars(sa.select(Participant).where(Participant.member_id == member_id)).one()
        assert (row.standing, row.employment, row.joined_on) == ("withdrawn", None, None)


def _updated(member_id: UUID, standing: str) -> dict[str, Any]:
    kept = {name: joining(member_id)[name] for name in ("member_id", "unit_id", "employment")}
    return {**kept, "standing": standing, "fields_changed": ["standing"]}
