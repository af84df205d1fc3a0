"""The staff number (工号) of a roster is stored, unique and searchable."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from services.membership.imports.use_cases import parts
from services.membership.record.tables import Member
from services.membership.record.use_cases import search
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.rosters import COLUMNS, carry_out, check, members, problems, row, upload

WITH_NUMBER = [*COLUMNS, ("工号", "工号")]


def test_a_staff_number_is_kept_and_belongs_to_one_member(membership: MembershipHarness):
    rows = [row(1, 工号="20210001"), row(2, 工号="20210001"), row(3, 工号=""), row(4, 工号="G-7")]
    first = upload(membership, rows, columns=WITH_NUMBER)
    assert check(membership, first)["counts"]["bad"] == 1
    assert problems(membership, first) == [(3, "bad", "工号", "20210001", "imports.staff_number_stands_once")]
    done = carry_out(membership, first)
    assert (done["result"]["joined"], done["result"]["refused"]) == (3, 1), "the bad row counts as refused"
    assert sorted(member.hr_id or "" for member in members(membership)) == ["", "20210001", "G-7"]
    with membership.database.session() as session:
        for typed, number in (("20210001", "M000001"), ("2021000", None), ("G-7", "M000003"), ("g-7", "M000003")):
            assert session.scalar(sa.select(Member.number).where(search.matching(typed))) == number


def test_an_update_brings_a_staff_number_and_never_another_member_s(membership: MembershipHarness):
    first = upload(membership, [row(1), row(2, 工号="20210002")], columns=WITH_NUMBER)
    check(membership, first)
    carry_out(membership, first)
    again = upload(membership, [row(1, 工号="20210002"), row(2, 工号="20210002")], columns=WITH_NUMBER)
    assert check(membership, again)["counts"]["bad"] == 1
    assert problems(membership, again, kind="bad") == [(2, "bad", "工号", "20210002", "record.hr_id_is_held")]
    assert carry_out(membership, again, member="update")["result"]["updated"] == 0
    better = upload(membership, [row(1, 工号="20210001")], columns=WITH_NUMBER)
    check(membership, better)
    assert carry_out(membership, better, member="update")["result"]["updated"] == 1
    assert sorted(member.hr_id for member in members(membership)) == ["20210001", "20210002"]


def test_a_number_that_is_given_after_the_check_is_refused_by_the_import(membership: MembershipHarness):
    first = upload(membership, [row(1, 工号="T-1"), row(2)], columns=WITH_NUMBER)
    check(membership, first)
    meanwhile = upload(membership, [row(3, 工号="T-1")], columns=WITH_NUMBER)
    check(membership, meanwhile)
    carry_out(membership, meanwhile)
    done = carry_out(membership, first)
    assert (done["result"]["joined"], done["result"]["refused"]) == (1, 1)
    assert "record.hr_id_is_free" in problems(membership, first)[-1]


def test_a_number_of_another_part_of_the_file_is_known_and_the_same_person_twice_is_no_clash(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(parts, "ROWS_PER_PART", 2)
    rows = [row(1, 工号="A-1"), row(2), row(1, 工号="A-1"), row(3, 工号="A-1"), row(4, 工号="A-2")]
    first = upload(membership, rows, columns=WITH_NUMBER)
    assert check(membership, first)["counts"] == {"sound": 3, "repeated": 1, "bad": 1}
    assert [found for found in problems(membership, first) if found[1] == "bad"] == [
        (5, "bad", "工号", "A-1", "imports.staff_number_stands_once")
    ]
