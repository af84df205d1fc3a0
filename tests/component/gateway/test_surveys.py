"""What surveys do in the gateway: to-dos of who is asked, messages, nothing that says who just answered."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.notices.tables import Notice
from gateway.read_models.tables import TodoView
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.contracts.activities.surveys.events import SurveyAnswered, SurveyCalled, SurveyClosed, SurveyTold
from tests.component.gateway.harness import GatewayHarness

SURVEY = uuid7()
FIRST, SECOND = uuid7(), uuid7()


def waiting(database: Database) -> set[UUID | None]:
    with database.session() as session:
        asked = sa.select(TodoView.member_id).where(TodoView.kind == "survey_to_answer", TodoView.done.is_(False))
        return set(session.scalars(asked))


def told(database: Database, kind: str) -> list[UUID]:
    with database.session() as session:
        return sorted(session.scalars(sa.select(Notice.recipient_id).where(Notice.kind == kind)))


@pytest.mark.databases("postgresql", "sqlite")
def test_who_is_asked_has_a_to_do_until_it_is_answered_or_over(gateway: GatewayHarness, database: Database) -> None:
    asked = {"survey_id": SURVEY, "member_ids": [FIRST, SECOND]}
    gateway.hear(SurveyCalled, 1, **asked, call="called")
    assert waiting(database) == {FIRST, SECOND}
    assert told(database, "survey_to_answer") == sorted([FIRST, SECOND])
    gateway.hear(SurveyAnswered, 2, survey_id=SURVEY, member_ids=[FIRST])
    assert waiting(database) == {SECOND}
    late = gateway.make(SurveyCalled, 1, **asked, call="called")
    gateway.deliver(late)
    assert waiting(database) == {SECOND}, "a late event opens nothing again"
    gateway.hear(SurveyClosed, 3, survey_id=SURVEY)
    assert waiting(database) == set()


def test_a_reminder_tells_again_and_opens_no_second_to_do(gateway: GatewayHarness, database: Database) -> None:
    gateway.hear(SurveyCalled, 1, survey_id=SURVEY, member_ids=[FIRST, SECOND], call="called")
    gateway.hear(SurveyCalled, 2, survey_id=SURVEY, member_ids=[SECOND], call="again")
    assert waiting(database) == {FIRST, SECOND}
    assert (told(database, "survey_called"), len(told(database, "survey_to_answer"))) == ([SECOND], 2)


def test_who_was_asked_learns_that_the_result_is_out(gateway: GatewayHarness, database: Database) -> None:
    gateway.hear(SurveyTold, 5, survey_id=SURVEY, member_ids=[FIRST], end="published")
    assert told(database, "survey_told") == [FIRST]
    assert waiting(database) == set()
