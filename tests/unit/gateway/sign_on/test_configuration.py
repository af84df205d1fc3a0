"""The list of identity providers: read from a variable or a file, refused in words when it is not valid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from environs import EnvError
from flask.testing import FlaskClient

from gateway.identity.providers.configuration import providers
from services.chassis.process import settings as settings_module

CAMPUS = {
    "key": "campus",
    "kind": "oidc",
    "name": "统一身份认证",
    "issuer": "https://id.example.edu.cn",
    "client_id": "x",
}
CAS = {"key": "cas", "kind": "cas", "name": "CAS", "address": "https://cas.example.edu.cn/cas"}


def given(monkeypatch: pytest.MonkeyPatch, text: str, public_url: str = "https://union.example.edu.cn") -> None:
    monkeypatch.setenv("GONGHUI_SIGN_ON_PROVIDERS", text)
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", public_url)
    settings_module.reset()


def test_without_the_variable_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGHUI_SIGN_ON_PROVIDERS", raising=False)
    assert providers() == ()


def test_a_file_and_the_variable_say_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = json.dumps([CAMPUS, CAS])
    given(monkeypatch, text)
    found = providers()
    assert [(one.key, one.issuer) for one in found] == [
        ("campus", "https://id.example.edu.cn"),
        ("cas", "https://cas.example.edu.cn/cas/"),
    ]
    assert (found[0].name_en, found[0].staff_number_claim, found[0].secret) == ("统一身份认证", None, None)
    path = tmp_path / "providers.json"
    path.write_text(text, encoding="utf-8")
    given(monkeypatch, str(path))
    assert providers() == found


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("{", "can't be read"),
        ("[", "no JSON"),
        ([7], "its kind"),
        ([{**CAMPUS, "kind": "saml"}], "its kind"),
        ([{**CAMPUS, "key": "Campus!"}], "key"),
        ([{**CAMPUS, "issuer": "http://id.example.edu.cn"}], "https"),
        ([{**CAMPUS, "issuer": "https://user@id.example.edu.cn"}], "https"),
        ([{**CAMPUS, "client_id": ""}], "client_id"),
        ([{**CAMPUS, "scopes": "profile"}], "openid"),
        ([{**CAMPUS, "algorithms": ["HS256"]}], "algorithms"),
        ([{**CAMPUS, "algorithms": ["none"]}], "algorithms"),
        ([{**CAMPUS, "client_secret_env": "NOT_SET_ANYWHERE"}], "NOT_SET_ANYWHERE"),
        ([{**CAMPUS, "client_secret": "x"}], "client_secret"),
        ([CAMPUS, {**CAS, "key": "campus"}], "same key"),
        ([CAMPUS, {**CAMPUS, "key": "again"}], "same issuer"),
        ([{**CAS, "address": "cas.example.edu.cn"}], "https"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch, rows: Any, said: str) -> None:
    given(monkeypatch, rows if isinstance(rows, str) else json.dumps(rows))
    with pytest.raises(EnvError, match=said):
        providers()


def test_the_public_address_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, json.dumps([CAMPUS]), "")
    with pytest.raises(EnvError, match="GONGHUI_PUBLIC_URL"):
        providers()


def test_programs_and_pages_are_told_which_there_are(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, json.dumps([{**CAMPUS, "name_en": "Campus sign-on"}, CAS]))
    told = browser.get("/api/v1/sign-on/providers").get_json()["items"]
    assert told[0] == {
        "key": "campus", "kind": "oidc", "name": "统一身份认证", "name_en": "Campus sign-on",
        "address": "/sign-on/campus",
    }  # fmt: skip
    page = browser.get("/sign-in?next=/activities").text
    assert "统一身份认证" in page
    assert "/sign-on/cas?next=/activities" in page
    monkeypatch.delenv("GONGHUI_SIGN_ON_PROVIDERS")
    assert "校园身份" not in browser.get("/sign-in").text
