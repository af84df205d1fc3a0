"""Help where one stands: subjects declare it, their pages show it, the handbook is made of it."""

from __future__ import annotations

from flask import Flask

from gateway.subjects import SUBJECTS
from tests.unit.gateway.test_problems import SignIn

WITHOUT = {"me", "codes", "permissions", "jobs", "failed_events", "programs", "second_factors", "union_profile"}
"""Subjects of the portal itself, whose pages say what they are for."""


def test_every_subject_of_the_union_s_work_says_what_it_is_for() -> None:
    with_menu = {subject.name for subject in SUBJECTS if subject.menu}
    assert with_menu - WITHOUT - set(SUBJECTS.help) == set()
    assert all(help.steps for help in SUBJECTS.help.values())


def test_pages_belong_to_one_subject() -> None:
    assert SUBJECTS.help_of_page["dues_arrears"] == "dues"
    assert "handbook" not in SUBJECTS.help_of_page


def test_the_handbook_has_a_chapter_for_each(app_with_portal: Flask) -> None:
    page = app_with_portal.test_client().get("/handbook").text
    for name, help in SUBJECTS.help.items():
        assert f'id="{name}"' in page
        assert str(help.purpose) in page


def test_a_page_opens_what_is_told_of_its_subject(app_with_portal: Flask, sign_in: SignIn) -> None:
    client = app_with_portal.test_client()
    page = client.get("/console/accounts", headers=sign_in("officer").headers).text
    assert "帮助：会员账号" in page
    assert "/handbook#accounts" in page
    assert "帮助：" not in client.get("/me/roles", headers=sign_in("officer").headers).text
