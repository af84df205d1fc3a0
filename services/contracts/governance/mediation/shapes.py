"""What is answered about mediation."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Schema, Timestamp, labelled
from services.contracts.governance.mediation.vocabulary import (
    CONSENTS,
    DISPUTE_FIELDS,
    DISPUTE_MATTERS,
    DISPUTE_ORIGINS,
    DISPUTE_PAPERS,
    DISPUTE_ROLES,
    DISPUTE_ROUTES,
    DISPUTE_SIDES,
    DISPUTE_STATES,
    DISPUTE_STEPS,
    DISPUTE_WARNINGS,
    RESPONDENT_KINDS,
    SERVING,
    SIGNATURES,
    STEP_ASIDE,
)


class MatterClass(Schema):
    """Where a matter belongs and where that is written; `warnings` never exclude it."""

    route = Choice(DISPUTE_ROUTES, required=True)
    mediated = fields.Boolean(required=True)
    document = fields.String(required=True)
    number = fields.String(load_default=None, allow_none=True)
    article = fields.String(load_default=None, allow_none=True)
    warnings = fields.List(Choice(DISPUTE_WARNINGS), required=True)


@labelled(DISPUTE_FIELDS)
class Dispute(Schema):
    """争议 A case in a list: nothing that was said, no names. `roles`: of the caller; `waits`: for the caller."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    matter = Choice(DISPUTE_MATTERS, required=True)
    origin = Choice(DISPUTE_ORIGINS, required=True)
    state = Choice(DISPUTE_STATES, required=True)
    received_on = fields.Date(required=True)
    due_on = fields.Date(load_default=None, allow_none=True)
    roles = fields.List(Choice(DISPUTE_ROLES), required=True)
    waits = fields.Boolean(required=True)


class DisputeParty(Schema):
    """当事人 A party; `consent` and `extension` are its answers, null while there is none."""

    id = fields.UUID(required=True)
    side = Choice(DISPUTE_SIDES, required=True)
    name = fields.String(load_default=None, allow_none=True)
    contact = fields.String(load_default=None, allow_none=True)
    linked = fields.Boolean(required=True)
    own = fields.Boolean(required=True)
    represents = fields.Boolean(required=True)
    acts = fields.Boolean(required=True)
    consent = fields.Boolean(load_default=None, allow_none=True)
    on_paper = fields.Boolean(required=True)
    extension = fields.Boolean(load_default=None, allow_none=True)


class DisputeMediator(Schema):
    """调解员 A mediator of a case, and whether one serves."""

    member_id = fields.UUID(required=True)
    state = Choice(SERVING, required=True)
    ground = Choice(STEP_ASIDE, load_default=None, allow_none=True)


class DisputeHearing(Schema):
    """调解会 A meeting of the parties."""

    id = fields.UUID(required=True)
    held_at = Timestamp(required=True)
    place = fields.String(load_default=None, allow_none=True)
    attended = fields.String(load_default=None, allow_none=True)
    notes = fields.String(load_default=None, allow_none=True)


class DisputeAgreement(Schema):
    """调解协议 The agreement; in force once both sides signed or sealed, a mediator signed and the seal is affixed."""

    text = fields.String(load_default=None, allow_none=True)
    perform_by = fields.Date(load_default=None, allow_none=True)
    applicant_mark = Choice(SIGNATURES, load_default=None, allow_none=True)
    respondent_mark = Choice(SIGNATURES, load_default=None, allow_none=True)
    mediator_signed_on = fields.Date(load_default=None, allow_none=True)
    sealed_on = fields.Date(load_default=None, allow_none=True)
    in_force_on = fields.Date(load_default=None, allow_none=True)
    confirmed_on = fields.Date(load_default=None, allow_none=True)
    document_number = fields.String(load_default=None, allow_none=True)


class DisputePaper(Schema):
    """A paper of a case."""

    id = fields.UUID(required=True)
    kind = Choice(DISPUTE_PAPERS, required=True)
    added_at = Timestamp(required=True)


class DisputeEntry(Schema):
    """What was done with a case, by whom in which role."""

    action = Choice(DISPUTE_STEPS, required=True)
    role = Choice(DISPUTE_ROLES, load_default=None, allow_none=True)
    note = fields.String(load_default=None, allow_none=True)
    at = Timestamp(required=True)


class DisputeLook(Schema):
    """That somebody opened the case or a paper of it."""

    at = Timestamp(required=True)
    what = fields.String(required=True)
    role = Choice(DISPUTE_ROLES, required=True)
    account_id = fields.UUID(load_default=None, allow_none=True)


class DisputeDetail(Dispute):
    """One case whole, for those who have a part in it. `actions`: what the caller may do now."""

    claim = fields.String(load_default=None, allow_none=True)
    facts = fields.String(load_default=None, allow_none=True)
    known_on = fields.Date(load_default=None, allow_none=True)
    recorded_at = Timestamp(load_default=None, allow_none=True)
    respondent_kind = Choice(RESPONDENT_KINDS, required=True)
    warnings = fields.List(Choice(DISPUTE_WARNINGS), required=True)
    extension_until = fields.Date(load_default=None, allow_none=True)
    asks = fields.List(Choice(CONSENTS), required=True)
    clerk_id = fields.UUID(load_default=None, allow_none=True)
    parties = fields.List(fields.Nested(DisputeParty), required=True)
    mediators = fields.List(fields.Nested(DisputeMediator), required=True)
    hearings = fields.List(fields.Nested(DisputeHearing), required=True)
    agreement = fields.Nested(DisputeAgreement, load_default=None, allow_none=True)
    papers = fields.List(fields.Nested(DisputePaper), required=True)
    history = fields.List(fields.Nested(DisputeEntry), required=True)
    looks = fields.List(fields.Nested(DisputeLook), required=True)
    actions = fields.List(fields.String(), required=True)


@labelled(DISPUTE_FIELDS)
class MatterCount(Schema):
    """How many cases were about a matter; null where they are so few that people could be known by it."""

    matter = Choice(DISPUTE_MATTERS, required=True)
    count = fields.Integer(load_default=None, allow_none=True)


@labelled(DISPUTE_FIELDS)
class StateCount(Schema):
    """How many cases are in a state; null where they are few."""

    state = Choice(DISPUTE_STATES, required=True)
    count = fields.Integer(load_default=None, allow_none=True)


class DisputeFigures(Schema):
    """Counts of a year without persons; counts below `smallest` are null."""

    year = fields.Integer(required=True)
    smallest = fields.Integer(required=True)
    total = fields.Integer(load_default=None, allow_none=True)
    matters = fields.List(fields.Nested(MatterCount), required=True)
    states = fields.List(fields.Nested(StateCount), required=True)


class DisputeQueue(Schema):
    """How many applications wait for a clerk, and how many cases have one who left office."""

    waiting = fields.Integer(required=True)
    orphaned = fields.Integer(required=True)


class PrivateNotice(Schema):
    """That there is something to do for a member, or for officers where no member is named; not what."""

    id = fields.UUID(required=True)
    member_id = fields.UUID(load_default=None, allow_none=True)


class PrivateNotices(Schema):
    """Notices that were not taken over yet, oldest first."""

    items = fields.List(fields.Nested(PrivateNotice), required=True)
