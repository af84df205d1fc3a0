"""What answers about examinations look like. They say who comes when, never what was found."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Money, Schema, Timestamp, labelled
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES
from services.contracts.welfare.examinations.vocabulary import (
    EXAMINATION_FIELDS,
    EXAMINATION_KINDS,
    EXAMINATION_STATES,
    EXAMINEE_STATES,
    GENDERS,
)
from services.contracts.welfare.payments import FundingShown, PaymentShown

OLDEST = 120
_AGE = validate.Range(min=0, max=OLDEST)


@labelled(EXAMINATION_FIELDS)
class HospitalTerms(Schema):
    """A hospital's name and where to go."""

    name = Line(100, 2, required=True)
    address = Line(200, 2, required=True)


@labelled(EXAMINATION_FIELDS)
class Hospital(HospitalTerms):
    """医院 A hospital that examines; `in_use` is false once it was ended."""

    id = fields.UUID(required=True)
    in_use = fields.Boolean(required=True)


@labelled(EXAMINATION_FIELDS)
class PackageTerms(Schema):
    """For whom a package is, by sex (null for both) and age in full years on the campaign's day, and its price."""

    name = Line(60, 1, required=True)
    sex = Choice(GENDERS, load_default=None, allow_none=True)
    age_from = fields.Integer(load_default=0, strict=True, validate=_AGE)
    age_to = fields.Integer(load_default=OLDEST, strict=True, validate=_AGE)
    price = Money(required=True, validate=validate.Range(min=0, min_inclusive=False, max=100_000))


class ExaminationPackage(PackageTerms):
    """体检套餐 A package of a campaign."""

    id = fields.UUID(required=True)


@labelled(EXAMINATION_FIELDS)
class ExaminationSlot(Schema):
    """体检时段 When and where one is examined, for how many. `booked` is never above `capacity`."""

    id = fields.UUID(required=True)
    hospital_id = fields.UUID(required=True)
    hospital = fields.String(required=True)
    address = fields.String(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    capacity = fields.Integer(required=True)
    booked = fields.Integer(required=True)
    free = fields.Integer(required=True)
    note = fields.String(allow_none=True, load_default=None)


@labelled(EXAMINATION_FIELDS)
class Examination(Schema):
    """体检 A year's campaign. `done` of `total` members were decided about while its list is made by `job_id`."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    year = fields.Integer(required=True)
    kind = Choice(EXAMINATION_KINDS, required=True)
    funding = Choice(FUNDING_SOURCES, required=True)
    as_of = fields.Date(required=True)
    book_until = fields.Date(required=True)
    state = Choice(EXAMINATION_STATES, required=True)
    job_id = fields.UUID(allow_none=True, load_default=None)
    done = fields.Integer(load_default=0)
    total = fields.Integer(load_default=0)
    reminder_round = fields.Integer(load_default=0)
    reminded_on = fields.Date(allow_none=True, load_default=None)


class ExaminationDetail(Examination):
    """A campaign with its packages and slots, and what the funds answered; the answers are shown to the office only."""

    packages = fields.List(fields.Nested(ExaminationPackage), required=True)
    slots = fields.List(fields.Nested(ExaminationSlot), required=True)
    reserved = fields.Nested(FundingShown, allow_none=True, load_default=None)
    payment = fields.Nested(PaymentShown, allow_none=True, load_default=None)


@labelled(EXAMINATION_FIELDS)
class Examinee(Schema):
    """体检人员 A member on a campaign's list, with the appointment, and whether the member came."""

    id = fields.UUID(required=True)
    examination_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    state = Choice(EXAMINEE_STATES, required=True)
    package_id = fields.UUID(allow_none=True, load_default=None)
    package = fields.String(allow_none=True, load_default=None)
    slot_id = fields.UUID(allow_none=True, load_default=None)
    hospital = fields.String(allow_none=True, load_default=None)
    starts_at = Timestamp(allow_none=True, load_default=None)
    decision_id = fields.UUID(required=True)
    reminded = fields.Integer(load_default=0)


@labelled(EXAMINATION_FIELDS)
class MyExamination(Examinee):
    """One's own examination: the campaign, the packages that are for one, and until when one can change."""

    title = fields.String(required=True)
    year = fields.Integer(required=True)
    kind = Choice(EXAMINATION_KINDS, required=True)
    book_until = fields.Date(required=True)
    is_open = fields.Boolean(required=True)
    packages = fields.List(fields.Nested(ExaminationPackage), load_default=list)
    slots = fields.List(fields.Nested(ExaminationSlot), load_default=list)


@labelled(EXAMINATION_FIELDS)
class UnbookedMember(Schema):
    """未预约人员 A member without appointment, and in which round the member was told last."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    reminded = fields.Integer(required=True)


@labelled(EXAMINATION_FIELDS)
class UnitCoverage(Schema):
    """分工会覆盖率 How many of a unit are on the list, were examined, have an appointment, or have none.

    `unbooked` includes who did not come; `percent` is attended by eligible, rounded down.
    """

    unit_id = fields.UUID(required=True)
    eligible = fields.Integer(required=True)
    attended = fields.Integer(required=True)
    booked = fields.Integer(required=True)
    no_show = fields.Integer(required=True)
    unbooked = fields.Integer(required=True)
    percent = fields.Integer(required=True)


@labelled(EXAMINATION_FIELDS)
class Coverage(Schema):
    """The coverage of a campaign: by unit, lowest first, and of all units the caller sees."""

    examination_id = fields.UUID(required=True)
    eligible = fields.Integer(required=True)
    attended = fields.Integer(required=True)
    booked = fields.Integer(required=True)
    no_show = fields.Integer(required=True)
    unbooked = fields.Integer(required=True)
    percent = fields.Integer(required=True)
    units = fields.List(fields.Nested(UnitCoverage), required=True)


@labelled(EXAMINATION_FIELDS)
class NotEligible(Schema):
    """Who is not on a campaign's list, by which rule."""

    member_id = fields.UUID(required=True)
    decision_id = fields.UUID(required=True)
    reason = fields.String(required=True)
    params = fields.Dict(load_default=dict)


class Reminded(Schema):
    """The round of a reminder, for how many members, and the job that tells them."""

    round = fields.Integer(required=True)
    members = fields.Integer(required=True)
    job_id = fields.UUID(allow_none=True, load_default=None)


class MarkedExaminees(Schema):
    """How many were marked as come and as not come."""

    attended = fields.Integer(required=True)
    no_show = fields.Integer(required=True)


@labelled(EXAMINATION_FIELDS)
class HospitalLine(Schema):
    """到检名单 A line of a hospital's list: who comes when, for which package."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    package = fields.String(required=True)
    starts_at = Timestamp(required=True)
    hospital = fields.String(required=True)
    state = Choice(EXAMINEE_STATES, required=True)


class HospitalList(Schema):
    """Everybody with an appointment at a hospital on a day, or in a slot, by time."""

    items = fields.List(fields.Nested(HospitalLine), required=True)
