"""The front page: what is for all members, figures that hide nobody, and what a shared address looks like."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from gateway.identity.tables import KnownMember
from gateway.notices.tables import Announcement
from gateway.portal import assets, covers
from gateway.read_models.tables import ActivityView
from gateway.rpc import caching
from gateway.union_profile.tables import UnionProfile
from services.chassis import clock
from services.chassis.database.transaction import transaction
from services.chassis.errors import Unavailable
from services.chassis.identifiers import uuid7
from services.contracts.activities.calendar.shapes import ACTIVITY_KINDS
from services.contracts.welfare.visits.operations import visit_figures
from tests.support.pictures import picture
from tests.unit.gateway.conftest import UNIT

TODAY = clock.now()


@pytest.fixture
def stored(database):
    """Store rows, and forget what pages had remembered."""

    def store(*rows: Any) -> None:
        with transaction(database) as tx:
            tx.session.add_all(rows)
        caching.clear_all()

    return store


@pytest.fixture
def front(app_with_portal, services):
    services.answers[visit_figures.id] = {"made_this_year": 4}
    return lambda: app_with_portal.test_client().get("/").text


def activity(title: str, **changes: Any) -> ActivityView:
    soon = TODAY + timedelta(days=3)
    facts = {"kind": "match", "starts_at": soon, "ends_at": soon + timedelta(hours=2), "audience": {"units": []}}
    return ActivityView(**{"activity_id": uuid7(), "title": title, **facts, **changes})


def announced(title: str, **changes: Any) -> Announcement:
    told = {"audience": {"units": [], "standings": []}, "state": "sent", "send_at": TODAY - timedelta(days=1)}
    about = {"id": uuid7(), "title": title, "text": "只给会员看的正文", "created_at": TODAY, "created_by": "officer"}
    return Announcement(**{**about, **told, **changes})


def test_only_what_is_for_all_members_is_shown(front, stored):
    stored(
        activity("秋季球赛"),
        activity("一个学院的座谈", audience={"units": [str(UNIT)]}),
        activity("女教工的讲座", audience={"units": [], "sex": "female"}),
        activity("取消的合唱", state="cancelled"),
        activity("过去的出行", starts_at=TODAY - timedelta(days=9), ends_at=TODAY - timedelta(days=8)),
        announced("体检安排"),
        announced("给一个学院的话", audience={"units": [str(UNIT)], "standings": []}),
        announced("收回的话", state="taken_back"),
        announced("以后再说的话", state="waiting", send_at=TODAY + timedelta(days=1)),
    )
    page = front()
    assert "秋季球赛" in page
    assert "体检安排" in page
    for hidden in ("一个学院", "女教工", "取消的", "过去的", "收回的", "以后再说", "只给会员看的正文"):
        assert hidden not in page, hidden
    assert "#cover-match" in page


def test_few_visits_are_not_counted_in_public(front, stored, services):
    assert "五必访" not in front()
    stored(*[KnownMember(member_id=uuid7(), standing="active", sequence=1) for _ in range(6)])
    services.answers[visit_figures.id] = {"made_this_year": 1234}
    page = front()
    assert re.search(r"今年“五必访”</dt><dd>1,234 次", page)
    assert re.search(r"在册会员</dt><dd>6 人", page)
    assert "今年举办活动" not in page


def test_without_welfare_the_page_stands(front, services, stored):
    services.answers[visit_figures.id] = Unavailable("away")
    stored(activity("秋季球赛"))
    assert "秋季球赛" in front()
    services.asked.clear()
    assert "秋季球赛" in front()
    assert [one for one in services.asked if one.operation == visit_figures.id] == []


def test_a_shared_address_has_title_picture_and_description(front, stored, monkeypatch):
    stored(UnionProfile(id=1, name="东海大学工会", version=1, changed_at=TODAY))
    page = front()
    assert '<meta property="og:title" content="教职工之家 · 东海大学工会">' in page
    assert '<meta name="description" content="东海大学工会：入会、' in page
    assert re.search(r'<meta property="og:image" content="/app-icons/\w+/icon-512.png">', page)


def test_the_host_of_a_request_stands_in_no_page(app_with_portal):
    """Frames are drawn once for many readers: what one of them sent as `Host` must not reach the others."""
    page = app_with_portal.test_client().get("/", headers={"Host": "elsewhere.example"}).text
    assert "elsewhere.example" not in page


def test_the_favicon_is_the_emblem_where_there_is_one(app_with_portal, stored):
    http = app_with_portal.test_client()
    assert http.get("/favicon.ico").mimetype == "image/svg+xml"
    emblem = picture(32, 32, "PNG", "RGBA")
    stored(UnionProfile(id=1, emblem=emblem, emblem_digest="0" * 16, version=1, changed_at=TODAY))
    found = http.get("/favicon.ico")
    assert (found.mimetype, found.data) == ("image/png", emblem)
    assert f'rel="icon" type="image/png" href="/union/emblems/{"0" * 16}.png"' in http.get("/").text


def test_every_kind_of_activity_has_a_cover():
    assert set(ACTIVITY_KINDS) - covers.COVERS.keys() == set()
    drawn = set(re.findall(r'<symbol id="cover-(\w+)"', (assets.HERE / "covers.svg").read_text("utf-8")))
    assert drawn == covers.DRAWINGS
    sheet = assets.asset("portal.css").content.decode()
    for tone in {cover.tone for cover in covers.COVERS.values()} - {"care"}:
        assert f".cover-{tone}" in sheet
    assert covers.cover_of("a kind of later") == covers.cover_of("other")


def test_signing_in_from_a_shared_address_names_the_activity_if_it_is_for_all(app_with_portal, services, stored):
    open_to_all, of_a_part = uuid7(), uuid7()
    stored(
        activity("气排球赛", activity_id=open_to_all),
        activity("女教工沙龙", activity_id=of_a_part, audience={"sex": "female"}),
    )
    asked = app_with_portal.test_client()
    titles = {
        place: re.search(r'og:title" content="([^"]*)"', asked.get(f"/sign-in?next={place}").text)[1]  # type: ignore[index]
        for place in (f"/activities/{open_to_all}", f"/activities/{of_a_part}", f"/activities/{uuid7()}", "/me", "//x")
    }
    assert [title.split(" · ")[0] for title in titles.values()] == ["气排球赛", "登录", "登录", "登录", "登录"]
