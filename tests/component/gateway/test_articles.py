"""What articles do in the gateway: to-dos of officers, messages to writers, an announcement with a link, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.identity.tables import KnownMember
from gateway.notices import announcements
from gateway.notices.tables import Announcement, Notice
from gateway.read_models.tables import TodoView
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.contracts.activities.articles.events import ArticleMoved, ArticlePublished, ArticleWithdrawn
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT

ARTICLE = uuid7()


@pytest.fixture
def members(database: Database) -> list[UUID]:
    """Two members of a unit and one of another."""
    rows = [
        {"member_id": uuid7(), "unit_id": unit, "standing": "active", "sequence": 1}
        for unit in (UNIT, UNIT, OTHER_UNIT)
    ]
    with database.session() as session:
        session.execute(sa.insert(KnownMember), rows)
    return [row["member_id"] for row in rows]


def open_todos(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(sa.select(TodoView.kind).where(TodoView.done.is_(False))))


def told(database: Database, kind: str) -> set[UUID]:
    with database.session() as session:
        return set(session.scalars(sa.select(Notice.recipient_id).where(Notice.kind == kind)))


@pytest.mark.databases("postgresql", "sqlite")
def test_an_article_that_waits_is_officers_work_until_it_is_read(gateway: GatewayHarness, database: Database) -> None:
    gateway.hear(ArticleMoved, 1, article_id=ARTICLE)
    assert open_todos(database) == ["article_to_review"]
    gateway.hear(ArticleMoved, 2, article_id=ARTICLE, state="published", waits=False)
    assert open_todos(database) == []
    late = gateway.make(ArticleMoved, 1, article_id=ARTICLE)
    gateway.deliver(late)
    assert open_todos(database) == [], "a late event opens nothing again"


def test_the_writer_is_told_what_came_of_it_and_nobody_of_a_service(
    gateway: GatewayHarness, database: Database
) -> None:
    writer = uuid7()
    gateway.hear(ArticleMoved, 1, article_id=ARTICLE, writer_member_id=writer)
    gateway.hear(ArticleMoved, 2, article_id=ARTICLE, state="draft", waits=False, writer_member_id=writer)
    assert told(database, "article_moved") == set(), "taking it back oneself tells nothing"
    returned = {"state": "draft", "waits": False, "returned": True}
    gateway.hear(ArticleMoved, 3, article_id=ARTICLE, **returned, writer_member_id=writer)
    gateway.hear(ArticleMoved, 1, article_id=uuid7(), **returned, writer_member_id=None)
    assert told(database, "article_moved") == {writer}


@pytest.mark.databases("postgresql", "sqlite")
def test_readers_are_notified_once_where_that_was_chosen(
    gateway: GatewayHarness, database: Database, members: list[UUID]
) -> None:
    now = clock.now() - timedelta(minutes=1)
    asked = {"article_id": ARTICLE, "published_at": now, "audience": "units", "unit_ids": [UNIT]}
    gateway.hear(ArticlePublished, 1, **asked, notify=False)
    assert not announcements.tell_some(database)
    gateway.hear(ArticlePublished, 2, **asked, notify=True)
    gateway.hear(ArticlePublished, 3, **asked, notify=True, changed=True, revision=4)
    gateway.hear(ArticlePublished, 4, **asked, notify=True, revision=5)
    while announcements.tell_some(database):
        pass
    assert told(database, "announcement") == set(members[:2])
    with database.session() as session:
        (made,) = session.scalars(sa.select(Announcement)).all()
        assert (made.link, made.state, made.total) == (f"/news/{ARTICLE}", "sent", 2)


def test_a_withdrawn_article_is_announced_to_nobody_more(
    gateway: GatewayHarness, database: Database, members: list[UUID]
) -> None:
    now = clock.now() - timedelta(minutes=1)
    gateway.hear(ArticlePublished, 1, article_id=ARTICLE, published_at=now, audience="all", unit_ids=[], notify=True)
    gateway.hear(ArticleWithdrawn, 2, article_id=ARTICLE)
    gateway.hear(ArticleWithdrawn, 1, article_id=uuid7())
    assert not announcements.tell_some(database)
    assert told(database, "announcement") == set()


@pytest.mark.databases("postgresql", "sqlite")
def test_a_publication_that_arrives_after_its_withdrawal_is_announced_to_nobody(
    gateway: GatewayHarness, database: Database, members: list[UUID]
) -> None:
    published = gateway.make(
        ArticlePublished, 1, article_id=ARTICLE, published_at=clock.now(), audience="all", unit_ids=[], notify=True
    )
    gateway.hear(ArticleWithdrawn, 2, article_id=ARTICLE)
    gateway.deliver(published)
    assert not announcements.tell_some(database)
    assert told(database, "announcement") == set()


def test_an_article_that_is_published_anew_is_announced_anew(
    gateway: GatewayHarness, database: Database, members: list[UUID]
) -> None:
    asked = {"article_id": ARTICLE, "published_at": clock.now(), "audience": "all", "unit_ids": [], "notify": True}
    gateway.hear(ArticlePublished, 1, **asked)
    gateway.hear(ArticleWithdrawn, 3, article_id=ARTICLE)
    gateway.hear(ArticlePublished, 5, **asked)
    gateway.deliver(gateway.make(ArticleWithdrawn, 2, article_id=ARTICLE))
    while announcements.tell_some(database):
        pass
    assert told(database, "announcement") == set(members)
    with database.session() as session:
        states = session.scalars(sa.select(Announcement.state).order_by(Announcement.created_at)).all()
    assert sorted(states) == ["sent", "taken_back"]
