"""Archives with a manifest: what was changed, lost, added or would be unpacked elsewhere is found and named."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deploy.cli import main
from services.chassis import record_archive as archives

FILES = {"session.json": b"{}", "documents/01-report.pdf": b"%PDF-1.7 report", "minutes.txt": "会议记录".encode()}
ABOUT = {"kind": "congress_session", "name": "六届四次会议"}


def written(folder: Path, files: dict[str, bytes] | None = None, listed: dict[str, bytes] | None = None) -> Path:
    """Write an archive with a manifest, of these files or of others."""
    told = FILES if listed is None else listed
    manifest = archives.manifest_of(ABOUT, [archives.entry_of(path, content) for path, content in told.items()])
    made = io.BytesIO()
    archives.write_archive(made, manifest, (FILES if files is None else files).items())
    path = folder / "archive.zip"
    path.write_bytes(made.getvalue())
    return path


def faults(path: Path) -> list[str]:
    return [one.words for one in archives.verify(path) if not one.holds]


def test_a_whole_archive_holds_and_names_what_it_is_of(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert faults(path) == []
    found = CliRunner().invoke(main, ["archive", "verify", str(path), "--manifest", archives.digest_of(path).upper()])
    assert found.exit_code == 0, found.output
    assert "3 files are unchanged" in found.output
    assert "六届四次会议" in found.output


def test_the_same_files_give_the_same_manifest_in_any_order() -> None:
    entries = [archives.entry_of(path, content) for path, content in FILES.items()]
    assert archives.manifest_of(ABOUT, entries) == archives.manifest_of(ABOUT, entries[::-1])


@pytest.mark.parametrize(
    ("files", "words", "named"),
    [
        ({**FILES, "minutes.txt": "会议纪录".encode()}, "files are unchanged", "minutes.txt"),
        ({**FILES, "minutes.txt": b"longer than it was before"}, "files are unchanged", "minutes.txt"),
        ({name: FILES[name] for name in list(FILES)[:2]}, "is missing", "minutes.txt"),
        ({**FILES, "resolutions.csv": b"added"}, "was added", "resolutions.csv"),
        ({**FILES, "../../home/user/.profile": b"outside"}, "stays inside", "../../home/user/.profile"),
        ({**FILES, "/etc/passwd": b"outside"}, "stays inside", "/etc/passwd"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_file(tmp_path: Path, files: dict[str, bytes], words: str, named: str) -> None:
    path = written(tmp_path, files)
    told = [one for one in faults(path) if words in one]
    assert len(told) == 1
    assert named in told[0]
    found = CliRunner().invoke(main, ["archive", "verify", str(path)])
    assert found.exit_code == 1
    assert named in found.output


@pytest.mark.parametrize(
    "path", ["", "..", "a/../b", "/a", "C:/a", "C:a", "a\\..\\b", "a/", "./a", "a//b", "//server/share", "a\x00b"],
)  # fmt: skip
def test_paths_that_leave_the_folder_are_not_plain(path: str) -> None:
    assert not archives.is_plain(path)
    assert archives.is_plain("documents/01 报告.pdf")


def test_a_path_that_leaves_the_folder_is_named_also_where_the_manifest_lists_it(tmp_path: Path) -> None:
    files = {**FILES, "../outside.txt": b"outside"}
    assert ["'../outside.txt'" in one for one in faults(written(tmp_path, files, files))] == [True]


def test_a_link_and_a_file_that_stands_twice_are_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    link = zipfile.ZipInfo("session.json")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(link, "/etc/passwd")
    told = " ".join(faults(path))
    assert "stays inside" in told
    assert "stands twice" in told


def test_a_manifest_from_elsewhere_is_recognised(tmp_path: Path) -> None:
    path = written(tmp_path)
    found = CliRunner().invoke(main, ["archive", "verify", str(path), "--manifest", "0" * 64])
    assert found.exit_code == 1
    assert "NO   the manifest is the one" in found.output


@pytest.mark.parametrize(
    "manifest",
    [None, b"[]", b"{", {"format": "other", "files": []}, {"format": archives.FORMAT, "files": [{"path": "a"}]},
     {"format": archives.FORMAT, "files": [archives.entry_of("a", b""), archives.entry_of("a", b"b")]}],
)  # fmt: skip
def test_what_is_no_archive_is_refused(tmp_path: Path, manifest: Any) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"")
        if manifest is not None:
            archive.writestr(archives.MANIFEST, manifest if isinstance(manifest, bytes) else json.dumps(manifest))
    with pytest.raises(archives.NotAnArchive):
        archives.verify(path)
    path.write_bytes(b"no zip")
    found = CliRunner().invoke(main, ["archive", "verify", str(path)])
    assert found.exit_code == 1
    assert "not an archive" in found.output
