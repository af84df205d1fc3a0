"""Members choose by which calendar their birthday is celebrated; every year has one birthday for each."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed
from services.contracts.membership import birthdays as contract
from services.contracts.membership import privacy
from services.contracts.membership.record import operations as record
from tests.component.membership.harness import SYSTEM, MembershipHarness
from tests.support.principals import applicant_account, member_account
from tests.unit.membership.people import id_number

BORN = date(1985, 9, 29)
"""八月十五."""
NOVEMBER, DECEMBER = datetime(2025, 11, 30, 4, tzinfo=UTC), datetime(2025, 12, 1, 4, tzinfo=UTC)


def member(membership: MembershipHarness, order: int = 1) -> UUID:
    return membership.member(order, birth_date=BORN, id_number=id_number(BORN, order))


def choose(membership: MembershipHarness, member_id: UUID, calendar: str) -> dict[str, object]:
    return membership.ask_typed(contract.choose_birthday_calendar, member_account(member_id), calendar=calendar)


def celebrated(membership: MembershipHarness, year: int) -> dict[UUID, list[tuple[int, int]]]:
    """Return for everybody on the lists of a year the months and days."""
    found: dict[UUID, list[tuple[int, int]]] = {}
    for month, calendar in itertools.product(range(1, 13), ("solar", "lunar")):
        request = {"year": year, "month": month, "calendar": calendar}
        for item in membership.ask_typed(record.birthdays, SYSTEM, **request)["items"]:
            found.setdefault(item["member_id"], []).append((month, item["day"]))
    return found


@pytest.mark.databases("postgresql", "sqlite")
def test_a_choice_counts_from_the_next_year_and_the_last_one_before_it(membership: MembershipHarness) -> None:
    one, other = member(membership), member(membership, 2)
    with clock.frozen(NOVEMBER):
        told = choose(membership, one, "lunar")
        assert (told["calendar"], told["chosen"], told["from_year"]) == ("solar", "lunar", 2026)
        assert (told["lunar_this_year"], told["lunar_then"]) == (date(2025, 10, 6), date(2026, 9, 25))
        choose(membership, other, "lunar")
        choose(membership, other, "solar")
    assert celebrated(membership, 2025) == {one: [(9, 29)], other: [(9, 29)]}
    assert celebrated(membership, 2026) == {one: [(9, 25)], other: [(9, 29)]}
    assert celebrated(membership, 2027) == {one: [(9, 15)], other: [(9, 29)]}


@pytest.mark.databases("postgresql", "sqlite")
def test_however_often_the_choice_changes_every_year_has_one_birthday(membership: MembershipHarness) -> None:
    one = member(membership)
    moments = [(2025, 2), (2025, 11), (2025, 12), (2026, 1), (2026, 12), (2027, 6), (2027, 7)]
    for number, (year, month) in enumerate(moments):
        with clock.frozen(datetime(year, month, 5, 4, tzinfo=UTC)):
            choose(membership, one, ("lunar", "solar")[number % 2])
            settled = {counted: celebrated(membership, counted).get(one) for counted in range(2025, year + 1)}
        assert all(days is not None and len(days) == 1 for days in settled.values())
    years = {year: celebrated(membership, year)[one] for year in range(2025, 2030)}
    assert all(len(days) == 1 for days in years.values())


def test_a_choice_in_december_leaves_the_year_whose_january_list_may_be_drawn_up(
    membership: MembershipHarness,
) -> None:
    one = member(membership)
    with clock.frozen(DECEMBER):
        assert choose(membership, one, "lunar")["from_year"] == 2027
    assert celebrated(membership, 2026) == {one: [(9, 29)]}


def test_only_a_member_chooses_and_the_own_copy_tells(membership: MembershipHarness) -> None:
    one = member(membership)
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.choose_birthday_calendar, applicant_account(), calendar="lunar")
    with clock.frozen(NOVEMBER):
        choose(membership, one, "lunar")
    copy = membership.ask_typed(privacy.my_record, member_account(one))
    assert copy["sections"]["birthday_calendar"]["chosen"] == "lunar"
