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
    Timestamp,
    Vocabulary,
    command,
    invalid,
    labelled,
    query,
)
from services.contracts.activities.calendar.shapes import Activity
from services.contracts.activities.registration.basis import DecisionBasis
from services.contracts.activities.registration.events import (
    ACTIVE_STATES,
    CANCEL_CAUSES,
    REGISTRATION_FIELDS,
    REGISTRATION_STATES,
)

LARGEST_BATCH = 500
OUTCOMES = Vocabulary("registration_outcome", ACTIVE_STATES.texts, already="此前已报名", refused="未获准")


@labelled(REGISTRATION_FIELDS)
class Registration(Schema):
    """报名 One member's registration for one activity; `position` counts from 1 and only while waiting."""

    id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(allow_none=True)
    state = Choice(REGISTRATION_STATES, required=True)
    position = fields.Integer(allow_none=True)
    registered_at = Timestamp(required=True)
    confirmed_at = Timestamp(allow_none=True)
    cancelled_at = Timestamp(allow_none=True)
    cancel_cause = Choice(CANCEL_CAUSES, allow_none=True)


class Registered(Schema):
    """The answer to a registration: seat or position on the waiting list, and the figures of the activity.

    `already` is true when the same member had registered before: asking again changes nothing.
    """

    registration_id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    state = Choice(ACTIVE_STATES, required=True)
    already = fields.Boolean(required=True)
    position = fields.Integer(allow_none=True)
    registered_at = Timestamp(required=True)
    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer(required=True)


class Register(Schema):
    """Register the member who asks."""

    activity_id = fields.UUID(required=True)


class RegisterBatch(Schema):
    """Register several members in the order given; one who is named twice counts once."""

    activity_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=LARGEST_BATCH))


class RequestKey(Schema):
    """The idempotency key one member's own request carried; `actor` is the account that sent it."""

    actor = fields.String(required=True, validate=validate.Length(min=1, max=64))
    key = fields.String(required=True, validate=validate.Length(min=1, max=100))


class RegisterEach(RegisterBatch):
    """Register members who each asked; `keys` has their idempotency keys in the same order, null for none."""

    keys = fields.List(fields.Nested(RequestKey, allow_none=True), load_default=list)

    @validates_schema(skip_on_field_errors=True)
    def keys_belong_to_members(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse keys that can't be assigned to members."""
        if request["keys"] and len(request["keys"]) != len(request["member_ids"]):
            raise invalid("registration.one_key_each", "One for each member.", field="keys")


class Outcome(Schema):
    """The outcome for one member of a batch.

    `refused` comes with `rule` and `detail` (figures in `params`); `already` with the existing `state`.
    """

    member_id = fields.UUID(required=True)
    outcome = Choice(OUTCOMES, required=True)
    state = Choice(ACTIVE_STATES, allow_none=True)
    registration_id = fields.UUID(allow_none=True)
    position = fields.Integer(allow_none=True)
    registered_at = Timestamp(allow_none=True)
    rule = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)
    params = fields.Dict(keys=fields.String(), allow_none=True)


class BatchOutcome(Schema):
    """Outcomes in the order the members were first named, and the figures of the activity after them."""

    activity_id = fields.UUID(required=True)
    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer(required=True)
    outcomes = fields.List(fields.Nested(Outcome), required=True)


class AnsweredBefore(RequestKey):
    """A request that repeats a key: the first answer to it, in JSON form, or why the key can't be used."""

    registered = fields.Dict(keys=fields.String(), allow_none=True)
    problem = fields.Dict(keys=fields.String(), allow_none=True)


class EachOutcome(BatchOutcome):
    """The outcomes of a batch; requests that repeat a key are in `repeated` only."""

    repeated = fields.List(fields.Nested(AnsweredBefore), load_default=list)


class CancelRegistration(Schema):
    """Cancel a registration: the own one, or as organiser that of `member_id`, with a reason."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(load_default=None, allow_none=True)
    reason = Text(300, 2, load_default=None, allow_none=True)


class CancelledRegistration(Registration):
    """The ended registration, and the figures of the activity."""

    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer(required=True)


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


class MyRegistration(Registration):
    """One's own registration together with its activity, and the facts it was decided by, if it needed any."""

    activity = fields.Nested(Activity, required=True)
    basis = fields.Nested(DecisionBasis, allow_none=True, load_default=None)


class RefusalAnswer(Schema):
    """The refusal of one rule, in words, with the figures it used."""

    rule = fields.String(required=True)
    detail = fields.String(required=True)
    params = fields.Dict(keys=fields.String(), required=True)


class RegistrationCheck(Schema):
    """Whether the asking member may register or cancel now, and every rule that refuses.

    `would_be`: whether registering gives a seat or a place on the waiting list. `basis`: facts that decided or would.
    """

    activity_id = fields.UUID(required=True)
    registration = fields.Nested(Registration, allow_none=True)
    invited = fields.Boolean(required=True)
    may_register = fields.Boolean(required=True)
    would_be = Choice(ACTIVE_STATES, allow_none=True)
    register_refusals = fields.List(fields.Nested(RefusalAnswer), required=True)
    may_cancel = fields.Boolean(required=True)
    cancel_refusals = fields.List(fields.Nested(RefusalAnswer), required=True)
    basis = fields.Nested(DecisionBasis, allow_none=True, load_default=None)


class CheckRegistrations(Schema):
    """Check one activity for several members."""

    activity_id = fields.UUID(required=True)
    member_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=LARGEST_BATCH))


class MemberCheck(RegistrationCheck):
    """The check of one member."""

    member_id = fields.UUID(required=True)


class RegistrationChecks(Schema):
    """The activity and the check of each member, in the order they were first named."""

    activity = fields.Nested(Activity, required=True)
    items = fields.List(fields.Nested(MemberCheck), required=True)


class Invitation(Schema):
    """邀请 An invitation, with its activity and what the member did about it so far."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    invited_at = Timestamp(required=True)
    registration_state = Choice(REGISTRATION_STATES, allow_none=True)
    activity = fields.Nested(Activity, required=True)


class ActivityOfRegistrations(Schema):
    """One activity by id."""

    activity_id = fields.UUID(required=True)


class UnitTurnout(Schema):
    """How many of one unit have a seat, and how many wait."""

    unit_id = fields.UUID(required=True)
    confirmed = fields.Integer(required=True)
    waitlisted = fields.Integer(required=True)


class Turnout(Schema):
    """Registrations of an activity by unit, for the organiser's chart."""

    activity_id = fields.UUID(required=True)
    items = fields.List(fields.Nested(UnitTurnout), required=True)


register = command(
    "activities", "register", request=Register, reply=Registered, allow=("member",),
    doc="Register oneself: a seat, or a place on the waiting list.", title="报名",
)  # fmt: skip
register_batch = command(
    "activities", "register_batch", request=RegisterEach, reply=EachOutcome, allow=(SYSTEM,),
    doc="Decide the registrations of several members, each of whom asked, in one go.",
)  # fmt: skip
register_members = command(
    "activities", "register_members", request=RegisterBatch, reply=BatchOutcome, allow=("officer", "chair"),
    doc="Register members on their behalf; a chair those of the own unit.", title="代会员报名",
)  # fmt: skip
cancel_registration = command(
    "activities", "cancel_registration", request=CancelRegistration, reply=CancelledRegistration,
    allow=("member", "officer", "chair"), doc="Give a seat back; the first who waits gets it.", title="取消报名",
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
