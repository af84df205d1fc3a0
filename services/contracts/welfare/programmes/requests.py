"""Requests about programmes, cycles, packages, entitlements and hand-outs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Line, Money, PageRequest, Schema, Text, Timestamp, invalid, labelled
from services.contracts.days import Day
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES
from services.contracts.governance.rulebook.vocabulary import FESTIVALS
from services.contracts.welfare.programmes.shapes import GoodsAudience
from services.contracts.welfare.programmes.vocabulary import CYCLE_FIELDS, CYCLE_STATES, GOODS_STATES, PACKAGE_ORDERS
from services.contracts.welfare.vocabulary import BenefitKey

MOST_STOCK = 1_000_000
MOST_LINES = 500
"""Lines of a signed list in one request."""
_PRICE = validate.Range(min=0, min_inclusive=False, max=100_000)
_STOCK = validate.Range(min=1, max=MOST_STOCK)


@labelled(CYCLE_FIELDS)
class CreateProgramme(Schema):
    """A new programme; the benefit's key selects its figures in the rulebook."""

    name = Line(60, 2, required=True)
    benefit_key = BenefitKey(load_default="holiday")
    festival = Choice(FESTIVALS, load_default=None, allow_none=True)
    funding = Choice(FUNDING_SOURCES, load_default="union")


class CycleRef(Schema):
    """One cycle by id."""

    cycle_id = fields.UUID(required=True)


@labelled(CYCLE_FIELDS)
class ListPackages(PageRequest):
    """Packages of a cycle; `q` is a part of the name."""

    cycle_id = fields.UUID(required=True)
    q = Line(60, load_default=None, allow_none=True)
    sort = Choice(PACKAGE_ORDERS, load_default="name")


@labelled(CYCLE_FIELDS)
class CreateCycle(Schema):
    """A new cycle of a programme; `as_of` is the day of the facts and rules its list is computed by."""

    programme_id = fields.UUID(required=True)
    year = fields.Integer(required=True, validate=validate.Range(min=2000, max=2100))
    title = Line(60, 2, required=True)
    as_of = Day(years_ahead=1, required=True)
    price = Money(required=True, validate=_PRICE)
    choose_until = Day(years_ahead=2, required=True)
    collect_from = Day(years_ahead=2, required=True)
    collect_until = Day(years_ahead=2, required=True)
    audience = fields.Nested(GoodsAudience, load_default=lambda: GoodsAudience().load({}))

    @validates_schema(skip_on_field_errors=True)
    def days_follow_each_other(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse days that are not in their order."""
        if not request["choose_until"] < request["collect_from"] <= request["collect_until"]:
            raise invalid(
                "programmes.days_follow_each_other",
                "Choosing ends before collecting begins, and that before it ends.",
                field="collect_from",
            )


@labelled(CYCLE_FIELDS)
class AddPackage(CycleRef):
    """A package of a cycle that is not approved yet; `paired_aid` is the part of its price from paired-aid regions."""

    name = Line(60, 1, required=True)
    contents = Text(500, 1, required=True)
    price = Money(required=True, validate=_PRICE)
    paired_aid = Money(load_default=0, validate=validate.Range(min=0, max=100_000))
    stock = fields.Integer(required=True, validate=_STOCK)
    is_default = fields.Boolean(load_default=False)


@labelled(CYCLE_FIELDS)
class SetStock(Schema):
    """How many of a package there are; never fewer than were chosen."""

    package_id = fields.UUID(required=True)
    stock = fields.Integer(required=True, validate=_STOCK)


@labelled(CYCLE_FIELDS)
class AddSlot(CycleRef):
    """Where and when goods can be fetched, by how many."""

    point = Line(100, 2, required=True)
    starts_at = Timestamp(required=True)
    ends_at = Timestamp(required=True)
    capacity = fields.Integer(required=True, validate=validate.Range(min=1, max=MOST_STOCK))

    @validates_schema(skip_on_field_errors=True)
    def it_ends_after_it_begins(self, request: Mapping[str, Any], **_: Any) -> None:
        """Refuse a slot that ends before it begins."""
        if request["ends_at"] <= request["starts_at"]:
            raise invalid("programmes.slot_ends_later", "It ends before it begins.", field="ends_at")


class ApproveCycle(CycleRef):
    """Approve a computed cycle; `entitled` is the number of members that was read, and must still be right."""

    entitled = fields.Integer(required=True)


class CancelCycle(CycleRef):
    """Cancel a cycle that is not approved."""

    reason = Text(200, 2, required=True)


@labelled(CYCLE_FIELDS)
class ListCycles(PageRequest):
    """Cycles, newest first."""

    programme_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(CYCLE_STATES, load_default=None, allow_none=True)


@labelled(CYCLE_FIELDS)
class ListEntitlements(PageRequest):
    """Entitlements of a cycle by number; a chair sees the own unit."""

    cycle_id = fields.UUID(required=True)
    state = Choice(GOODS_STATES, load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class ListExclusions(PageRequest):
    """Who is not on the list of a cycle, and why."""

    cycle_id = fields.UUID(required=True)


class EntitlementRef(Schema):
    """One entitlement by id."""

    entitlement_id = fields.UUID(required=True)


class ChoosePackage(EntitlementRef):
    """Choose a package and, where there are any, a slot; again until the deadline."""

    package_id = fields.UUID(required=True)
    slot_id = fields.UUID(load_default=None, allow_none=True)


class NameProxy(EntitlementRef):
    """Consent that somebody else fetches it with the code, by name; null withdraws the consent."""

    name = Line(40, 1, required=True, allow_none=True)


class GoodsCode(Schema):
    """A code as the member shows it."""

    code = fields.String(required=True, validate=validate.Length(20, 200))


class RecordHandOut(GoodsCode):
    """Hand out by the code shown; `signature` is the name of who signs, `by_proxy` when it is not the member."""

    signature = Line(40, 1, required=True)
    by_proxy = fields.Boolean(load_default=False)


class SheetLine(Schema):
    """A signed line: the number of the entitlement, and when it was signed."""

    number = fields.Integer(required=True, validate=validate.Range(min=1))
    handed_at = Timestamp(load_default=None, allow_none=True)


class SyncSheet(CycleRef):
    """Lines that were signed on paper; each counts once, whatever is sent again."""

    sheet = Line(60, 1, required=True)
    lines = fields.List(fields.Nested(SheetLine), required=True, validate=validate.Length(1, MOST_LINES))
