"""What becomes of units in the gateway's views: to-dos go along, members are known in their new unit, terms told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from gateway.identity.tables import KnownMember
from gateway.read_models import todos
from gateway.read_models.tables import ApplicationView
from services.chassis import clock
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.joining.operations import ApplicationSubmitted, MemberJoined
from services.contracts.membership.organisation.operations import PostAssigned, PostEnded, PostTermEnding
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit
from services.contracts.membership.record.operations import UnitChanged
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT

CHAIR = Principal("account", uuid7(), uuid7(), (Grant("chair", UNIT),))
HEIR = Principal("account", uuid7(), uuid7(), (Grant("chair", OTHER_UNIT),))
OFFICER = Principal("account", uuid7(), uuid7(), (Grant("officer"),))


def kinds(principal: Principal) -> list[str]:
    return [item["kind"] for item in todos.of(principal, limit=100)["items"]]


def test_what_was_to_be_done_in_a_merged_unit_falls_to_its_heir(gateway: GatewayHarness) -> None:
    application = uuid7()
    gateway.hear(ApplicationSubmitted, application_id=application, unit_id=UNIT)
    assert (kinds(CHAIR), kinds(HEIR)) == (["application_review"], [])
    gateway.hear(UnitMerged, unit_id=UNIT, into_unit_id=OTHER_UNIT)
    assert (kinds(CHAIR), kinds(HEIR)) == ([], ["application_review"])
    with gateway.database.session() as session:
        assert session.scalars(sa.select(ApplicationView.unit_id)).all() == [OTHER_UNIT]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_unit_split_up_hands_over_only_when_it_is_closed(gateway: GatewayHarness) -> None:
    gateway.hear(ApplicationSubmitted, application_id=uuid7(), unit_id=UNIT)
    gateway.hear(UnitSplit, unit_id=UNIT, new_unit_ids=[OTHER_UNIT], closed=False)
    assert kinds(CHAIR) == ["application_review"]
    gateway.hear(UnitSplit, unit_id=UNIT, new_unit_ids=[OTHER_UNIT], closed=True)
    assert kinds(HEIR) == ["application_review"]


@pytest.mark.databases("postgresql", "sqlite")
def test_many_members_move_in_one_batch_and_keep_their_standing(gateway: GatewayHarness) -> None:
    members = [uuid7() for _ in range(3)]
    for member in members:
        gateway.hear(MemberJoined, member_id=member, unit_id=UNIT, account_id=None, application_id=None)
    moves = [gateway.make(UnitChanged, member_id=one, from_unit_id=UNIT, to_unit_id=OTHER_UNIT) for one in members]
    gateway.deliver_together(*moves)
    with gateway.database.session() as session:
        known = session.execute(sa.select(KnownMember.unit_id, KnownMember.standing)).all()
    assert [tuple(row) for row in known] == [(OTHER_UNIT, "active")] * 3


def test_an_ending_term_is_the_officers_until_somebody_follows_or_it_ends(gateway: GatewayHarness) -> None:
    followed, ended, over = uuid7(), uuid7(), uuid7()
    soon = clock.today() + timedelta(days=60)
    for post in (followed, ended):
        gateway.hear(PostTermEnding, post_id=post, unit_id=UNIT, ends_on=soon)
    gateway.hear(PostTermEnding, post_id=over, unit_id=UNIT, ends_on=clock.today() - timedelta(days=1))
    assert (kinds(OFFICER), kinds(CHAIR)) == (["term_ending", "term_ending"], [])
    gateway.hear(PostAssigned, post_id=uuid7(), succeeds_post_id=followed)
    gateway.hear(PostEnded, post_id=ended)
    assert kinds(OFFICER) == []
