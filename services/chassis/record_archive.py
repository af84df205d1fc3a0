"""An archive of a record: a zip with a manifest of SHA-256 digests, checked by anyone without a network.

Belongs here: the manifest, writing and checking. What is in an archive, its subject decides.
"""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Any

from services.chassis.findings import Finding

MANIFEST = "manifest.json"
FORMAT = "gonghui-archive-1"
LARGEST = 4 * 1024 * 1024 * 1024
"""Bytes of a file that is read."""
_LARGEST_MANIFEST = 16 * 1024 * 1024
_MOST_FILES = 10_000
_AT_ONCE = 1024 * 1024
_SHOWN = 5
"""Files with a fault that a sentence names."""


class NotAnArchive(ValueError):
    """The file is no archive with a manifest."""


def entry_of(path: str, content: bytes) -> dict[str, Any]:
    """Return what the manifest says of a file."""
    return {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def manifest_of(about: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the manifest: the same facts and files give the same bytes.

    Args:
        about: what the archive is of, in JSON form.
        files: as `entry_of` returns them, each path once.
    """
    ordered = sorted(files, key=lambda one: str(one["path"]))
    content = {"format": FORMAT, "about": dict(about), "files": [dict(one) for one in ordered]}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def write_archive(target: IO[bytes], manifest: bytes, files: Iterable[tuple[str, bytes]]) -> None:
    """Write an archive, one file after the other."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest)
        for path, content in files:
            archive.writestr(path, content)


def verify(file: Path) -> list[Finding]:
    """Check that an archive holds the files of its manifest, each unchanged, and no other; nothing is unpacked.

    Raises:
        NotAnArchive: it is no zip, or has no manifest that can be read.
    """
    with _opened(file) as archive:
        listed = _listed(archive)
        infos = [one for one in archive.infolist() if one.filename != MANIFEST]
        names = Counter(one.filename for one in archive.infolist())
        present = {one.filename for one in infos}
        unsafe = sorted(
            {*(one.filename for one in infos if not _is_safe(one)), *(p for p in listed if not is_plain(p))}
        )
        altered = [
            one.filename for one in infos
            if one.filename in listed and not _is_unchanged(archive, one, listed[one.filename])
        ]  # fmt: skip
    return [
        _of_files("every path stays inside of the folder it is unpacked to", unsafe),
        _of_files("no file stands twice", sorted(name for name, times in names.items() if times > 1)),
        _of_files("no file of the manifest is missing", sorted(set(listed) - present)),
        _of_files("no file was added", sorted(present - set(listed))),
        _of_files(f"{len(listed)} files are unchanged", sorted(altered)),
    ]


def digest_of(file: Path) -> str:
    """Return the SHA-256 of an archive's manifest. Raises `NotAnArchive`."""
    with _opened(file) as archive:
        return hashlib.sha256(_manifest(archive)).hexdigest()


def facts_of(file: Path) -> list[str]:
    """Return the digest of the manifest and what the archive says it is of. Raises `NotAnArchive`."""
    with _opened(file) as archive:
        about = _content(_manifest(archive)).get("about")
    told = [f"{name}: {value}" for name, value in about.items()] if isinstance(about, dict) else []
    return [f"SHA-256 of the manifest: {digest_of(file)}", *told]


def is_plain(path: str) -> bool:
    """Whether a path names a file below the folder an archive is unpacked to, on every system."""
    windows, parts = PureWindowsPath(path), PurePosixPath(path).parts
    names_a_file = bool(parts) and not path.endswith("/") and "\\" not in path and "\x00" not in path
    stays = not path.startswith("/") and not windows.drive and not windows.root and ".." not in parts
    return names_a_file and stays and str(PurePosixPath(path)) == path and ":" not in path


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NotAnArchive(f"not an archive: {error}") from None


def _manifest(archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open(MANIFEST) as opened:
            manifest = opened.read(_LARGEST_MANIFEST + 1)
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise NotAnArchive(f"not an archive with a manifest: {error}") from None
    if len(manifest) > _LARGEST_MANIFEST:
        raise NotAnArchive(f"the manifest is larger than {_LARGEST_MANIFEST} bytes")
    return manifest


def _content(manifest: bytes) -> dict[str, Any]:
    try:
        content = json.loads(manifest)
    except (ValueError, RecursionError) as error:
        raise NotAnArchive(f"the manifest can't be read: {error}") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotAnArchive(f"the manifest is not of the format {FORMAT}")
    return content


def _listed(archive: zipfile.ZipFile) -> dict[str, tuple[int, str]]:
    """Return size and digest of each file of the manifest."""
    files = _content(_manifest(archive)).get("files") or []
    try:
        found = {str(one["path"]): (int(one["size"]), str(one["sha256"])) for one in files}
    except (KeyError, TypeError, ValueError):
        raise NotAnArchive("the manifest does not list files as its format says") from None
    if not found or len(found) != len(files) or len(found) > _MOST_FILES:
        raise NotAnArchive("the manifest lists no files, one twice, or too many")
    return found


def _is_safe(one: zipfile.ZipInfo) -> bool:
    return is_plain(one.filename) and one.orig_filename == one.filename and not stat.S_ISLNK(one.external_attr >> 16)


def _is_unchanged(archive: zipfile.ZipFile, one: zipfile.ZipInfo, told: tuple[int, str]) -> bool:
    size, digest = told
    if one.file_size != size:
        return False
    found, read = hashlib.sha256(), 0
    try:
        for part in _parts(archive, one):
            found.update(part)
            read += len(part)
            if read > size:  # more than it says: it may go on without end
                return False
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return False
    return read == size and found.hexdigest() == digest


def _parts(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(one) as opened:
        while part := opened.read(_AT_ONCE):
            yield part


def _of_files(words: str, faulty: Sequence[str]) -> Finding:
    if not faulty:
        return Finding(True, words)
    more = f" and {len(faulty) - _SHOWN} more" if len(faulty) > _SHOWN else ""
    return Finding(False, f"{words}; not so: {', '.join(map(repr, faulty[:_SHOWN]))}{more}")
