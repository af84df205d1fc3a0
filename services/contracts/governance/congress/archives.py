"""Archives of a session: which were made, by the digests of their manifests."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Page, PageRequest, Schema, Timestamp, command, labelled, query
from services.contracts.governance.congress.session_refs import SessionRef
from services.contracts.governance.congress.vocabulary import SESSION_FIELDS

_OFFICES = ("officer", "auditor")


class ListSessionArchives(PageRequest, SessionRef):
    """The archives that were made of a session, the latest first."""


@labelled(SESSION_FIELDS)
class NoteSessionArchive(SessionRef):
    """The SHA-256 of an archive's manifest in hexadecimal, how many files it lists, and their bytes together."""

    manifest_sha256 = fields.String(required=True, validate=validate.Regexp("[0-9a-f]{64}\\Z"))
    files = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**40))


@labelled(SESSION_FIELDS)
class SessionArchive(Schema):
    """会议档案 An archive that was made; a copy is the same where its manifest has this digest."""

    id = fields.UUID(required=True)
    session_id = fields.UUID(required=True)
    manifest_sha256 = fields.String(required=True)
    files = fields.Integer(required=True)
    size = fields.Integer(required=True)
    made_at = Timestamp(required=True)
    member_id = fields.UUID(required=True, allow_none=True, metadata={"title": "制作人"})


list_session_archives = query(
    "governance", "list_session_archives", request=ListSessionArchives, reply=Page(SessionArchive), allow=_OFFICES,
    doc="The archives that were made of a session.", title="查看代表大会会议档案",
)  # fmt: skip
note_session_archive = command(
    "governance", "note_session_archive", request=NoteSessionArchive, reply=SessionArchive, allow=("officer",),
    doc="Keep the digest of an archive that was made of a closed session; the same digest again changes nothing.",
    title="登记代表大会会议档案",
)  # fmt: skip
