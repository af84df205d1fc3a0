"""What long work keeps between its steps: encrypted files, read one at a time and deleted when the job is done.

What was asked for may hold a name, so it lies here too and not in the job's parameters.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import eventlet

from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import StoredFile, erase_files, file_of, files_of, store_file
from services.chassis.jobs.tables import Job

KEPT = timedelta(days=7)
REQUEST = "request"
PART = "part"
RESULT = "result"


def keep(tx: Transaction, job: Job, purpose: str, content: Any) -> None:
    """Keep JSON values of a job: its request, or a part of what it makes."""
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 1)
    keep_bytes(tx, job, purpose, purpose, packed)


def keep_bytes(
    tx: Transaction,
    job: Job,
    purpose: str,
    name: str,
    content: bytes,
    media_type: str = "application/octet-stream",
    kept: timedelta = KEPT,
) -> StoredFile:
    """Keep a file of a job for as long as its results are kept."""
    subject = f"job/{job.id}"
    return store_file(
        tx, name=name, media_type=media_type, content=content, subject=subject, purpose=purpose, keep=kept
    )


def request_of(tx: Transaction, job: Job) -> dict[str, Any]:
    """Return what was asked for."""
    (file,) = files_of(tx, f"job/{job.id}", purpose=REQUEST)
    found: dict[str, Any] = _opened(file_of(tx, file.id).content)
    return found


def each(tx: Transaction, job: Job) -> Iterator[Any]:
    """Yield the parts in order, one in memory at a time; others have their turn in between."""
    for _, content in each_file(tx, job):
        yield _opened(content)


def each_file(tx: Transaction, job: Job) -> Iterator[tuple[StoredFile, bytes]]:
    """Yield the parts with their bytes in order, one in memory at a time; others have their turn in between."""
    for file in files_of(tx, f"job/{job.id}", purpose=PART):
        yield file, file_of(tx, file.id).content
        tx.session.expunge(file)
        eventlet.sleep(0)


def finish(tx: Transaction, job: Job, name: str, content: bytes, media_type: str, kept: timedelta = KEPT) -> None:
    """Store the result as the file of the job, and delete the parts."""
    job.file_id = keep_bytes(tx, job, RESULT, name, content, media_type, kept).id
    for purpose in (PART, REQUEST):
        erase_files(tx, f"job/{job.id}", purpose=purpose)


def zipped(name: str, content: bytes) -> bytes:
    """Return a file as the only one of an archive."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return archive.getvalue()


def bundled(tx: Transaction, job: Job) -> bytes:
    """Return the parts as one archive, each under its name; they are stored as they are, PDFs are packed already."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as made:
        for file, content in each_file(tx, job):
            made.writestr(file.name, content)
    return archive.getvalue()


def _opened(content: bytes) -> Any:
    return json.loads(zlib.decompress(content))
