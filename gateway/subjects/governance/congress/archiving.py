"""Making the archive of a session as long work: some files in each step, at last the manifest and the zip."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from gateway.jobs import requests
from gateway.rpc.calls import call
from gateway.subjects.governance.congress import archive_files as contents
from gateway.subjects.governance.congress.naming import session_name
from services.chassis import record_archive
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.files.names import plain_file_name
from services.chassis.jobs import job_files
from services.chassis.jobs.jobs import Job
from services.chassis.rules.refusal import Refusal
from services.contracts.governance.congress import archives, documents, sessions

KIND = "archive_session"
PURPOSE = "制作会议档案"
MOST_BYTES = 256 * 1024 * 1024
"""Bytes of an archive: it is put together in memory."""
_STEPS = (contents.record_files, contents.attendance_files, contents.delegate_files, contents.ballot_files)


@dataclass(frozen=True)
class Made:
    """What a step made: files, or after the last of them the manifest."""

    files: contents.Files
    steps: int
    manifest: bytes | None = None
    name: str = ""


def start(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the archive as long work; who asked is logged. Raises `Refused` before the session is closed."""
    found = call(sessions.get_session, {"session_id": str(payload["session_id"])})
    if found["state"] != "closed":
        refuse_first(Refusal("congress.session_is_over", "The session is not closed."))
    asked = {"session_id": found["id"]}
    total = len(_STEPS) + len(found["documents"]) + 1
    return requests.start(KIND, asked, asked, (f"congress_session/{found['id']}", "archive", PURPOSE), total)


def make(asked: Mapping[str, Any], job: Job) -> Made:
    """Make the files of the next step; after the last one keep the manifest's digest with the session."""
    found = call(sessions.get_session, {"session_id": asked["session_id"]})
    steps, place = len(_STEPS) + len(found["documents"]), (job.position or {}).get("step", 0)
    if place < len(_STEPS):
        return Made(_STEPS[place](found), steps)
    if place < steps:
        return Made([_document(found, place - len(_STEPS))], steps)
    listed = (job.position or {})["files"]
    about = {
        "kind": "congress_session", "id": found["id"], "name": session_name(found), "made_at": job.asked_at.isoformat(),
    }  # fmt: skip
    manifest = record_archive.manifest_of(about, listed)
    noted = {"files": len(listed), "size": sum(one["size"] for one in listed)}
    digest = record_archive.entry_of(record_archive.MANIFEST, manifest)["sha256"]
    call(archives.note_session_archive, {"session_id": found["id"], "manifest_sha256": digest, **noted})
    return Made([], steps, manifest, session_name(found))


def keep(tx: Transaction, job: Job, made: Made) -> bool:
    """Keep the files just made; after the last ones put all into one archive."""
    position = job.position or {"step": 0, "files": []}
    listed = list(position["files"])
    if made.manifest is not None:
        _finish(tx, job, made, [one["path"] for one in listed])
        return True
    for path, content in made.files:
        job_files.keep_bytes(tx, job, job_files.PART, str(len(listed)), content)
        listed.append(record_archive.entry_of(path, content))
    if sum(one["size"] for one in listed) > MOST_BYTES:
        raise Refused("The archive is too large.", rule="congress.archive_fits", params={"most": MOST_BYTES >> 20})
    job.position = {"step": position["step"] + 1, "files": listed}
    job.done, job.total = position["step"] + 1, made.steps + 1
    return False


def _finish(tx: Transaction, job: Job, made: Made, paths: list[str]) -> None:
    assert made.manifest is not None
    packed = BytesIO()
    parts = ((paths[int(file.name)], content) for file, content in job_files.each_file(tx, job))
    record_archive.write_archive(packed, made.manifest, parts)
    job_files.finish(tx, job, f"{made.name}-{tx.today:%Y%m%d}.zip", packed.getvalue(), "application/zip")
    digest = record_archive.entry_of(record_archive.MANIFEST, made.manifest)["sha256"]
    job.result, job.done = {"manifest_sha256": digest, "files": len(paths)}, made.steps + 1


def _document(found: Mapping[str, Any], place: int) -> tuple[str, bytes]:
    one = found["documents"][place]
    file = call(documents.open_session_document, {"session_id": found["id"], "document_id": one["id"]})
    ending = PurePosixPath(file["name"]).suffix or {"application/pdf": ".pdf", "image/png": ".png"}.get(
        file["media_type"], ".jpg"
    )
    name = plain_file_name(f"{place + 1:02d}-{one['document']}").removesuffix(ending)
    return f"documents/{name}{ending}", base64.b64decode(file["content"])
