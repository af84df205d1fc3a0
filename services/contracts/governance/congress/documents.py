"""Documents of a session, each for one audience."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Empty, Line, Schema, Timestamp, command, labelled, query
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileContent, FileName, MediaType
from services.contracts.governance.congress.session_refs import SessionRef
from services.contracts.governance.congress.vocabulary import AUDIENCES, SESSION_FIELDS

MOST_DOCUMENTS = 60


@labelled(SESSION_FIELDS)
class AttachSessionDocument(SessionRef):
    """A document of the session, or of one item: JPEG, PNG or PDF up to 10 MB, recognised by its content."""

    item_id = fields.UUID(load_default=None, allow_none=True)
    document = Line(80, 1, required=True)
    audience = Choice(AUDIENCES, required=True)
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST, required=True)


class SessionDocumentRef(SessionRef):
    """One document of a session."""

    document_id = fields.UUID(required=True)


@labelled(SESSION_FIELDS)
class SessionDocument(Schema):
    """文件 A document that the caller may read."""

    id = fields.UUID(required=True)
    item_id = fields.UUID(required=True, allow_none=True)
    document = fields.String(required=True)
    audience = Choice(AUDIENCES, required=True)
    added_at = Timestamp(required=True)


attach_session_document = command(
    "governance", "attach_session_document", request=AttachSessionDocument, reply=SessionDocument, allow=("officer",),
    doc="Add a document for delegates and guests, for all members or for the presidium; it is stored encrypted.",
    title="上传代表大会文件",
)  # fmt: skip
remove_session_document = command(
    "governance", "remove_session_document", request=SessionDocumentRef, reply=Empty, allow=("officer",),
    doc="Remove a document of a session that is not closed.", title="删除代表大会文件",
)  # fmt: skip
open_session_document = query(
    "governance", "open_session_document", request=SessionDocumentRef, reply=FileContent,
    allow=("officer", "auditor", "chair", "member"), reach={"chair": "union", "member": "union"},
    doc="A document of a session, for those it is for and the offices.", title="打开代表大会文件",
)  # fmt: skip
