"""Operations of organisers and members on single registrations: approving, refusing, priority, handing over."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Line, Schema, Text, command, labelled
from services.contracts.activities.options.shapes import answers_field
from services.contracts.activities.registration.events import REGISTRATION_FIELDS
from services.contracts.activities.registration.operations import LARGEST_BATCH
from services.contracts.activities.registration.shapes import CancelledRegistration, Decisions, HandOver, Registered

HIGHEST_PRIORITY = 99
_ORGANISERS = ("officer", "chair")


class ApproveRegistrations(Schema):
    """Approve registrations that wait for it, in the order in which they were asked for."""

    activity_id = fields.UUID(required=True)
    registration_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=LARGEST_BATCH))


@labelled(REGISTRATION_FIELDS)
class RefuseRegistrations(ApproveRegistrations):
    """Refuse registrations that wait for approval; the members are told why."""

    reason = Text(300, 2, required=True)


@labelled(REGISTRATION_FIELDS)
class SetPriority(Schema):
    """Let a member wait before those of lower priority; 0 is everybody's. The member sees the reason."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    priority = fields.Integer(strict=True, required=True, validate=validate.Range(min=0, max=HIGHEST_PRIORITY))
    reason = Text(300, 2, required=True)


class OfferHandOver(Schema):
    """Get a code for a colleague; it replaces an earlier one."""

    activity_id = fields.UUID(required=True)


class WithdrawHandOver(Schema):
    """Make the code invalid."""

    activity_id = fields.UUID(required=True)


class TakeOver(Schema):
    """Take over a colleague's seat by the code, with the same options and companions, and one's own answers."""

    activity_id = fields.UUID(required=True)
    code = Line(40, 1, required=True)
    answers = answers_field(load_default=dict)


approve_registrations = command(
    "activities", "approve_registrations", request=ApproveRegistrations, reply=Decisions, allow=_ORGANISERS,
    doc="Approve registrations: each gets a seat, or a place on the waiting list.", title="批准报名",
)  # fmt: skip
refuse_registrations = command(
    "activities", "refuse_registrations", request=RefuseRegistrations, reply=Decisions, allow=_ORGANISERS,
    doc="Refuse registrations with a reason.", title="不批准报名",
)  # fmt: skip
set_priority = command(
    "activities", "set_priority", request=SetPriority, reply=CancelledRegistration, allow=_ORGANISERS,
    doc="Set how far ahead a member waits, with the reason.", title="设置候补优先级",
)  # fmt: skip
offer_hand_over = command(
    "activities", "offer_hand_over", request=OfferHandOver, reply=HandOver, allow=("member",),
    doc="Get a code with which a colleague takes over one's seat.", title="转让名额",
)  # fmt: skip
withdraw_hand_over = command(
    "activities", "withdraw_hand_over", request=WithdrawHandOver, reply=CancelledRegistration, allow=("member",),
    doc="Make the code for a colleague invalid.", title="撤回转让",
)  # fmt: skip
take_over = command(
    "activities", "take_over", request=TakeOver, reply=Registered, allow=("member",),
    doc="Take over a colleague's seat.", title="接受转让的名额",
)  # fmt: skip
