"""Only what the scanner calls clean in time passes; a scanner that is away, slow or confused lets nothing through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from environs import EnvError

from services.chassis.errors import Refused, Unavailable
from services.chassis.files import attachments
from services.chassis.files.virus_scanner import require_clean
from services.chassis.process import metrics
from services.chassis.process import settings as settings_module
from services.chassis.process.settings import settings
from tests.support.clamd import HARMFUL, Clamd, clamd_at, clamd_on_port
from tests.support.pictures import PDF, picture

URL = "GONGHUI_CLAMD_URL"


def configure(monkeypatch: pytest.MonkeyPatch, url: str, seconds: str = "20") -> None:
    monkeypatch.setenv(URL, url)
    monkeypatch.setenv("GONGHUI_CLAMD_SECONDS", seconds)
    settings_module.reset()


@pytest.fixture
def clamd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clamd]:
    """The daemon, configured."""
    with clamd_at(tmp_path / "clamd") as daemon:
        configure(monkeypatch, f"unix://{tmp_path}/clamd")
        yield daemon


def verdicts(verdict: str) -> float:
    return metrics.REGISTRY.get_sample_value("gonghui_files_scanned_total", {"verdict": verdict}) or 0.0


def no_verdict(content: bytes = b"a file") -> Unavailable:
    before = verdicts("no_verdict")
    with pytest.raises(Unavailable) as away:
        require_clean(content)
    assert (away.value.code, away.value.rule) == ("scanner_away", "files.file_is_scanned")
    assert verdicts("no_verdict") == before + 1
    return away.value


def test_without_a_scanner_every_file_passes() -> None:
    require_clean(HARMFUL)


def test_a_file_is_streamed_whole_and_passes(clamd: Clamd) -> None:
    content = bytes(range(256)) * 1000
    require_clean(content)
    assert clamd.streams == [content]


def test_a_scanner_is_reached_at_a_port_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with clamd_on_port() as (daemon, port):
        configure(monkeypatch, f"tcp://127.0.0.1:{port}")
        require_clean(b"a file")
    assert daemon.streams == [b"a file"]


def test_what_is_found_is_refused_by_its_rule(clamd: Clamd) -> None:
    before = verdicts("harmful")
    with pytest.raises(Refused) as refused:
        require_clean(b"x" * 100_000 + HARMFUL)
    assert (refused.value.rule, refused.value.field) == ("files.file_is_clean", "content")
    assert verdicts("harmful") == before + 1


def test_a_scanner_that_is_away_lets_nothing_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, f"unix://{tmp_path}/nobody")
    no_verdict()
    with clamd_on_port() as (daemon, port):
        configure(monkeypatch, f"tcp://127.0.0.1:{port}")
        daemon.stop()
        no_verdict()


def test_a_scanner_that_does_not_answer_in_time_lets_nothing_through(
    clamd: Clamd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clamd.silent = True
    configure(monkeypatch, f"unix://{tmp_path}/clamd", "1")
    no_verdict()
    assert clamd.streams == [b"a file"]


@pytest.mark.parametrize(
    "answer", [b"", b"UNKNOWN COMMAND", b"stream: OK but not quite", b"x" * 5000, b"stream: Can't allocate ERROR"]
)
def test_an_answer_that_is_no_verdict_lets_nothing_through(clamd: Clamd, answer: bytes) -> None:
    clamd.answer = answer or b"\0"
    no_verdict()


def test_a_file_beyond_the_scanners_own_limit_does_not_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with clamd_at(tmp_path / "clamd", most=1000):
        configure(monkeypatch, f"unix://{tmp_path}/clamd")
        no_verdict(b"x" * 2_000_000)


def test_a_harmful_file_is_refused_before_it_is_opened(clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(attachments, "parsed", opened)
    for examine, upload in (
        (attachments.photo_of, {"content": picture() + HARMFUL}),
        (attachments.paper_of, {"content": PDF + HARMFUL, "media_type": "application/pdf"}),
    ):
        with pytest.raises(Refused) as refused:
            examine(upload)
        assert refused.value.rule == "files.file_is_clean"


@pytest.mark.parametrize(
    "url",
    [
        "/run/clamd", "unix:clamd", "unix://host/run/clamd", "tcp://host", "tcp://host:x", "tcp://host:3310/path",
        "tcp://user@host:3310", "http://host:3310", "tcp://host:3310?x=1",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(URL, url)
    settings_module.reset()
    with pytest.raises(EnvError, match=URL):
        settings()
