"""A member who joins again with another account has that account from now on; the earlier one is closed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.identity.tables import Account, KnownMember, SignedInSession
from services.chassis.database.engine import Database
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import Person

SignIn = Callable[..., Person]


def owner_of(database: Database, account_id: UUID) -> UUID | None:
    with database.session() as session:
        return session.scalar(sa.select(Account.member_id).where(Account.id == account_id))


@pytest.mark.databases("postgresql", "sqlite")
def test_the_new_account_is_his_and_the_old_one_is_closed(
    gateway: GatewayHarness, database: Database, sign_in: SignIn
) -> None:
    before, again = sign_in("member"), sign_in(member=False)
    gateway.hear(MemberUpdated, 2, member_id=before.member_id, standing="withdrawn")
    gateway.hear(MemberJoined, 3, member_id=before.member_id, account_id=again.account_id, rejoined=True)
    assert owner_of(database, again.account_id) == before.member_id
    with database.session() as session:
        old = session.get_one(Account, before.account_id)
        assert (old.member_id, old.username, old.disabled_at is None) == (None, f"anonymous-{old.id}", False)
        assert session.scalars(sa.select(SignedInSession.account_id)).all() == [again.account_id]
        assert session.get_one(KnownMember, before.member_id).standing == "active"


def test_who_was_forgotten_meanwhile_can_sign_in_again(
    gateway: GatewayHarness, database: Database, sign_in: SignIn
) -> None:
    before, again = sign_in("member"), sign_in(member=False)
    gateway.hear(MemberAnonymised, 4, member_id=before.member_id)
    gateway.hear(MemberJoined, 5, member_id=before.member_id, account_id=again.account_id, rejoined=True)
    assert owner_of(database, again.account_id) == before.member_id


def test_a_late_word_of_the_first_joining_takes_no_account_away(
    gateway: GatewayHarness, database: Database, sign_in: SignIn
) -> None:
    first, again, somebody = sign_in(member=False), sign_in(member=False), sign_in("member")
    member_id = somebody.member_id
    late = gateway.make(MemberJoined, 1, member_id=member_id, account_id=first.account_id)
    gateway.hear(MemberJoined, 7, member_id=member_id, account_id=again.account_id, rejoined=True)
    gateway.deliver(late)
    assert owner_of(database, again.account_id) == member_id
    assert owner_of(database, first.account_id) is None


def test_an_account_of_another_member_is_never_taken(
    gateway: GatewayHarness, database: Database, sign_in: SignIn
) -> None:
    mine, his = sign_in("member"), sign_in("member")
    gateway.hear(MemberJoined, 9, member_id=mine.member_id, account_id=his.account_id, rejoined=True)
    assert owner_of(database, his.account_id) == his.member_id
    assert owner_of(database, mine.account_id) == mine.member_id
