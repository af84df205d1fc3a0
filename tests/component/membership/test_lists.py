"""Lists of members: found by what people type, in pages, and always by an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.errors import InvalidInput, NotAllowed
from services.chassis.security.principal import Principal
from services.contracts.membership.joining import operations as joining_contract
from services.contracts.membership.record import ages as by_age
from services.contracts.membership.record import operations as contract
from services.membership.joining.use_cases import queue
from services.membership.joining.use_cases import reading as joining_reading
from services.membership.record.use_cases import birthday_choices, reading, roster
from tests.component.membership.harness import SYSTEM, MembershipHarness, asked, roster_row
from tests.support.principals import auditor, chair_of
from tests.unit.membership.people import id_number

PEOPLE = ("张伟", "张薇", "张小明", "曾国藩", "王芳", "欧阳娜娜", "Anna Li", "单雄信")


def listed(membership: MembershipHarness, by: Principal | None = None, **filters: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.list_members, by or membership.officer, **filters)


def names(membership: MembershipHarness, **filters: Any) -> list[str]:
    return [row["name"] for row in listed(membership, **filters)["items"]]


@pytest.fixture
def peopled(membership: MembershipHarness) -> MembershipHarness:
    for order, name in enumerate(PEOPLE, 1):
        changes = {"employment": "contract"} if order > 6 else {}
        membership.member(order, "02" if order > 4 else "01", name=name, joined_on=date(2012, 1, order), **changes)
    return membership


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张", ["张伟", "张薇", "张小明"]),
        ("张伟", ["张伟"]),
        ("zhangw", ["张伟", "张薇"]),
        ("Zhang Wei", ["张伟", "张薇"]),
        ("zxm", ["张小明"]),
        ("zeng", ["曾国藩"]),
        ("shan", ["单雄信"]),
        ("oynn", ["欧阳娜娜"]),
        ("anna li", ["Anna Li"]),
        ("M000005", ["王芳"]),
        ("m00000", sorted(PEOPLE)),
        ("5", ["王芳"]),
        ("０００００５", ["王芳"]),
        ("张wei", ["张伟", "张薇"]),
        ("张 XM", ["张小明"]),
        ("欧阳na", ["欧阳娜娜"]),
        ("单x", ["单雄信"]),
        ("小明", ["张小明"]),
        ("娜娜", ["欧阳娜娜"]),
        ("xiaoming", ["张小明"]),
        ("xiaom", ["张小明"]),
        ("xiao ming", ["张小明"]),
        ("guofan", ["曾国藩"]),
        ("雄信", ["单雄信"]),
        ("小芳", []),
        ("王wei", []),
        ("zzz", []),
        ("赵", []),
    ],
)
def test_members_are_found_by_what_people_type(peopled: MembershipHarness, typed: str, found: list[str]) -> None:
    assert sorted(names(peopled, q=typed)) == sorted(found)


def test_signs_alone_find_nobody_and_say_so(peopled: MembershipHarness) -> None:
    with pytest.raises(InvalidInput) as caught:
        listed(peopled, q="%_")
    assert caught.value.field == "q"


@pytest.mark.databases("postgresql", "sqlite")
def test_filters_are_combined(peopled: MembershipHarness) -> None:
    second = peopled.units["02"]
    assert names(peopled, unit_id=second, employment="contract") == ["Anna Li", "单雄信"]
    assert names(peopled, unit_id=second, employment="contract", q="shan") == ["单雄信"]
    assert names(peopled, standing="retained") == []
    assert listed(peopled, standing="active", with_total=True, limit=1)["total"] == len(PEOPLE)


@pytest.mark.databases("postgresql", "sqlite")
def test_members_are_found_who_lack_a_class_of_retirement(membership: MembershipHarness) -> None:
    membership.member(1, name="张伟", original_age="M60")
    membership.member(2, name="张薇", original_age=None)
    found = listed(membership, lacks="original_age", with_total=True)
    assert ([row["name"] for row in found["items"]], found["total"]) == (["张薇"], 1)


@pytest.mark.parametrize("sort", ["name", "-name", "number", "-number", "joined_on", "-joined_on"])
def test_pages_follow_each_other_in_every_sort(peopled: MembershipHarness, sort: str) -> None:
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        page = listed(peopled, sort=sort, limit=3, cursor=cursor)
        seen += [row["name"] for row in page["items"]]
        cursor = page["next_cursor"]
    whole = names(peopled, sort=sort)
    assert cursor is None
    assert seen == whole
    backwards = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
    assert names(peopled, sort=backwards)[::-1] == whole


def test_a_cursor_that_was_tampered_with_or_is_of_another_sort_is_refused(peopled: MembershipHarness) -> None:
    cursor = listed(peopled, limit=2)["next_cursor"]
    for wrong in (cursor[:-4] + "AAAA", "nonsense"):
        with pytest.raises(InvalidInput) as caught:
            listed(peopled, cursor=wrong)
        assert caught.value.field == "cursor"
    with pytest.raises(InvalidInput):
        listed(peopled, cursor=cursor, sort="number")


def test_a_chair_sees_the_own_unit_only(peopled: MembershipHarness) -> None:
    mine = chair_of(peopled.units["01"])
    assert [row["name"] for row in listed(peopled, mine)["items"]] == ["曾国藩", "张伟", "张薇", "张小明"]
    assert listed(peopled, mine, q="王")["items"] == []
    with pytest.raises(NotAllowed):
        listed(peopled, mine, unit_id=peopled.units["02"])
    assert len(listed(peopled, auditor())["items"]) == len(PEOPLE)


def test_a_list_and_names_take_one_statement_each(peopled: MembershipHarness) -> None:
    from tests.component.membership.test_numbers import counted

    ids = [row["id"] for row in listed(peopled)["items"]]
    with counted(peopled.database) as seen:
        listed(peopled, limit=5)
    assert len([one for one in seen if one.startswith("SELECT")]) == 1
    with counted(peopled.database) as seen:
        assert len(peopled.ask_typed(contract.names_of, SYSTEM, ids=ids)["items"]) == len(PEOPLE)
    assert len([one for one in seen if one.startswith("SELECT")]) == 1


@pytest.fixture(scope="module")
def crowded(migrated_url: Callable[[str], str]) -> Iterator[MembershipHarness]:
    """A union of 6,000 members in 30 units, so that the planner has a reason to choose."""
    membership = MembershipHarness(Database(migrated_url("membership"), pool_size=5))
    membership.found("00", "union", None)
    for place in range(1, 31):
        membership.found(f"{place:02d}")
    family, given = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
    for part in range(6):
        rows = []
        for order in range(part * 1000, part * 1000 + 1000):
            name = family[order % 20] + given[order // 20 % 20] + given[order // 400 % 20]
            rows.append(roster_row(membership.units[f"{order % 30 + 1:02d}"], order, name=name))
        membership.admit(*rows)
    with membership.database.session() as session:
        session.execute(sa.text("UPDATE member SET standing = 'retained' WHERE number LIKE 'M0000%'"))
        session.execute(sa.text("UPDATE member SET employment = 'agency' WHERE number LIKE 'M00010%'"))
    with membership.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    yield membership
    membership.database.close()


def plan_of(membership: MembershipHarness, run: Callable[[Any], Any], by: Principal = SYSTEM) -> str:
    """Return how PostgreSQL carries out the statements that a use case sends on members and applications."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and ("FROM member" in statement or "FROM application" in statement):
            sent.append((statement, parameters))

    sa.event.listen(membership.database.engine, "before_cursor_execute", note)
    try:
        with membership.transaction(by) as tx:
            run(tx)
    finally:
        sa.event.remove(membership.database.engine, "before_cursor_execute", note)
    assert sent
    lines: list[str] = []
    with membership.database.engine.connect() as connection:
        for statement, parameters in sent:
            lines += connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()
    return "\n".join(lines)


