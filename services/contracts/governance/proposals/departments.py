"""The register of departments that handle proposals: name, leader in charge, contacts."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Line, Page, PageRequest, Schema, Text, command, labelled, query
from services.contracts.governance.proposals.vocabulary import PROPOSAL_FIELDS
from services.contracts.ids import ids_filter

MOST_CONTACTS = 10
_READERS = ("officer", "auditor", "chair", "handler", "member")


@labelled(PROPOSAL_FIELDS)
class AddDepartment(Schema):
    """承办部门 A department: `leader_id` approves replies, `contact_ids` with the role `handler` write them."""

    name = Line(60, 2, required=True)
    leader_id = fields.UUID(required=True)
    contact_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, MOST_CONTACTS))
    note = Text(300, load_default=None, allow_none=True)


class DepartmentRef(Schema):
    """One department by id."""

    department_id = fields.UUID(required=True)


@labelled(PROPOSAL_FIELDS)
class ChangeDepartment(AddDepartment, DepartmentRef):
    """Change a department; one that is not `active` gets no new proposals."""

    active = fields.Boolean(load_default=True)
    version = fields.Integer(required=True, strict=True)


@labelled(PROPOSAL_FIELDS)
class ListDepartments(PageRequest):
    """Departments by name."""

    q = Line(60, load_default=None, allow_none=True)
    active = fields.Boolean(load_default=None, allow_none=True)
    ids = ids_filter()


@labelled(PROPOSAL_FIELDS)
class Department(Schema):
    """承办部门 A department that handles proposals."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    leader_id = fields.UUID(required=True)
    contact_ids = fields.List(fields.UUID(), required=True)
    note = fields.String(load_default=None, allow_none=True)
    active = fields.Boolean(required=True)
    version = fields.Integer(required=True)


list_departments = query(
    "governance", "list_departments", request=ListDepartments, reply=Page(Department), allow=_READERS,
    doc="Departments that handle proposals, by name.", title="查看承办部门",
    reach={"chair": "union", "handler": "union", "member": "union"},
)  # fmt: skip
get_department = query(
    "governance", "get_department", request=DepartmentRef, reply=Department, allow=_READERS,
    doc="One department.", title="查看一个承办部门",
    reach={"chair": "union", "handler": "union", "member": "union"},
)  # fmt: skip
add_department = command(
    "governance", "add_department", request=AddDepartment, reply=Department, allow=("officer",),
    doc="Enter a department that handles proposals.", title="登记承办部门",
)  # fmt: skip
change_department = command(
    "governance", "change_department", request=ChangeDepartment, reply=Department, allow=("officer",),
    doc="Change a department; what it handles passes to its new contacts.", title="修改承办部门",
)  # fmt: skip
