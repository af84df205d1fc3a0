"""Roster import (名册导入): a table of people is uploaded, its columns are assigned, every row is checked in a dry run,
and only then members are admitted or corrected.

Belongs here: the steps of an import and its event. Not: the members it admits (record, `member_joined` in joining),
progress (jobs).
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    Choice,
    Event,
    InputError,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    command,
    invalid,
    label,
    query,
)
from services.contracts.files import Content, FileName
from services.contracts.jobs import Job
from services.contracts.membership.record.fields import MEMBER_FIELDS

ROSTER_FIELDS = Vocabulary(
    "roster_field", {
        **MEMBER_FIELDS.only("name", "id_number", "gender", "birth_date").texts,
        "unit": MEMBER_FIELDS.texts["unit_id"], "group": MEMBER_FIELDS.texts["group_id"],
        **MEMBER_FIELDS.only(
            "employment", "phone", "email", "original_age", "hired_on", "joined_on", "hr_id"
        ).texts,
    },
)  # fmt: skip
"""Meanings that a column can have."""

_UNCONFIRMED = InputError("imports.unconfirmed", "Confirm first: no way back.")
REQUIRED = ("name", "id_number", "unit", "employment")
"""Fields every row needs; sex and date of birth are taken from the identity number if they are not given."""

DUPLICATES = ("member", "former", "namesake", "repeated", "namesake_in_file")
"""Duplicates of: a member, a former member, a person with another number but the same name, birth and unit; the same
two within the file."""

ROW_ACTIONS = Vocabulary("row_action", skip="跳过", update="更新档案", create="作为新会员")
ALLOWED = {
    "member": ("skip", "update"),
    "former": ("skip",),
    "namesake": ("skip", "update", "create"),
    "repeated": ("skip",),
    "namesake_in_file": ("skip", "create"),
}
"""What can be done with each class of duplicates: one person has one membership, former members rejoin by decision."""

PROBLEM_KINDS = Vocabulary(
    "row_problem", bad="不合格", member="已是会员", former="曾是会员", namesake="与会员同名同生日",
    repeated="名册内重复", namesake_in_file="名册内同名同生日", late="导入时未能收入", noted="有内容未采用",
)  # fmt: skip
"""A row that breaks a rule, a duplicate, a row that was valid in the dry run only, and a valid row of which a cell was
ignored or interpreted."""

IMPORT_STATES = Vocabulary(
    "import", reading="读取中", read_stopped="读取停止", uploaded="待对应列", checking="试运行中",
    check_stopped="试运行停止", checked="待确认导入", importing="导入中", import_stopped="导入停止",
    imported="已导入", discarded="已清除",
)  # fmt: skip
LARGEST = 10 * 1024 * 1024
KEPT_DAYS = 30
"""Days after which the file, the rows and the reasons are erased (个人信息保护法 Art. 19)."""

_OFFICE = ("officer",)


class UploadRoster(Schema):
    """A table of people, .xlsx or .csv (UTF-8 or GB18030), at most 10 MB and 100,000 rows, without formulas and macros.

    A small file is read at once. A large one (more than 128 KB) is read by a job: its state is `reading` until its
    columns are known, or `read_stopped` with the broken rule in `job.error`.
    """

    name = FileName(required=True)
    media_type = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    content = Content(LARGEST, required=True)


class ImportRef(Schema):
    """Which import."""

    import_id = fields.UUID(required=True)


class MapRoster(ImportRef):
    """The meaning of each column; a heading that is left out or null is ignored. Starts the dry run."""

    version = fields.Integer(required=True, strict=True)
    mapping = fields.Dict(
        keys=Text(5_000, 1),
        values=Choice(ROSTER_FIELDS, allow_none=True),
        required=True,
        validate=validate.Length(max=100),
    )

    @validates_schema
    def _each_field_once(self, data: dict[str, Any], **_: Any) -> None:
        held = [field for field in data.get("mapping", {}).values() if field]
        twice = sorted({field for field in held if held.count(field) > 1})
        missing = sorted(set(REQUIRED) - set(held))
        if twice:
            detail = f"Two columns hold the same: {', '.join(twice)}."
            raise invalid("imports.column_taken_twice", detail, field="mapping", fields=twice)
        if missing:
            detail = f"No column holds: {', '.join(missing)}."
            raise invalid("imports.column_missing", detail, field="mapping", fields=missing)


class Choices(Schema):
    """What to do with each class of duplicates."""

    member = Choice(ROW_ACTIONS.only(*ALLOWED["member"]), load_default="skip")
    former = Choice(ROW_ACTIONS.only(*ALLOWED["former"]), load_default="skip")
    namesake = Choice(ROW_ACTIONS.only(*ALLOWED["namesake"]), load_default="skip")
    repeated = Choice(ROW_ACTIONS.only(*ALLOWED["repeated"]), load_default="skip")
    namesake_in_file = Choice(ROW_ACTIONS.only(*ALLOWED["namesake_in_file"]), load_default="skip")


class StartImport(ImportRef):
    """Execute the import after the dry run. It can't be undone, so `confirmed` must be true."""

    version = fields.Integer(required=True, strict=True)
    choices = fields.Nested(Choices, load_default=lambda: Choices().load({}))
    confirmed = fields.Boolean(required=True, validate=validate.Equal(True, error=_UNCONFIRMED))


