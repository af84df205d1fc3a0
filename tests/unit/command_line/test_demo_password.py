"""The demo accounts' password: the environment's, else made once and kept; where neither is possible, said at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from environs import EnvError

from deploy.demo import loading
from deploy.demo.loading import demo_password, load_into_running


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GONGHUI_DEMO_PASSWORD", raising=False)
    monkeypatch.setenv("DATA", str(tmp_path / "var"))


def test_it_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path):
    password = demo_password()

    assert demo_password() == password
    assert (tmp_path / "var" / "demo-password").stat().st_mode & 0o077 == 0


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("GONGHUI_DEMO_PASSWORD", "chosen")

    assert demo_password() == "chosen"
    assert not (tmp_path / "var").exists()


def test_where_none_can_be_kept_nothing_is_loaded_and_the_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("DATA", str(tmp_path / "file" / "var"))
    monkeypatch.setattr(loading, "real_union_stands", lambda seed: False)

    with pytest.raises(EnvError, match="GONGHUI_DEMO_PASSWORD"):
        next(load_into_running(60, 1, 0))
