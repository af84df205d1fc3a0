"""The staff number (工号) of a roster: kept, one for each member, found again by whoever searches for it."""

from __future__ import annotations

import sqlalchemy as sa

from services.membership.record.tables import Member
from services.membership.record.use_cases import search
from tests.component.membership.roster_office import COLUMNS, carry_out, check, members, problems, row, upload
from tests.component.membership.union import Union

WITH_NUMBER = [*COLUMNS, ("工号", "工号")]


def test_a_staff_number_is_kept_and_belongs_to_one_member(any_union: Union):
    rows = [row(1, 工号="20210001"), row(2, 工号="20210001"), row(3, 工号=""), row(4, 工号="G-7")]
    first = upload(any_union, rows, columns=WITH_NUMBER)
    check(any_union, first)
    done = carry_out(any_union, first)
    assert (done["result"]["joined"], done["result"]["refused"]) == (3, 1)
    assert sorted(member.hr_id or "" for member in members(any_union)) == ["", "20210001", "G-7"]
    assert "record.hr_id_is_free" in problems(any_union, first)[-1]
    with any_union.database.session() as session:
        for typed, number in (("20210001", "M000001"), ("2021000", None)):
            assert session.scalar(sa.select(Member.number).where(search.matching(typed))) == number


def test_an_update_brings_a_staff_number_and_never_another_member_s(any_union: Union):
    first = upload(any_union, [row(1), row(2, 工号="20210002")], columns=WITH_NUMBER)
    check(any_union, first)
    carry_out(any_union, first)
    again = upload(any_union, [row(1, 工号="20210002")], columns=WITH_NUMBER)
    check(any_union, again)
    assert carry_out(any_union, again, member="update")["result"]["updated"] == 0
    better = upload(any_union, [row(1, 工号="20210001")], columns=WITH_NUMBER)
    check(any_union, better)
    assert carry_out(any_union, better, member="update")["result"]["updated"] == 1
    assert sorted(member.hr_id for member in members(any_union)) == ["20210001", "20210002"]
