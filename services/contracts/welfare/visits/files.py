"""Photos and papers as evidence of visits: attaching, opening, removing.

They show why a visit was made, so few may open them: the visitor freely, officers and auditors for a purpose; the
member visited may see and withdraw the photos. Each look is logged, and the member sees who looked.
"""

from marshmallow import fields

from services.chassis.schema import Choice, Line, Page, PageRequest, Schema, Text, Timestamp, command, label, query
from services.contracts.files import DOCUMENT_TYPES, LARGEST, Content, FileContent, FileName, MediaType
from services.contracts.welfare.visits.shapes import VisitDetail
from services.contracts.welfare.vocabulary import EVIDENCE_KINDS, FILED_EVIDENCE_KINDS, PEOPLE_SHOWN

MOST_EVIDENCE_FILES = 12
"""Of one visit."""
LARGEST_EVIDENCE = LARGEST
LONGEST_SIDE = 2000
"""Pixels of a kept photo each way."""


class AttachVisitEvidence(Schema):
    """A photo or a paper as evidence: JPEG, PNG or PDF up to 10 MB, recognised by its content.

    A photo is re-encoded without the camera's metadata, at most 2,000 px; `people_shown` is required for it. A paper
    keeps every pixel, without metadata. The name is not kept. `caption` is stored encrypted.
    """

    visit_id = fields.UUID(required=True)
    kind = Choice(FILED_EVIDENCE_KINDS, required=True, metadata=label("种类"))
    people_shown = Choice(PEOPLE_SHOWN, load_default=None, allow_none=True, metadata=label("照片里的人"))
    caption = Line(200, load_default=None, allow_none=True, metadata=label("说明"))
    name = FileName(required=True)
    media_type = MediaType(DOCUMENT_TYPES, required=True)
    content = Content(LARGEST_EVIDENCE, required=True, metadata=label("文件"))


class EvidenceRef(Schema):
    """One piece of evidence of a visit."""

    visit_id = fields.UUID(required=True)
    evidence_id = fields.UUID(required=True)


class OpenEvidenceFile(EvidenceRef):
    """The file of a piece of evidence; officers and auditors state a purpose. Each look is logged."""

    purpose = Text(200, 2, load_default=None, allow_none=True)


class RemoveVisitEvidence(EvidenceRef):
    """Remove a piece of evidence that has a file, with its file; the reason is stored encrypted."""

    reason = Text(200, 2, required=True)


class OwnEvidence(Schema):
    """A piece of evidence of a visit to oneself: its kind and whether it has a file, which may be opened if `opens`."""

    id = fields.UUID(required=True)
    visit_id = fields.UUID(required=True)
    kind = Choice(EVIDENCE_KINDS, required=True)
    has_file = fields.Boolean(required=True)
    people_shown = Choice(PEOPLE_SHOWN, load_default=None, allow_none=True)
    recorded_at = Timestamp(required=True)
    opens = fields.Boolean(required=True)


attach_visit_evidence = command(
    "welfare", "attach_visit_evidence", request=AttachVisitEvidence, reply=VisitDetail,
    allow=("officer", "chair", "member"), doc="Attach a photo or a paper to a visit as evidence, also late.",
    title="上传走访照片或凭据",
)  # fmt: skip
open_evidence_file = command(
    "welfare", "open_evidence_file", request=OpenEvidenceFile, reply=FileContent,
    allow=("officer", "auditor", "chair", "member"), doc="The file of a piece of evidence; the look is logged.",
    title="打开走访凭据的文件",
)  # fmt: skip
evidence_thumbnail = query(
    "welfare", "evidence_thumbnail", request=EvidenceRef, reply=FileContent, allow=("officer", "chair", "member"),
    doc="A photo of a visit, small, for those who opened it freely: the visitor and the member visited.",
    title="查看走访照片的缩略图",
)  # fmt: skip
remove_visit_evidence = command(
    "welfare", "remove_visit_evidence", request=RemoveVisitEvidence, reply=VisitDetail,
    allow=("officer", "chair", "member"),
    doc="Remove a file before the claim is in the ledger; the member visited withdraws a photo at any time.",
    title="删除走访凭据的文件",
)  # fmt: skip
my_visit_evidence = query(
    "welfare", "my_visit_evidence", request=PageRequest, reply=Page(OwnEvidence), allow=("member",),
    doc="The evidence of visits to oneself, newest first.",
    title="查看对自己走访的凭据",
)  # fmt: skip
