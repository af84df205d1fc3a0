"""The whole member list as a file (名册导出): a job that reads part by part, for a purpose that is logged."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Schema, Text, Vocabulary, command
from services.contracts.files import TABLE_FORMATS
from services.contracts.jobs import Job
from services.contracts.membership.person import employment_choice
from services.contracts.membership.record.fields import MEMBER_FIELDS, MEMBER_LACKS
from services.contracts.membership.record.shapes import STANDINGS

EXPORT_COLUMNS = Vocabulary(
    "export_column", {
        **MEMBER_FIELDS.only("number", "name", "gender", "birth_date").texts, "unit_code": "分工会代码",
        "unit": MEMBER_FIELDS.texts["unit_id"], "group": MEMBER_FIELDS.texts["group_id"],
        **MEMBER_FIELDS.only("employment", "standing", "joined_on", "id_number", "phone", "email").texts,
    },
)  # fmt: skip


_MOST_WORDS = 100


class StartMemberExport(Schema):
    """Which members, in which kind of file, for which purpose; `headings` and `words`: texts of columns and codes."""

    q = Line(50, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    standing = Choice(STANDINGS, load_default=None, allow_none=True)
    employment = employment_choice(load_default=None, allow_none=True)
    lacks = Choice(MEMBER_LACKS, load_default=None, allow_none=True)
    purpose = Text(200, 2, required=True)
    kind = Choice(TABLE_FORMATS, load_default="xlsx")
    headings = fields.Dict(
        keys=Text(30, 1), values=Text(60, 1), load_default=dict, validate=validate.Length(max=_MOST_WORDS)
    )
    words = fields.Dict(
        keys=Text(30, 1),
        values=fields.Dict(keys=Text(30, 1), values=Text(60, 1), validate=validate.Length(max=_MOST_WORDS)),
        load_default=dict,
        validate=validate.Length(max=_MOST_WORDS),
    )


start_member_export = command(
    "membership", "start_member_export", request=StartMemberExport, reply=Job, allow=("officer",),
    doc="The filtered member list as a file, masked; long work, logged with its purpose.", title="把会员列表导出为文件",
)  # fmt: skip
