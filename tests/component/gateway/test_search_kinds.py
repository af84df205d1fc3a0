"""Awards and announcements in the search: found as they are now, by whom they are for; the index is written anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from gateway.notices import announcements
from gateway.read_models import awards, search, search_index
from gateway.read_models.entrypoints import indexed_kinds
from gateway.read_models.tables import AwardView, SearchEntry, SearchGram
from gateway.subjects import SUBJECTS
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.grams import words_of
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.awards import AwardGranted, AwardRevoked
from tests.component.gateway.harness import GatewayHarness
from tests.component.gateway.test_activity_views import schedule
from tests.component.gateway.test_announcements import TEXT, asking, people
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT, Person

Titles = Callable[..., list[str]]
OFFICER = Principal("account", uuid7(), None, (Grant("officer"),))

pytestmark = pytest.mark.databases("postgresql", "sqlite")


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


@pytest.fixture
def titles(app: Flask) -> Titles:
    """What somebody finds of a kind."""

    def found(q: str, kind: str, principal: Principal = OFFICER) -> list[str]:
        with app.app_context():
            results = search.first_of_each(principal, words_of(q), [kind], 10)
        return [item["title"] for item in results.get(kind, [])]

    return found


def revoked(app: Flask, *award_ids: UUID) -> dict[UUID, bool]:
    with app.app_context():
        return {award_id: award["revoked"] for award_id, award in awards.several(award_ids).items()}


def member(member_id: UUID) -> Principal:
    return Principal("account", uuid7(), member_id, (Grant("member", UNIT),))


def index(database: Database) -> tuple[set[Any], set[Any]]:
    with database.session() as session:
        return (
            set(session.execute(sa.select(SearchEntry.__table__)).all()),
            set(session.execute(sa.select(SearchGram.__table__)).all()),
        )


def test_an_award_is_found_by_its_name_and_document_also_when_it_was_revoked(
    app: Flask, gateway: GatewayHarness, titles: Titles
) -> None:
    award_id = uuid7()
    facts = {"award_id": award_id, "title": "优秀工会工作者", "document": "校工〔2023〕21号"}
    gateway.hear(AwardGranted, 1, **facts)
    assert titles("工会工作者", "award") == titles("21 校工", "award") == ["优秀工会工作者"]
    assert revoked(app, award_id) == {award_id: False}
    gateway.hear(AwardRevoked, 2, **facts)
    assert titles("工会工作者", "award") == ["优秀工会工作者"]
    assert revoked(app, award_id) == {award_id: True}


def test_awards_from_before_are_brought_and_what_events_told_since_stays(
    app: Flask, gateway: GatewayHarness, database: Database, titles: Titles
) -> None:
    known, old = uuid7(), uuid7()
    gateway.hear(AwardRevoked, 2, award_id=known, title="三育人先进个人")
    item = {
        "title": "先进教工小家", "level": "city", "category": "home", "awarded_on": "2019-05-01", "document": None,
        "state": "granted", "version": 1,
    }  # fmt: skip
    pages = {
        None: {"items": [{**item, "id": str(known), "title": "三育人先进个人"}], "next_cursor": "further"},
        "further": {"items": [{**item, "id": str(old)}], "next_cursor": None},
    }
    for rows in awards.pages_of_owner(lambda _operation, payload: pages[payload["cursor"]]):
        with transaction(database) as tx:
            awards.keep_page(tx, rows)
    assert titles("教工小家", "award") == ["先进教工小家"]
    assert revoked(app, known, old) == {known: True, old: False}


def test_an_announcement_is_found_by_those_who_were_told_and_by_officers_until_it_is_taken_back(
    app: Flask, database: Database, titles: Titles, sign_in: Callable[..., Person]
) -> None:
    ask = asking(app, sign_in("officer"))
    (told,), (other,) = people(database, 1), people(database, 1, unit_id=OTHER_UNIT)
    made = ask("POST", "/announcements", {**TEXT, "audience": {"units": [str(UNIT)], "standings": []}}).json
    assert (titles("放假", "announcement"), titles("放假", "announcement", member(told))) == ([TEXT["title"]], [])
    while announcements.tell_some(database):
        pass
    assert titles("spring", "announcement", member(told)) == titles("除夕", "announcement", member(told))
    assert titles("除夕", "announcement", member(told)) == [TEXT["title"]]
    assert titles("放假", "announcement", member(other)) == []
    assert ask("POST", f"/announcements/{made['id']}/take-back").status_code == 200
    assert titles("放假", "announcement") == titles("放假", "announcement", member(told)) == []


def test_the_index_written_anew_is_the_one_that_events_kept(
    app: Flask, gateway: GatewayHarness, database: Database, titles: Titles, sign_in: Callable[..., Person]
) -> None:
    people(database, 1)
    asking(app, sign_in("officer"))("POST", "/announcements", TEXT)
    for number in range(3):
        schedule(gateway, title=f"太极拳第{number}期", title_en="Taiji", summary="在操场。")
        gateway.hear(AwardGranted, 1, award_id=uuid7(), title=f"优秀工会工作者{number}")
    gone = uuid7()
    gateway.hear(AwardGranted, 1, award_id=gone, title="将被删去")
    kept = index(database)
    with transaction(database) as tx:
        tx.session.execute(sa.delete(SearchGram).where(SearchGram.gram == "太极"))
        tx.session.execute(sa.update(SearchEntry).values(folded_title="", title="?"))
        tx.session.execute(sa.delete(AwardView).where(AwardView.award_id == gone))
    assert titles("太极", "activity") == []
    with transaction(database) as tx:
        counts = {indexed.kind: search_index.rebuild(tx, indexed) for indexed in indexed_kinds(SUBJECTS)}
    assert (counts["activity"], counts["award"], counts["announcement"]) == (3, 3, 1)
    entries, grams = index(database)
    assert entries == {row for row in kept[0] if row.subject_id != gone}
    assert grams == {row for row in kept[1] if row.subject_id != gone}
