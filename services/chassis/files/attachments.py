"""The one way by which a service accepts a photo or a paper: scanned, typed by content, cleaned, then stored encrypted.

A service declares this for each operation that takes a file:

    @answers((contract.attach, use_case.attach), prepare=examined_before(use_case.may_attach, paper_of))

Before the transaction of the use case, the file is examined: the scanner is asked, and a process without secrets
removes metadata or draws the photo anew. Files of callers who may not attach anything are never opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from services.chassis.errors import Problem, Refused, refuse_first
from services.chassis.files import attachment_rules as rules
from services.chassis.files import papers, pictures
from services.chassis.files.parser_process import MEGABYTE, Reading, parsed
from services.chassis.files.storage import StoredFile, store_file
from services.chassis.files.virus_scanner import require_clean
from services.chassis.rpc.idempotency import was_answered
from services.chassis.rules.refusal import Refusal

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction
    from services.chassis.process.runtime import Call

Request = Mapping[str, Any]
EMBLEM_SIDE = 256
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_EXAMINED = "examined content"
"""Where the examined file lies in a request: no field of its schema, so that the request has the same digest."""


def _unreadable(refusal: Refusal | None) -> Callable[[str], Problem]:
    assert refusal is not None
    return lambda _why: Refused.by(refusal)


PICTURE = Reading(
    "picture", memory=256 * MEGABYTE, cpu_seconds=10, seconds=60, most_answer=8 * MEGABYTE,
    unreadable=_unreadable(rules.picture_is_readable(None)),
)  # fmt: skip
"""What a photo may take: one of 12 million pixels is some 100 MB for a moment."""
PAPER = Reading(
    "paper", memory=128 * MEGABYTE, cpu_seconds=10, seconds=60, most_answer=16 * MEGABYTE,
    unreadable=_unreadable(rules.paper_is_readable(False)),
)  # fmt: skip


def photo_of(request: Request, *, longest_side: int = pictures.LONGEST_SIDE) -> bytes:
    """Return the photo in a request as it is kept: a JPEG drawn anew, at most so many pixels each way.

    Raises:
        Refused: it is harmful, or no photo that can be used.
        Unavailable: it can't be scanned, or too many files wait.
    """
    require_clean(request["content"])
    (drawn,) = parsed(PICTURE, pictures.redraw, request["content"], longest_side=longest_side)
    return bytes(drawn)


def emblem_of(request: Request) -> bytes:
    """Return the picture in a request as a PNG of at most 256 pixels each way. Raises as `photo_of`."""
    require_clean(request["content"])
    (drawn,) = parsed(PICTURE, pictures.redraw_emblem, request["content"], side=EMBLEM_SIDE)
    return bytes(drawn)


def paper_of(request: Request) -> bytes:
    """Return the paper in a request as it is kept: a PDF, JPEG or PNG without metadata, every pixel as it was.

    Raises:
        Refused: it is harmful, not of the type it is sent as, or can't be opened.
        Unavailable: it can't be scanned, or too many files wait.
    """
    refuse_first(rules.file_is_what_it_says(request["media_type"], request["content"]))
    require_clean(request["content"])
    (cleaned,) = parsed(PAPER, papers.clean, request["content"], media_type=request["media_type"])
    return bytes(cleaned)


def examined_before(
    may_attach: Callable[[Transaction, Request], object], examine: Callable[[Request], bytes], within: str | None = None
) -> Callable[[Call, dict[str, Any]], None]:
    """Return the step before the transaction of an operation that takes a file, for `answers(prepare=…)`.

    Args:
        may_attach: raises unless the caller may attach a file; called in a read-only transaction, before the file is
            opened. The use case checks it again under its locks.
        examine: returns the file as it is kept.
        within: the field of the request that holds the upload and may be null; None where the request is one itself.
    """

    def prepare(call: Call, request: dict[str, Any]) -> None:
        upload = request if within is None else request[within]
        if upload is None:
            return
        with call.transaction(readonly=True) as tx:
            if was_answered(tx, call.context.idempotency_key):
                return
            may_attach(tx, request)
        upload[_EXAMINED] = examine(upload)

    return prepare


def store_examined(
    tx: Transaction, upload: Request, name: str, *, subject: str, purpose: str, media_type: str | None = None
) -> StoredFile:
    """Store the examined file of an upload under another name than it had, which may tell what it is about.

    Args:
        tx: the transaction.
        upload: the request, or the part of it, that `examined_before` went through.
        name: without the ending, which follows from the type.
        subject: what the file belongs to; see `storage.store_file`.
        purpose: a code of the subject.
        media_type: of the examined file, where it was drawn anew; that of the upload when absent.
    """
    kept = media_type or upload["media_type"]
    named = f"{name}.{_ENDINGS[kept]}"
    return store_file(tx, name=named, media_type=kept, content=examined(upload), subject=subject, purpose=purpose)


def examined(upload: Request) -> bytes:
    """Return the examined file of an upload."""
    content: bytes = upload[_EXAMINED]
    return content
