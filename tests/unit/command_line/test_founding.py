"""`gonghui found`: every answer is judged at its prompt, by the rules that judge it later, and asked for again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import date

import pytest
from click.testing import CliRunner

from deploy.cli import main
from deploy.demo.people import identity_number
from services.chassis.process import settings as settings_module

RIGHT = identity_number(date(1980, 3, 4), 1)
WRONG_CHECK = RIGHT[:-1] + ("1" if RIGHT[-1] != "1" else "2")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setenv("GONGHUI_AMQP_URL", "amqp://127.0.0.1:1/none")
    monkeypatch.setenv("GONGHUI_DATABASE_URL", "postgresql://127.0.0.1:1/none")
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    monkeypatch.setenv("GONGHUI_HASH_KEY", "hash-key-of-the-tests-32-bytes-long")
    monkeypatch.setenv("GONGHUI_SIGNING_KEY", "signing-key-of-the-tests-32-bytes")
    settings_module.reset()
    yield
    settings_module.reset()
    signal.signal(signal.SIGTERM, before)


def test_a_bad_answer_is_told_at_once_and_asked_for_again():
    answers = [
        *("\u3000", "试验大学工会", "机关分工会", "<王>", "王立", "male", "1880-03-04", "1980-03-04"),
        *(WRONG_CHECK, identity_number(date(1981, 3, 4), 1), RIGHT, "12345", "13800001111", "w!", "wangli"),
        *("short", "password123", "wangli", "a-long-passphrase", "another", "a-long-passphrase", "a-long-passphrase"),
    ]
    told = CliRunner().invoke(main, ["found"], input="\n".join(answers) + "\n")

    sentences = (
        "A name consists of letters",
        "Must lie between 1900-01-01",
        "The check character of the identity number is wrong",
        "The date of birth is not the one in the identity number",
        "This is not a telephone number",
        "A user name has 3 to 64",
        "A password has 10 to 200 characters",
        "among the first a guesser tries",
        "The two entered values do not match",
    )
    places = [told.output.find(sentence) for sentence in sentences]
    assert -1 not in places, told.output
    assert places == sorted(places)
    assert told.output.count("Error:") == len(sentences) + 3, told.output
    assert RIGHT not in told.output
    assert "short" not in told.output
    # Everything was answered, so that the next thing is the servers.
    assert (told.exit_code, "GONGHUI_DATABASE_URL" in told.output) == (1, True)


def test_a_weak_password_of_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GONGHUI_OFFICER_PASSWORD", "1234567890")
    given = {
        **{"union": "试验大学工会", "unit": "机关分工会", "name": "王立", "gender": "male", "birth-date": "1980-03-04"},
        **{"id-number": RIGHT, "phone": "13800001111", "username": "wangli"},
    }
    told = CliRunner().invoke(main, ["found", *(part for name in given for part in (f"--{name}", given[name]))])

    assert (told.exit_code, "--password" in told.output, "1234567890" in told.output) == (2, True, False)
