"""What a record's page shows on which tab, without what is empty; what stands in the place of a photo."""

from __future__ import annotations

import pytest

from gateway.portal.record_fields import GROUPS
from gateway.subjects.membership.record.tabs import (
    GROUPS_OF,
    IN_HEAD,
    TABS,
    chosen_tab,
    initials,
    shown_groups,
    tab_of,
)


def record(**filled: str) -> dict:
    names = [name for _, group in GROUPS for name in group]
    return {**dict.fromkeys(names), **filled, "seen": names}


def test_every_field_of_the_record_stands_on_a_tab():
    shown = [name for groups in GROUPS_OF.values() for _, names in groups for name in names]
    assert sorted(shown) == sorted(name for _, names in GROUPS for name in names)
    assert {tab_of(name) for name in shown} <= set(TABS)


def test_what_is_empty_is_named_apart_and_what_the_head_shows_is_left_out():
    work = next(group for group in shown_groups(record(hr_id="7", number="M1"), "membership") if group.filled)
    assert work.filled == ("hr_id",)
    assert "education" in work.unset
    assert not set(IN_HEAD) & {*work.filled, *work.unset}


def test_nothing_is_missing_where_something_has_not_happened():
    unset = {name for group in shown_groups(record(), "membership") for name in group.unset}
    assert not unset & {"retired_on", "left_on", "approved_month", "group_id"}


def test_fields_the_reader_may_not_see_are_neither_shown_nor_missing():
    masked = {**record(hr_id="7"), "seen": ["hr_id"]}
    assert [(group.filled, group.unset) for group in shown_groups(masked, "membership")] == [(("hr_id",), ())]
    assert shown_groups(masked, "contact") == []


@pytest.mark.parametrize(("asked", "shown"), [("changes", "changes"), ("", "membership"), ("nonsense", "membership")])
def test_the_address_says_which_tab_is_shown(portal, asked, shown):
    with portal.test_request_context("/me/record", query_string={"tab": asked}):
        assert chosen_tab() == shown


@pytest.mark.parametrize(
    ("name", "letters"),
    [("王小明", "小明"), ("王明", "王明"), ("Ada Lovelace", "AL"), ("迪丽热巴", "热巴"), ("Ada", "A")],
)
def test_initials_stand_in_the_place_of_a_photo(name, letters):
    assert initials(name) == letters