FILTERS: list[dict[str, Any]] = [
    {}, {"sort": "-name"}, {"sort": "number"}, {"sort": "-number"}, {"sort": "joined_on"}, {"sort": "-joined_on"},
    {"unit": True}, {"unit": True, "q": "zhang"}, {"standing": "retained"}, {"employment": "agency"},
    {"group": True}, {"q": "M000123"}, {"q": "123"}, {"q": "zhangwei"}, {"q": "zwf"}, {"q": "z"}, {"q": "张伟"},
    {"q": "张wei"}, {"q": "小明"}, {"q": "xiaoming"}, {"q": "zhangw"}, {"unit": True, "q": "weiguo"},
]  # fmt: skip


@pytest.mark.parametrize("filters", FILTERS, ids=lambda one: "+".join(f"{key}={one[key]}" for key in one) or "none")
def test_every_list_is_answered_from_an_index(crowded: MembershipHarness, filters: dict[str, Any]) -> None:
    values = {key: value for key, value in filters.items() if key not in ("unit", "group")}
    if "unit" in filters:
        values["unit_id"] = crowded.units["07"]
    if "group" in filters:
        values["group_id"] = UUID(int=1)
    plan = plan_of(crowded, lambda tx: reading.list_members(tx, asked(contract.list_members, **values)))
    assert "Seq Scan" not in plan, plan


