"""`gonghui config`, help and version: what is shown, and that no secret is."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deploy.cli import main
from deploy.server_setup import broker_definitions, databases_sql, rights_of
from services.chassis.process import settings as settings_module

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setenv("GONGHUI_AMQP_URL", "amqp://tools:broker-password@broker/gonghui")
    monkeypatch.setenv("GONGHUI_DATABASE_URL", "postgresql://tools:database-password@database/gonghui_{service}")
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", KEY)
    monkeypatch.setenv("GONGHUI_HASH_KEY", "hash-key-of-the-tests-32-bytes-long")
    monkeypatch.setenv("GONGHUI_SIGNING_KEY", "signing-key-of-the-tests-32-bytes")
    settings_module.reset()
    yield
    settings_module.reset()
    signal.signal(signal.SIGTERM, before)


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_the_configuration_is_shown_and_secrets_are_masked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GONGHUI_WELFARE_DATABASE_URL", "postgresql://w:welfare-password@elsewhere/w")
    monkeypatch.setenv("GONGHUI_HR_TOKEN", "token-of-hr")
    monkeypatch.setenv("GONGHUI_WORKRES", "20")
    shown = ask("config").output

    assert "amqp://tools:***@broker/gonghui" in shown
    assert "GONGHUI_WELFARE_DATABASE_URL=postgresql://w:***@elsewhere/w" in shown
    assert "GONGHUI_WORKERS=10\t(default)" in shown
    assert "GONGHUI_WORKRES=…\t(unknown: nothing reads it)" in shown
    for secret in (KEY, "-password", "token-of-hr", "of-the-tests"):
        assert secret not in shown


@pytest.mark.parametrize("keys", ["abc", KEY[:-2], f"{KEY},abc", ","])
def test_malformed_keys_are_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, keys: str):
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", keys)
    told = ask("config")

    assert (told.exit_code, "GONGHUI_ENCRYPTION_KEYS" in told.output) == (1, True)
    assert "abc" not in told.output


def test_version_and_completion_are_told():
    assert "version" in ask("--version").output
    assert "_GONGHUI_COMPLETE=bash_source" in ask("--help").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("demo", "--members", "0"),
        ("demo", "--members", "100001"),
        ("demo", "--members", "60", "--accounts", "61"),
        ("run", "--members", "-1"),
        ("events", "reconcile", "--seconds", "0"),
        ("serve", "weather"),
    ],
    ids=" ".join,
)
def test_sizes_out_of_range_are_refused_before_anything_is_done(arguments: tuple[str, ...]):
    assert ask(*arguments).exit_code == 2


def test_documents_are_written_in_the_repository_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    told = ask("docs")

    assert (told.exit_code, "repository" in told.output) == (1, True)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.delenv("GONGHUI_AMQP_URL")
    monkeypatch.setenv("DATA", str(tmp_path / "file" / "var"))
    told = ask("accounts", "list")

    assert (told.exit_code, str(tmp_path / "file") in told.output) == (1, True)


def test_users_get_the_rights_that_the_chart_states_and_databases_are_closed_to_others():
    told, sql = broker_definitions({"welfare": "secret-1", "tools": "secret-2"}), databases_sql({"welfare": "p1"})

    assert {"user": "welfare", "vhost": "gonghui", **rights_of("welfare")} in json.loads(told)["permissions"]
    assert "NAME" not in told
    assert "secret" not in told
    assert '"delivery-limit": 1000000' in told
    assert "REVOKE ALL ON DATABASE gonghui_welfare FROM PUBLIC;" in sql