class RosterImport(Schema):
    """名册导入 One import: columns, counts of the dry run, the result; `job` is the current or last job."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = Choice(IMPORT_STATES, required=True)
    file_name = fields.String(required=True)
    headings = fields.List(fields.String(), required=True)
    mapping = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True), required=True)
    rows = fields.Integer(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    choices = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    result = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    job = fields.Nested(Job, allow_none=True, required=True)
    uploaded_at = Timestamp(required=True)
    uploaded_by = fields.String(required=True)
    kept_until = Timestamp(required=True)
    imported_at = Timestamp(allow_none=True, required=True)


class ImportRow(Schema):
    """An import in the list of imports."""

    id = fields.UUID(required=True)
    state = Choice(IMPORT_STATES, required=True, metadata=label("状态"))
    file_name = fields.String(required=True, metadata=label("文件"))
    rows = fields.Integer(required=True, metadata=label("行数"))
    result = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    uploaded_at = Timestamp(required=True, metadata=label("上传时间"))
    uploaded_by = fields.String(required=True)


class ProblemFilter(PageRequest):
    """Which rows of the dry run to list, in the order of the file."""

    import_id = fields.UUID(required=True)
    kind = Choice(PROBLEM_KINDS, load_default=None, allow_none=True, metadata=label("问题"))
    field = Choice(ROSTER_FIELDS, load_default=None, allow_none=True, metadata=label("列"))


class RowProblem(Schema):
    """A problem of a row: its number in the file, the column, the value (masked where sensitive), the reason."""

    id = fields.UUID(required=True)
    row = fields.Integer(required=True, metadata=label("行号"))
    kind = Choice(PROBLEM_KINDS, required=True, metadata=label("类别"))
    field = fields.String(allow_none=True, required=True, metadata=label("列"))
    heading = fields.String(allow_none=True, required=True)
    value = fields.String(allow_none=True, required=True, metadata=label("内容"))
    rule = fields.String(required=True)
    detail = fields.String(required=True)
    params = fields.Dict(keys=fields.String(), required=True)


class ProblemRowsRequest(ImportRef):
    """A part of the rows with problems, as in the file, for the file of problems; `part` counts from 0."""

    part = fields.Integer(load_default=0, validate=validate.Range(min=0))


class ProblemRow(Schema):
    """A row of the file, with its problems."""

    row = fields.Integer(required=True)
    cells = fields.List(fields.String(), required=True)
    problems = fields.List(fields.Nested(RowProblem), required=True)


class ProblemRows(Schema):
    """Rows with problems of one part of the file; `next_part` is null at the end."""

    headings = fields.List(fields.String(), required=True)
    items = fields.List(fields.Nested(ProblemRow), required=True)
    next_part = fields.Integer(allow_none=True, required=True)


upload_roster = command(
    "membership", "upload_roster", request=UploadRoster, reply=RosterImport, allow=_OFFICE,
    doc="Upload a table of people; its columns are guessed from their headings, of a large file once it was read.",
    title="上传名册",
)  # fmt: skip
map_roster = command(
    "membership", "map_roster", request=MapRoster, reply=RosterImport, allow=_OFFICE,
    doc="Say which column holds what, and start the dry run; remembered for tables with the same headings.",
    title="对应名册的列",
)  # fmt: skip
start_import = command(
    "membership", "start_import", request=StartImport, reply=RosterImport, allow=_OFFICE,
    doc="Carry out an import after its dry run; can't be undone.", title="执行导入",
)  # fmt: skip
discard_import = command(
    "membership", "discard_import", request=ImportRef, reply=RosterImport, allow=_OFFICE,
    doc="Erase the file and the rows of an import that is not under way; members stay.", title="清除导入的文件",
)  # fmt: skip
get_import = query(
    "membership", "get_import", request=ImportRef, reply=RosterImport, allow=_OFFICE,
    doc="One import: its columns, what was counted, how far it is.", title="查看一次导入",
)  # fmt: skip
list_imports = query(
    "membership", "list_imports", request=PageRequest, reply=Page(ImportRow), allow=_OFFICE,
    doc="Imports, latest first.", title="查看名册导入",
)  # fmt: skip
list_import_problems = query(
    "membership", "list_import_problems", request=ProblemFilter, reply=Page(RowProblem), allow=_OFFICE,
    doc="Bad rows and duplicates of an import: row, column, masked value and reason.", title="查看导入的问题",
)  # fmt: skip
read_problem_rows = command(
    "membership", "read_problem_rows", request=ProblemRowsRequest, reply=ProblemRows, allow=_OFFICE,
    doc="Rows with problems as they stand in the file; each look is logged.", title="查看有问题的原始行",
)  # fmt: skip


class RosterImportedData(Schema):
    """How many rows a roster had; how many people joined, were corrected, not changed, or could not be imported."""

    import_id = fields.UUID(required=True)
    rows = fields.Integer(required=True)
    joined = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    refused = fields.Integer(required=True)


class RosterImported(Event, source="membership"):
    """A roster was imported completely; each new member also has a `member_joined` event."""

    subject = "import/{import_id}"
    data = RosterImportedData
    example = {"import_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0031", "rows": 1200, "joined": 1150, "updated": 30,
               "skipped": 15, "refused": 5}  # fmt: skip
