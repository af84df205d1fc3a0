"""What answers about recuperation look like."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, Line, Money, Schema, Text, Timestamp, label, labelled
from services.contracts.welfare.recuperation.vocabulary import (
    APPLICATION_STATES,
    DESTINATIONS,
    PRIORITY_GROUNDS,
    RECUPERATION_FIELDS,
    ROUND_STATES,
    TRIP_STATES,
)


@labelled(RECUPERATION_FIELDS)
class RouteTerms(Schema):
    """Where a route goes, how long, by which agency, for how much a person, insured for how much."""

    name = Line(60, 2, required=True)
    destination = Choice(DESTINATIONS, required=True)
    days = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=30))
    price = Money(required=True, validate=validate.Range(min=0, max=100_000))
    agency = Text(100, 2, required=True)
    insured = Money(required=True, validate=validate.Range(min=0, max=100_000_000))
    about = Text(1000, load_default=None, allow_none=True)


class Route(RouteTerms):
    """线路 A route. Its terms never change, because trips rest on them; `offered` is false once it was ended."""

    id = fields.UUID(required=True)
    offered = fields.Boolean(required=True, metadata=label("可用"))


@labelled(RECUPERATION_FIELDS)
class Round(Schema):
    """疗休养批次 Trips that are applied for together and drawn together, with how far its draw is.

    A member has one turn between `period_from` and `period_to` (years). `entries_sha256` is the hash of the published
    list, `seed_sha256` that of the secret; `value_entered`: one of two people has entered the public value.
    """

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    year = fields.Integer(required=True)
    period_from = fields.Integer(required=True)
    period_to = fields.Integer(required=True)
    apply_from = fields.Date(required=True)
    apply_until = fields.Date(required=True)
    most_choices = fields.Integer(required=True)
    state = Choice(ROUND_STATES, required=True)
    entries_sha256 = fields.String(allow_none=True, load_default=None)
    seed_sha256 = fields.String(allow_none=True, load_default=None)
    committed_on = fields.Date(allow_none=True, load_default=None)
    public_source = fields.String(allow_none=True, load_default=None)
    public_example = fields.String(allow_none=True, load_default=None)
    public_day = fields.Date(allow_none=True, load_default=None)
    public_value = fields.String(allow_none=True, load_default=None)
    value_entered = fields.Boolean(load_default=False)
    drawn_at = Timestamp(allow_none=True, load_default=None)
    applications = fields.Integer(load_default=0, metadata=label("报名人数"))
    placed = fields.Integer(load_default=0, metadata=label("已定人数"))
    waiting = fields.Integer(load_default=0, metadata=label("候补人数"))


class Quota(Schema):
    """At most so many persons of a unit."""

    unit_id = fields.UUID(required=True)
    most = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=2000))


@labelled(RECUPERATION_FIELDS)
class Trip(Schema):
    """疗休养团 A date of a route. `taken` are the persons with a place, families included.

    A unit without quota is limited by the places only. `minimum`: the rule's when it was published, or more.
    """

    id = fields.UUID(required=True)
    round_id = fields.UUID(required=True)
    route_id = fields.UUID(required=True)
    route = fields.Nested(Route, required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    places = fields.Integer(required=True)
    minimum = fields.Integer(allow_none=True, load_default=None)
    quotas = fields.List(fields.Nested(Quota), load_default=list)
    state = Choice(TRIP_STATES, required=True)
    taken = fields.Integer(load_default=0)
    cost = Money(allow_none=True, load_default=None)
    rating = fields.Float(allow_none=True, load_default=None)


@labelled(RECUPERATION_FIELDS)
class TripApplication(Schema):
    """疗休养报名 An application of a member in a round, with its choices in order.

    `lots` is its weight in the draw, `position` its place in the order drawn, `amount` what is paid at most;
    `decision_id` the decision about it. Why it has more than one lot is shown to the member only.
    """

    id = fields.UUID(required=True)
    round_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    choices = fields.List(fields.UUID(), required=True)
    trip_id = fields.UUID(allow_none=True, load_default=None)
    state = Choice(APPLICATION_STATES, required=True)
    persons = fields.Integer(required=True)
    lots = fields.Integer(required=True)
    position = fields.Integer(allow_none=True, load_default=None)
    amount = Money(required=True)
    cost = Money(allow_none=True, load_default=None)
    own_cost = Money(allow_none=True, load_default=None)
    decision_id = fields.UUID(required=True)
    applied_at = Timestamp(required=True)
    rating = fields.Integer(allow_none=True, load_default=None)


class MyTripApplication(TripApplication):
    """One's own application, with the names of the family, the grounds of priority and what one wrote of the trip."""

    family = fields.List(fields.String(), load_default=list)
    grounds = fields.List(Choice(PRIORITY_GROUNDS), load_default=list)
    comment = fields.String(allow_none=True, load_default=None)


@labelled(RECUPERATION_FIELDS)
class Eligibility(Schema):
    """Whether one may apply in a round: what is paid at most and the number of lots, or the rule that refuses.

    `missing_rule` names a figure that the union has not set.
    """

    round_id = fields.UUID(required=True)
    eligible = fields.Boolean(required=True)
    amount = Money(allow_none=True, load_default=None)
    lots = fields.Integer(allow_none=True, load_default=None)
    rule = fields.String(allow_none=True, load_default=None)
    detail = fields.String(allow_none=True, load_default=None)
    params = fields.Dict(load_default=dict)
    missing_rule = fields.String(allow_none=True, load_default=None)


@labelled(RECUPERATION_FIELDS)
class Traveller(Schema):
    """出行人员 Who goes on a trip: a member and the family, as agency and insurer need it."""

    application_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    persons = fields.Integer(required=True)
    family = fields.List(fields.String(), required=True)


class Travellers(Schema):
    """Everybody with a place on a trip, by unit."""

    items = fields.List(fields.Nested(Traveller), required=True)


class TripChanged(Schema):
    """A trip after a decision about it: how many applications were moved to another trip, and how many wait."""

    trip = fields.Nested(Trip, required=True)
    moved = fields.Integer(load_default=0)
    waiting = fields.Integer(load_default=0)
