"""Terms and classes for members' children, and the wording guardians consent to."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Line,
    Money,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    labelled,
    query,
)
from services.contracts.activities.children_classes.vocabulary import CHILD_FIELDS, CLASS_ORDERS, CLASS_PHASES
from services.contracts.days import Day

MANAGES = ("officer",)
READS = ("officer", "auditor", "member")
_AGE = validate.Range(0, 18)


@labelled(CHILD_FIELDS)
class AddChildrenTerm(Schema):
    """A term: its days, and from when to when children are registered."""

    name = Line(60, 2, required=True)
    starts_on = Day(required=True)
    ends_on = Day(years_ahead=2, required=True)
    opens_at = Timestamp(required=True)
    closes_at = Timestamp(required=True)


class ChangeChildrenTerm(AddChildrenTerm):
    """Replace what a term says; `version` is the one that was read."""

    term_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)


@labelled(CHILD_FIELDS)
class ChildrenTerm(AddChildrenTerm):
    """学期 A term of classes."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class ListChildrenTerms(PageRequest):
    """Terms, the latest first."""


@labelled(CHILD_FIELDS)
class AddChildrenClass(Schema):
    """A class of a term; ages are full years on the first day of the term, both included."""

    term_id = fields.UUID(required=True)
    name = Line(60, 2, required=True)
    about = Text(1000, load_default=None, allow_none=True)
    place = Line(120, 1, required=True)
    times = Line(120, 1, required=True)
    age_from = fields.Integer(required=True, strict=True, validate=_AGE)
    age_to = fields.Integer(required=True, strict=True, validate=_AGE)
    places = fields.Integer(required=True, strict=True, validate=validate.Range(0, 500))
    fee = Money(load_default=0, validate=validate.Range(0, 100_000))


class ChangeChildrenClass(AddChildrenClass):
    """Replace what a class says, its term excepted; more places go to those who wait."""

    class_id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True)


class ChildrenClassRef(Schema):
    """One class by id."""

    class_id = fields.UUID(required=True)


@labelled(CHILD_FIELDS)
class ChildrenClass(AddChildrenClass):
    """班级 A class with its term, and how many are in it and wait. `phase`: whether children are registered now."""

    id = fields.UUID(required=True)
    term_name = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    opens_at = Timestamp(required=True)
    closes_at = Timestamp(required=True)
    phase = Choice(CLASS_PHASES, required=True)
    confirmed = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    version = fields.Integer(required=True)


@labelled(CHILD_FIELDS)
class ListChildrenClasses(PageRequest):
    """Classes; by default those whose term is not over."""

    term_id = fields.UUID(load_default=None, allow_none=True)
    phase = Choice(CLASS_PHASES, load_default=None, allow_none=True)
    sort = Choice(CLASS_ORDERS, load_default="-starts_on")


@labelled(CHILD_FIELDS)
class SetGuardianConsent(Schema):
    """What guardians consent to from now on; those who consented before consented to what stood then."""

    text = Text(4000, 40, required=True)


@labelled(CHILD_FIELDS)
class GuardianConsent(Schema):
    """监护人同意书 The wording in force with its number, and for how many months after the term data are kept."""

    version = fields.Integer(required=True)
    text = fields.String(required=True)
    keep_months = fields.Integer(required=True, allow_none=True)


class ConsentAsked(Schema):
    """Asks for the wording in force."""


list_children_terms = query(
    "activities", "list_children_terms", request=ListChildrenTerms, reply=Page(ChildrenTerm), allow=READS,
    doc="Terms of children's classes.", title="查看托班学期", reach={"member": "union"},
)  # fmt: skip
add_children_term = command(
    "activities", "add_children_term", request=AddChildrenTerm, reply=ChildrenTerm, allow=MANAGES,
    doc="Add a term of children's classes.", title="新增托班学期",
)  # fmt: skip
change_children_term = command(
    "activities", "change_children_term", request=ChangeChildrenTerm, reply=ChildrenTerm, allow=MANAGES,
    doc="Change a term of children's classes.", title="修改托班学期",
)  # fmt: skip
list_children_classes = query(
    "activities", "list_children_classes", request=ListChildrenClasses, reply=Page(ChildrenClass), allow=READS,
    doc="Children's classes.", title="查看子女班级", reach={"member": "union"},
)  # fmt: skip
get_children_class = query(
    "activities", "get_children_class", request=ChildrenClassRef, reply=ChildrenClass, allow=READS,
    doc="One children's class.", title="查看一个子女班级", reach={"member": "union"},
)  # fmt: skip
add_children_class = command(
    "activities", "add_children_class", request=AddChildrenClass, reply=ChildrenClass, allow=MANAGES,
    doc="Add a class to a term.", title="新增子女班级",
)  # fmt: skip
change_children_class = command(
    "activities", "change_children_class", request=ChangeChildrenClass, reply=ChildrenClass, allow=MANAGES,
    doc="Change a class; more places go to those who wait.", title="修改子女班级",
)  # fmt: skip
get_guardian_consent = query(
    "activities", "get_guardian_consent", request=ConsentAsked, reply=GuardianConsent, allow=READS,
    doc="The wording guardians consent to.", title="查看监护人同意书", reach={"member": "union"},
)  # fmt: skip
set_guardian_consent = command(
    "activities", "set_guardian_consent", request=SetGuardianConsent, reply=GuardianConsent, allow=MANAGES,
    doc="Put another wording in force for those who register from now on.", title="修改监护人同意书",
)  # fmt: skip
