"""Long work of membership goes on with the roles its asker has by then, as posts and standing say."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed
from services.chassis.jobs.requester import asker_now
from services.chassis.process.runtime import Work
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import Grant, Principal, service_principal
from services.contracts.membership.dues import operations as contract
from services.contracts.membership.organisation import operations as organisation
from services.membership.service import Membership
from tests.component.membership.harness import MembershipHarness
from tests.support.long_work import long_work_of


@pytest.fixture
def worker(membership: MembershipHarness) -> Membership:
    """The service as a worker of its container sees it."""
    made = Membership()
    made.runtime = Work("membership", membership.database, None, {})
    return made


def roles(worker: Membership, member_id: UUID) -> tuple[Grant, ...]:
    return worker.roles_of_asker(CallContext(principal=Principal("account", uuid4(), member_id, ())))


def test_roles_follow_from_the_posts_of_the_day_and_from_standing(membership: MembershipHarness, worker: Membership):
    today = clock.today()
    member = membership.member(1, "01")
    belongs = Grant("member", membership.units["01"])
    assert roles(worker, member) == (belongs,)
    membership.seat("01", "unit_chair", member, today - timedelta(days=30))
    ended = membership.seat("00", "union_officer", member, today - timedelta(days=30))
    membership.seat("00", "auditor", membership.member(2, "02"), today - timedelta(days=30))
    assert set(roles(worker, member)) == {belongs, Grant("chair", membership.units["01"]), Grant("officer")}
    request = {"post_id": ended["id"], "reason": "stepped down", "ended_on": today - timedelta(days=1)}
    membership.ask_typed(organisation.end_post, **request)
    assert set(roles(worker, member)) == {belongs, Grant("chair", membership.units["01"])}
    assert roles(worker, uuid4()) == ()


def test_a_dismissed_officers_charge_run_ends(membership: MembershipHarness, worker: Membership):
    today = clock.today()
    member = membership.member(1, "01")
    post = membership.seat("00", "union_officer", member, today - timedelta(days=30))
    context = CallContext(principal=Principal("account", uuid4(), member, roles(worker, member)))
    assert asker_now(context, roles=worker.roles_of_asker, asked_by=contract.charge_dues).principal.has("officer")
    request = {"post_id": post["id"], "reason": "stepped down", "ended_on": today - timedelta(days=1)}
    membership.ask_typed(organisation.end_post, **request)
    with pytest.raises(NotAllowed, match="no longer has the office"):
        asker_now(context, roles=worker.roles_of_asker, asked_by=contract.charge_dues)


def test_every_kind_of_long_work_says_by_what_it_is_asked_for():
    found = long_work_of(Membership)
    assert len(found) >= 12
    assert all(entrypoint.asked_by is not None for _, entrypoint in found.values())


def test_other_services_are_told_the_unit_of_each_role(membership: MembershipHarness) -> None:
    member = membership.member(1, "01")
    membership.seat("01", "unit_chair", member, clock.today() - timedelta(days=30))
    membership.seat("00", "union_officer", member, clock.today() - timedelta(days=30))
    told = membership.ask(organisation.get_roles, service_principal("welfare"), member_id=member)["items"]
    unit = str(membership.units["01"])
    roles_told = {(one["role"], one["unit_id"]) for one in told}
    assert roles_told == {("member", unit), ("chair", unit), ("officer", None)}