def test_names_and_birthdays_are_answered_from_an_index(crowded: MembershipHarness) -> None:
    ids = [row["id"] for row in listed(crowded, limit=100)["items"]]
    assert "Seq Scan" not in plan_of(crowded, lambda tx: reading.names_of(tx, ids))
    october = asked(contract.birthdays, month=3, limit=20)
    assert "Seq Scan" not in plan_of(crowded, lambda tx: birthday_choices.birthdays(tx, october))


@pytest.mark.parametrize("filters", [{}, {"state": "submitted"}, {"unit": True}, {"q": "张"}], ids=str)
def test_the_queue_of_applications_has_an_index_for_every_filter(
    crowded: MembershipHarness, filters: dict[str, Any]
) -> None:
    values = {key: value for key, value in filters.items() if key != "unit"}
    if "unit" in filters:
        values["unit_id"] = crowded.units["07"]

    def run(tx: Any) -> None:
        joining_reading.list_applications(tx, asked(joining_contract.list_applications, **values))

    plan = _without_sequential_scans(crowded, run)
    assert "Index" in plan or "Bitmap" in plan, plan


def _without_sequential_scans(membership: MembershipHarness, run: Callable[[Any], Any]) -> str:
    """A queue of a few rows is read whole whatever there is; what counts is that an index could serve."""

    def switch(connection: Any, _record: Any, _proxy: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")

    sa.event.listen(membership.database.engine, "checkout", switch)
    try:
        return plan_of(membership, run, membership.officer)
    finally:
        sa.event.remove(membership.database.engine, "checkout", switch)
        membership.database.engine.dispose()


@pytest.mark.databases("sqlite")
def test_sqlite_finds_persons_birthdays_and_figures_by_their_indexes(membership: MembershipHarness) -> None:
    membership.member(1)
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append((statement, parameters))

    sa.event.listen(membership.database.engine, "before_cursor_execute", note)
    with membership.transaction(SYSTEM) as tx:
        roster.standing_persons(tx, {"a", "b"})
        roster.active_by_unit(tx, membership.units.values())
        birthday_choices.birthdays(tx, asked(contract.birthdays, month=3))
        queue.person_applies(tx, "a", besides=None)
        queue.applying_persons(tx, {"a", "b"})
    sa.event.remove(membership.database.engine, "before_cursor_execute", note)
    with membership.database.engine.connect() as connection:
        plans = [
            " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
            for statement, parameters in sent
        ]
    expected = (
        "uq_member_standing_person", "ix_member_figures", "ix_member_birthday", "uq_application_open_person",
        "uq_application_open_person",
    )  # fmt: skip
    assert [index in plan for index, plan in zip(expected, plans, strict=True)] == [True] * 5, plans


@pytest.mark.databases("postgresql", "sqlite")
def test_members_are_counted_by_age_where_enough_are_of_an_age(membership: MembershipHarness):
    today = clock.today()
    for order, years in enumerate((25, 31, 32, 33, 34, 35, 44, 45, 46, 47, 48, 61, 62, 63, 64, 65), 1):
        born = date(today.year - years, 1, 1)
        days = {"hired_on": date(2025, 1, 1), "joined_on": date(2026, 1, 1)}
        number = id_number(born, order)
        membership.member(order, "02" if years == 25 else "01", birth_date=born, id_number=number, **days)

    def ages(by: Principal, **filters: Any) -> list[int | None]:
        found = membership.ask_typed(by_age.member_ages, by, **filters)
        return [item["members"] for item in found["items"]]

    assert ages(membership.officer) == [None, None, 5, 0, 5]
    assert ages(membership.officer, unit_id=membership.units["01"]) == [0, 5, 5, 0, 5]
    assert ages(chair_of(membership.units["02"])) == [None, 0, 0, 0, 0]
    with pytest.raises(NotAllowed):
        ages(chair_of(membership.units["02"]), unit_id=membership.units["01"])
