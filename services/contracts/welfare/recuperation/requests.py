"""What can be asked about recuperation."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Choice, InputError, Line, Money, PageRequest, Schema, Text, labelled
from services.contracts.days import Day
from services.contracts.welfare.recuperation.shapes import Quota, RouteTerms
from services.contracts.welfare.recuperation.vocabulary import (
    APPLICATION_STATES,
    CONFIRMED_GROUNDS,
    RECUPERATION_FIELDS,
    ROUND_STATES,
    TRIP_STATES,
)

_PUBLIC_VALUE = r"\A[0-9A-Za-z][0-9A-Za-z .,:;+-]{2,98}[0-9A-Za-z]\Z"
"""ASCII as docs/draw.md says, so that its bytes are the same everywhere."""


def _public_value() -> fields.String:
    plain = InputError("recuperation.value_is_plain", "4 to 100 digits, letters, spaces and .,:;+- only.")
    return fields.String(required=True, validate=validate.Regexp(_PUBLIC_VALUE, error=plain))


MOST_CHOICES = 5
MOST_FAMILY = 5
MOST_PEOPLE = 2000
"""Places of a trip."""
Year = validate.Range(min=2000, max=2100)


class AddRoute(RouteTerms):
    """A new route."""


class RouteRef(Schema):
    """One route by id."""

    route_id = fields.UUID(required=True)


class ListRoutes(PageRequest):
    """Routes, newest first."""

    offered = fields.Boolean(load_default=None, allow_none=True)


@labelled(RECUPERATION_FIELDS)
class OpenRound(Schema):
    """A new round: its year, the years one turn is for, and when it can be applied for."""

    title = Line(60, 2, required=True)
    year = fields.Integer(required=True, strict=True, validate=Year)
    period_from = fields.Integer(required=True, strict=True, validate=Year)
    period_to = fields.Integer(required=True, strict=True, validate=Year)
    apply_from = Day(years_ahead=2, required=True)
    apply_until = Day(years_ahead=2, required=True)
    most_choices = fields.Integer(load_default=3, strict=True, validate=validate.Range(min=1, max=MOST_CHOICES))


class RoundRef(Schema):
    """One round by id."""

    round_id = fields.UUID(required=True)


@labelled(RECUPERATION_FIELDS)
class ListRounds(PageRequest):
    """Rounds, newest first."""

    state = Choice(ROUND_STATES, load_default=None, allow_none=True)


@labelled(RECUPERATION_FIELDS)
class AddTrip(Schema):
    """A date of a route in a round; it ends as many days later as the route has."""

    round_id = fields.UUID(required=True)
    route_id = fields.UUID(required=True)
    starts_on = Day(years_ahead=3, required=True)
    places = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=MOST_PEOPLE))
    minimum = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(min=1, max=MOST_PEOPLE)
    )
    quotas = fields.List(fields.Nested(Quota), load_default=list, validate=validate.Length(max=500))


class TripRef(Schema):
    """One trip by id."""

    trip_id = fields.UUID(required=True)


@labelled(RECUPERATION_FIELDS)
class ListTrips(PageRequest):
    """Trips by departure; members see published ones only."""

    round_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(TRIP_STATES, load_default=None, allow_none=True)


@labelled(RECUPERATION_FIELDS)
class ApplyForTrip(Schema):
    """Apply for a trip, and for further ones of its round in this order, with the names of family who come along."""

    trip_id = fields.UUID(required=True)
    further = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_CHOICES - 1))
    family = fields.List(Text(40, 1), load_default=list, validate=validate.Length(max=MOST_FAMILY))


@labelled(RECUPERATION_FIELDS)
class ListTripApplications(PageRequest):
    """Applications of a round, in the order drawn, then of application; a chair sees the own unit."""

    round_id = fields.UUID(load_default=None, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(APPLICATION_STATES, load_default=None, allow_none=True)


@labelled(RECUPERATION_FIELDS)
class ListPeopleOnTrip(PageRequest):
    """Applications with a place on a trip; a chair sees the own unit."""

    trip_id = fields.UUID(required=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(APPLICATION_STATES, load_default=None, allow_none=True)


class ApplicationRef(Schema):
    """One application by id."""

    application_id = fields.UUID(required=True)


@labelled(RECUPERATION_FIELDS)
class WithdrawTripApplication(ApplicationRef):
    """Withdraw, with an optional reason; shortly before departure a rule says what follows."""

    reason = Text(200, 2, load_default=None, allow_none=True)


@labelled(RECUPERATION_FIELDS)
class ConfirmGrounds(ApplicationRef):
    """Which grounds of priority an officer confirms; those left out are removed. Stored encrypted."""

    grounds = fields.List(
        Choice(CONFIRMED_GROUNDS), required=True, validate=validate.Length(max=len(CONFIRMED_GROUNDS))
    )


@labelled(RECUPERATION_FIELDS)
class MoveTripApplication(ApplicationRef):
    """Give an application a place on another of its choices that has places left."""

    trip_id = fields.UUID(required=True)
    reason = Text(200, 2, required=True)


@labelled(RECUPERATION_FIELDS)
class CommitDraw(RoundRef):
    """Name the public value that will be mixed in, an earlier one as example, and the day on which it becomes known."""

    public_source = Text(200, 4, required=True)
    public_example = _public_value()
    public_day = Day(required=True)


@labelled(RECUPERATION_FIELDS)
class EnterPublicValue(TripRef):
    """The public value of the round of this trip, as it was published; two people enter it, the second one draws.

    With a `replace_reason`, a value that somebody else entered wrongly is replaced; then another person must agree.
    """

    public_value = _public_value()
    replace_reason = Text(300, 2, load_default=None, allow_none=True)


class NoteTravelled(TripRef):
    """Who of a trip did not come; all others travelled."""

    no_shows = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_PEOPLE))


@labelled(RECUPERATION_FIELDS)
class SettleTrip(TripRef):
    """What the trip cost a person, and what it cost for each who stayed away or withdrew late, who pay that."""

    cost = Money(required=True, validate=validate.Range(min=0, max=100_000))
    loss = Money(load_default=None, allow_none=True, validate=validate.Range(min=0, max=100_000))


@labelled(RECUPERATION_FIELDS)
class RateTrip(ApplicationRef):
    """How it was, from 1 to 5; the words are stored encrypted."""

    rating = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=5))
    comment = Text(500, load_default=None, allow_none=True)


@labelled(RECUPERATION_FIELDS)
class ReadTravellers(TripRef):
    """The list for agency and insurer; the look is logged with its purpose."""

    purpose = Text(200, 2, required=True)
