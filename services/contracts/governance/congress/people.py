"""Who leads and who is invited: presidium, executive committee and committees of a congress, guests of a session."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    Choice,
    Empty,
    Line,
    Page,
    PageRequest,
    Schema,
    Timestamp,
    command,
    invalid,
    label,
    labelled,
    query,
)
from services.contracts.governance.congress.session_refs import SessionRef
from services.contracts.governance.congress.terms import CongressRef
from services.contracts.governance.congress.vocabulary import GUEST_KINDS, ORGAN_KINDS, SESSION_FIELDS

MOST_ORGANS = 20
MOST_OF_ORGAN = 60
MOST_GUESTS = 500
_LABELS = SESSION_FIELDS.texts


class OrganRef(Schema):
    """One organ by id."""

    organ_id = fields.UUID(required=True)


@labelled(SESSION_FIELDS)
class OrganTerms(Schema):
    """Which delegates are in an organ; who leads it is one of them."""

    name = Line(40, 2, required=True)
    head_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, MOST_OF_ORGAN))


class FormOrgan(CongressRef, OrganTerms):
    """An organ of a congress; `session_id` of the presidium, which leads one session, and of no other."""

    organ_kind = Choice(ORGAN_KINDS, required=True, metadata=label(_LABELS["organ_kind"]))
    session_id = fields.UUID(load_default=None, allow_none=True)

    @validates_schema
    def _presidium_leads_a_session(self, data: dict[str, Any], **_: Any) -> None:
        if (data["organ_kind"] == "presidium") != (data["session_id"] is not None):
            raise invalid("congress.presidium_leads_a_session", "A presidium is that of a session.", field="session_id")


class ChangeOrgan(OrganRef, OrganTerms):
    """Other members or another name of an organ."""


class ListOrgans(CongressRef):
    """The organs of a term, with the presidium of a session where one is named."""

    session_id = fields.UUID(load_default=None, allow_none=True)


@labelled(SESSION_FIELDS)
class Organ(Schema):
    """机构 An organ with those of its members who are delegates; `head_id` is null where the head is none any more."""

    id = fields.UUID(required=True)
    session_id = fields.UUID(required=True, allow_none=True)
    organ_kind = Choice(ORGAN_KINDS, required=True)
    name = fields.String(required=True)
    head_id = fields.UUID(required=True, allow_none=True)
    member_ids = fields.List(fields.UUID(), required=True)


class Organs(Schema):
    """The organs of a congress: some, in the order of their kinds and names."""

    items = fields.List(fields.Nested(Organ), required=True)


@labelled(SESSION_FIELDS)
class InviteGuest(SessionRef):
    """Somebody invited without a vote: a member, or a name from outside; `position` says what the person is."""

    member_id = fields.UUID(load_default=None, allow_none=True)
    name = Line(40, 1, load_default=None, allow_none=True, metadata=label("校外人员姓名"))
    guest_kind = Choice(GUEST_KINDS, required=True)
    position = Line(80, 1, load_default=None, allow_none=True, metadata=label("单位和职务"))

    @validates_schema
    def _names_one(self, data: dict[str, Any], **_: Any) -> None:
        if (data["member_id"] is None) == (data["name"] is None):
            raise invalid("congress.guest_is_one", "Name a member, or a person from outside.", field="member_id")


class GuestRef(Schema):
    """One guest by id."""

    guest_id = fields.UUID(required=True)


class NoteGuest(GuestRef):
    """Whether a guest is there."""

    present = fields.Boolean(required=True)


class ListGuests(PageRequest, SessionRef):
    """The guests of a session, in the order they were invited."""

    guest_kind = Choice(GUEST_KINDS, load_default=None, allow_none=True, metadata=label(_LABELS["guest_kind"]))


@labelled(SESSION_FIELDS)
class Guest(Schema):
    """列席 A guest, and when the person came."""

    id = fields.UUID(required=True)
    session_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True, metadata=label("校外人员姓名"))
    guest_kind = Choice(GUEST_KINDS, required=True)
    position = fields.String(required=True, allow_none=True, metadata=label("单位和职务"))
    came_at = Timestamp(required=True, allow_none=True)


_OFFICER = ("officer",)
_SEES = ("officer", "auditor", "chair", "member")

list_organs = query(
    "governance", "list_organs", request=ListOrgans, reply=Organs, allow=_SEES,
    reach={"chair": "union", "member": "union"}, doc="Executive committee, committees and presidium of a congress.",
    title="查看代表大会的机构",
)  # fmt: skip
form_organ = command(
    "governance", "form_organ", request=FormOrgan, reply=Organ, allow=_OFFICER,
    doc="Form a presidium, an executive committee or a committee of delegates.", title="组成代表大会的机构",
)  # fmt: skip
change_organ = command(
    "governance", "change_organ", request=ChangeOrgan, reply=Organ, allow=_OFFICER,
    doc="Change the members or the name of an organ.", title="修改代表大会的机构",
)  # fmt: skip
dissolve_organ = command(
    "governance", "dissolve_organ", request=OrganRef, reply=Empty, allow=_OFFICER,
    doc="Dissolve an organ that has no report on an agenda.", title="撤销代表大会的机构",
)  # fmt: skip
list_guests = query(
    "governance", "list_guests", request=ListGuests, reply=Page(Guest), allow=("officer", "auditor"),
    doc="Who is invited to a session without a vote, and who came.", title="查看列席名单",
)  # fmt: skip
invite_guest = command(
    "governance", "invite_guest", request=InviteGuest, reply=Guest, allow=_OFFICER,
    doc="Invite somebody to a session without a vote; a member is told.", title="邀请列席",
)  # fmt: skip
remove_guest = command(
    "governance", "remove_guest", request=GuestRef, reply=Empty, allow=_OFFICER,
    doc="Take a guest who has not come off the list.", title="取消列席邀请",
)  # fmt: skip
note_guest = command(
    "governance", "note_guest", request=NoteGuest, reply=Guest, allow=_OFFICER,
    doc="Note that a guest came, or did not.", title="登记列席人员签到",
)  # fmt: skip
