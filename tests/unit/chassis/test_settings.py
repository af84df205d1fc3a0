"""Settings: what must be given is asked for by name, and a weak key is refused."""

from __future__ import annotations

import pytest
from environs import EnvError

from services.chassis import settings as settings_module
from services.chassis.settings import SHORTEST_KEY, settings


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
