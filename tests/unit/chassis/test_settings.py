"""Settings: what must be given is asked for by name, and a weak key is refused."""

from __future__ import annotations

import pytest
from environs import EnvError

from services.chassis.process import settings as settings_module
from services.chassis.process.settings import SHORTEST_KEY, settings

PUBLIC = "GONGHUI_PUBLIC_URL"


@pytest.mark.parametrize("name", ["GONGHUI_HASH_KEY", "GONGHUI_SIGNING_KEY"])
@pytest.mark.parametrize("value", [None, "", "k" * (SHORTEST_KEY - 1)])
def test_a_key_that_is_missing_or_short_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value) -> None:
    monkeypatch.delenv(name) if value is None else monkeypatch.setenv(name, value)
    settings_module.reset()

    with pytest.raises(EnvError, match=name):
        settings()


def test_a_key_that_is_long_enough_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGHUI_HASH_KEY", "k" * SHORTEST_KEY)
    settings_module.reset()

    assert settings().hash_key == "k" * SHORTEST_KEY


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (None, ""),
        ("", ""),
        ("https://union.example.edu.cn", "https://union.example.edu.cn"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
    ],
)
def test_the_public_address_is_scheme_and_host(monkeypatch: pytest.MonkeyPatch, given, taken) -> None:
    monkeypatch.delenv(PUBLIC, raising=False) if given is None else monkeypatch.setenv(PUBLIC, given)
    settings_module.reset()

    assert settings().public_url == taken


@pytest.mark.parametrize(
    "given",
    [
        "union.example.edu.cn", "ftp://union.example.edu.cn", "https://", "https://union.example.edu.cn/portal",
        "https://union.example.edu.cn?a=b", "https://a:b@union.example.edu.cn", "https://union.example.edu.cn:port",
    ],
)  # fmt: skip
def test_anything_else_is_refused_as_public_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(PUBLIC, given)
    settings_module.reset()

    with pytest.raises(EnvError, match=PUBLIC):
        settings()


BROKER = "GONGHUI_PUBLIC_AMQP_URL"


@pytest.mark.parametrize("given", ["", "amqps://events.example.edu.cn:5671/gonghui", "amqp://10.0.0.1/gonghui"])
def test_the_public_broker_address_is_told_without_a_user(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(BROKER, given)
    settings_module.reset()

    assert settings().public_amqp_url == given


@pytest.mark.parametrize(
    "given",
    ["events.example.edu.cn", "https://a", "amqp://", "amqps://u:p@a/gonghui", "amqp://a:port/", "amqp://a?b=c"],
)
def test_anything_else_is_refused_as_public_broker_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(BROKER, given)
    settings_module.reset()

    with pytest.raises(EnvError, match=BROKER):
        settings()
