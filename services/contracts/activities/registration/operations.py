"""Operations of registrations: seats, waiting list, refusals, invitations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    SYSTEM,
    Choice,
    Page,
    PageRequest,
    Schema,
    Text,
    command,
    invalid,
    labelled,
    query,
)
from services.contracts.activities.options.shapes import Chosen
from services.contracts.activities.registration.events import REGISTRATION_FIELDS, REGISTRATION_STATES
from services.contracts.activities.registration.shapes import (
    BatchOutcome,
    CancelledRegistration,
    EachOutcome,
    Invitation,
    MyRegistration,
    Registered,
    Registration,
    RegistrationCheck,
    RegistrationChecks,
    RequestKey,
    Turnout,
)

LARGEST_BATCH = 500


class Register(Chosen):
    """Register the member who asks, with the chosen options and companions, if the activity offers any."""

    activity_id = fields.UUID(required=True)


class RegisterBatch(Schema):
    """Register several members in the order given; one who is named twice counts once."""

    activity_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=LARGEST_BATCH))


class RegisterMembers(RegisterBatch, Chosen):
    """Register members on their behalf, all with the same options and as many companions each."""


class RegisterEach(RegisterBatch):
    """Register members who each asked.

    `keys` has their idempotency keys and `choices` what each chose, in the same order, null for none.
    """

    keys = fields.List(fields.Nested(RequestKey, allow_none=True), load_default=list)
    choices = fields.List(fields.Nested(Chosen, allow_none=True), load_default=list)

    @validates_schema(skip_on_field_errors=True)
    def one_for_each_member(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse keys and choices that can't be assigned to members."""
        for name in ("keys", "choices"):
            if request[name] and len(request[name]) != len(request["member_ids"]):
                raise invalid("registration.one_key_each", "One for each member.", field=name)


class CancelRegistration(Schema):
    """Cancel a registration: the own one, or as organiser that of `member_id`, with a reason."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    reason = Text(300, 2, load_default=None, allow_none=True)


class AnswerOffer(Schema):
    """Accept or decline the seat that is offered to oneself."""

    activity_id = fields.UUID(required=True)
    accept = fields.Boolean(required=True)


@labelled(REGISTRATION_FIELDS)
class RegistrationFilter(PageRequest):
    """Which registrations of an activity to list; seats before the waiting list, each in order of registration."""

    activity_id = fields.UUID(required=True)
    state = Choice(REGISTRATION_STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class MyRegistrationsFilter(PageRequest):
    """The own registrations, the latest activity first; `upcoming` leaves out what is over."""

    upcoming = fields.Boolean(load_default=False)
    state = Choice(REGISTRATION_STATES, load_default=None, allow_none=True)


class CheckRegistrations(Schema):
    """Check one activity for several members."""

    activity_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=LARGEST_BATCH))


class ActivityOfRegistrations(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


register = command(
    "activities", "register", request=Register, reply=Registered, allow=("member",),
    doc="Register oneself: a seat, or a place on the waiting list.", title="报名",
)  # fmt: skip
register_batch = command(
    "activities", "register_batch", request=RegisterEach, reply=EachOutcome, allow=(SYSTEM,),
    doc="Decide the registrations of several members, each of whom asked, in one go.",
)  # fmt: skip
register_members = command(
    "activities", "register_members", request=RegisterMembers, reply=BatchOutcome, allow=("officer", "chair"),
    doc="Register members on their behalf; a chair those of the own unit.", title="代会员报名",
)  # fmt: skip
cancel_registration = command(
    "activities", "cancel_registration", request=CancelRegistration, reply=CancelledRegistration,
    allow=("member", "officer", "chair"), doc="Give a seat back; the first who waits gets it.", title="取消报名",
)  # fmt: skip
answer_offer = command(
    "activities", "answer_offer", request=AnswerOffer, reply=CancelledRegistration, allow=("member",),
    doc="Take the seat that is offered to oneself, or leave it to the next who waits.", title="答复递补名额",
)  # fmt: skip
check_registration = query(
    "activities", "check_registration", request=ActivityOfRegistrations, reply=RegistrationCheck, allow=("member",),
    doc="May I register or cancel now, and if not, which rules say no?", title="查看能否报名",
)  # fmt: skip
check_registrations = query(
    "activities", "check_registrations", request=CheckRegistrations, reply=RegistrationChecks, allow=(SYSTEM,),
    doc="What several members who look at an activity at the same time are told, in one go.",
)  # fmt: skip
list_registrations = query(
    "activities", "list_registrations", request=RegistrationFilter, reply=Page(Registration),
    allow=("officer", "chair", "auditor", SYSTEM),
    doc="Registrations of an activity; a chair sees the own unit's, or all when the own unit organises it.",
    title="查看报名名单",
)  # fmt: skip
turnout = query(
    "activities", "turnout", request=ActivityOfRegistrations, reply=Turnout,
    allow=("officer", "chair", "auditor", SYSTEM), doc="Seats and waiting places of an activity by unit.",
    title="查看各分工会的报名数",
)  # fmt: skip
my_registrations = query(
    "activities", "my_registrations", request=MyRegistrationsFilter, reply=Page(MyRegistration), allow=("member",),
    doc="One's own registrations with their activities.", title="查看报名记录",
)  # fmt: skip
my_invitations = query(
    "activities", "my_invitations", request=PageRequest, reply=Page(Invitation), allow=("member",),
    doc="Invitations to activities that are still to come.", title="查看活动邀请",
)  # fmt: skip
