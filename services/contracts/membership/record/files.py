"""Photo and documents of a record (照片与附件): reading, uploading and removing them.

The member, the unit's chair and officers may see the photo; only the member and officers may see documents, and each
access by an officer is logged with its purpose.
"""

from marshmallow import fields

from services.chassis.schema import Schema, Text, command, query
from services.contracts.files import FileContent
from services.contracts.membership.consents import consent_version
from services.contracts.membership.record.attachments import AttachedFile, AttachedFiles, DocumentUpload, PhotoUpload
from services.contracts.membership.record.shapes import MemberRef


class ReplaceMemberPhoto(MemberRef, PhotoUpload):
    """A photo, replacing the earlier one, with the member's consent to its use if that was not given before."""

    consent_version = consent_version(load_default=None, allow_none=True)
    reason = Text(200, 2, load_default=None, allow_none=True)


class RemoveMemberPhoto(MemberRef):
    """Remove the photo; a reason is required from others than the member."""

    reason = Text(200, 2, load_default=None, allow_none=True)


class AttachToMember(MemberRef, DocumentUpload):
    """A document for the record."""


class MemberFileRef(MemberRef):
    """One document of a record."""

    file_id = fields.UUID(required=True)


class OpenMemberFile(MemberFileRef):
    """One document, for a purpose, which is logged unless it is one's own."""

    purpose = Text(200, 2, load_default=None, allow_none=True)


class DetachFromMember(MemberFileRef):
    """Remove a document; a reason is required from others than the member."""

    reason = Text(200, 2, load_default=None, allow_none=True)


class PhotoKept(Schema):
    """Whether the record has a photo."""

    member_id = fields.UUID(required=True)
    has_photo = fields.Boolean(required=True)


member_photo = query(
    "membership", "member_photo", request=MemberRef, reply=FileContent, allow=("member", "chair", "officer"),
    doc="The photo of a record: the own one, or one of a unit the asker may see.", title="查看会员照片",
)  # fmt: skip
member_has_photo = query(
    "membership", "member_has_photo", request=MemberRef, reply=PhotoKept, allow=("member", "chair", "officer"),
    doc="Whether a record has a photo: the own one, or one of a unit the asker may see.", title="查看会员有无照片",
)  # fmt: skip
replace_member_photo = command(
    "membership", "replace_member_photo", request=ReplaceMemberPhoto, reply=PhotoKept, allow=("member", "officer"),
    doc="Give a record a photo; the member's own takes effect at once.", title="更换会员照片",
)  # fmt: skip
remove_member_photo = command(
    "membership", "remove_member_photo", request=RemoveMemberPhoto, reply=PhotoKept,
    allow=("member", "chair", "officer"), doc="Take the photo off a record.", title="删除会员照片",
)  # fmt: skip
list_member_files = query(
    "membership", "list_member_files", request=MemberRef, reply=AttachedFiles, allow=("member", "officer"),
    doc="The documents of a record, without their content.", title="查看档案附件目录",
)  # fmt: skip
attach_to_member = command(
    "membership", "attach_to_member", request=AttachToMember, reply=AttachedFile, allow=("member", "officer"),
    doc="Attach a document to a record.", title="添加档案附件",
)  # fmt: skip
open_member_file = command(
    "membership", "open_member_file", request=OpenMemberFile, reply=FileContent, allow=("member", "officer"),
    doc="A document of a record; a look by an officer is logged.", title="打开档案附件",
)  # fmt: skip
detach_from_member = command(
    "membership", "detach_from_member", request=DetachFromMember, reply=AttachedFiles, allow=("member", "officer"),
    doc="Take a document off a record; its history stays.", title="删除档案附件",
)  # fmt: skip
