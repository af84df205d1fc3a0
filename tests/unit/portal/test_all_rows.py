"""All rows of a list are shown for printing, up to a limit; lists of people are exported instead."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from gateway.portal import listing
from gateway.portal.listing import every_item
from gateway.portal.service_calls import Part
from gateway.subjects import SUBJECTS
from services.chassis.errors import Unavailable
from services.contracts.governance.funds.ledger import ListFundEntries
from services.contracts.governance.funds.operations import list_fund_entries

LISTS = {page.endpoint: page for subject in SUBJECTS for table in subject.pages for page in table.lists}


def of_pages(count: int, asked: list[dict[str, Any]]) -> Any:
    """Return a query that answers so many pages of two items."""

    def answer(_operation: Any, wanted: dict[str, Any]) -> Part:
        asked.append(wanted)
        at = int(wanted.get("cursor", "0"))
        following = str(at + 1) if at + 1 < count else None
        return Part({"items": [{"id": 2 * at}, {"id": 2 * at + 1}], "next_cursor": following, "total": 2 * count})

    return answer


def test_all_pages_are_one_list() -> None:
    asked: list[dict[str, Any]] = []
    with patch.object(listing, "part", of_pages(3, asked)):
        found = every_item(list_fund_entries, {"year": 2026})

    assert [item["id"] for item in found["items"]] == [0, 1, 2, 3, 4, 5]
    assert (found["more"], found["total"]) == (False, 6)
    assert [one.get("cursor") for one in asked] == [None, "1", "2"]
    assert all(ListFundEntries().load(one)["year"] == 2026 for one in asked)


def test_a_long_list_ends_and_says_that_there_is_more() -> None:
    asked: list[dict[str, Any]] = []
    with patch.object(listing, "part", of_pages(1000, asked)):
        found = every_item(list_fund_entries, {}, most=5)

    assert (len(found["items"]), found["more"], len(asked)) == (6, True, 3)


def test_a_service_that_is_away_is_told() -> None:
    with (
        patch.object(listing, "part", lambda *_: Part(problem=Unavailable("away"))),
        pytest.raises(Unavailable),
    ):
        every_item(list_fund_entries, {})


def test_lists_of_people_are_not_shown_whole() -> None:
    assert LISTS["funds"].prints_all
    assert not LISTS["members"].prints_all
    assert all(page.export and not page.export.personal for page in LISTS.values() if page.prints_all)
