"""English by a switch, dark by a switch; both stay."""

from __future__ import annotations

import re

from deploy.demo.scenes.activities.activities import PLACES
from services.chassis.clock import today
from tests.support.api import Api

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def _chinese(*texts: str) -> set[str]:
    """The runs of Chinese characters in the texts."""
    return {run for text in texts for run in CHINESE.findall(text)}


def test_english_leaves_no_chinese_but_names(visitor, union):
    asked = Api(union.url).sign_in("member")
    typed = {row["title"] for of in ("ballots", "surveys") for row in asked.all(f"/me/{of}")}
    member = visitor("member")
    member.open("/me/settings")
    member.press("English")
    assert member.page.locator("html").get_attribute("lang") == "en"
    for path in ("/todos", "/me/benefits", "/me/registrations", "/life-events/new", "/me/password"):
        member.open(path)
        found = _chinese(member.page.get_by_role("main").inner_text()) - _chinese(*typed)
        assert not found, f"{path}: {found}"
    member.finds_no_fault()


def test_english_console(visitor, union):
    asked = Api(union.url).sign_in("officer")
    people = {row["name"] for of in ("members", "applications") for row in asked.all(f"/membership/{of}")}
    typed = {row["title"] for row in asked.all("/welfare/purchases")}
    typed |= {row["name"] for row in asked.get("/welfare/request-types")["items"]}
    decided = ("proposals", "ballots", "motions", "decisions")
    typed |= {row["title"] for of in decided for row in asked.all(f"/governance/{of}")}
    typed |= {row["name"] for row in asked.get("/governance/meeting-bodies")["items"]}
    typed |= {row["title"] for of in ("articles/desk", "surveys") for row in asked.all(f"/{of}")}
    typed |= {row["text"] for row in asked.all("/governance/disclosure-questions")}
    officer = visitor("officer")
    officer.open("/console")
    officer.page.get_by_role("button", name="English").click()
    officer.page.wait_for_load_state()
    for path in ("/console", f"/console/plan?year={today().year}", "/console/budget", "/console/funds/new-expense"):
        officer.open(path)
        found = _chinese(officer.page.get_by_role("main").inner_text()) - _chinese(*people, *typed, *PLACES)
        assert not found, f"{path}: {found}"
        officer.finds_no_fault()


def test_dark_is_kept_and_readable(visitor):
    officer = visitor("officer")
    officer.context.add_cookies([{"name": "theme", "value": "dark", "url": officer.url}])
    for path in ("/console", "/home", "/console/visits?show=all", "/console/budget", "/join/follow"):
        officer.open(path)
        assert officer.page.locator("html").get_attribute("data-bs-theme") == "dark"
        officer.finds_no_fault()


def test_the_system_decides_where_nothing_was_chosen(visitor):
    nobody = visitor()
    nobody.page.emulate_media(color_scheme="dark")
    nobody.open("/")
    assert nobody.page.locator("html").get_attribute("data-bs-theme") == "dark"
    nobody.finds_no_fault()
