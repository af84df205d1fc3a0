"""A member's family (家庭成员): entered by the member, visible to officers for a purpose, never to chairs.

Data of a child under 14 need the guardian's separate consent (个人信息保护法 Art. 28, 31).
"""

from marshmallow import fields

from services.chassis.schema import Choice, Empty, Schema, Text, Timestamp, Vocabulary, command, label, query
from services.contracts.days import Day
from services.contracts.eras import EARLIEST_BIRTH
from services.contracts.membership.consents import consent_version
from services.contracts.membership.person import person_name

FAMILY_RELATIONS = Vocabulary("family_relation", spouse="配偶", child="子女", parent="父母", other="其他")
"""配偶, 子女, 父母, 其他."""

MOST = 12


class FamilyMember(Schema):
    """家庭成员 One family member: complete for the member; officers see a masked name and no day of birth."""

    id = fields.UUID(required=True)
    relation = Choice(FAMILY_RELATIONS, required=True)
    name = fields.String(required=True)
    birth_date = fields.Date(allow_none=True, load_default=None)
    child = fields.Boolean(required=True)
    consent_id = fields.UUID(allow_none=True, load_default=None)
    consent_version = fields.String(allow_none=True, load_default=None)
    stated_at = Timestamp(required=True)


class Family(Schema):
    """A member's family; `masked`: names are masked and days of birth left out."""

    items = fields.List(fields.Nested(FamilyMember), required=True)
    masked = fields.Boolean(required=True)


class FamilyOf(Schema):
    """Whose family."""

    member_id = fields.UUID(required=True)


class ViewFamily(FamilyOf):
    """A member's family in plain, for a stated purpose; the access is logged and visible to the member."""

    purpose = Text(200, 2, required=True)


class AddFamilyMember(Schema):
    """A family member of one's own; for a child under 14 `guardian_consent` is the version of the text agreed to."""

    relation = Choice(FAMILY_RELATIONS, required=True, metadata=label("关系"))
    name = person_name(required=True, metadata=label("姓名"))
    birth_date = Day(EARLIEST_BIRTH, load_default=None, allow_none=True, metadata=label("出生日期"))
    guardian_consent = consent_version(load_default=None, allow_none=True)


class FamilyMemberRef(Schema):
    """One family member by id."""

    family_member_id = fields.UUID(required=True)


list_family = query(
    "membership", "list_family", request=FamilyOf, reply=Family, allow=("member", "officer"),
    doc="The own family, or a member's with names masked for an officer.", title="查看家属",
)  # fmt: skip
view_family = command(
    "membership", "view_family", request=ViewFamily, reply=Family, allow=("officer",),
    doc="A member's family in plain, for a purpose that is logged.", title="查看家属的完整信息",
)  # fmt: skip
add_family_member = command(
    "membership", "add_family_member", request=AddFamilyMember, reply=FamilyMember, allow=("member",),
    doc="State a family member; a child under 14 with the guardian's consent.", title="登记自己的家属",
)  # fmt: skip
remove_family_member = command(
    "membership", "remove_family_member", request=FamilyMemberRef, reply=Empty, allow=("member",),
    doc="Erase a family member of one's own, at once.", title="删除自己的家属",
)  # fmt: skip
