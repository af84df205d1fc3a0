"""Pages rendered once for many readers: each reader gets own keys, and never an old page or another reader's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import flash
from flask_wtf.csrf import generate_csrf
from jinja2 import meta

from gateway.portal import page_cache
from gateway.portal.service_calls import Part
from gateway.rpc import caching
from gateway.subjects.own.home import pages as home_pages
from gateway.union_profile import profile
from services.chassis import clock
from services.chassis.errors import Unavailable

OF_THE_READER = {"account", "roles", "username", "session", "g", "config"}
KEY = re.compile(r'name="once" value="([^"]+)"')
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def activity(**changes) -> dict:
    times = dict.fromkeys(
        ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "cancel_until"),
        "2030-05-01T08:00:00+00:00",
    )
    return {
        "id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0004", "title": "春游", "kind": "trip", "state": "scheduled",
        "audience": {"units": [], "employments": []}, "fee": "0.00", "capacity": 10, "seats_taken": 3, "seats_left": 7,
        **times, **changes,
    }  # fmt: skip


def page(may_register: bool = True, **changes) -> str:
    """Render the page of an activity for the present reader."""
    check = {
        "registration": None, "may_register": may_register, "would_be": "confirmed", "register_refusals": [],
        "may_cancel": False, "cancel_refusals": [],
    }  # fmt: skip
    shown = activity(**changes)
    return page_cache.render_shared(
        "portal/member/activity.html",
        {"activity": shown, "exact": Part(shown), "check": Part(check), "registered": None, "form": None},
    )


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The templates that were really drawn; within one minute, of which a page is part."""
    caching.clear_all()
    names: list[str] = []
    draw = page_cache._drawn
    monkeypatch.setattr(profile, "current", lambda: profile.NOTHING_SET)
    monkeypatch.setattr(page_cache, "_drawn", lambda name, shown: names.append(name) or draw(name, shown))
    with clock.frozen(clock.now()):
        yield names


def test_a_page_is_drawn_once_and_every_answer_has_its_own_keys(portal, drawn):
    with portal.test_request_context("/activities/1"):
        first, own_csrf = page(), generate_csrf()
    with portal.test_request_context("/activities/1"):
        second, other_csrf = page(), generate_csrf()

    assert len(drawn) == 1
    assert set(CSRF.findall(first)) == {own_csrf}
    assert set(CSRF.findall(second)) == {other_csrf}
    assert len({*KEY.findall(first), *KEY.findall(second)}) == 2


def test_whatever_the_page_shows_is_part_of_which_page_it_is(portal, drawn):
    with portal.test_request_context("/activities/1"):
        pages = {page(), page(seats_left=6, seats_taken=4), page(may_register=False)}
    with portal.test_request_context("/activities/1", headers={"Cookie": "language=en"}):
        pages.add(page())
    with portal.test_request_context("/activities/1?from=mail"):
        pages.add(page())

    assert len(drawn) == len(pages) == 5


def test_what_was_just_told_stands_on_its_readers_page_only(portal, drawn):
    with portal.test_request_context("/activities/1"):
        flash("报名成功。", "done")
        told = page()
    with portal.test_request_context("/activities/1"):
        untold = page()

    assert "报名成功。" in told
    assert "报名成功。" not in untold


def test_a_page_without_its_service_is_another_page(portal, drawn):
    with portal.test_request_context("/activities/1"):
        whole = page()
        away = Part(activity(), Unavailable("activities did not answer"))
        broken = page_cache.render_shared(
            "portal/member/activity.html",
            {"activity": away.data, "exact": away, "check": away, "registered": None, "form": None},
        )

    assert "part-down" in broken
    assert "part-down" not in whole


def test_what_has_no_contents_to_be_known_by_is_not_shown_on_a_shared_page(portal):
    with portal.test_request_context("/"), pytest.raises(TypeError, match="object"):
        page_cache.render_shared("portal/member/activity.html", {"activity": object()})


def test_what_is_the_readers_own_is_written_into_the_same_page(portal, drawn):
    shown = {
        "problem": None, "newcomer": None, "registrations": [], "todo_items": [], "invitations": [],
        "next_activities": [], "entitlement_year": None,
    }  # fmt: skip
    pages = []
    for name in ("张伟", "<b>李娜</b>"):
        with portal.test_request_context("/home"):
            pages.append(page_cache.render_shared("portal/member/home.html", shown, own={"own_name": name}))

    assert len(drawn) == 1
    assert "张伟，您好" in pages[0]
    assert "张伟" not in pages[1]
    assert "&lt;b&gt;李娜&lt;/b&gt;，您好" in pages[1]


@pytest.mark.parametrize("name", ["home", "activities", "activity", "calendar"])
def test_a_shared_page_judges_by_nothing_but_what_it_is_given(portal, name):
    environment = portal.jinja_env
    source, _, _ = environment.loader.get_source(environment, f"portal/member/{name}.html")

    assert not meta.find_undeclared_variables(environment.parse(source)) & OF_THE_READER


def test_the_frame_shows_the_page_it_is_around_and_not_the_one_it_was_drawn_for(portal, drawn):
    with portal.test_request_context("/activities/1?from=mail"):
        first = page()
    with portal.test_request_context("/activities/2?from=%22%3E%3Cb%3E"):
        second = page(title="秋游")

    assert 'name="next" value="/activities/1?from=mail"' in first
    assert 'name="next" value="/activities/2?from=%22%3E%3Cb%3E"' in second
    assert "<title>春游 ·" in first
    assert "<title>秋游 ·" in second


def test_no_page_writes_a_token_that_could_be_kept_for_others(portal):
    environment = portal.jinja_env
    sources = [environment.loader.get_source(environment, name)[0] for name in environment.list_templates()]

    assert not [source for source in sources if "csrf_token(" in source]


def test_readers_whose_home_shows_the_same_share_one_drawing(portal, drawn, monkeypatch):
    reader = SimpleNamespace(member_id=1, username="m000001", dismissed_hints=frozenset())
    for number in range(3):
        own = {"account_id": str(number), "year": 2030, "opened_at": f"2030-01-01T00:00:0{number}+00:00"}
        view = {"entitlement_account": own, "welcome": {"member_id": str(number), "name": f"会员{number}"}}
        monkeypatch.setattr(
            home_pages,
            "signed_in",
            lambda: reader,
        )
        monkeypatch.setattr(home_pages.home_view, "of", lambda _account, view=view: view)
        with portal.test_request_context("/home"):
            assert f"会员{number}，您好" in home_pages.home.__wrapped__()

    assert drawn == ["portal/member/home.html"]
