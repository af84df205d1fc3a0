"""Files of the dues (代扣与基数文件): a payroll's deductions or a list of bases, from the upload to the posting.

Belongs here: uploading, assigning columns, the state of a file. Not: payments themselves (collecting).
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    invalid,
    label,
    query,
)
from services.contracts.days import Day
from services.contracts.eras import CHARGED_SINCE
from services.contracts.files import Content, FileName
from services.contracts.membership.dues.credit import PostDuesFile
from services.contracts.membership.dues.vocabulary import (
    DUES_COLUMNS,
    DUES_FILE_KINDS,
    DUES_FILE_STATES,
    JobStarted,
    Month,
)

LARGEST_FILE = 8 * 1024 * 1024
COLUMNS = {"payroll": ("number", "id_number", "amount"), "bases": ("number", "id_number", "base")}
"""Meanings that columns of each kind of file can have: the member's number or identity number, and the figure."""

_READS = ("officer", "auditor")


class UploadDuesFile(Schema):
    """A payroll's deductions for a month, or bases from a month on.

    xlsx, or csv in UTF-8 or GB18030. Columns: 会员号 or 身份证号; 金额 for a payroll, 缴费基数 for bases. If the
    headings are known, or a file with the same headings was mapped before, every row is checked at once; else the file
    is `uploaded` and its columns have to be assigned. Posting it is another step.
    """

    kind = Choice(DUES_FILE_KINDS, required=True, metadata=label("文件内容"))
    month = Month(required=True, metadata=label("月份"))
    paid_on = Day(CHARGED_SINCE, load_default=None, allow_none=True, metadata=label("到账日期"))
    name = FileName(required=True)
    media_type = Text(100, load_default="application/octet-stream")
    content = Content(LARGEST_FILE, required=True)


class MapDuesFile(Schema):
    """The meaning of each column; a heading that is left out or null is ignored. Checks every row, also again."""

    file_id = fields.UUID(required=True)
    mapping = fields.Dict(
        keys=Text(5_000, 1),
        values=Choice(DUES_COLUMNS, allow_none=True),
        required=True,
        validate=validate.Length(max=100),
    )

    @validates_schema
    def _each_field_once(self, data: dict[str, Any], **_: Any) -> None:
        held = [field for field in data.get("mapping", {}).values() if field]
        twice = sorted({field for field in held if held.count(field) > 1})
        if twice:
            detail = f"Two columns hold the same: {', '.join(twice)}."
            raise invalid("imports.column_taken_twice", detail, field="mapping", fields=twice)


class DuesFile(Schema):
    """A file in progress: its columns are assigned, its rows checked, then it is posted once.

    `counts`: how many rows have which result; `check_job_id` is null while no columns are assigned.
    """

    id = fields.UUID(required=True)
    kind = Choice(DUES_FILE_KINDS, required=True, metadata=label("内容"))
    month = Month(required=True, metadata=label("月份"))
    paid_on = fields.Date(allow_none=True, required=True)
    name = fields.String(required=True, metadata=label("文件"))
    state = Choice(DUES_FILE_STATES, required=True, metadata=label("状态"))
    rows = fields.Integer(required=True, metadata=label("行数"))
    headings = fields.List(fields.String(), required=True)
    mapping = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    amount = Money(required=True, metadata=label("可入账金额"))
    check_job_id = fields.UUID(allow_none=True, required=True)
    post_job_id = fields.UUID(allow_none=True, required=True)
    uploaded_at = Timestamp(required=True, metadata=label("上传时间"))
    uploaded_by = fields.String(required=True)
    posted_at = Timestamp(allow_none=True, required=True)


class DuesFileFilter(PageRequest):
    """Which files to list, latest first."""

    kind = Choice(DUES_FILE_KINDS, load_default=None, allow_none=True, metadata=label("内容"))


class DuesFileRef(Schema):
    """Which file."""

    file_id = fields.UUID(required=True)


upload_dues_file = command(
    "membership", "upload_dues_file", request=UploadDuesFile, reply=DuesFile, allow=("officer", SYSTEM),
    doc="Upload a payroll's deductions or a list of bases; every row is checked, nothing posted.", title="上传会费文件",
)  # fmt: skip
map_dues_file = command(
    "membership", "map_dues_file", request=MapDuesFile, reply=DuesFile, allow=("officer", SYSTEM),
    doc="Say which column of a file holds what, and check its rows; remembered for files with the same headings.",
    title="对应会费文件的列",
)  # fmt: skip
list_dues_files = query(
    "membership", "list_dues_files", request=DuesFileFilter, reply=Page(DuesFile), allow=_READS,
    doc="Files of dues, latest first.", title="查看会费文件",
)  # fmt: skip
get_dues_file = query(
    "membership", "get_dues_file", request=DuesFileRef, reply=DuesFile, allow=(*_READS, SYSTEM),
    doc="How a file stands; its bad rows are the `problems` file of its `check_job_id`.", title="查看一份会费文件",
)  # fmt: skip
post_dues_file = command(
    "membership", "post_dues_file", request=PostDuesFile, reply=JobStarted, allow=("officer", SYSTEM),
    doc="Post the sound rows of a checked file; long work.", title="入账会费文件",
)  # fmt: skip
drop_dues_file = command(
    "membership", "drop_dues_file", request=DuesFileRef, reply=DuesFile, allow=("officer",),
    doc="Drop a checked file without posting it.", title="放弃会费文件",
)  # fmt: skip
