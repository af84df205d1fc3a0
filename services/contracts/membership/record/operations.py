"""The member's record (会员档案): lists, one record, changes, access to sensitive fields, names for other services.

Belongs here: operations and events of records. Not: becoming a member (joining), posts (organisation).
"""

from marshmallow import fields

from services.chassis.schema import ACCOUNT, SYSTEM, Event, Page, Schema, command, query
from services.contracts.membership.birthdays import Birthday, BirthdayFilter
from services.contracts.membership.person import PlainValue
from services.contracts.membership.record.shapes import (
    AdmitMembers,
    AdmittedMembers,
    ChangeUnit,
    ExportMembers,
    ExportRows,
    FoundMember,
    Member,
    MemberAccess,
    MemberChange,
    MemberFilter,
    MemberHistoryRequest,
    MemberRef,
    MemberRow,
    Names,
    NamesRequest,
    StaffNumber,
    UnmaskMember,
    UpdateMember,
)

_SEES_RECORDS = ("officer", "chair", "member", "auditor")

list_members = query(
    "membership", "list_members", request=MemberFilter, reply=Page(MemberRow),
    allow=("officer", "auditor", "chair", SYSTEM), doc="Members by name, number, unit, standing; a chair: own unit.",
    title="查看会员列表",
)  # fmt: skip
get_member = query(
    "membership", "get_member", request=MemberRef, reply=Member, allow=(*_SEES_RECORDS, SYSTEM),
    doc="One record with sensitive fields masked: the own one, or one of a unit the asker may see.",
    title="查看会员档案",
)  # fmt: skip
update_member = command(
    "membership", "update_member", request=UpdateMember, reply=Member, allow=("officer", "chair", "member"),
    doc="Correct a record; which fields depends on who asks. Kept in its history.", title="修改会员档案",
)  # fmt: skip
unmask_member = command(
    "membership", "unmask_member", request=UnmaskMember, reply=PlainValue, allow=("officer", "member"),
    doc="One sensitive field in plain, for a purpose that is logged; members only their own.", title="查看档案的敏感项",
)  # fmt: skip
member_history = query(
    "membership", "member_history", request=MemberHistoryRequest, reply=Page(MemberChange), allow=_SEES_RECORDS,
    doc="Every change of a record: who, when, what, why.", title="查看档案的修改记录",
)  # fmt: skip
member_accesses = query(
    "membership", "member_accesses", request=MemberHistoryRequest, reply=Page(MemberAccess),
    allow=("officer", "auditor", "member"), doc="Who looked at the sensitive fields of a record; members: their own.",
    title="查看谁看过档案的敏感项",
)  # fmt: skip
names_of = query(
    "membership", "names_of", request=NamesRequest, reply=Names, allow=(ACCOUNT, SYSTEM),
    doc="Names by id, shortened where the asker may not see them whole.",
)  # fmt: skip
member_with_staff_number = query(
    "membership", "member_with_staff_number", request=StaffNumber, reply=FoundMember, allow=(SYSTEM,),
    doc="The standing member with a staff number, for whom an identity provider signs in.",
)  # fmt: skip
birthdays = query(
    "membership", "birthdays", request=BirthdayFilter, reply=Page(Birthday), allow=(SYSTEM,),
    doc="Active members whose birthday is celebrated in a month, by the calendar each chose.",
)  # fmt: skip
export_members = command(
    "membership", "export_members", request=ExportMembers, reply=ExportRows, allow=("officer",),
    doc="The filtered list as rows for a file, masked; the export is logged with its purpose.", title="导出会员列表",
)  # fmt: skip
change_unit = command(
    "membership", "change_unit", request=ChangeUnit, reply=Member, allow=("officer",),
    doc="Move a member to another unit.", title="调整会员的分工会",
)  # fmt: skip
admit_members = command(
    "membership", "admit_members", request=AdmitMembers, reply=AdmittedMembers, allow=("officer", SYSTEM),
    doc="Admit a roster of up to 1,000 members at once, with numbers from the series.", title="按名册批量入会",
)  # fmt: skip

_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class MemberUpdatedData(Schema):
    """Whose record changed, and the names of the changed fields; `unit_id` and `employment` are the present ones."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    employment = fields.String(required=True)
    standing = fields.String(required=True)
    fields_changed = fields.List(fields.String(), required=True)


class MemberUpdated(Event, source="membership"):
    """A record was corrected; the data has names of fields and no values except employment and standing."""

    subject = "member/{member_id}"
    data = MemberUpdatedData
    example = {"member_id": _MEMBER, "unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001", "employment": "established",
               "standing": "active", "fields_changed": ["employment", "phone"]}  # fmt: skip


class UnitChangedData(Schema):
    """Who moved from which unit to which, from which day."""

    member_id = fields.UUID(required=True)
    from_unit_id = fields.UUID(required=True)
    to_unit_id = fields.UUID(required=True)
    on = fields.Date(required=True)


class UnitChanged(Event, source="membership"):
    """A member moved to another unit."""

    subject = "member/{member_id}"
    data = UnitChangedData
    example = {"member_id": _MEMBER, "from_unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001",
               "to_unit_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0006", "on": "2023-09-01"}  # fmt: skip
