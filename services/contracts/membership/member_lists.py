"""Lists of members, typed, pasted or uploaded, which other subjects take: whom each line means.

Belongs here: finding the member of a line. Not: what is done with the members (the subject that takes the list).
"""

from marshmallow import fields, validate

from services.chassis.schema import Schema, Text, command, label
from services.contracts.files import Content, FileName

LARGEST_LIST = 2 * 1024 * 1024
MOST_LINES = 1000


class MemberListFile(Schema):
    """A list as .xlsx or .csv, with headings: 会员号, 工号 or 身份证号, and 姓名."""

    name = FileName(required=True)
    media_type = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    content = Content(LARGEST_LIST, required=True)


class ReadMemberList(Schema):
    """A list of up to 1,000 members of a unit, as text or as a file; the file takes precedence.

    Without headings, a line is a member's number, staff number or name, and may have the name behind the number.
    """

    unit_id = fields.UUID(required=True)
    text = Text(120_000, load_default="")
    file = fields.Nested(MemberListFile, load_default=None, allow_none=True)


class ListedMember(Schema):
    """A line as it was read; `member_id` of whom it means, or the rule by which it means nobody of the unit."""

    row = fields.Integer(required=True, metadata=label("行号"))
    text = fields.String(required=True, metadata=label("内容"))
    member_id = fields.UUID(allow_none=True, load_default=None)
    rule = fields.String(allow_none=True, load_default=None)
    detail = fields.String(allow_none=True, load_default=None)
    params = fields.Dict(load_default=dict)


class MembersListed(Schema):
    """The lines in order; nothing was stored."""

    items = fields.List(fields.Nested(ListedMember), required=True)


read_member_list = command(
    "membership", "read_member_list", request=ReadMemberList, reply=MembersListed, allow=("chair", "officer"),
    doc="Whom the lines of a unit's list mean, as typed, pasted or uploaded; nothing is stored.",
    title="识别会员名单",
)  # fmt: skip
