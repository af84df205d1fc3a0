"""What can be asked about examinations. No request has a place for a result, a file or free words about a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Line, PageRequest, Schema, Text, Timestamp, invalid, labelled
from services.contracts.days import Day
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES
from services.contracts.ids import ids_filter
from services.contracts.welfare.examinations.shapes import HospitalTerms, PackageTerms
from services.contracts.welfare.examinations.vocabulary import (
    COVERAGE_ORDERS,
    EXAMINATION_FIELDS,
    EXAMINATION_KINDS,
    EXAMINATION_STATES,
    EXAMINEE_STATES,
    MARKS,
)

MOST_PLACES = 2000
"""Places of a slot, and lines of a list that is marked at once."""
_PLACES = validate.Range(min=1, max=MOST_PLACES)


class AddHospital(HospitalTerms):
    """A hospital that examines."""


class HospitalRef(Schema):
    """One hospital by id."""

    hospital_id = fields.UUID(required=True)


class ListHospitals(PageRequest):
    """Hospitals, newest first."""

    in_use = fields.Boolean(load_default=None, allow_none=True)


@labelled(EXAMINATION_FIELDS)
class CreateExamination(Schema):
    """A new campaign; `as_of` is the day on which ages are counted."""

    title = Line(60, 2, required=True)
    year = fields.Integer(required=True, strict=True, validate=validate.Range(min=2000, max=2100))
    kind = Choice(EXAMINATION_KINDS, required=True)
    funding = Choice(FUNDING_SOURCES, load_default="administration")
    as_of = Day(years_ahead=1, required=True)
    book_until = Day(years_ahead=2, required=True)


class ExaminationRef(Schema):
    """One campaign by id."""

    examination_id = fields.UUID(required=True)


@labelled(EXAMINATION_FIELDS)
class ListExaminations(PageRequest):
    """Campaigns, newest first."""

    state = Choice(EXAMINATION_STATES, load_default=None, allow_none=True)
    ids = ids_filter()


class AddExaminationPackage(ExaminationRef, PackageTerms):
    """A package of a campaign in preparation."""

    @validates_schema(skip_on_field_errors=True)
    def ages_are_in_order(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a range of ages that ends before it begins."""
        if request["age_to"] < request["age_from"]:
            raise invalid("examinations.ages_are_in_order", "The highest age is below the lowest.", field="age_to")


@labelled(EXAMINATION_FIELDS)
class AddExaminationSlot(ExaminationRef):
    """When and where one is examined, for how many; `note` says how to come, such as fasting or the gate to use."""

    hospital_id = fields.UUID(required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    capacity = fields.Integer(required=True, strict=True, validate=_PLACES)
    note = Line(100, load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def it_ends_after_it_begins(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a slot that ends before it begins."""
        if request["ends_at"] <= request["starts_at"]:
            raise invalid("examinations.slot_ends_later", "It ends before it begins.", field="ends_at")


@labelled(EXAMINATION_FIELDS)
class SetCapacity(Schema):
    """How many places a slot has; never fewer than are booked."""

    slot_id = fields.UUID(required=True)
    capacity = fields.Integer(required=True, strict=True, validate=_PLACES)


class BookExamination(ExaminationRef):
    """Book a slot for a package, or move there; an officer names the member, a member books for themselves."""

    package_id = fields.UUID(required=True)
    slot_id = fields.UUID(required=True)
    member_id = fields.UUID(load_default=None, allow_none=True)


class ExamineeRef(Schema):
    """One member's place on a list, by id."""

    examinee_id = fields.UUID(required=True)


class LookUpExaminee(ExaminationRef):
    """A member on a campaign's list, for the desk."""

    member_id = fields.UUID(required=True)


@labelled(EXAMINATION_FIELDS)
class MarkExaminee(LookUpExaminee):
    """Whether a member with an appointment came."""

    mark = Choice(MARKS, required=True)


class MarkSlot(Schema):
    """Who of a slot came; with `rest_absent` all others of it that are not marked did not."""

    slot_id = fields.UUID(required=True)
    attended = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_PLACES))
    rest_absent = fields.Boolean(load_default=False)


@labelled(EXAMINATION_FIELDS)
class ListExaminees(PageRequest):
    """Members on a campaign's list."""

    examination_id = fields.UUID(required=True)
    state = Choice(EXAMINEE_STATES, load_default=None, allow_none=True)
    slot_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


@labelled(EXAMINATION_FIELDS)
class ListUnbooked(PageRequest):
    """Members without appointment; a chair sees the own unit."""

    examination_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class ListNotEligible(PageRequest):
    """Who is not on a campaign's list, and why."""

    examination_id = fields.UUID(required=True)


@labelled(EXAMINATION_FIELDS)
class GetCoverage(ExaminationRef):
    """The coverage of a campaign; a chair sees the own unit."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


@labelled(EXAMINATION_FIELDS)
class ListUnitCoverage(PageRequest):
    """The coverage of a campaign by unit; a chair sees the own unit."""

    examination_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    sort = Choice(COVERAGE_ORDERS, load_default="percent")


@labelled(EXAMINATION_FIELDS)
class RemindUnbooked(ExaminationRef):
    """Tell all members without appointment, of a unit or of all; `expected` is the number that was read."""

    unit_id = fields.UUID(load_default=None, allow_none=True)
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


@labelled(EXAMINATION_FIELDS)
class ReadHospitalList(ExaminationRef):
    """The list for a hospital of who comes on a day; the look is logged with its purpose."""

    hospital_id = fields.UUID(required=True)
    day = Day(years_ahead=2, required=True)
    purpose = Text(200, 2, required=True)
