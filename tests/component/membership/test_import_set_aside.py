"""What a dry run calls sound can be imported; one row that breaks is set aside by number and reason, never its part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.database import bad_rows
from services.chassis.database.bad_rows import do_or_set_aside
from services.chassis.database.engine import Database
from services.membership.imports.use_cases import importing, parts
from services.membership.organisation.tables import Unit
from services.membership.person import rules as person_rules
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.rosters import (
    COLUMNS,
    carry_out,
    check,
    look,
    members,
    problems,
    row,
    start,
    upload,
    work,
)
from tests.support.examples import costly
from tests.unit.membership.people import WEIGHTS, id_number


def identity(day: str, order: int) -> str:
    """Return a number with a right check character for eight digits that need be no day."""
    body = f"990000{day}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROWS_PER_PART", 5)


def test_a_number_with_an_impossible_day_is_bad_by_name_and_the_others_join(membership: MembershipHarness):
    import_id = upload(membership, [row(1), row(2, 身份证号=identity("19900230", 2)), row(3)], "名册.csv")

    assert check(membership, import_id)["counts"] == {"sound": 2, "bad": 1}
    ((number, kind, heading, _, rule),) = problems(membership, import_id)
    assert (number, kind, heading, rule) == (3, "bad", "身份证号", "person.id_number_holds_a_date")
    assert carry_out(membership, import_id)["result"] == {"joined": 2, "updated": 0, "skipped": 0, "refused": 1}


@pytest.mark.parametrize("day", [date(1900, 1, 1), "0001-01-01", "1948-12-31", "1995-01-01", "2999-01-01"])
def test_a_day_of_joining_outside_its_range_is_bad(membership: MembershipHarness, day: Any):
    columns = [*COLUMNS, ("入会日期", "入会日期")]
    import_id = upload(
        membership, [row(1, 入会日期=day, 入职日期=""), row(2, 入会日期="2012-03-01", 入职日期="")], columns=columns
    )

    assert check(membership, import_id)["counts"] == {"sound": 1, "bad": 1}
    assert {(found[0], found[2]) for found in problems(membership, import_id)} == {(2, "入会日期")}


def test_a_name_that_grows_when_it_is_put_in_order_is_bad(membership: MembershipHarness):
    # NFC writes this one letter as three; fifty of them don't fit the record's column.
    import_id = upload(membership, [row(1, 姓名="\ufb2c" * 50), row(2)])

    assert check(membership, import_id)["counts"] == {"sound": 1, "bad": 1}
    assert problems(membership, import_id)[0][4] == "person.name_fits_the_record"


def test_a_row_an_older_dry_run_let_through_is_set_aside_and_the_import_goes_on(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
):
    rows = [row(order) for order in range(1, 9)]
    rows[2]["身份证号"], rows[3]["身份证号"] = identity("19900230", 2), identity("19911301", 3)
    rows[3]["姓名"] = "王五"
    import_id = upload(membership, rows)
    monkeypatch.setattr(person_rules, "id_number_holds_a_date", lambda _number: None)
    assert check(membership, import_id)["counts"] == {"sound": 8, "bad": 0}
    start(membership, import_id)

    work(membership, import_id)

    done = look(membership, import_id)
    assert (done["state"], done["result"]) == ("imported", {"joined": 6, "updated": 0, "skipped": 0, "refused": 2})
    assert (done["job"]["done"], done["job"]["problems"]) == (8, 2)
    assert [(found[0], found[1], found[4]) for found in problems(membership, import_id)] == [
        (4, "late", "imports.row_can_be_stored"), (5, "late", "imports.row_can_be_stored"),
    ]  # fmt: skip
    assert [member.number for member in members(membership)] == [f"M00000{place}" for place in range(1, 7)]
    joined = [event["member_id"] for event in membership.events("member_joined")]
    assert joined == [str(member.id) for member in members(membership)]


def test_what_the_database_refuses_is_one_row(membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch):
    import_id = upload(membership, [row(1), row(2, 姓名="王五"), row(3)])
    check(membership, import_id)
    start(membership, import_id)
    plain = importing._typed

    def too_long(entry: dict[str, Any]) -> dict[str, Any]:
        typed = plain(entry)
        if typed["person"]["name"] == "王五":
            typed["person"]["employment"] = "no column holds as much as this"
        return typed

    monkeypatch.setattr(importing, "_typed", too_long)
    work(membership, import_id)

    assert look(membership, import_id)["result"] == {"joined": 2, "updated": 0, "skipped": 0, "refused": 1}
    assert problems(membership, import_id) == [(3, "late", None, "王五", "imports.row_can_be_stored")]


def test_judging_that_breaks_on_a_row_leaves_the_others_judged(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
):
    plain = person_rules.refusals_of

    def stumbles(stated: dict[str, object], today: date) -> Any:
        if stated.get("name") == "王五":
            raise OverflowError
        return plain(stated, today)

    monkeypatch.setattr(person_rules, "refusals_of", stumbles)
    import_id = upload(membership, [row(1), row(2, 姓名="王五")])

    assert check(membership, import_id)["counts"] == {"sound": 1, "bad": 1}
    assert problems(membership, import_id) == [(3, "bad", None, None, "imports.row_can_be_read")]


def test_when_not_one_of_many_rows_can_be_done_it_is_not_the_rows(membership: MembershipHarness):
    def breaks(_rows: Sequence[int]) -> None:
        raise KeyError("a missing key")

    with membership.transaction() as tx:
        assert [aside for aside, _ in do_or_set_aside(tx, range(3), breaks)[1]] == [0, 1, 2]
        with pytest.raises(KeyError):
            do_or_set_aside(tx, range(bad_rows.ALL_BROKEN), breaks)


def test_a_lock_that_is_not_given_is_no_fault_of_a_row(membership: MembershipHarness):
    def waits(_rows: Sequence[int]) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("deadlock detected"))

    with membership.transaction() as tx, pytest.raises(sa.exc.OperationalError):
        do_or_set_aside(tx, [1, 2], waits)


def test_what_was_announced_of_a_row_set_aside_is_taken_back(membership: MembershipHarness):
    hooked: list[int] = []

    def work(rows: Sequence[int]) -> int:
        tx.after_commit(lambda: hooked.append(len(rows)))
        if 3 in rows:
            raise ValueError
        return len(rows)

    with membership.transaction() as tx:
        done, broken = do_or_set_aside(tx, [1, 2, 3, 4], work)

    assert (done, [one for one, _ in broken], hooked) == ([2, 1], [3], [2, 1])


def test_a_group_that_ended_meanwhile_takes_nobody(membership: MembershipHarness):
    group_id = membership.found("01-1", "group", "01")
    columns = [*COLUMNS, ("工会小组", "工会小组")]
    import_id = upload(membership, [row(1, 工会小组="单位01-1"), row(2)], columns=columns)
    check(membership, import_id)
    with membership.database.session() as session:
        session.execute(sa.update(Unit).where(Unit.id == group_id).values(active=False))

    assert carry_out(membership, import_id)["result"] == {"joined": 1, "updated": 0, "skipped": 0, "refused": 1}
    assert problems(membership, import_id)[0][4] == "organisation.group_is_of_unit"


def test_who_joined_and_left_meanwhile_is_not_admitted_anew(membership: MembershipHarness):
    slow, quick = upload(membership, [row(1), row(2)]), upload(membership, [row(1)])
    check(membership, slow)
    check(membership, quick)
    carry_out(membership, quick)
    with membership.database.session() as session:
        session.execute(sa.update(Member).values(standing="withdrawn", left_on=date(2026, 1, 1)))

    assert carry_out(membership, slow)["result"] == {"joined": 1, "updated": 0, "skipped": 0, "refused": 1}
    assert problems(membership, slow)[0][4] == "imports.person_never_left"


def test_two_rows_that_would_correct_one_member_are_not_both_taken(membership: MembershipHarness):
    first = upload(membership, [row(1)])
    check(membership, first)
    carry_out(membership, first)
    rows = [row(1, 身份证号=id_number(date(1980, 5, 2), 700)), row(1, 身份证号=id_number(date(1980, 5, 2), 800))]
    second = upload(membership, rows)
    assert check(membership, second)["counts"] == {"bad": 0, "namesake": 2}

    assert carry_out(membership, second, namesake="update")["result"] == {
        "joined": 0, "updated": 1, "skipped": 0, "refused": 1,
    }  # fmt: skip
    assert [found[4] for found in problems(membership, second, kind="late")] == ["imports.person_stands_once"]


TODAY_OR_BEFORE = st.dates(date(1, 1, 1), date(2030, 12, 31))
ODD = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)


@st.composite
def odd_rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return some rows as a careless office might write them, most of them nearly right."""
    rows = []
    for order in range(1, draw(st.integers(1, 6)) + 1):
        day = draw(
            st.sampled_from(["19800501", "19900230", "19911301", "18990101", "20300101"])
            | st.dates(date(1925, 1, 1), date(2012, 12, 31)).map(lambda one: f"{one:%Y%m%d}")
        )
        stated = row(
            order,
            身份证号=draw(st.just(identity(day, order)) | ODD),
            姓名=draw(st.sampled_from(["张三", "\ufb2c" * 40, "阿卜杜拉·买买提", "龘" * 50]) | ODD),
        )
        stated["入职日期"] = draw(st.none() | TODAY_OR_BEFORE.map(date.isoformat) | ODD)
        stated["入会日期"] = draw(st.none() | TODAY_OR_BEFORE.map(date.isoformat) | ODD)
        stated["手机号"] = draw(st.none() | st.just("13800000001") | ODD)
        rows.append(stated)
    return rows


@settings(costly(), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=odd_rows())
def test_every_row_a_dry_run_calls_sound_can_be_imported(
    membership: MembershipHarness, restore: Callable[[Database], None], rows: list[dict[str, Any]]
):
    restore(membership.database)
    membership.establish()
    import_id: UUID = upload(membership, rows, columns=[*COLUMNS, ("入会日期", "入会日期")])

    counts = check(membership, import_id)["counts"]
    done = carry_out(membership, import_id)

    assert done["state"] == "imported"
    assert done["result"]["joined"] == counts.get("sound", 0) == len(members(membership))
