"""What operations of registrations answer: registrations, outcomes of batches, checks, invitations, turnout."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Schema, Timestamp, Vocabulary, labelled
from services.contracts.activities.calendar.shapes import Activity
from services.contracts.activities.options.shapes import RegistrationFormState
from services.contracts.activities.questions.shapes import GivenAnswer, QuestionState
from services.contracts.activities.registration.basis import DecisionBasis
from services.contracts.activities.registration.events import (
    ACTIVE_STATES,
    CANCEL_CAUSES,
    REGISTRATION_FIELDS,
    REGISTRATION_STATES,
)
from services.contracts.activities.registration.holds import Hold

OUTCOMES = Vocabulary("registration_outcome", ACTIVE_STATES.texts, already="此前已报名", refused="未获准")


@labelled(REGISTRATION_FIELDS)
class Registration(Schema):
    """报名 One member's registration for one activity; `position` counts from 1 and only while waiting.

    `options` are the numbers of the chosen ones; they take a place for the member and for each of the companions.
    """

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
    offered_until = Timestamp(allow_none=True, load_default=None)
    companions = fields.Integer(load_default=0)
    options = fields.List(fields.Integer(), load_default=list)
    option_names = fields.List(fields.String(), load_default=list)
    priority = fields.Integer(load_default=0)
    priority_reason = fields.String(allow_none=True, load_default=None)
    refusal_reason = fields.String(allow_none=True, load_default=None)


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


class RequestKey(Schema):
    """The idempotency key one member's own request carried; `actor` is the account that sent it."""

    actor = fields.String(required=True, validate=validate.Length(min=1, max=64))
    key = fields.String(required=True, validate=validate.Length(min=1, max=100))


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


class Decided(Schema):
    """What became of one registration that waited for approval; `rule` says why it still waits."""

    registration_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    state = Choice(REGISTRATION_STATES, required=True)
    rule = fields.String(allow_none=True, required=True)
    params = fields.Dict(keys=fields.String(), required=True)


class Decisions(Schema):
    """What became of each registration, and the figures of the activity; those not pending any more are left out."""

    activity_id = fields.UUID(required=True)
    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer(required=True)
    items = fields.List(fields.Nested(Decided), required=True)


class HandOver(Schema):
    """The code a colleague takes over the seat with, told once, and until when."""

    activity_id = fields.UUID(required=True)
    code = fields.String(required=True)
    until = Timestamp(required=True)


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


class CancelledRegistration(Registration):
    """The ended registration, and the figures of the activity."""

    seats_taken = fields.Integer(required=True)
    seats_left = fields.Integer(allow_none=True)
    waiting = fields.Integer(required=True)


class MyRegistration(Registration):
    """One's own registration with its activity, one's answers, and the facts it was decided by, if it needed any."""

    activity = fields.Nested(Activity, required=True)
    basis = fields.Nested(DecisionBasis, allow_none=True, load_default=None)
    answers = fields.List(fields.Nested(GivenAnswer), load_default=list)


class RefusalAnswer(Schema):
    """The refusal of one rule, in words, with the figures it used."""

    rule = fields.String(required=True)
    detail = fields.String(required=True)
    params = fields.Dict(keys=fields.String(), required=True)


class RegistrationCheck(Schema):
    """Whether the asking member may register or cancel now, and every rule that refuses.

    `would_be`: whether registering gives a seat or a place on the waiting list. `basis`: facts that decided or would.
    `missing_answers`: how many questions who is registered must still answer. `may_hand_over`: whether the seat can be
    handed to a colleague; `handing_over`: a code for that is out. `reminded`:
    the member asked to be told when registration opens. `hold`: the seat that is held.
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
    missing_answers = fields.Integer(load_default=0)
    may_hand_over = fields.Boolean(load_default=False)
    handing_over = fields.Boolean(load_default=False)
    reminded = fields.Boolean(load_default=False)
    hold = fields.Nested(Hold, allow_none=True, load_default=None)


class MemberCheck(RegistrationCheck):
    """The check of one member."""

    member_id = fields.UUID(required=True)


class RegistrationChecks(Schema):
    """The activity, its form and questions, and the check of each member, in the order they were first named."""

    activity = fields.Nested(Activity, required=True)
    form = fields.Nested(RegistrationFormState, allow_none=True, load_default=None)
    questions = fields.List(fields.Nested(QuestionState), load_default=list)
    items = fields.List(fields.Nested(MemberCheck), required=True)


class Invitation(Schema):
    """邀请 An invitation, with its activity and what the member did about it so far."""

    activity_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    invited_at = Timestamp(required=True)
    registration_state = Choice(REGISTRATION_STATES, allow_none=True)
    activity = fields.Nested(Activity, required=True)


class UnitTurnout(Schema):
    """How many of one unit have a seat, and how many wait."""

    unit_id = fields.UUID(required=True)
    confirmed = fields.Integer(required=True)
    waitlisted = fields.Integer(required=True)


class Turnout(Schema):
    """Registrations of an activity by unit, for the organiser's chart."""

    activity_id = fields.UUID(required=True)
    items = fields.List(fields.Nested(UnitTurnout), required=True)
