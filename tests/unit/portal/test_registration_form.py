"""What a member sees of options, companions and an offered seat, and what an organiser's rows are read as."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, render_template

from gateway.portal.service_calls import Part
from gateway.subjects.activities.activities import member_pages, options_pages
from gateway.union_profile import profile
from tests.unit.portal.test_shared_pages import activity

FORM: dict[str, Any] = {
    "most_companions": 2,
    "groups": [{"name": "出行", "least": 1, "most": 1}, {"name": "其他", "least": 0, "most": 2}],
    "quotas": [],
    "options": [
        {"number": 1, "name": "大巴", "group": "出行", "closed": False, "left": 0},
        {"number": 2, "name": "停开的车", "group": "出行", "closed": True, "left": 5},
        {"number": 3, "name": "午餐", "group": "其他", "closed": False, "left": 7},
    ],
}


@pytest.fixture(autouse=True)
def unnamed_union(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "current", lambda: profile.NOTHING_SET)


def page(portal: Flask, registration: dict[str, Any] | None = None) -> str:
    shown = activity()
    check = {
        "registration": registration, "may_register": registration is None, "would_be": "confirmed",
        "register_refusals": [], "may_cancel": False, "cancel_refusals": [], "basis": None,
    }  # fmt: skip
    told = {"activity": shown, "exact": Part(shown), "check": Part(check), "registered": None, "form": FORM}
    with portal.test_request_context("/activities/1"):
        return render_template("portal/member/activity.html", **told)


def test_open_options_can_be_chosen_and_tell_what_is_left(portal: Flask):
    text = page(portal)

    assert 'type="radio" name="option.出行" value="1"' in text
    assert 'type="checkbox" name="option" value="3"' in text
    assert "停开的车" not in text
    assert "已满，选它要候补" in text
    assert "剩 7" in text
    assert 'name="companions"' in text


def test_an_offered_seat_can_be_accepted_or_declined(portal: Flask):
    registration = {
        "state": "offered", "offered_until": "2030-04-30T08:00:00+00:00", "companions": 1, "option_names": ["大巴"],
        "position": None,
    }  # fmt: skip

    text = page(portal, registration)

    assert 'name="accept" value="yes"' in text
    assert 'name="accept" value="no"' in text
    assert "同行 1 人" in text
    assert "您已报名" not in text


def test_what_a_member_ticked_is_what_is_asked_for(portal: Flask):
    sent = {"option.出行": "1", "option": ["3"], "companions": "2", "other": "9"}
    with portal.test_request_context("/activities/1/register", method="POST", data=sent):
        assert member_pages._chosen() == {"companions": 2, "options": [1, 3]}
    with portal.test_request_context("/activities/1/register", method="POST", data={"companions": "0"}):
        assert member_pages._chosen() is None


def test_rows_of_the_organisers_page_are_read_and_empty_ones_left_out(portal: Flask):
    sent = {
        "groups-0-name": "出行", "groups-0-least": "1", "groups-0-most": "x", "groups-1-name": "",
        "quotas-0-number": "4", "quotas-0-name": "座位", "quotas-0-size": "45",
        "options-1-name": "大巴", "options-1-group": "出行", "options-1-quotas": "座位，午餐", "options-1-closed": "1",
    }  # fmt: skip
    with portal.test_request_context("/console/activities/1/options", method="POST", data=sent):
        rows = options_pages._sent(options_pages._posted())

    assert rows == {
        "groups": [{"name": "出行", "least": 1, "most": "x"}],
        "quotas": [{"number": 4, "name": "座位", "size": 45}],
        "options": [{"name": "大巴", "group": "出行", "quotas": ["座位", "午餐"], "closed": True}],
    }
