"""The roles an account has today, as the gateway's own long work looks them up before each step."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from gateway.identity.grants import roles_of_account
from gateway.identity.tables import Account, HeldPost
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Grant
from tests.unit.gateway.conftest import UNIT, Person


def roles(database: Database, person: Person) -> set[Grant]:
    with database.session() as session:
        return set(roles_of_account(session, person.account_id, clock.today()))


def test_an_office_goes_with_its_post_and_all_roles_with_the_account(
    database: Database, sign_in: Callable[..., Person]
) -> None:
    chair = sign_in("chair", unit=UNIT)
    assert Grant("chair", UNIT) in roles(database, chair)
    with database.session() as session:
        session.execute(sa.delete(HeldPost).where(HeldPost.member_id == chair.member_id))
    assert {grant.role for grant in roles(database, chair)} == {"member"}
    with database.session() as session:
        session.execute(sa.update(Account).where(Account.id == chair.account_id).values(disabled_at=clock.now()))
    assert roles(database, chair) == set()


def test_a_program_has_its_one_role_and_an_applicant_that_of_applicants(
    database: Database, sign_in: Callable[..., Person]
) -> None:
    applicant = sign_in(member=False)
    assert roles(database, applicant) == {Grant("applicant")}
    with database.session() as session:
        session.execute(sa.update(Account).where(Account.id == applicant.account_id).values(program_role="hr"))
    assert roles(database, applicant) == {Grant("hr")}
    assert roles(database, Person(uuid7(), None, "-")) == set()
