"""Shapes of a person's files (附件): photo and documents."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, Vocabulary, label
from services.contracts.files import DOCUMENT_TYPES, PHOTO_TYPES, Content, FileName, MediaType

DOCUMENT_KINDS = Vocabulary(
    "document_kind", labour_contract="劳动合同", agency_contract="人事代理协议", dispatch_letter="劳务派遣证明",
    employment_proof="在职证明", identity="身份证明", decision="决定文书", other="其他",
)  # fmt: skip

PHOTO_CHANGES = Vocabulary("photo_change", kept="有照片", replaced="新照片")
LARGEST_PHOTO = 2 * 1024 * 1024
LARGEST_DOCUMENT = 5 * 1024 * 1024
MOST_DOCUMENTS = 6


def document_kind(**kwargs: Any) -> fields.String:
    """The kind of a document."""
    return Choice(DOCUMENT_KINDS, **kwargs)


class PhotoUpload(Schema):
    """A photo: JPEG or PNG up to 2 MB. It is re-encoded without the camera's metadata, at most 800 px."""

    name = FileName(required=True)
    media_type = MediaType(PHOTO_TYPES, required=True)
    content = Content(LARGEST_PHOTO, required=True, metadata=label("照片"))


class DocumentUpload(Schema):
    """A document: PDF, JPEG or PNG up to 5 MB, recognised by its content."""

    kind = document_kind(required=True, metadata=label("材料种类"))
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST_DOCUMENT, required=True, metadata=label("文件"))


class AttachedFile(Schema):
    """A file in a list, without its content; `kind` is "photo" or the kind of a document."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    stored_at = Timestamp(required=True)


class AttachedFiles(Schema):
    """The files of a record."""

    items = fields.List(fields.Nested(AttachedFile), required=True)
