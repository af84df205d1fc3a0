"""A list of members, typed or uploaded: each line means one member of the unit, or says why it means nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.errors import InvalidInput, NotAllowed
from services.chassis.files.spreadsheets import write_csv, write_xlsx
from services.contracts.membership import member_lists as contract
from services.contracts.membership.record import operations as record
from tests.component.membership.harness import MembershipHarness, roster_row
from tests.support.principals import auditor, chair_of


class Lists:
    """Two namesakes and a third member of a unit, and a member of another unit."""

    def __init__(self, membership: MembershipHarness) -> None:
        self.membership, self.unit = membership, membership.units["01"]
        rows = [
            roster_row(self.unit, 1, name="欧阳晓", hr_id="2015001"), roster_row(self.unit, 2, name="王小明"),
            roster_row(self.unit, 3, name="王小明"), roster_row(membership.units["02"], 4, name="李华"),
        ]  # fmt: skip
        self.admitted: list[tuple[UUID, str]] = membership.admit(*rows)
        self.id_number = rows[0]["id_number"]

    def read(self, by: Any = None, **values: Any) -> list[dict[str, Any]]:
        ask = {"unit_id": self.unit, **values}
        items: list[dict[str, Any]] = self.membership.ask_typed(contract.read_member_list, by, **ask)["items"]
        return items

    def told(self, **values: Any) -> list[Any]:
        """Return of each line the place of its member among those admitted, or the rule."""
        places = {member_id: place for place, (member_id, _) in enumerate(self.admitted)}
        return [places[one["member_id"]] if one.get("member_id") else one["rule"] for one in self.read(**values)]


@pytest.fixture
def lists(membership: MembershipHarness) -> Lists:
    return Lists(membership)


def test_a_line_is_a_number_a_staff_number_or_a_name(lists: Lists):
    numbers = [number for _, number in lists.admitted]
    text = f"{numbers[1]}\n2015001 \n\n欧阳晓\n{numbers[2]}\t王小明\n"

    assert lists.told(text=text) == [1, 0, "member_lists.member_is_listed_once", 2]
    assert [one["row"] for one in lists.read(text=text)] == [1, 2, 4, 5]


def test_a_line_that_means_nobody_of_the_unit_says_why(lists: Lists):
    numbers = [number for _, number in lists.admitted]
    text = f"王小明\n李华\n{numbers[3]}\nM999999\n{numbers[0]},王小明\n欧阳晓,欧阳晓\n"

    assert lists.told(text=text) == [
        "member_lists.name_is_one_members", "member_lists.person_is_known", "member_lists.person_is_known",
        "member_lists.person_is_known", "member_lists.name_fits_the_number", "member_lists.person_is_known",
    ]  # fmt: skip
    assert lists.read(text="王小明")[0]["params"] == {"count": 2}


@pytest.mark.parametrize(("kind", "write"), [("xlsx", write_xlsx), ("csv", write_csv)])
def test_a_file_is_read_by_its_headings(lists: Lists, kind: str, write: Any):
    columns = [("n", "姓名"), ("i", "身份证号"), ("h", "工号"), ("o", "备注")]
    rows = [
        {"n": "欧阳晓", "i": lists.id_number, "h": "", "o": "续保"}, {"n": "欧阳晓", "i": "", "h": "2015001", "o": ""},
        {"n": "王小明", "i": lists.id_number, "h": "", "o": ""}, {"n": "", "i": "", "h": "2019999", "o": ""},
    ]  # fmt: skip
    file = {"name": f"名单.{kind}", "content": write(columns, rows)}

    assert lists.told(file=file) == [
        0, "member_lists.member_is_listed_once", "member_lists.name_fits_the_number", "member_lists.person_is_known",
    ]  # fmt: skip
    read = lists.read(file=file)
    assert read[0]["row"] == 2
    assert lists.id_number not in str(read)


def test_what_is_no_list_is_refused(lists: Lists):
    without = {"name": "a.csv", "content": write_csv([("a", "年份"), ("b", "备注")], [{"a": "2026", "b": "x"}])}
    too_long = "\n".join(f"M{number}" for number in range(contract.MOST_LINES + 1))
    for values, rule in (
        ({"file": without}, "member_lists.columns_name_members"),
        ({"text": too_long}, "member_lists.list_is_short_enough"),
    ):
        problem = lists.membership.refused(contract.read_member_list, unit_id=lists.unit, **values)
        assert isinstance(problem, InvalidInput)
        assert problem.rule == rule
    assert lists.read(text="") == []


def test_a_list_is_read_by_the_units_chair_and_officers(lists: Lists):
    ask = {"unit_id": lists.unit, "text": "欧阳晓"}
    for stranger in (chair_of(uuid4()), auditor()):
        assert isinstance(lists.membership.refused(contract.read_member_list, stranger, **ask), NotAllowed)
    assert lists.read(chair_of(lists.unit), text="欧阳晓")[0]["member_id"] == lists.admitted[0][0]


def test_an_identity_number_is_found_and_never_shown_whole(lists: Lists):
    (read,) = lists.read(text=lists.id_number)
    assert read["member_id"] == lists.admitted[0][0]
    assert lists.id_number not in read["text"]


def test_who_moved_away_is_nobody_of_the_unit(lists: Lists):
    member_id, number = lists.admitted[0]
    moved = {"unit_id": lists.membership.units["02"], "version": 1, "reason": "both units agreed"}
    lists.membership.ask(record.change_unit, member_id=member_id, **moved)
    assert lists.told(text=number) == ["member_lists.person_is_known"]
