"""Shapes of requests and answers about members' records. The operations are in `operations`."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    Choice,
    Line,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    invalid,
    label,
    labelled,
)
from services.contracts.days import Day
from services.contracts.eras import EARLIEST_BIRTH
from services.contracts.membership.person import (
    email_text,
    employment_choice,
    gender_choice,
    id_number_text,
    original_age_choice,
    person_name,
    phone_text,
)
from services.contracts.membership.record.fields import LOOKERS, MASKED_FIELDS, MEMBER_FIELDS, MEMBER_LACKS
from services.contracts.membership.record.particulars import GivenParticulars, ShownParticulars, StatedParticulars

STANDINGS = Vocabulary(
    "standing", active="在册", transferring="转会中", retained="保留会籍", withdrawn="退会",
    deemed_withdrawn="自动退会", expelled="除名", deceased="去世",
)  # fmt: skip

MEMBER_ORDERS = Vocabulary(
    "member_order", {
        "name": "姓名", "-name": "姓名从后到前", "number": "会员号", "-number": "会员号从大到小",
        "-joined_on": "最近入会", "joined_on": "最早入会",
    },
)  # fmt: skip
MOST_AT_ONCE = 1000
MOST_NAMES = 500


@labelled(MEMBER_FIELDS)
class MemberRow(Schema):
    """A member in a list."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    name = fields.String(required=True)
    gender = gender_choice(required=True)
    unit_id = fields.UUID(required=True)
    group_id = fields.UUID(allow_none=True, load_default=None)
    employment = employment_choice(required=True)
    standing = Choice(STANDINGS, required=True)
    joined_on = fields.Date(required=True)
    version = fields.Integer(required=True)


@labelled(MEMBER_FIELDS)
class Member(MemberRow, ShownParticulars):  # type: ignore[misc, valid-type]
    """会员 A member's record as the caller may see it.

    Encrypted fields are masked, fields the caller may not see are null. `seen`: fields visible to the caller,
    `changeable`: those the caller may correct, `unmaskable`: those visible in plain for a purpose.
    """

    pinyin = fields.String(required=True)
    birth_date = fields.Date(required=True)
    original_age = fields.String(allow_none=True, load_default=None)
    id_number = fields.String(allow_none=True, load_default=None)
    phone = fields.String(allow_none=True, load_default=None)
    email = fields.String(allow_none=True, load_default=None)
    hired_on = fields.Date(allow_none=True, load_default=None)
    left_on = fields.Date(allow_none=True, load_default=None)
    approved_month = fields.Date(allow_none=True, load_default=None)
    retired_on = fields.Date(allow_none=True, load_default=None)
    updated_at = Timestamp(required=True)
    seen = fields.List(fields.String(), required=True)
    changeable = fields.List(fields.String(), required=True)
    unmaskable = fields.List(fields.String(), required=True)


@labelled(MEMBER_FIELDS)
class MemberFilter(PageRequest):
    """Which members; `q` begins a name, its pinyin, its initials, a given name or a number; `lacks`: an empty field."""

    q = Line(50, load_default=None, allow_none=True, metadata=label("姓名、拼音或会员号"))
    unit_id = fields.UUID(load_default=None, allow_none=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    standing = Choice(STANDINGS, load_default=None, allow_none=True)
    employment = employment_choice(load_default=None, allow_none=True)
    lacks = Choice(MEMBER_LACKS, load_default=None, allow_none=True, metadata=label("未登记"))
    sort = Choice(MEMBER_ORDERS, load_default="name", metadata=label("排序"))
    with_total = fields.Boolean(load_default=False)


class MemberRef(Schema):
    """One member by id."""

    member_id = fields.UUID(required=True)


@labelled(MEMBER_FIELDS)
class UpdateMember(GivenParticulars):  # type: ignore[misc, valid-type]
    """Change the given fields; the table of fields defines who may change which (`changeable` of a record)."""

    member_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    reason = Text(200, 2, load_default=None, allow_none=True, metadata=label("修改原因"))
    name = person_name()
    gender = gender_choice()
    birth_date = Day(EARLIEST_BIRTH)
    id_number = id_number_text()
    phone = phone_text(allow_none=True)
    email = email_text(allow_none=True)
    employment = employment_choice()
    original_age = original_age_choice(allow_none=True)
    group_id = fields.UUID(allow_none=True)
    hired_on = Day(allow_none=True)

    @validates_schema
    def _something_to_change(self, data: dict[str, Any], **_: Any) -> None:
        if not set(data) - {"member_id", "version", "reason"}:
            raise invalid("record.nothing_to_change", "Nothing to change was given.")


class ChangeUnit(Schema):
    """Move a member to another unit from a day on (simple transfer, both units having agreed)."""

    member_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)
    unit_id = fields.UUID(required=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)
    reason = Text(200, 2, required=True)


