"""Timeline, to-dos and account name of a former member are erased when the retention period ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from gateway.identity.tables import Account
from gateway.notices.tables import Notice
from gateway.read_models.tables import TimelineEntry, TodoView
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.contracts.governance.awards import AwardGranted
from services.contracts.membership.corrections import CorrectionAsked, CorrectionEnded
from services.contracts.membership.privacy import ConsentWithdrawn
from services.contracts.membership.retention import MemberAnonymised
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import Person

SignIn = Callable[..., Person]


@pytest.mark.databases("postgresql", "sqlite")
def test_news_and_account_name_go_and_the_account_is_closed(
    gateway: GatewayHarness, database: Database, sign_in: SignIn
) -> None:
    somebody, other = sign_in("member"), uuid7()
    gateway.hear(AwardGranted, member_id=somebody.member_id, award_id=uuid7())
    gateway.hear(AwardGranted, member_id=other, award_id=uuid7())
    gateway.hear(MemberAnonymised, member_id=somebody.member_id)
    with database.session() as session:
        account = session.get(Account, somebody.account_id)
        assert account is not None
        assert account.disabled_at is not None
        assert account.username == f"anonymous-{somebody.account_id}"
        assert session.scalars(sa.select(TimelineEntry.member_id)).all() == [other]
        assert session.scalars(sa.select(Notice.recipient_id)).all() == [other]


def test_a_correction_is_a_to_do_until_it_ends_whatever_comes_first(
    gateway: GatewayHarness, database: Database
) -> None:
    one, late = uuid7(), uuid7()
    gateway.hear(CorrectionAsked, correction_id=one)
    asked = gateway.make(CorrectionAsked, correction_id=late)
    gateway.hear(CorrectionEnded, correction_id=late, outcome="refused")
    gateway.deliver(asked)
    with database.session() as session:
        open_todos = sa.select(TodoView.subject_id).where(TodoView.done.is_(False))
        assert session.scalars(open_todos).all() == [one]
        kinds = sa.select(TimelineEntry.kind, TimelineEntry.params)
        assert [tuple(row) for row in session.execute(kinds)] == [("correction_ended", {"outcome": "refused"})]


def test_a_withdrawn_consent_is_confirmed_to_the_member_alone(gateway: GatewayHarness, database: Database) -> None:
    consent, member = uuid7(), uuid7()
    gateway.hear(ConsentWithdrawn, consent_id=consent, member_id=member, purpose="publication")
    with database.session() as session:
        told = sa.select(TimelineEntry.kind, TimelineEntry.member_id, TimelineEntry.params)
        assert [tuple(row) for row in session.execute(told)] == [
            ("consent_withdrawn", member, {"purpose": "publication"})
        ]
