"""A name is stored, masked and found in one form, however it was typed; names from before are put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis.clock import now
from services.chassis.database import migrations
from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.chassis.identifiers import uuid7
from services.contracts.membership import family as family_contract
from services.contracts.membership.joining import operations as joining_contract
from services.contracts.membership.record import operations as contract
from services.membership.family.tables import FamilyMember
from services.membership.joining.tables import Application
from services.membership.organisation.tables import Unit
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.test_cards import card_of, himself, verified
from tests.component.membership.waiting import until_somebody_waits
from tests.support.principals import applicant_account
from tests.unit.membership.people import applicant, id_number

PADDED = "甲\u3000乙"


def found(membership: MembershipHarness, q: str) -> list[str]:
    return [row["name"] for row in membership.ask_typed(contract.list_members, q=q)["items"]]


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize(
    ("typed", "stored", "ways", "masked"),
    [
        (PADDED, "甲乙", ("甲乙", PADDED, " 甲 乙 ", "jiayi", "jy", "ｊｉａｙｉ"), "甲*"),
        ("Ａｎｎａ　 Ｌｉ", "Anna Li", ("anna li", "Anna", "Ａｎｎａ", "annali"), "A*** L*"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提", ("阿卜杜拉・买", "阿卜杜拉.买买提", "abodula"), "阿*******"),
        ("卜算子", "卜算子", ("卜", "卜算", "bus", "bsz"), "卜**"),
        ("\U00031350 甲", "\U00031350甲", ("\U00031350", "\U00031350甲"), "\U00031350*"),
    ],
)
def test_a_name_is_stored_found_and_masked_in_its_form(
    membership: MembershipHarness, typed: str, stored: str, ways: tuple[str, ...], masked: str
) -> None:
    member = membership.member(1, name=typed)
    membership.member(2, name="丙丁")

    assert {way: found(membership, way) for way in ways} == {way: [stored] for way in ways}
    assert verified(membership, card_of(membership, member)["token"])["name"] == masked


def test_correcting_a_name_and_stating_family_bring_names_into_their_form(membership: MembershipHarness) -> None:
    member = membership.member(1, name="丙丁")
    change = {"member_id": member, "version": 1, "reason": "写错", "name": PADDED, "emergency_name": "戊 己"}
    membership.ask_typed(contract.update_member, **change)
    relative = {"relation": "spouse", "name": "庚\u200b 辛"}
    membership.ask_typed(family_contract.add_family_member, himself(member), **relative)

    with membership.database.session() as session:
        assert session.execute(sa.select(Member.name, Member.emergency_name)).one() == ("甲乙", "戊己")
        assert session.scalars(sa.select(FamilyMember.name)).all() == ["庚辛"]


@pytest.mark.databases("postgresql", "sqlite")
def test_an_application_is_found_by_the_name_in_any_form(membership: MembershipHarness) -> None:
    stated = {**applicant(membership.units["01"]), "name": PADDED}
    membership.ask_typed(joining_contract.submit_application, applicant_account(), **stated)

    for q in ("甲乙", PADDED, "甲 乙"):
        listed = membership.ask_typed(joining_contract.list_applications, q=q)
        assert [row["name"] for row in listed["items"]] == ["甲乙"]


@pytest.fixture(params=["postgresql", "sqlite"])
def old(request: pytest.FixtureRequest, database_url: Callable[..., str], tmp_path: Path) -> Iterator[Database]:
    """A database as it was before names had one form."""
    url = database_url("names") if request.param == "postgresql" else f"sqlite:///{tmp_path}/names.sqlite3"
    upgrade("membership", url, to="0016")
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that waits as long as it takes, so that a busy machine changes nothing in what happens when."""
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "120s")


def _old_member(unit_id: UUID, order: int, name: str, pinyin: str, initials: str) -> dict[str, Any]:
    birth = date(1980, 1, 1)
    return {
        "id": uuid7(), "number": f"M{order:06d}", "name": name, "pinyin": pinyin, "initials": initials,
        "gender": "male", "birth_date": birth, "birth_month": 1, "birth_day": 1,
        "id_number": id_number(birth, order % 999), "id_number_index": f"{order:064d}", "unit_id": unit_id,
        "employment": "established", "joined_on": date(2020, 1, 1),
        "emergency_name": "戊\u3000己" if order == 1 else None, "standing": "active", "updated_at": now(), "version": 1,
    }  # fmt: skip


def test_names_from_before_are_put_into_their_form(old: Database) -> None:
    unit = uuid7()
    named = [
        ("甲 乙", "jiayi", "jy"), ("Ａｎｎａ Ｌｉ", "ａｎｎａｌｉ", "ａｌ"),
        ("卜算子", "bosuanzi", "bsz"), ("（已删除）", "", ""),
    ]  # fmt: skip
    others = [("丙丁", "bingding", "bd")] * 1100
    rows = [_old_member(unit, order, *one) for order, one in enumerate([*named, *others, ("己 庚", "jigeng", "jg")], 1)]
    with old.session() as session:
        session.execute(sa.insert(Unit), [{"id": unit, "code": "01", "name": "甲", "kind": "union", "active": True}])
        session.execute(sa.insert(Member), rows)
        session.execute(
            sa.insert(Application),
            [{"id": uuid7(), "state": "draft", "name": PADDED, "receipt_hash": "x", "updated_at": now()}],
        )
        relative = {"member_id": rows[0]["id"], "relation": "spouse", "name": "庚 辛", "stated_at": now()}
        session.execute(sa.insert(FamilyMember), [{"id": uuid7(), **relative}])

    url = old.url.render_as_string(hide_password=False)
    assert "0017" in upgrade("membership", url)

    with old.session() as session:
        keys = sa.select(Member.name, Member.pinyin, Member.initials).order_by(Member.number)
        stored = [tuple(row) for row in session.execute(keys)]
        assert stored[:4] == [
            ("甲乙", "jiayi", "jy"),
            ("Anna Li", "annali", "al"),
            ("卜算子", "busuanzi", "bsz"),
            named[3],
        ]
        assert set(stored[4:-1]) == {others[0]}
        assert stored[-1] == ("己庚", "jigeng", "jg")
        assert session.scalar(sa.select(Member.emergency_name).where(Member.number == "M000001")) == "戊己"
        assert session.scalar(sa.select(Application.name)) == "甲乙"
        assert session.scalar(sa.select(FamilyMember.name)) == "庚辛"


def test_a_name_changed_while_the_migration_runs_is_not_put_back(
    database_url: Callable[..., str], patient: None
) -> None:
    url = database_url("names_in_use")
    upgrade("membership", url, to="0016")
    database, unit = Database(url), uuid7()
    row = _old_member(unit, 1, "甲 乙", "jiayi", "jy")
    with database.session() as session:
        session.execute(sa.insert(Unit), [{"id": unit, "code": "01", "name": "甲", "kind": "union", "active": True}])
        session.execute(sa.insert(Member), [row])

    with ThreadPoolExecutor(1) as other:
        with database.session() as session:
            corrected = {"name": "丙 丁", "pinyin": "bingding", "initials": "bd"}
            session.execute(sa.update(Member).where(Member.id == row["id"]).values(**corrected))
            migrated = other.submit(upgrade, "membership", url, to="0017")
            until_somebody_waits(database)
        assert migrated.result(120) == ["0017"]

    with database.session() as session:
        stored = session.execute(sa.select(Member.name, Member.pinyin, Member.initials)).one()
    database.close()
    assert tuple(stored) == ("丙丁", "bingding", "bd")
