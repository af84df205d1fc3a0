"""Lists of newcomers, typed, pasted or uploaded, which are parsed before they are proposed.

Belongs here: the result of parsing each line. Not: proposing itself (joining).
"""

from marshmallow import fields, validate

from services.chassis.schema import InputErrorItem, Schema, Text, command
from services.contracts.files import Content, FileName

LARGEST_LIST = 2 * 1024 * 1024
COLUMNS = ("name", "gender", "id_number", "phone", "employment", "hired_on")
"""Columns of a typed list without headings, in this order."""


class NewcomersFile(Schema):
    """A list as .xlsx or .csv, with headings."""

    name = FileName(required=True)
    media_type = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    content = Content(LARGEST_LIST, required=True)


class ReadNewcomers(Schema):
    """A list of up to 1,000 people, as text or as a file; the file takes precedence."""

    text = Text(120_000, load_default="")
    file = fields.Nested(NewcomersFile, load_default=None, allow_none=True)


class NewcomerRead(Schema):
    """A parsed line: fields for `propose_newcomers`, and parsing errors by field.

    `input_errors` has the same errors with codes.
    """

    row = fields.Integer(required=True)
    values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    problems = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    input_errors = fields.List(fields.Nested(InputErrorItem))


class NewcomersRead(Schema):
    """The lines in order; nothing was stored."""

    items = fields.List(fields.Nested(NewcomerRead), required=True)


read_newcomers = command(
    "membership", "read_newcomers", request=ReadNewcomers, reply=NewcomersRead, allow=("chair", "officer"),
    doc="Read a list of newcomers as it was typed, pasted or uploaded, by the reader of rosters; nothing is stored.",
    title="识别新教职工名单",
)  # fmt: skip
