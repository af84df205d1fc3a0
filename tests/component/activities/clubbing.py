"""Clubs in tests: a founded one with its president, charters, rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.chassis.database.transaction import transaction
from services.chassis.rules.rulebook import load_rules
from services.contracts.activities.clubs import clubs, members
from tests.component.activities.harness import OFFICER, ActivitiesHarness, member_account
from tests.support.pictures import PDF


def with_club_rules(activities: ActivitiesHarness, **figures: int | str) -> ActivitiesHarness:
    """Put rules of clubs in force."""
    rules = [
        {
            "key": f"clubs.{name}", "value": value, "unit": "count", "title": "协会管理办法", "article": "三",
            "valid_from": "2020-01-01",
        }
        for name, value in figures.items()
    ]  # fmt: skip
    with transaction(activities.database) as tx:
        load_rules(tx, rules, "own")
    return activities


def apply(union: ActivitiesHarness, member: UUID, charter: bool = True, **changes: Any) -> UUID:
    """Apply for a club, with its charter, and return its id."""
    values = {"name": "羽毛球协会", "kind": "sports", "aim": "强身健体，增进交流。", **changes}
    club = UUID(union.ask(clubs.apply_club, member_account(member), **values)["id"])
    if charter:
        union.ask(
            clubs.set_club_charter, member_account(member), club_id=club, name="章程.pdf",
            media_type="application/pdf", content=PDF,
        )  # fmt: skip
    return club


def found(union: ActivitiesHarness, president: UUID, *others: UUID, **changes: Any) -> UUID:
    """Found a club and return its id."""
    club = apply(union, president, **changes)
    for one in others:
        union.ask(members.join_club, member_account(one), club_id=club)
    union.ask(clubs.decide_club, OFFICER, club_id=club, found=True, note="同意成立")
    return club


def club_of(union: ActivitiesHarness, club: UUID, principal: Any = OFFICER) -> Any:
    return union.ask(clubs.get_club, principal, club_id=club)


def membership(union: ActivitiesHarness, club: UUID, member: UUID) -> str:
    """The id of the latest membership of a member in a club."""
    mine = union.ask(members.my_clubs, member_account(member), limit=100)["items"]
    return str(next(one["id"] for one in mine if one["club_id"] == str(club)))
