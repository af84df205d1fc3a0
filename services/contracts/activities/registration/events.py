"""Events of registrations, with ids and figures only. All events of one activity are in one order."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.chassis.schema import Choice, Event, Schema, Timestamp, Vocabulary

REGISTRATION_STATES = Vocabulary(
    "registration", confirmed="已报名", offered="待确认", waitlisted="候补中", pending="待审核", cancelled="已取消"
)
REGISTRATION_FIELDS = Vocabulary(
    "registration_field", member_id="姓名", unit_id="分工会", state="状态", position="候补位次",
    registered_at="报名时间", companions="同行人数", option_names="所选项目",
    offered_until="确认期限", priority="优先级", priority_reason="优先的原因", refusal_reason="未批准的原因",
    reason="原因",
)  # fmt: skip
ACTIVE_STATES = REGISTRATION_STATES.only("confirmed", "offered", "waitlisted", "pending")
CANCEL_CAUSES = Vocabulary(
    "registration_cancel", withdrawn="本人取消", by_organiser="主办方取消", activity_cancelled="活动取消",
    left_the_union="会籍终止", takes_no_part="会籍转为保留", not_in_audience="不在活动对象范围内",
    offer_declined="放弃递补名额", offer_lapsed="递补名额逾期未确认", refused="主办方未批准",
    handed_over="已转让给同事",
)  # fmt: skip
"""`takes_no_part`: the membership is only retained. `not_in_audience`: when a seat became free, it was for others."""

_ACTIVITY = "0190d5a0-0000-7000-8000-0000000000a1"
_REGISTRATION = "0190d5a0-0000-7000-8000-0000000000a3"
_MEMBER = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


class RegistrationData(Schema):
    """Whose registration, and the figures of the activity after it; `seats_left` is null where there is no limit.

    `pending`: how many registrations wait for the organiser's approval, null where none has to be approved.
    """

    registration_id = fields.UUID(required=True)
    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True, load_default=None)
    waiting = fields.Integer(required=True)
    pending = fields.Integer(allow_none=True, load_default=None)


class RegistrationConfirmedData(RegistrationData):
    """`moved_up` is true when the seat was given to the first of the waiting list.

    `entered_late`: the member had registered on paper, which was entered when the activity had begun.
    """

    moved_up = fields.Boolean(required=True)
    entered_late = fields.Boolean(load_default=False)


class RegistrationWaitlistedData(RegistrationData):
    """The position on the waiting list, from 1; `moved_back` when a seat was lost because their number was reduced."""

    position = fields.Integer(required=True)
    moved_back = fields.Boolean(required=True)


class RegistrationOfferedData(RegistrationData):
    """Until when the seat is kept for the member."""

    until = Timestamp(required=True)


class RegistrationHandedOverData(RegistrationData):
    """Who has the seat now; a `registration_confirmed` of that member follows."""

    to_member_id = fields.UUID(required=True)


class RegistrationCancelledData(RegistrationData):
    """Why it ended, and whether it had a seat (`confirmed`) or was on the waiting list (`waitlisted`)."""

    cause = Choice(CANCEL_CAUSES, required=True)
    was = Choice(ACTIVE_STATES, required=True)


_BASE: dict[str, Any] = {
    "registration_id": _REGISTRATION, "activity_id": _ACTIVITY, "member_id": _MEMBER, "seats_taken": 100,
    "seats_left": 0, "waiting": 12, "pending": None,
}  # fmt: skip


class RegistrationConfirmed(Event, source="activities"):
    """A member has a seat."""

    subject = "activity/{activity_id}"
    data = RegistrationConfirmedData
    example = {**_BASE, "moved_up": False, "entered_late": False}


class RegistrationWaitlisted(Event, source="activities"):
    """All seats are taken; a member was put on the waiting list, in order of registration."""

    subject = "activity/{activity_id}"
    data = RegistrationWaitlistedData
    example = {**_BASE, "position": 12, "moved_back": False}


class RegistrationOffered(Event, source="activities"):
    """A seat became free and is kept for the first of the waiting list, to be accepted or declined in time."""

    subject = "activity/{activity_id}"
    data = RegistrationOfferedData
    example = {**_BASE, "until": "2023-09-12T02:00:00+00:00", "waiting": 11}


class OfferLapsed(Event, source="activities"):
    """A member did not accept an offered seat in time; the registration ended, and the seat goes to the next."""

    subject = "activity/{activity_id}"
    data = RegistrationData
    example = {**_BASE, "seats_taken": 99, "seats_left": 1, "waiting": 11}


class RegistrationCancelled(Event, source="activities"):
    """A registration ended; its seat, if it had one, goes to the first of the waiting list."""

    subject = "activity/{activity_id}"
    data = RegistrationCancelledData
    example = {**_BASE, "cause": "withdrawn", "was": "waitlisted", "waiting": 11}


class RegistrationPending(Event, source="activities"):
    """A member asked for a place; it takes no seat until the organiser approves it."""

    subject = "activity/{activity_id}"
    data = RegistrationData
    example = {**_BASE, "seats_taken": 40, "seats_left": 60, "waiting": 0, "pending": 3}


class RegistrationRefused(Event, source="activities"):
    """The organiser refused a registration; the member is told why, the event does not say it."""

    subject = "activity/{activity_id}"
    data = RegistrationData
    example = {**_BASE, "seats_taken": 40, "seats_left": 60, "waiting": 0}


class RegistrationHandedOver(Event, source="activities"):
    """A member handed the seat to a colleague, who may take part and agreed; the registration ended."""

    subject = "activity/{activity_id}"
    data = RegistrationHandedOverData
    example = {**_BASE, "seats_taken": 99, "seats_left": 1, "to_member_id": "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0003"}


class MemberInvitedData(Schema):
    """Which member is invited to which activity."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)


class MemberInvited(Event, source="activities"):
    """A member was invited to an activity: a newcomer to the next newcomers' ceremony."""

    subject = "activity/{activity_id}"
    data = MemberInvitedData
    example = {"activity_id": _ACTIVITY, "member_id": _MEMBER}