class UnmaskMember(Schema):
    """One sensitive field in plain, for a stated purpose; the access is logged and visible to the member."""

    member_id = fields.UUID(required=True)
    field = Choice(MASKED_FIELDS, required=True)
    purpose = Text(200, 2, required=True)


class MemberHistoryRequest(PageRequest):
    """Changes of one record, newest first."""

    member_id = fields.UUID(required=True)


class FieldChange(Schema):
    """The old and new value of a field; sensitive values are masked."""

    field = fields.String(required=True)
    old = fields.Raw(allow_none=True, load_default=None)
    new = fields.Raw(allow_none=True, load_default=None)


class MemberChange(Schema):
    """A change of a record: when, by whom (an account's id or a service's name), of which fields, why.

    `delegation_id`: by which it was made for an absent colleague.
    """

    at = Timestamp(required=True)
    by = fields.String(required=True)
    reason = fields.String(allow_none=True, load_default=None)
    delegation_id = fields.UUID(allow_none=True, load_default=None)
    changes = fields.List(fields.Nested(FieldChange), required=True)


class MemberAccess(Schema):
    """An access to a sensitive field: when, by whom, in which role (`by_role`), which field, for which purpose.

    `by` is an account's id, a service's name, or `member/<id>` for the member.
    """

    at = Timestamp(required=True)
    by = fields.String(required=True)
    by_role = Choice(LOOKERS, required=True)
    field = fields.String(required=True)
    purpose = fields.String(required=True)


class StaffNumber(Schema):
    """A staff number (工号), as the campus writes it."""

    staff_number = Line(30, 1, required=True)


class FoundMember(Schema):
    """The member found, or null."""

    member_id = fields.UUID(required=True, allow_none=True)


class NamesRequest(Schema):
    """Whose names; at most 500 ids."""

    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_NAMES))


class MemberName(Schema):
    """A member's name, shortened (张**) if the caller may not see the whole name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    unit_id = fields.UUID(required=True)
    masked = fields.Boolean(required=True)


class Names(Schema):
    """The names found; unknown ids are left out."""

    items = fields.List(fields.Nested(MemberName), required=True)


class ExportMembers(PageRequest):
    """The filtered list as rows for a file, for a stated purpose; sensitive fields are masked."""

    q = Line(50, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    standing = Choice(STANDINGS, load_default=None, allow_none=True)
    employment = employment_choice(load_default=None, allow_none=True)
    lacks = Choice(MEMBER_LACKS, load_default=None, allow_none=True)
    purpose = Text(200, 2, required=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(min=1, max=1000))


class ExportRows(Schema):
    """Rows of a file in the order of `columns`, and the cursor of the next part."""

    columns = fields.List(fields.String(), required=True)
    rows = fields.List(fields.List(fields.String(allow_none=True)), required=True)
    next_cursor = fields.String(allow_none=True, load_default=None)


@labelled(MEMBER_FIELDS)
class NewMember(StatedParticulars):  # type: ignore[misc, valid-type]
    """A row of a roster. The loader may give `member_id` and `account_id`, so that other data can refer to them."""

    member_id = fields.UUID(load_default=None, allow_none=True)
    account_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(required=True)
    group_id = fields.UUID(load_default=None, allow_none=True)
    name = person_name(required=True)
    gender = gender_choice(required=True)
    birth_date = Day(EARLIEST_BIRTH, required=True)
    id_number = id_number_text(required=True)
    phone = phone_text(load_default=None, allow_none=True)
    email = email_text(load_default=None, allow_none=True)
    employment = employment_choice(required=True)
    original_age = original_age_choice(load_default=None, allow_none=True)
    hired_on = Day(load_default=None, allow_none=True)
    joined_on = Day(load_default=None, allow_none=True)


class AdmitMembers(Schema):
    """A roster of up to 1,000 rows, all or none; invalid rows are named with their fields."""

    rows = fields.List(fields.Nested(NewMember), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))


class Admitted(Schema):
    """A member admitted, in the order of the rows."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)


class AdmittedMembers(Schema):
    """Who was admitted."""

    items = fields.List(fields.Nested(Admitted), required=True)
